"""What a waiting customer is told: their place, and how long others waited (specification 4.10)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from harness.reference.domain.conversations import Conversation

OFTEN, SELDOM = timedelta(seconds=30), timedelta(seconds=60)
CROWD = 150
"""How often a place is told anew, and from how many waiting on it is the longer time."""

ENOUGH = 20
"""How many chats must have been accepted before an average is told; it is that of the last ones."""

REFRESH = timedelta(minutes=10)
"""How often the average is reckoned anew, from the organisation's start."""

IDLE = timedelta(days=7)
"""After so long without an accepted chat the average begins anew."""

PAST = timedelta(hours=48)
"""What the average that pages can ask for goes back to (docs C11)."""


def interval(waiting: int) -> timedelta:
    """How long a customer is not told of a new place, among so many who wait."""
    return OFTEN if waiting < CROWD else SELDOM


def average(
    conversations: Iterable[Conversation], started: datetime, now: datetime
) -> timedelta | None:
    """How long the last ones that were accepted had waited; None while too few are known.

    It is reckoned every ten minutes from the organisation's start, and forgets after a week in
    which nothing was accepted.
    """
    reckoned = started + (now - started) // REFRESH * REFRESH
    recent: list[timedelta] = []
    last: datetime | None = None
    for accepted, wait in _accepted(conversations):
        if accepted > reckoned:
            break
        if last is not None and accepted - last >= IDLE:
            recent.clear()
        recent.append(wait)
        last = accepted
    if last is None or now - last >= IDLE or len(recent) < ENOUGH:
        return None
    return _mean(recent[-ENOUGH:])


def average_of_two_days(conversations: Iterable[Conversation], now: datetime) -> timedelta:
    """How long those that were accepted in the past 48 hours had waited; nothing without any."""
    return _mean([wait for accepted, wait in _accepted(conversations) if accepted > now - PAST])


def _accepted(conversations: Iterable[Conversation]) -> list[tuple[datetime, timedelta]]:
    """When each was accepted and how long it had waited, first accepted first."""
    return sorted(
        (each.agent_accepted, each.agent_accepted - each.queued)
        for each in conversations
        if each.agent_accepted and each.queued
    )


def _mean(waits: list[timedelta]) -> timedelta:
    return sum(waits, timedelta()) / max(len(waits), 1)


def place_told(place: int) -> str:
    """What a waiting customer reads about the queue."""
    return f"People ahead of you: {place}." if place else "You're next in line..."


def wait_told(wait: timedelta) -> str | None:
    """What a waiting customer reads about the time; nothing up to one minute."""
    minutes = round(wait / timedelta(minutes=1))
    return f"Average wait time {minutes} mins." if wait > timedelta(minutes=1) else None
