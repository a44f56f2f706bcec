"""Which queue gets a conversation, and at whom it rings (specification 3.2 to 3.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

import msgspec

from harness.protocol.conversations import ContextVariable, Presence
from harness.reference.domain.conversations import Conversation
from harness.reference.domain.desk import Kind, Rule, User, Workstream
from harness.reference.domain.floors import COST, Floor

COUNTDOWN = timedelta(seconds=120)
"""How long a conversation rings at one agent (OCA-13)."""

CAPACITY = 15
"""Units of an agent: three conversations at a time."""

ALLOWED = frozenset({Presence.AVAILABLE})
"""Presences that work is assigned to (OCA-10)."""

NEVER = datetime.min.replace(tzinfo=UTC)


def queue_for(
    workstream: Workstream,
    context: Iterable[ContextVariable],
    deviates: Callable[[str], bool],
) -> str:
    """The queue of the first rule that matches (OCA-05).

    Without one (OCA-06), or when one cannot be evaluated (OCA-07), the fallback queue.
    """
    values = {variable.name: variable.value for variable in context}
    kinds = {declared.name: declared.type for declared in workstream.context_variables}
    for rule in workstream.rules:
        name = rule.variable
        if name not in values and deviates("keys_match_any_case"):
            name = next((n for n in values if n.casefold() == name.casefold()), name)
        if name not in values:
            continue
        try:
            matches = _matches(rule, values[name], kinds.get(name, Kind.TEXT))
        except ValueError:
            return workstream.queue
        if matches:
            return rule.queue
    return workstream.queue


def _matches(rule: Rule, value: object, kind: Kind) -> bool:
    """Whether a value is the one that a rule names; raises ValueError for a Number that is none."""
    if kind is Kind.NUMBER:
        return float(written(value)) == float(rule.equals)
    return written(value) == rule.equals


def written(value: object) -> str:
    """A value as a text, the way that rules and Text variables have it."""
    match value:
        case None:
            return ""
        case str():
            return value
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return msgspec.json.encode(value).decode()


def choose(conversation: Conversation, members: Iterable[User], floor: Floor) -> User | None:
    """The agent to ring at: most spare capacity, then whoever waited longest (OCA-11, OCA-12)."""
    spare = {user: _spare(user, floor) for user in members if user.id not in conversation.declined}
    able = [user for user in spare if spare[user] >= COST]
    return min(able, key=lambda user: (-spare[user], user.assigned or NEVER), default=None)


def is_free(user: User, floor: Floor) -> bool:
    """Whether an agent could take one more conversation."""
    return _spare(user, floor) >= COST


def _spare(user: User, floor: Floor) -> int:
    """Units that an agent has left; none while their presence takes no work."""
    return CAPACITY - floor.load(user.id) if user.presence in ALLOWED else 0


def may_take(bot: str, conversation: Conversation, deviates: Callable[[str], bool]) -> bool:
    """Whether a bot may be given a conversation: never one that it has held (OCA-09, ESC-27)."""
    held = {conversation.bot, *(session.bot for session in conversation.sessions)}
    return bot not in held or deviates("returns_to_first_bot")
