"""What a customer is told while nobody is free (ESC-26)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from harness.reference.domain import routing
from harness.reference.domain.conversations import Channel, Conversation
from harness.reference.operations.keeping import announce
from harness.reference.operations.organisations import Organisation


def told(
    organisation: Organisation, conversation: Conversation, ongoing: Iterable[Conversation]
) -> Conversation:
    """Tells the customer where in the queue they are, each time that it has changed."""
    if conversation.channel is Channel.VOICE:
        return conversation
    place = routing.ahead(conversation, ongoing)
    if place == conversation.told_place or organisation.faults.deviates("queue_position_not_told"):
        return conversation
    announce(organisation, conversation, routing.place_told(place), "queueposition")
    if conversation.told_place is None:
        _tell_wait(organisation, conversation)
    return replace(conversation, told_place=place)


def _tell_wait(organisation: Organisation, conversation: Conversation) -> None:
    wait = routing.average_wait(organisation.store.conversations(organisation.id))
    text = routing.wait_told(wait) if wait else None
    if text:
        announce(organisation, conversation, text, "averagewaittime")
