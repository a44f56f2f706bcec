"""What travels with a conversation from the bot to a person (specification 5.3, 5.5)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec

from harness.protocol.conversations import ContextVariable, Generation
from harness.reference.domain.desk import Declared, Kind
from harness.reference.domain.messages import LARGEST
from harness.reference.domain.routing import written

encode = msgspec.json.Encoder().encode
V = TypeVar("V")

UNEXPECTED = 3000
TOO_LARGE = 2102
"""Run-time codes of the product: something unexpected, and a message over 28 KB."""

NUMBER = re.compile(r"[-+]?[0-9]{1,15}([.][0-9]{1,15})?")

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
    elif not hand_off.message and deviates("absent_message_invented"):
        value["va_AgentMessage"] = "undefined"
    if hand_off.variables and not deviates("variables_dropped"):
        value |= _spoilt(hand_off.variables, deviates)
    return slipped(value, "on_the_wire", deviates)


def slipped(
    value: Mapping[str, object], where: str, deviates: Callable[[str], bool]
) -> dict[str, object]:
    """The values as they are, but for the faults that touch the last one on a hop."""
    told = dict(value)
    if not told:
        return told
    name = list(told)[-1]
    if deviates(f"last_value_lost_{where}"):
        del told[name]
    elif deviates(f"last_value_altered_{where}"):
        told[name] = f"{told[name]} "
    elif deviates(f"value_invented_{where}"):
        told["Mood"] = "content"
    return told


def _spoilt(variables: Mapping[str, object], deviates: Callable[[str], bool]) -> dict[str, object]:
    """The variables as they are, but for the faults that lose or alter values of one kind."""
    told = dict(variables)
    if deviates("names_merge_whatever_their_case"):
        told = {name.lower(): value for name, value in told.items()}
    for fault, concerns, altered in SPOILERS:
        for name in [name for name in told if concerns(told[name])]:
            if deviates(fault):
                told |= altered(name, told.pop(name))
    return told


SPOILERS: tuple[tuple[str, Callable[[Any], bool], Callable[[str, Any], dict[str, object]]], ...] = (
    ("blank_values_dropped", lambda value: value in (None, ""), lambda name, value: {}),
    ("tables_dropped", lambda value: isinstance(value, list | dict), lambda name, value: {}),
    (
        "values_become_text",
        lambda value: value is None or isinstance(value, bool | int | float),
        lambda name, value: {name: str(value)},
    ),
    (
        "non_ascii_altered",
        lambda value: isinstance(value, str) and not value.isascii(),
        lambda name, value: {name: value.encode("ascii", "replace").decode()},
    ),
)
"""Faults of values: name, which values they concern, and what becomes of one."""


def longest_name(generation: Generation) -> int:
    """How many characters the name of a context variable may have (ESC-19)."""
    return 200 if generation is Generation.PREVIEW else 100


def kept(variables: Mapping[str, V], deviates: Callable[[str], bool]) -> dict[str, V]:
    """The variables that a bot passes on: all of them, but for a fault."""
    return {
        name: value
        for name, value in variables.items()
        if not (100 < len(name) <= 200 and deviates("long_name_lost"))
    }


@dataclass(frozen=True, slots=True)
class Prevented:
    """Why a hand-off cannot be: the code that the customer reads, and the reason for the maker."""

    code: int
    reason: str


def prevented(
    variables: Mapping[str, object],
    message: str | None,
    generation: Generation,
    deviates: Callable[[str], bool],
) -> Prevented | None:
    """What keeps a bot's variables and private message from being passed on; None when nothing.

    What the product adds by itself (the customer's phrases, the topics) does not count.
    """
    passed = dict(variables) | ({"va_AgentMessage": message} if message else {})
    longest = longest_name(generation)
    for name, value in passed.items():
        length = len(name)
        over = length > longest and not deviates("overlong_name_escalates")
        if over or (length == longest and deviates("longest_name_refused")):
            reason = f"the name {name[:20]}… has {length} characters, {longest} are allowed"
            return Prevented(UNEXPECTED, reason)
        length = len(value if isinstance(value, str) else encode(value).decode())
        over = length > LONGEST_VALUE and not deviates("overlong_value_escalates")
        if over or (length == LONGEST_VALUE and deviates("longest_value_refused")):
            reason = f"the value of {name} has {length} characters, {LONGEST_VALUE} are allowed"
            return Prevented(UNEXPECTED, reason)
    size = len(encode(passed))
    if size > LARGEST and not deviates("huge_message_accepted"):
        return Prevented(TOO_LARGE, f"the variables have {size} bytes, {LARGEST} are allowed")
    return None


def merged(
    context: Iterable[ContextVariable],
    new: Mapping[str, object],
    hidden: Collection[str] = (),
) -> tuple[ContextVariable, ...]:
    """A context with newer values; names are compared as they are written (ESC-18).

    `hidden` are names of new values that the agent is not to be shown.
    """
    variables = {variable.name: variable for variable in context}
    for name, value in new.items():
        variables[name] = ContextVariable(name, value, name not in hidden)
    return tuple(variables.values())


def opening_context(
    pre_chat: Mapping[str, object],
    custom: Mapping[str, object],
    declared: Iterable[Declared],
    deviates: Callable[[str], bool],
) -> tuple[ContextVariable, ...]:
    """The context a customer brings: pre-chat answers (EMB-21), then custom context (EMB-12).

    An answer that is true or false stays so: it is a consent, whatever the workstream declares.
    """
    kinds = {variable.name: variable.type for variable in declared}
    variables = {
        name: ContextVariable(
            name, value if isinstance(value, bool) else _typed(value, kinds.get(name))
        )
        for name, value in pre_chat.items()
    }
    most = MOST_CUSTOM
    if len(custom) > most and deviates("custom_context_overflows"):
        most = len(custom)
    elif len(custom) == most and deviates("custom_context_cut_short"):
        most -= 1
    for name, entry in list(custom.items())[:most]:
        if name in kinds or not deviates("unmatched_context_lost"):
            variables[name] = _brought(name, entry, kinds.get(name), deviates)
    return tuple(variables.values())


def _brought(
    name: str, entry: object, kind: Kind | None, deviates: Callable[[str], bool]
) -> ContextVariable:
    """One entry of the custom context: a `{value, isDisplayable}`, or the value alone (EMB-15)."""
    shown = entry if isinstance(entry, Mapping) else {"value": entry}
    value = shown.get("value")
    keeps_type = kind is None and not isinstance(value, str) and deviates("unmatched_keeps_type")
    displayable = shown.get("isDisplayable") is not False
    return ContextVariable(name, value if keeps_type else _typed(value, kind), displayable)


def _typed(value: object, kind: Kind | None) -> object:
    """A value as its workstream declares it; undeclared it becomes a text (specification 5.5)."""
    if kind is Kind.NUMBER:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return value
        if isinstance(value, str) and NUMBER.fullmatch(value.strip()):
            return float(value) if "." in value else int(value)
    return written(value)


def apology(code: int | None, conversation: str, now: str) -> str:
    """What a customer reads when the bot cannot go on (specification 10.16); now is UTC."""
    facts = f"Conversation ID: {conversation}. Time (UTC): {now}."
    if code is None:
        return f"Sorry, something unexpected happened. {facts}"
    return f"Sorry, something unexpected happened. Error code: {code}. {facts}"
