"""Keeping a conversation: what it is, what its thread says, and what it will do by itself."""

from __future__ import annotations

from dataclasses import replace

from harness.protocol.conversations import Closure, Role, State
from harness.reference.domain import closings, sessions
from harness.reference.domain.conversations import Conversation, moved
from harness.reference.domain.errors import NotFound
from harness.reference.domain.messages import Message
from harness.reference.operations import brains, feedback, letters, statuses
from harness.reference.operations.notifications import (
    MessageStored,
    ParticipantsRemoved,
    ThreadDeleted,
)
from harness.reference.operations.organisations import Organisation

UNEXPLAINED = {
    Closure.AUTO_CLOSE: "automatic_closing_unexplained",
    Closure.CUSTOMER_END: "customers_closing_unexplained",
    Closure.FORCE_CLOSE: "forced_closing_unexplained",
}
"""The fault of each reason for closing that the desk may lose."""


def found(organisation: Organisation, id: str) -> Conversation:
    """The conversation of an id; raises NotFound."""
    conversation = organisation.store.conversation(organisation.id, id)
    if conversation is None:
        raise NotFound(f"There is no conversation {id[:50]!r} here.")
    return conversation


def keep(organisation: Organisation, conversation: Conversation) -> Conversation:
    """Saves a conversation and sets its alarms anew."""
    if conversation.answers_to:
        conversation = statuses.followed(organisation, conversation)
    organisation.store.save(conversation)
    arm(organisation, conversation)
    if conversation.state in letters.OVER:
        _follow_up(organisation, conversation)
    return conversation


def _follow_up(organisation: Organisation, conversation: Conversation) -> None:
    """What a customer gets when a chat is over: the link to its survey, the transcript by mail."""
    if words := feedback.farewell(organisation, conversation):
        announce(organisation, conversation, words, "surveylink")
    letters.send_waiting(organisation, conversation)


def arm(organisation: Organisation, conversation: Conversation) -> None:
    """Sets the alarms that follow from the conversation's state."""
    alarms = closings.alarms(
        conversation,
        organisation.tenant.started,
        brains.silence(organisation, conversation),
        organisation.faults.deviates,
    )
    organisation.timers.set(conversation.id, alarms)


def post(
    organisation: Organisation,
    conversation: Conversation,
    role: Role,
    text: str,
    *,
    sender: tuple[str, str] = ("", ""),
    tags: tuple[str, ...] = (),
    metadata: dict[str, str] | None = None,
    hidden: bool = False,
) -> Message:
    """Adds a message to the thread; `sender` is id and name. Hidden ones are for the desk alone."""
    now = organisation.clock.now()
    message = Message(
        organisation.next_message(now),
        conversation.thread,
        role,
        *sender,
        text,
        now,
        tags,
        metadata or {},
        hidden,
    )
    organisation.store.append(organisation.id, message)
    if not hidden:
        organisation.tell(conversation.thread, MessageStored(message))
    return message


def announce(
    organisation: Organisation, conversation: Conversation, text: str, *tags: str
) -> Message:
    """A line that nobody said: `system` and what it is about."""
    return post(organisation, conversation, Role.SYSTEM, text, tags=("system", *tags))


def closed(
    organisation: Organisation, conversation: Conversation, closure: Closure
) -> Conversation:
    """Closes a conversation; the first reason for its end stays the reason."""
    now, holder = organisation.clock.now(), conversation.held_by
    lost = closure in UNEXPLAINED and organisation.faults.deviates(UNEXPLAINED[closure])
    conversation = replace(
        moved(conversation, State.CLOSED, now),
        held_by=None,
        offer=None,
        closure=None if lost else conversation.closure or closure,
        sessions=sessions.ended(conversation.sessions, now),
    )
    conversation = keep(organisation, conversation)
    if holder is Role.BOT:
        name = brains.bot_of(organisation, conversation).name
        organisation.tell(conversation.thread, ParticipantsRemoved((name,)))
    organisation.tell(conversation.thread, ThreadDeleted())
    return conversation
