"""What became of each variable on its way from the bot to the agent, over two hops.

From a bot's session (hand-off-specification 6.4, 10.1) comes what was set in the bot and what was
sent on the wire, from the desk what is shown to the agent. Where the bot does not tell what it set,
only the second hop is judged; what nobody can compare is told as such.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from harness.protocol.conversations import Conversation
from harness.protocol.portal import Session

Activity = Mapping[str, Any]

HAND_OFF = "handoff.initiate"
STANDARD = (
    *("va_Scope", "va_LastTopic", "va_Topics", "va_LastPhrase", "va_Phrases"),
    *("va_ConversationId", "va_AgentMessage", "va_BotId", "va_BotName", "va_Language"),
)
"""The variables of specification 5.3, in its order."""

SPELLINGS = {"va_LastPhrases": "va_LastPhrase"}
"""The documents spell it both ways; a target may use either (specification 5.3, 12.2)."""

CASELESS = ("va_Language",)
"""Compared without regard to case (specification 5.3)."""


TELLING = ("VariableAssignment", "IntentRecognition", "DialogRedirect")
"""What a bot that tells what it does tells at least once."""


class Nothing:
    """No value, which is something else than a blank one."""

    def __repr__(self) -> str:
        return ""


NOTHING = Nothing()


@dataclass(frozen=True, slots=True)
class Carried:
    """One variable: its value at each station, and what is wrong with it (`verdict` else)."""

    name: str
    set: object
    sent: object
    shown: object
    wrong: str = ""
    verdict: str = "same"


@dataclass(frozen=True, slots=True)
class Escalation:
    """One hand-off: whose conversation, who was shown it, every variable; `unseen` says why not."""

    customer: str
    agent: str
    variables: Sequence[Carried] = ()
    unseen: Sequence[str] = field(default=())

    @property
    def wrong(self) -> list[str]:
        """What is wrong, a sentence a variable."""
        return [carried.wrong for carried in self.variables if carried.wrong]


def compared(
    customer: str, agent: str, session: Session | None, seen: Conversation | None, unseen: str = ""
) -> Escalation | None:
    """The table of a conversation's latest hand-off; None when the bot has handed over nothing.

    Without a session (`unseen` says why there is none) what the agent is shown stands alone.
    """
    if session is None:
        if seen is None or not any(v.name.startswith("va_") for v in seen.context):
            return None
        rows = [
            Carried(name, NOTHING, NOTHING, value, verdict="not judged")
            for name, value in _shown(seen).items()
        ]
        return Escalation(customer, agent, rows, (unseen,))
    at = max((i for i, one in enumerate(session.activities) if _is_hand_off(one)), default=None)
    if at is None:
        return None
    before, event = session.activities[:at], session.activities[at]
    sent = {_name(name): value for name, value in _sent(event).items()}
    given = _given(before)
    standard = _standard(before, event, session)
    if not _tells(before):
        # A bot that runs elsewhere need not send them all.
        standard = {name: value for name, value in standard.items() if name in sent}
    was_set = standard | _assigned(before)
    shown = _shown(seen) if seen else None
    notes = []
    if shown is not None and shown.get("va_BotId") not in (None, sent.get("va_BotId")):
        shown = None
        notes.append("another bot has handed it over since: the desk shows that bot's variables")
    elif shown is None:
        notes.append("nobody at the desk could look at it")
    judged = _judged(was_set, sent, shown, given, _tells(before))
    return Escalation(customer, agent, list(judged), notes)


def _judged(
    was_set: Mapping[str, object],
    sent: Mapping[str, object],
    shown: Mapping[str, object] | None,
    given: Mapping[str, object],
    tells: bool,
) -> Iterator[Carried]:
    names = dict.fromkeys((*STANDARD, *was_set, *sent, *(shown or ())))
    for name in names:
        here = was_set.get(name, NOTHING), sent.get(name, NOTHING)
        there = shown.get(name, NOTHING) if shown is not None else NOTHING
        if here == (NOTHING, NOTHING) and name in given:
            yield Carried(name, NOTHING, NOTHING, there, verdict="the customer's own")
            continue
        wrong = _first_hop(name, *here, tells=tells)
        if not wrong and shown is not None:
            wrong = _second_hop(name, here[1], there)
        yield Carried(name, *here, there, wrong, _verdict(here, there, shown is not None))


def _first_hop(name: str, was_set: object, sent: object, *, tells: bool) -> str:
    if was_set is NOTHING:
        is_known = tells and sent is not NOTHING and name not in STANDARD
        return (
            f"{name} was invented on the wire: {told(sent)}, never set in the bot"
            if is_known
            else ""
        )
    if sent is NOTHING:
        # A blank that is not sent says as much as one that is.
        blank = was_set in (None, "", [])
        return "" if blank else f"{name} was lost on the wire: set to {told(was_set)}, not sent"
    if same(was_set, sent, name):
        return ""
    return f"{name} was altered on the wire: set to {told(was_set)}, sent as {told(sent)}"


def _second_hop(name: str, sent: object, shown: object) -> str:
    if sent is NOTHING:
        return (
            "" if shown is NOTHING else f"{name} was invented at the desk: {told(shown)}, not sent"
        )
    if shown is NOTHING:
        return f"{name} was lost at the desk: sent as {told(sent)}, not shown"
    if same(sent, shown, name):
        return ""
    return f"{name} was altered at the desk: sent as {told(sent)}, shown as {told(shown)}"


def _verdict(here: Sequence[object], there: object, is_seen: bool) -> str:
    was_set, sent = here
    if was_set is NOTHING and sent is NOTHING and there is NOTHING:
        return "not set"
    if not is_seen:
        return "sent; not judged at the desk"
    return "blank, not sent" if sent is NOTHING else "same"


def same(one: object, other: object, name: str = "") -> bool:
    """Whether two values are one, their type included; of numbers 1 and 1.0 are."""
    if isinstance(one, str) and isinstance(other, str) and name in CASELESS:
        return one.casefold() == other.casefold()
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return one == other


def told(value: object) -> str:
    """A value as JSON, so that its type can be seen; shortened."""
    if value is NOTHING:
        return ""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return f"{text[:120]}… ({len(text)} characters)" if len(text) > 140 else text


def _shown(seen: Conversation) -> dict[str, object]:
    return {_name(variable.name): variable.value for variable in seen.context}


def _name(name: str) -> str:
    return SPELLINGS.get(name, name)


def _sent(hand_off: Activity) -> Mapping[str, object]:
    """What a hand-off carries: the value of the event, or the context of the command."""
    if hand_off.get("type") == "event":
        return hand_off.get("value") or {}
    context = _command(hand_off).get("context") or {}
    # A value that says whether agents may see it stands in an object (specification 10.3).
    return {
        name: value["value"] if isinstance(value, Mapping) and "value" in value else value
        for name, value in context.items()
    }


def _command(trace: Activity) -> Mapping[str, Any]:
    """The command that a bot which runs elsewhere gave: JSON in a text (specification 10.3)."""
    tags = (trace.get("value") or {}).get("channelData", {}).get("tags") or "{}"
    found = json.loads(tags)
    return found if isinstance(found, Mapping) else {}


def _is_hand_off(activity: Activity) -> bool:
    if activity.get("type") == "trace":
        return activity.get("valueType") == "Escalate"
    if activity.get("type") != "event":
        return False
    # One that lacks its name is a hand-off all the same, as far as its value shows.
    name, value = activity.get("name"), activity.get("value")
    return name == HAND_OFF or (not name and isinstance(value, Mapping) and "va_Scope" in value)


def _traces(before: Sequence[Activity]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for activity in before:
        if activity.get("type") == "trace":
            yield str(activity.get("valueType")), activity.get("value") or {}


def _tells(before: Sequence[Activity]) -> bool:
    """Whether the bot tells what it does; one that runs elsewhere does not."""
    return any(kind in TELLING for kind, _ in _traces(before))


def _given(before: Sequence[Activity]) -> dict[str, object]:
    """What the desk let the bot read: the customer's answers and context."""
    given: dict[str, object] = {}
    for activity in before:
        if activity.get("name") == "startConversation":
            given |= activity.get("value") or {}
    return given


def _assigned(before: Sequence[Activity]) -> dict[str, object]:
    """The bot's own variables when it let go: of one name the newest value (ESC-13)."""
    found: dict[str, Any] = {}
    for kind, value in _traces(before):
        if kind == "ManualTransferContext":
            found = dict(value)
        elif kind == "ClearAllVariables":
            found = {}
        elif kind == "VariableAssignment" and str(value.get("scope")).lower() != "system":
            name, *path = str(value.get("name")).split(".")
            found[name] = _placed(found.get(name), path, value.get("value"))
    return found


def _placed(record: Any, path: Sequence[str], value: object) -> object:
    if not path:
        return value
    record = record if isinstance(record, Mapping) else {}
    return {**record, path[0]: _placed(record.get(path[0]), path[1:], value)}


def _standard(before: Sequence[Activity], event: Activity, session: Session) -> dict[str, object]:
    """What specification 5.3 says of the standard variables, as far as the session shows it."""
    phrases = [
        activity["text"]
        for activity in before
        if activity.get("type") == "message"
        and activity.get("from", {}).get("role") == "user"
        and activity.get("text")
    ]
    expected: dict[str, object] = {
        "va_Scope": "bot",
        "va_Phrases": phrases,
        "va_ConversationId": event.get("conversation", {}).get("id", session.conversation),
    }
    if phrases:
        expected["va_LastPhrase"] = phrases[-1]
    intents = [value["intent"] for kind, value in _traces(before) if kind == "IntentRecognition"]
    if _tells(before):
        expected["va_Topics"] = list(dict.fromkeys(intents))
        expected["va_LastTopic"] = intents[-1] if intents else ""
    sender = event.get("from", {})
    named = {"va_BotId": sender.get("id"), "va_BotName": sender.get("name")}
    return expected | {name: value for name, value in named.items() if value}
