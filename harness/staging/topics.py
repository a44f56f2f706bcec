"""Topics as a maker writes them: small changes to a bot's own YAML, said as what the bot then does.

Nothing here talks to a target. Texts go in and come out as the code editor of the portal shows
them; a formula is what stands behind an `=`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import yaml

from harness.staging.boundaries import Value

Action = dict[str, Any]
"""One node of a topic."""

START, ESCALATE, UNKNOWN = "OnConversationStart", "OnEscalate", "OnUnknownIntent"
"""The triggers of a bot's own topics."""

INACTIVITY = "OnInactivity"

TRANSFER = "TransferConversationV2"
HAND_OVER: Action = {
    "kind": TRANSFER,
    "id": "transfer_handOver",
    "transferType": {"kind": "TransferToAgent", "context": {"kind": "AutomaticTransferContext"}},
}
END: Action = {"kind": "EndConversation", "id": "endConversation_end"}
"""The nodes after which the bot has nothing to say: a person takes over, or nobody does."""


def remembers(name: str, value: Value) -> Action:
    """A node that gives a variable of the topic a value."""
    # A name is part of the node's id, so that two such nodes of one topic differ.
    return {
        "kind": "SetVariable",
        "id": f"setVariable_{name}"[:60],
        "variable": f"init:Topic.{name}",
        "value": written(value),
    }


def says(text: str) -> Action:
    """A node that says something; `{…}` in it is a formula."""
    return {"kind": "SendActivity", "id": "sendActivity_said", "activity": text}


def asks(question: str, *choices: str) -> Action:
    """A node that asks for one of these choices."""
    items = [{"id": f"choice_{n}", "displayName": choice} for n, choice in enumerate(choices)]
    return {
        "kind": "Question",
        "id": "question_asked",
        "variable": "init:Topic.Choice",
        "prompt": question,
        "entity": {
            "kind": "EmbeddedEntity",
            "definition": {"kind": "ClosedListEntity", "items": items},
        },
    }


def on_phrase(phrase: str, *actions: Action) -> str:
    """A topic that the customer starts by a phrase."""
    intent = {"displayName": phrase, "triggerQueries": [phrase]}
    return _topic({"kind": "OnRecognizedIntent", "id": "main", "intent": intent}, actions)


def on_unknown(*actions: Action) -> str:
    """A topic for what the bot does not understand."""
    return _topic({"kind": UNKNOWN, "id": "main"}, actions)


def on_silence(
    length: timedelta, *actions: Action, channel: str = "", priority: int | None = None
) -> str:
    """A topic that speaks after a silence, on one channel or any; a low priority goes first."""
    trigger: dict[str, Any] = {"kind": INACTIVITY, "id": "main"}
    trigger["durationInSeconds"] = length.total_seconds()
    if channel:
        trigger["condition"] = f"=System.Activity.Channel = {formula(channel)}"
    if priority is not None:
        trigger["priority"] = priority
    return _topic(trigger, actions)


def waiting_for(topic: str, length: timedelta) -> str:
    """The topic with another silence before it speaks."""
    document = yaml.safe_load(topic)
    document["beginDialog"]["durationInSeconds"] = length.total_seconds()
    return _dumped(document)


def ends(topic: str) -> bool:
    """Whether the topic may end the conversation."""
    return END["kind"] in topic


def beginning_with(topic: str, *actions: Action) -> str:
    """The topic with nodes before all others."""
    return _changed(topic, lambda nodes: [*actions, *nodes])


def only(topic: str, *actions: Action) -> str:
    """The topic with its trigger and phrases, but with these nodes alone."""
    return _changed(topic, lambda _: list(actions))


def telling_agents(topic: str, message: str | None) -> str:
    """The topic with another private message in its transfer, or with none."""

    def told(nodes: list[Action]) -> list[Action]:
        for node in nodes:
            if node["kind"] == TRANSFER:
                node["transferType"].pop("messageToAgent", None)
                node["transferType"] |= {"messageToAgent": message} if message else {}
        return nodes

    return _changed(topic, told)


def written(value: Value) -> Value:
    """A value as it stands in a topic: plain where that is unmistakable, else a formula."""
    if isinstance(value, str) and not value.lstrip().startswith("="):
        return value
    return f"={formula(value)}"


def formula(value: Value) -> str:
    """The Power Fx that makes the value."""
    match value:
        case None:
            return "Blank()"
        case bool():
            return str(value).lower()
        case str():
            return '"' + value.replace('"', '""') + '"'
        case list():
            return f"[{', '.join(map(formula, value))}]"
        case dict():
            return "{" + ", ".join(f"{key}: {formula(each)}" for key, each in value.items()) + "}"
    return str(value)


def _topic(trigger: dict[str, Any], actions: tuple[Action, ...]) -> str:
    return _dumped({"kind": "AdaptiveDialog", "beginDialog": {**trigger, "actions": list(actions)}})


def _changed(topic: str, change: Callable[[list[Action]], list[Action]]) -> str:
    document = yaml.safe_load(topic)
    begin = document["beginDialog"]
    begin["actions"] = change(begin.get("actions") or [])
    return _dumped(document)


def _dumped(document: dict[str, Any]) -> str:
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=1_000_000)
