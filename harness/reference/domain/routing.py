"""Which queue gets a conversation, and at whom it rings (specification 3.2 to 3.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta

import msgspec

from harness.protocol.conversations import ContextVariable, Presence, State
from harness.reference.domain.conversations import Conversation
from harness.reference.domain.desk import Kind, Rule, User, Workstream

COUNTDOWN = timedelta(seconds=120)
"""How long a conversation rings at one agent (OCA-13)."""

CAPACITY = 15
COST = 5
"""Capacity of an agent and what one conversation takes of it, in units: three at a time."""

ALLOWED = frozenset({Presence.AVAILABLE})
"""Presences that work is assigned to (OCA-10)."""

NEVER = datetime.min.replace(tzinfo=UTC)

ENOUGH_WAITS = 20
"""How many chats must have been accepted before an average is told (specification 4.10)."""


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


def load(user: str, ongoing: Iterable[Conversation]) -> int:
    """Units that an agent's conversations take: ringing, active or in wrap-up."""
    return COST * sum(
        (conversation.agent == user and conversation.state in (State.ACTIVE, State.WRAP_UP))
        or (conversation.offer is not None and conversation.offer.agent == user)
        for conversation in ongoing
    )


def choose(
    conversation: Conversation, members: Iterable[User], ongoing: Iterable[Conversation]
) -> User | None:
    """The agent to ring at: most spare capacity, then whoever waited longest (OCA-11, OCA-12)."""
    ongoing = tuple(ongoing)
    spare = {
        user: CAPACITY - load(user.id, ongoing)
        for user in members
        if user.presence in ALLOWED and user.id not in conversation.declined
    }
    able = [user for user in spare if spare[user] >= COST]
    return min(able, key=lambda user: (-spare[user], user.assigned or NEVER), default=None)


def may_take(bot: str, conversation: Conversation, deviates: Callable[[str], bool]) -> bool:
    """Whether a bot may be given a conversation: never one that it has held (OCA-09, ESC-27)."""
    held = {conversation.bot, *(session.bot for session in conversation.sessions)}
    return bot not in held or deviates("returns_to_first_bot")


def ahead(conversation: Conversation, ongoing: Iterable[Conversation]) -> int:
    """How many wait longer in the same queue, with nobody called yet; `ongoing`, oldest first."""
    since = conversation.queued or conversation.changed
    place, is_older = 0, True
    for other in ongoing:
        if other.id == conversation.id:
            is_older = False
        elif other.queue == conversation.queue and other.state is State.OPEN and not other.offer:
            waits_since = other.queued or other.changed
            place += waits_since < since or (waits_since == since and is_older)
    return place


def average_wait(conversations: Iterable[Conversation]) -> timedelta | None:
    """How long those that were accepted had waited; None before enough of them are known."""
    waits = [
        conversation.agent_accepted - conversation.queued
        for conversation in conversations
        if conversation.agent_accepted and conversation.queued
    ]
    if len(waits) < ENOUGH_WAITS:
        return None
    return sum(waits, timedelta()) / len(waits)


def place_told(place: int) -> str:
    """What a waiting customer reads about the queue (specification 4.10)."""
    return f"People ahead of you: {place}." if place else "You're next in line..."


def wait_told(wait: timedelta) -> str | None:
    """What a waiting customer reads about the time; nothing up to one minute."""
    minutes = round(wait / timedelta(minutes=1))
    return f"Average wait time {minutes} mins." if wait > timedelta(minutes=1) else None
