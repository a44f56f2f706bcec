"""Which queue gets a conversation, and at whom it rings (specification 3.2 to 3.4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from harness.protocol.conversations import Presence, State
from harness.reference.domain.conversations import Conversation
from harness.reference.domain.desk import User, Workstream

COUNTDOWN = timedelta(seconds=120)
"""How long a conversation rings at one agent (OCA-13)."""

CAPACITY = 15
COST = 5
"""Capacity of an agent and what one conversation takes of it, in units: three at a time."""

ALLOWED = frozenset({Presence.AVAILABLE})
"""Presences that work is assigned to (OCA-10)."""

NEVER = datetime.min.replace(tzinfo=UTC)


def queue_for(workstream: Workstream, conversation: Conversation) -> str:
    """The queue of the first rule that matches, else the fallback queue (OCA-05, OCA-06)."""
    values = {variable.name: str(variable.value) for variable in conversation.context}
    for rule in workstream.rules:
        if values.get(rule.variable) == rule.equals:
            return rule.queue
    return workstream.queue


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
