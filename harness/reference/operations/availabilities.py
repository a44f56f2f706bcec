"""Whether somebody could take a chat, for pages that ask before one begins (docs C11)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from harness.reference.domain import hours, routing, waits
from harness.reference.domain.conversations import Channel
from harness.reference.domain.desk import Queue, User
from harness.reference.domain.escalation import opening_context
from harness.reference.domain.floors import Floor
from harness.reference.domain.widgets import Hours
from harness.reference.operations import customers, openings, widgets
from harness.reference.operations.organisations import Organisation
from harness.reference.operations.views import Shown, instant

MOST = 100
"""How many questions of all pages of an organisation are answered in a minute."""


def shown(organisation: Organisation, custom: Mapping[str, Any]) -> Shown:
    """The queue that a chat with this custom context would come into; raises TooManyCalls.

    Times are instants, None without operating hours; the average wait is in minutes.
    """
    now = organisation.clock.now()
    organisation.rate("availability", MOST).take(now, "The availability of agents was asked for")
    workstream = customers.workstream_of(organisation, Channel.LIVE_CHAT)
    deviates = organisation.faults.deviates
    context = opening_context({}, custom, workstream.context_variables, deviates)
    queue = routing.queue_for(workstream, context, deviates)
    store = organisation.store
    floor = Floor(store.ongoing(organisation.id))
    average = waits.average_of_two_days(store.conversations(organisation.id), now)
    return {
        "queueId": queue,
        "isQueueAvailable": openings.in_hours(organisation),
        **_times(widgets.of(organisation).hours, now),
        "positionInQueue": floor.crowd(queue),
        "isAgentAvailable": any(
            routing.is_free(user, floor) for user in _members(organisation, queue)
        ),
        "averageWaitTime": round(average / timedelta(minutes=1)),
    }


def _times(when: Hours | None, now: datetime) -> Shown:
    """When the hours begin and end next, and when the next of either is."""
    current = hours.current(when, now) if when else None
    following = hours.following(when, now) if when else None
    changes = current.end if current else following.start if following else None
    return {
        "StartTimeOfNextOperatingHour": instant(following.start) if following else None,
        "EndTimeOfNextOperatingHour": instant(following.end) if following else None,
        "nexttransitiontime": instant(changes) if changes else None,
    }


def _members(organisation: Organisation, id: str) -> list[User]:
    store = organisation.store
    queue = store.get(organisation.id, Queue, id)
    members = queue.members if queue else ()
    return [user for member in members if (user := store.get(organisation.id, User, member))]
