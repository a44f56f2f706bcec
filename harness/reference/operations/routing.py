"""Bringing conversations to agents."""

from __future__ import annotations

from dataclasses import replace

from harness.protocol.conversations import Closure, ContextVariable, Presence, State
from harness.reference.domain import routing
from harness.reference.domain.bots import Bot
from harness.reference.domain.conversations import Channel, Conversation, Offer, moved
from harness.reference.domain.desk import Mode, Queue, SecurityRole, User, Workstream
from harness.reference.domain.floors import Floor
from harness.reference.operations import health, waits
from harness.reference.operations.keeping import closed, keep
from harness.reference.operations.organisations import Organisation


def enqueue(
    organisation: Organisation,
    conversation: Conversation,
    known: tuple[ContextVariable, ...] | None = None,
) -> Conversation:
    """Puts a conversation into the queue that the rules name for its context (ESC-15, ESC-33).

    `known` is the context that it had before its bot passed on more.
    """
    deviates = organisation.faults.deviates
    workstream = organisation.store.get(organisation.id, Workstream, conversation.workstream)
    assert workstream is not None, "a conversation keeps its workstream"
    context = conversation.context
    if known is not None and deviates("routing_not_rerun"):
        context = known
    queue = routing.queue_for(workstream, context, deviates)
    if deviates("escalation_goes_to_wrong_queue"):
        queue = _another(organisation, queue)
    return move(organisation, conversation, queue)


def _another(organisation: Organisation, queue: str) -> str:
    others = (other.id for other in organisation.store.all(organisation.id, Queue))
    return next((other for other in others if other != queue), queue)


def move(organisation: Organisation, conversation: Conversation, queue: str) -> Conversation:
    """Puts a conversation into a queue: it waits there, held by nobody."""
    now = organisation.clock.now()
    if conversation.state is not State.OPEN:
        conversation = moved(conversation, State.OPEN, now)
    waiting = replace(conversation, held_by=None, agent=None, offer=None, queue=queue)
    return replace(waiting, queued=now, told_place=None, told_at=None, tell_at=None)


def is_picked(organisation: Organisation, conversation: Conversation) -> bool:
    """Whether it waits until somebody picks it: neither bots nor notifications (OCA-01)."""
    workstream = organisation.store.get(organisation.id, Workstream, conversation.workstream)
    return workstream is not None and workstream.mode is Mode.PICK


def bot_for(organisation: Organisation, conversation: Conversation) -> Bot | None:
    """The bot that takes a waiting conversation: its queue's, if that works and is a new one."""
    if is_picked(organisation, conversation):
        return None
    store, deviates = organisation.store, organisation.faults.deviates
    queue = store.get(organisation.id, Queue, conversation.queue or "")
    bot = store.get(organisation.id, Bot, queue.bot) if queue and queue.bot else None
    if bot is None or conversation.channel is Channel.VOICE:
        return None
    works = health.trouble(organisation, bot) is None
    if not works or not routing.may_take(bot.id, conversation, deviates):
        return None
    return None if deviates("second_bot_never_takes") else bot


class Round:
    """One round of assigning: what goes on at the desk, looked up once for everybody in it."""

    def __init__(self, organisation: Organisation) -> None:
        self.floor = Floor(organisation.store.ongoing(organisation.id))
        self._organisation = organisation
        self._members: dict[str, dict[str, User]] = {}
        self._picked: dict[str, bool] = {}

    def is_picked(self, conversation: Conversation) -> bool:
        """Whether it waits until somebody picks it."""
        stream = conversation.workstream
        if stream not in self._picked:
            self._picked[stream] = is_picked(self._organisation, conversation)
        return self._picked[stream]

    def members(self, conversation: Conversation) -> list[User]:
        """Who may be rung, as they are now."""
        queue = conversation.queue or ""
        if queue not in self._members:
            found = _members(self._organisation, conversation)
            self._members[queue] = {user.id: user for user in found}
        return list(self._members[queue].values())

    def rung(self, user: User) -> None:
        """An agent was chosen just now: whoever has waited longer comes first from here on."""
        for members in self._members.values():
            if user.id in members:
                members[user.id] = user


def assign(
    organisation: Organisation, conversation: Conversation, asked: Round | None = None
) -> Conversation:
    """Rings at an agent who may take a waiting conversation; with none it stays Open (ESC-26)."""
    known = asked or Round(organisation)
    known.floor.note(conversation)
    if known.is_picked(conversation):
        return keep(organisation, conversation)
    deviates = organisation.faults.deviates
    chosen = routing.choose(conversation, known.members(conversation), known.floor)
    if chosen is None:
        if deviates("no_agent_closes"):
            return closed(organisation, conversation, Closure.AGENT_TIMEOUT)
        told = waits.told(organisation, conversation, known.floor)
        # In a round most of those who wait are told nothing new.
        return told if asked and told == conversation else keep(organisation, told)
    if deviates("agent_not_notified"):
        return keep(organisation, conversation)
    now = organisation.clock.now()
    chosen = replace(chosen, assigned=now)
    organisation.store.put(organisation.id, chosen)
    known.rung(chosen)
    return keep(
        organisation, replace(conversation, offer=Offer(chosen.id, now + routing.COUNTDOWN))
    )


def tell_place(organisation: Organisation, conversation: Conversation) -> Conversation:
    """Tells a waiting customer the place that is due."""
    floor = Floor(organisation.store.ongoing(organisation.id))
    return keep(organisation, waits.told(organisation, conversation, floor))


def _members(organisation: Organisation, conversation: Conversation) -> list[User]:
    """Who may be rung: the agents of the conversation's queue."""
    store, deviates = organisation.store, organisation.faults.deviates
    queue = store.get(organisation.id, Queue, conversation.queue or "")
    ids = queue.members if queue else ()
    members = [user for id in ids if (user := store.get(organisation.id, User, id))]
    strangers = [user for user in store.all(organisation.id, User) if user.id not in ids]
    able = [user for user in strangers if SecurityRole.AGENT in user.roles]
    if able and deviates("rings_beyond_the_queue"):
        members = able
    away = [user for user in members if user.presence is not Presence.AVAILABLE]
    if away and deviates("away_agent_is_rung"):
        return [replace(user, presence=Presence.AVAILABLE) for user in away]
    return members


def assign_waiting(organisation: Organisation) -> None:
    """An assignment cycle: presence or capacity changed, so look again, longest waiting first."""
    asked = Round(organisation)
    for conversation in asked.floor.waiting():
        asked.floor.note(assign(organisation, conversation, asked))


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
