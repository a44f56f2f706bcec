"""A conversation at the desk and the changes of state that it allows (specification 3.5)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from harness.protocol.conversations import Closure, ContextVariable, Role, State
from harness.reference.domain.errors import ConversationClosed, IllegalState
from harness.reference.domain.sessions import Sessions


class Channel(StrEnum):
    """How the customer reached the desk."""

    LIVE_CHAT = "Live chat"
    VOICE = "Voice"
    CUSTOM = "Custom"
    """A messaging channel of the organisation's own, which comes in over Direct Line."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A conversation that rings at an agent until `expires`."""

    agent: str
    expires: datetime


@dataclass(frozen=True, slots=True)
class Conversation:
    """One live work item.

    `request` is the id that the customer's client made; `thread` and `visitor` are its ACS names.
    `held_by` is bot, agent or None while it is queued. `changed` is the last change of state.
    `last_customer_message` is the last one that the bot heard: only its rules ask for it.
    `sessions` are those of bots, as their analytics count them. `linked` is the record (id) of each
    type. It waits since `queued`; `told_place` is what the customer knows of the queue,
    `told_at` since when; `tell_at` is when a new place is due.
    `answers_to` is the bot (id) that wants to know what becomes of its hand-off, `answered` what it
    was told last. `signed_in` is the id that the customer's site has for them, empty for somebody
    unknown. A `persistent` one is the customer's for good. While their page is gone they are
    `awaited_until`.
    """

    id: str
    organisation: str
    request: str
    thread: str
    visitor: str
    channel: Channel
    customer: str
    workstream: str
    bot: str | None
    started: datetime
    changed: datetime
    locale: str = "en-us"
    state: State = State.OPEN
    held_by: Role | None = None
    queue: str | None = None
    agent: str | None = None
    agent_accepted: datetime | None = None
    last_customer_message: datetime | None = None
    closure: Closure | None = None
    context: tuple[ContextVariable, ...] = ()
    private_message: str | None = None
    offer: Offer | None = None
    declined: tuple[str, ...] = ()
    escalated_at: int = 0
    sessions: Sessions = ()
    reconnect: str = ""
    linked: dict[str, str] = field(default_factory=dict)
    queued: datetime | None = None
    told_place: int | None = None
    told_at: datetime | None = None
    tell_at: datetime | None = None
    answers_to: str = ""
    answered: str = ""
    signed_in: str = ""
    persistent: bool = False
    awaited_until: datetime | None = None


ALLOWED: dict[State, frozenset[State]] = {
    State.OPEN: frozenset({State.ACTIVE, State.CLOSED}),
    State.ACTIVE: frozenset({State.WRAP_UP, State.OPEN, State.WAITING, State.CLOSED}),
    State.WAITING: frozenset({State.ACTIVE, State.OPEN, State.CLOSED}),
    State.WRAP_UP: frozenset({State.CLOSED}),
    State.CLOSED: frozenset(),
}


def refuse_closed(conversation: Conversation) -> None:
    """Raises ConversationClosed; Closed is terminal (OCA-16)."""
    if conversation.state is State.CLOSED:
        raise ConversationClosed(
            f"Conversation {conversation.id} is Closed and stays so. Start a new one."
        )


def moved(conversation: Conversation, state: State, now: datetime) -> Conversation:
    """The conversation in another state; raises IllegalState for a change 3.5 does not have."""
    refuse_closed(conversation)
    if state not in ALLOWED[conversation.state]:
        raise IllegalState(
            f"Conversation {conversation.id} is {conversation.state}; it cannot become {state}."
        )
    return replace(conversation, state=state, changed=now)
