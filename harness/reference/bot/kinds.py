"""Every kind of trigger, action and entity that topics are known to hold, and what becomes of it.

From the issue that asked for the engine, and from the bots that are public; their numbers are in
docs/bot-content.md. A kind that is not here is treated like one that is named when reached.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Runs(StrEnum):
    """What the reference does with a kind."""

    EXECUTED = "executed"
    STUBBED = "executed, answers declared"
    NAMED = "named when reached"
    NEVER = "loaded, never started"


@dataclass(frozen=True, slots=True)
class Kind:
    """What becomes of a kind, and how often it is in the public bots that were counted."""

    runs: Runs
    seen: int


TRIGGERS = {
    "OnActivity": Kind(Runs.EXECUTED, 2),
    "OnConversationStart": Kind(Runs.EXECUTED, 30),
    "OnError": Kind(Runs.EXECUTED, 28),
    "OnEscalate": Kind(Runs.EXECUTED, 26),
    "OnInactivity": Kind(Runs.EXECUTED, 0),
    "OnRecognizedIntent": Kind(Runs.EXECUTED, 231),
    "OnRedirect": Kind(Runs.EXECUTED, 7),
    "OnSelectIntent": Kind(Runs.EXECUTED, 26),
    "OnSignIn": Kind(Runs.EXECUTED, 26),
    "OnSystemRedirect": Kind(Runs.EXECUTED, 50),
    "OnUnknownIntent": Kind(Runs.EXECUTED, 58),
    "OnGeneratedResponse": Kind(Runs.NEVER, 3),
    "OnInvokedAction": Kind(Runs.NEVER, 2),
    "OnKnowledgeRequested": Kind(Runs.NEVER, 1),
    "OnPlanComplete": Kind(Runs.NEVER, 0),
    "OnToolSelected": Kind(Runs.NEVER, 11),
    "RecurrenceTrigger": Kind(Runs.NEVER, 1),
}

NODES = {
    "AdaptiveCardPrompt": Kind(Runs.EXECUTED, 32),
    "BeginDialog": Kind(Runs.EXECUTED, 253),
    "CSATQuestion": Kind(Runs.EXECUTED, 25),
    "CancelAllDialogs": Kind(Runs.EXECUTED, 170),
    "ClearAllVariables": Kind(Runs.EXECUTED, 25),
    "ConditionGroup": Kind(Runs.EXECUTED, 474),
    "EditTable": Kind(Runs.EXECUTED, 26),
    "EditTableV2": Kind(Runs.EXECUTED, 0),
    "EndConversation": Kind(Runs.EXECUTED, 39),
    "EndDialog": Kind(Runs.EXECUTED, 72),
    "Foreach": Kind(Runs.EXECUTED, 1),
    "GotoAction": Kind(Runs.EXECUTED, 11),
    "IfCondition": Kind(Runs.EXECUTED, 2),
    "LogCustomTelemetryEvent": Kind(Runs.EXECUTED, 26),
    "OAuthInput": Kind(Runs.EXECUTED, 27),
    "ParseValue": Kind(Runs.EXECUTED, 45),
    "Question": Kind(Runs.EXECUTED, 286),
    "RepeatDialog": Kind(Runs.EXECUTED, 0),
    "ReplaceDialog": Kind(Runs.EXECUTED, 26),
    "SendActivity": Kind(Runs.EXECUTED, 826),
    "SetTextVariable": Kind(Runs.EXECUTED, 26),
    "SetVariable": Kind(Runs.EXECUTED, 468),
    "TransferConversationV2": Kind(Runs.EXECUTED, 0),
    "AnswerQuestionWithAI": Kind(Runs.STUBBED, 9),
    "HttpRequestAction": Kind(Runs.STUBBED, 9),
    "InvokeAIBuilderModelAction": Kind(Runs.STUBBED, 16),
    "InvokeConnectorAction": Kind(Runs.STUBBED, 4),
    "InvokeFlowAction": Kind(Runs.STUBBED, 18),
    "SearchAndSummarizeContent": Kind(Runs.STUBBED, 30),
    "CreateSearchQuery": Kind(Runs.NAMED, 1),
    "EmitEvent": Kind(Runs.NAMED, 2),
    "InvalidNodeType": Kind(Runs.NAMED, 1),
    "SendMessage": Kind(Runs.NAMED, 12),
    "UnknownElement": Kind(Runs.NAMED, 1),
}

ENTITIES = {
    "ClosedListEntity": Kind(Runs.EXECUTED, 15),
    "ClosedListEntityReference": Kind(Runs.EXECUTED, 2),
    "DynamicClosedListEntity": Kind(Runs.EXECUTED, 28),
    "EmbeddedEntity": Kind(Runs.EXECUTED, 5),
    "RegexEntity": Kind(Runs.EXECUTED, 1),
}


def runs(kind: str) -> Runs:
    """What the reference does with a trigger or an action of this kind, known or not."""
    known = TRIGGERS.get(kind) or NODES.get(kind)
    return known.runs if known else Runs.NAMED


STARTED = frozenset(name for name, kind in TRIGGERS.items() if kind.runs is Runs.EXECUTED)
