"""What travels with a conversation from the bot to a person (specification 5.3, 5.5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from harness.protocol.conversations import ContextVariable, Generation

LONGEST_VALUE = 4000
"""Characters of a context variable's value (ESC-16, ESC-17)."""

MOST_CUSTOM = 100
"""Custom context variables of one chat (EMB-12)."""


@dataclass(frozen=True, slots=True)
class HandOff:
    """What the bot knows at the moment of transfer; `variables` are those of its topics, merged."""

    bot: str
    bot_name: str
    conversation: str
    language: str
    message: str | None = None
    last_topic: str | None = None
    topics: Sequence[str] = ()
    phrases: Sequence[str] = ()
    variables: Mapping[str, object] = field(default_factory=dict)


def values(hand_off: HandOff, deviates: Callable[[str], bool]) -> dict[str, object]:
    """The context that the bot passes on: `va_*` first, then its own variables."""
    value: dict[str, object] = {
        "va_Scope": "bot",
        "va_LastTopic": hand_off.last_topic or "",
        "va_Topics": list(hand_off.topics),
        "va_Phrases": list(hand_off.phrases),
        "va_ConversationId": hand_off.conversation,
        "va_BotId": hand_off.bot,
        "va_BotName": hand_off.bot_name,
        "va_Language": hand_off.language,
    }
    if hand_off.phrases and not deviates("last_phrase_missing"):
        value["va_LastPhrase"] = hand_off.phrases[-1]
    if hand_off.message and not deviates("private_message_lost"):
        value["va_AgentMessage"] = hand_off.message
    if hand_off.variables and not deviates("variables_dropped"):
        value |= hand_off.variables
    return value


def overlong(variables: Mapping[str, object], generation: Generation) -> str | None:
    """What keeps these variables from being passed on, in words; None when nothing does."""
    longest_name = 200 if generation is Generation.PREVIEW else 100
    for name, value in variables.items():
        if len(name) > longest_name:
            return f"the name {name[:20]}… has more than {longest_name} characters"
        text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
        if len(text) > LONGEST_VALUE:
            return f"the value of {name} has more than {LONGEST_VALUE} characters"
    return None


def merged(
    context: Iterable[ContextVariable], new: Mapping[str, object]
) -> tuple[ContextVariable, ...]:
    """A context with newer values; names are compared as they are written (ESC-18)."""
    variables = {variable.name: variable for variable in context}
    for name, value in new.items():
        variables[name] = ContextVariable(name, value)
    return tuple(variables.values())


def opening_context(
    pre_chat: Mapping[str, object], custom: Mapping[str, object]
) -> tuple[ContextVariable, ...]:
    """The context a customer brings: pre-chat answers (EMB-21), then custom context (EMB-12)."""
    variables = {
        name: ContextVariable(name, _simple(value))
        for name, value in pre_chat.items()
        if name != "Type"
    }
    for name, entry in list(custom.items())[:MOST_CUSTOM]:
        shown = entry if isinstance(entry, Mapping) else {"value": entry}
        displayable = shown.get("isDisplayable") is not False
        variables[name] = ContextVariable(name, _simple(shown.get("value")), displayable)
    return tuple(variables.values())


def _simple(value: object) -> object:
    """Context variables are texts or numbers (specification 5.5); anything else becomes text."""
    if value is None or isinstance(value, str | int | float):
        return value
    return msgspec.json.encode(value).decode()


def apology(code: int | None, conversation: str, now: str) -> str:
    """What a customer reads when the bot cannot go on (specification 10.16); now is UTC."""
    facts = f"Conversation ID: {conversation}. Time (UTC): {now}."
    if code is None:
        return f"Sorry, something unexpected happened. {facts}"
    return f"Sorry, something unexpected happened. Error code: {code}. {facts}"
