"""What becomes of a hand-off, told to the bot that asked for it (`handoff.status`, 10.2)."""

from __future__ import annotations

from dataclasses import replace

from harness.protocol.conversations import Role, State
from harness.reference.domain import activities
from harness.reference.domain.activities import Trace
from harness.reference.domain.conversations import Conversation
from harness.reference.domain.desk import Queue, User
from harness.reference.operations.organisations import Organisation

OVER = (State.WRAP_UP, State.CLOSED)


def followed(organisation: Organisation, conversation: Conversation) -> Conversation:
    """The conversation, its bot told when its hand-off was accepted, completed or has failed."""
    state = _state(conversation)
    if not conversation.answers_to or state in ("", conversation.answered):
        return conversation
    body = activities.status(state, _message(organisation, conversation, state))
    bot, now = conversation.answers_to, organisation.clock.now()
    trace = Trace(bot, organisation.last_message, now, body)
    organisation.store.append_trace(organisation.id, conversation.id, trace)
    organisation.call(conversation.id)
    return replace(conversation, answered=state)


def _state(conversation: Conversation) -> str:
    if conversation.held_by is Role.AGENT:
        return "accepted"
    if conversation.state not in OVER:
        return ""
    return "completed" if conversation.answered else "failed"


def _message(organisation: Organisation, conversation: Conversation, state: str) -> dict[str, str]:
    """Who took it, and from which queue."""
    if state != "accepted":
        return {}
    store = organisation.store
    queue = store.get(organisation.id, Queue, conversation.queue or "")
    agent = store.get(organisation.id, User, conversation.agent or "")
    return {
        "queue": queue.name if queue else "",
        "agent": agent.name if agent else "",
    }
