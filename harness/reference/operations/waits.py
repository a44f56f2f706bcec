"""What a customer is told while nobody is free (ESC-26, specification 4.10)."""

from __future__ import annotations

from dataclasses import replace

from harness.reference.domain import waits
from harness.reference.domain.conversations import Channel, Conversation
from harness.reference.domain.floors import Floor
from harness.reference.operations import widgets
from harness.reference.operations.keeping import announce
from harness.reference.operations.organisations import Organisation


def told(organisation: Organisation, conversation: Conversation, floor: Floor) -> Conversation:
    """Tells the customer where in the queue they are, and once how long others waited."""
    if _is_spared(organisation, conversation):
        return conversation
    widget, begins = widgets.of(organisation), conversation.told_at is None
    if widget.queue_position and not organisation.faults.deviates("queue_position_not_told"):
        conversation = _told_place(organisation, conversation, floor)
    if begins and widget.average_wait:
        _tell_average(organisation, conversation)
    return replace(conversation, told_at=conversation.told_at or organisation.clock.now())


def _is_spared(organisation: Organisation, conversation: Conversation) -> bool:
    """Nobody who calls, nor who has a persistent chat, is told of the queue (EMB-32)."""
    if conversation.channel is Channel.VOICE:
        return True
    deviates = organisation.faults.deviates
    return conversation.persistent and not deviates("persistent_chat_told_place")


def _told_place(
    organisation: Organisation, conversation: Conversation, floor: Floor
) -> Conversation:
    """At once the first time, then not before the pause is over: an alarm comes back to it."""
    place, now = floor.ahead(conversation), organisation.clock.now()
    if place == conversation.told_place:
        return replace(conversation, tell_at=None)
    if conversation.told_at is not None:
        pause = waits.interval(floor.crowd(conversation.queue))
        if now < conversation.told_at + pause:
            return replace(conversation, tell_at=conversation.told_at + pause)
    tags = ("queueposition",) if place else ("queueposition", "customerqueuepositionnext")
    announce(organisation, conversation, waits.place_told(place), *tags)
    return replace(conversation, told_place=place, told_at=now, tell_at=None)


def _tell_average(organisation: Organisation, conversation: Conversation) -> None:
    known = organisation.store.conversations(organisation.id)
    wait = waits.average(known, organisation.tenant.started, organisation.clock.now())
    text = waits.wait_told(wait) if wait else None
    if text:
        announce(organisation, conversation, text, "averagewaittime")
