"""Bringing conversations to agents."""

from __future__ import annotations

from dataclasses import replace

from harness.protocol.conversations import Closure, Presence, State
from harness.reference.domain import routing
from harness.reference.domain.conversations import Conversation, Offer, moved
from harness.reference.domain.desk import Queue, User, Workstream
from harness.reference.operations.keeping import closed, keep
from harness.reference.operations.organisations import Organisation


def enqueue(organisation: Organisation, conversation: Conversation) -> Conversation:
    """Puts a conversation into the queue that the rules name, and rings at an agent."""
    workstream = organisation.store.get(organisation.id, Workstream, conversation.workstream)
    assert workstream is not None, "a conversation keeps its workstream"
    if conversation.state is not State.OPEN:
        conversation = moved(conversation, State.OPEN, organisation.clock.now())
    queue = routing.queue_for(workstream, conversation)
    return assign(organisation, replace(conversation, held_by=None, agent=None, queue=queue))


def assign(organisation: Organisation, conversation: Conversation) -> Conversation:
    """Rings at an agent who may take a waiting conversation; with none it stays Open (ESC-26)."""
    store, deviates = organisation.store, organisation.faults.deviates
    queue = store.get(organisation.id, Queue, conversation.queue or "")
    members = [store.get(organisation.id, User, id) for id in (queue.members if queue else ())]
    users = [user for user in members if user is not None]
    if deviates("away_agent_is_rung"):
        users = [
            replace(user, presence=Presence.AVAILABLE)
            for user in users
            if user.presence is not Presence.AVAILABLE
        ]
    chosen = routing.choose(conversation, users, store.ongoing(organisation.id))
    if chosen is None:
        if deviates("no_agent_closes"):
            return closed(organisation, conversation, Closure.AGENT_TIMEOUT)
        return keep(organisation, conversation)
    if deviates("agent_not_notified"):
        return keep(organisation, conversation)
    now = organisation.clock.now()
    store.put(organisation.id, replace(chosen, assigned=now))
    return keep(
        organisation, replace(conversation, offer=Offer(chosen.id, now + routing.COUNTDOWN))
    )


def assign_waiting(organisation: Organisation) -> None:
    """An assignment cycle: presence or capacity changed, so look again, longest waiting first."""
    for conversation in organisation.store.ongoing(organisation.id):
        if conversation.state is State.OPEN and conversation.offer is None:
            assign(organisation, conversation)


def decline(organisation: Organisation, conversation: Conversation) -> Conversation:
    """The agent at whom it rings does not take it: it rings at another one, they get the next."""
    assert conversation.offer is not None, "only what rings is declined"
    declined = (*conversation.declined, conversation.offer.agent)
    conversation = assign(organisation, replace(conversation, offer=None, declined=declined))
    assign_waiting(organisation)
    return conversation


def forgive(organisation: Organisation, user: User) -> None:
    """An agent who set a presence anew may be rung again for what they let pass."""
    for conversation in organisation.store.ongoing(organisation.id):
        if user.id in conversation.declined:
            others = tuple(id for id in conversation.declined if id != user.id)
            keep(organisation, replace(conversation, declined=others))
