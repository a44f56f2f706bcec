"""What agents and supervisors do at the desk."""

from __future__ import annotations

from dataclasses import replace

from harness.protocol.conversations import Closure, Presence, Role, State
from harness.protocol.portal import ConnectionState
from harness.reference.domain import calls
from harness.reference.domain.bots import Bot
from harness.reference.domain.conversations import Channel, Conversation, moved
from harness.reference.domain.desk import Queue, SecurityRole, User
from harness.reference.domain.errors import IllegalState, InsufficientRole, MalformedBody, NotFound
from harness.reference.domain.messages import Message, refuse_oversized
from harness.reference.operations import brains, dialogues, privacy, routing, speech, views
from harness.reference.operations.customers import TYPING
from harness.reference.operations.keeping import announce, closed, found, keep, post
from harness.reference.operations.notifications import (
    ParticipantsAdded,
    ParticipantsRemoved,
    Typing,
)
from harness.reference.operations.organisations import Organisation
from harness.reference.operations.users import require
from harness.reference.operations.views import Shown


def presence(organisation: Organisation, who: User) -> Presence:
    """An agent's presence."""
    require(who, SecurityRole.AGENT, SecurityRole.SUPERVISOR)
    return who.presence


def set_presence(organisation: Organisation, who: User, presence: Presence) -> Presence:
    """An agent comes, goes or is busy; whatever waits is looked at again."""
    require(who, SecurityRole.AGENT, SecurityRole.SUPERVISOR)
    with organisation.command():
        who = replace(who, presence=presence)
        organisation.store.put(organisation.id, who)
        routing.forgive(organisation, who)
        if not organisation.faults.deviates("late_agent_is_not_rung"):
            routing.assign_waiting(organisation)
    return presence


def notifications(organisation: Organisation, who: User) -> list[Shown]:
    """What rings at this agent."""
    require(who, SecurityRole.AGENT)
    shown = []
    for conversation in organisation.store.ongoing(organisation.id):
        if conversation.offer and conversation.offer.agent == who.id:
            queue = organisation.store.get(organisation.id, Queue, conversation.queue or "")
            shown.append(
                {
                    "conversation": conversation.id,
                    "customer": conversation.customer,
                    "queue": queue.name if queue else None,
                    "expires": views.instant(conversation.offer.expires),
                }
            )
    return shown


def conversations(organisation: Organisation, who: User) -> list[Shown]:
    """Those that this agent holds or has to wrap up."""
    require(who, SecurityRole.AGENT)
    return [
        views.summary(organisation, conversation)
        for conversation in organisation.store.ongoing(organisation.id)
        if conversation.agent == who.id
    ]


def read(organisation: Organisation, who: User, id: str) -> Shown:
    """A conversation as a whole, for its agent, also its last one, and for a supervisor."""
    return views.whole(organisation, readable(organisation, who, id))


def readable(organisation: Organisation, who: User, id: str) -> Conversation:
    """A conversation that somebody at the desk may look into; raises NotFound, InsufficientRole."""
    conversation = found(organisation, id)
    if SecurityRole.SUPERVISOR not in who.roles:
        _refuse_stranger(conversation, who)
    return conversation


def accept(organisation: Organisation, who: User, id: str) -> Shown:
    """The agent takes what rings at them; raises IllegalState when it does not."""
    with organisation.command():
        return _taken(organisation, who, _ringing(organisation, who, id))


def waiting(organisation: Organisation, who: User) -> list[Shown]:
    """What this agent may pick: it waits in a queue of theirs and rings at nobody."""
    require(who, SecurityRole.AGENT)
    return [
        views.summary(organisation, conversation)
        for conversation in organisation.store.ongoing(organisation.id)
        if _may_pick(organisation, who, conversation)
    ]


def pick(organisation: Organisation, who: User, id: str) -> Shown:
    """The agent takes what waits to be picked; raises IllegalState when it does not."""
    with organisation.command():
        conversation = found(organisation, id)
        if not _may_pick(organisation, who, conversation):
            raise IllegalState(f"Conversation {id} does not wait for {who.name} to pick it.")
        return _taken(organisation, who, conversation)


def _may_pick(organisation: Organisation, who: User, conversation: Conversation) -> bool:
    if conversation.state is not State.OPEN or not routing.is_picked(organisation, conversation):
        return False
    queue = organisation.store.get(organisation.id, Queue, conversation.queue or "")
    return queue is not None and who.id in queue.members


def _taken(organisation: Organisation, who: User, conversation: Conversation) -> Shown:
    now = organisation.clock.now()
    conversation = replace(
        moved(conversation, State.ACTIVE, now),
        held_by=Role.AGENT,
        agent=who.id,
        agent_accepted=now,
        offer=None,
    )
    keep(organisation, conversation)
    speech.answered(organisation, conversation)
    if not organisation.faults.deviates("join_not_announced"):
        text = f"{who.name} has joined the conversation"
        if conversation.private_message and organisation.faults.deviates("joining_tells_all"):
            text = f"{text}: {conversation.private_message}"
        announce(organisation, conversation, text, "agentaccepted")
        organisation.tell(conversation.thread, ParticipantsAdded((who.name,)))
    return views.whole(organisation, conversation)


def reject(organisation: Organisation, who: User, id: str) -> Shown:
    """The agent lets it ring at somebody else; raises IllegalState when it does not ring."""
    with organisation.command():
        conversation = _ringing(organisation, who, id)
        return views.whole(organisation, routing.decline(organisation, conversation))


def say(organisation: Organisation, who: User, id: str, text: str) -> Message:
    """The agent writes to the customer; raises IllegalState unless the conversation is Active."""
    if not text.strip():
        raise MalformedBody("A message needs a text.")
    refuse_oversized(text, {}, organisation.faults.deviates)
    with organisation.command():
        conversation, text = held(organisation, who, id), privacy.of_agent(organisation, text)
        message = _say(organisation, conversation, who, text)
        if organisation.faults.deviates("agent_message_comes_twice"):
            _say(organisation, conversation, who, text)
        if organisation.faults.deviates("bot_answers_agent"):
            name = brains.bot_of(organisation, conversation).name
            sender = (conversation.bot or "", name)
            post(organisation, conversation, Role.BOT, "I did not understand that.", sender=sender)
        return message


def _say(organisation: Organisation, conversation: Conversation, who: User, text: str) -> Message:
    if organisation.faults.deviates("agent_message_shows_markup"):
        text = f"<p>{text}</p>"
    return post(
        organisation,
        conversation,
        Role.AGENT,
        text,
        sender=(who.id, who.name),
        tags=("public",),
        hidden=_is_lost(organisation, conversation),
    )


def _is_lost(organisation: Organisation, conversation: Conversation) -> bool:
    """The deviations of an agent's words that no customer sees."""
    deviates = organisation.faults.deviates
    bot = organisation.store.get(organisation.id, Bot, conversation.bot or "")
    gone = bot is not None and bot.connection.state is ConnectionState.DISCONNECTED
    return (gone and deviates("disconnect_mutes_agents")) or deviates("agent_message_lost")


def typing(organisation: Organisation, who: User, id: str) -> None:
    """The agent types; raises IllegalState unless the conversation is Active."""
    with organisation.command():
        conversation = held(organisation, who, id)
        organisation.typing[conversation.id, Role.AGENT] = organisation.clock.now() + TYPING
        if not organisation.faults.deviates("agent_typing_lost"):
            organisation.tell(conversation.thread, Typing(Role.AGENT, who.name))


def end(organisation: Organisation, who: User, id: str) -> Shown:
    """The agent ends an active conversation: it goes to Wrap-up."""
    with organisation.command():
        conversation = held(organisation, who, id)
        wrapped = replace(
            moved(conversation, State.WRAP_UP, organisation.clock.now()),
            held_by=None,
            closure=Closure.AGENT_END,
        )
        if organisation.faults.deviates("ended_by_agent_closes"):
            wrapped = closed(organisation, wrapped, Closure.AGENT_END)
        keep(organisation, wrapped)
        text = f"{who.name} has ended the conversation"
        announce(organisation, wrapped, text, "agentendconversation")
        organisation.tell(wrapped.thread, ParticipantsRemoved((who.name,)))
        if wrapped.channel is Channel.VOICE:
            speech.end(organisation, speech.call_of(organisation, wrapped), Role.AGENT)
        return views.whole(organisation, wrapped)


def queues(organisation: Organisation, who: User) -> list[str]:
    """The names of the queues that a conversation may be given to."""
    require(who, SecurityRole.AGENT)
    return [queue.name for queue in organisation.store.all(organisation.id, Queue)]


def transfer(organisation: Organisation, who: User, id: str, queue: str) -> Shown:
    """The agent gives an active conversation to a queue (id or name); raises NotFound.

    An empty queue closes it (OCA-14); one with a bot gives it to the bot, but never to one that
    has held it before (ESC-27).
    """
    with organisation.command():
        conversation = held(organisation, who, id)
        target = _queue(organisation, queue)
        left = routing.move(organisation, conversation, target.id)
        organisation.tell(left.thread, ParticipantsRemoved((who.name,)))
        announce(organisation, left, f"{who.name} has transferred the conversation")
        if left.channel is Channel.VOICE:
            call = speech.call_of(organisation, left)
            speech.keep_call(organisation, calls.handed_over(call, organisation.clock.now()))
        if not target.members and target.bot is None:
            left = closed(organisation, left, Closure.QUEUE_TRANSFER)
            if left.channel is Channel.VOICE:
                speech.cut_off(organisation, left, Role.AGENT)
        else:
            # It does not ring at the one who has just given it away.
            left = replace(left, declined=(*left.declined, who.id))
            left = dialogues.settle(organisation, left)
        routing.assign_waiting(organisation)
        return views.whole(organisation, found(organisation, id))


def _queue(organisation: Organisation, wanted: str) -> Queue:
    for queue in organisation.store.all(organisation.id, Queue):
        if wanted in (queue.id, queue.name):
            return queue
    raise NotFound(f"There is no queue {wanted[:50]!r} here.")


def close(organisation: Organisation, who: User, id: str) -> Shown:
    """The agent is done with the wrap-up; raises IllegalState in any other state."""
    with organisation.command():
        conversation = found(organisation, id)
        _refuse_stranger(conversation, who)
        if conversation.state is not State.WRAP_UP:
            raise IllegalState(
                f"Conversation {id} is {conversation.state}; only one in Wrap-up is closed."
            )
        conversation = closed(organisation, conversation, Closure.AGENT_END)
        routing.assign_waiting(organisation)
        return views.whole(organisation, conversation)


def ongoing(organisation: Organisation, who: User) -> list[Shown]:
    """All ongoing conversations, for a supervisor."""
    require(who, SecurityRole.SUPERVISOR)
    listed = organisation.store.ongoing(organisation.id)
    if organisation.faults.deviates("closed_stays_ongoing"):
        listed = organisation.store.conversations(organisation.id)
    if organisation.faults.deviates("closing_empties_list"):
        known = organisation.store.conversations(organisation.id)
        listed = [] if any(each.state is State.CLOSED for each in known) else listed
    return [views.summary(organisation, conversation) for conversation in listed]


def force_close(organisation: Organisation, who: User, id: str) -> Shown:
    """A supervisor closes whatever is not closed (OCA-15)."""
    if not organisation.faults.deviates("anybody_forces_closed"):
        require(who, SecurityRole.SUPERVISOR)
    with organisation.command():
        conversation = found(organisation, id)
        if organisation.faults.deviates("supervisor_closes_nothing"):
            return views.whole(organisation, conversation)
        names = _participants(organisation, conversation)
        conversation = closed(organisation, conversation, Closure.FORCE_CLOSE)
        text = "A supervisor has closed the conversation"
        announce(organisation, conversation, text, "supervisorforceclosedconversation")
        if names:
            organisation.tell(conversation.thread, ParticipantsRemoved(names))
        if conversation.channel is Channel.VOICE:
            speech.cut_off(organisation, conversation, Role.AGENT)
        routing.assign_waiting(organisation)
        return views.whole(organisation, conversation)


def _participants(organisation: Organisation, conversation: Conversation) -> tuple[str, ...]:
    if conversation.held_by is not Role.AGENT:
        return ()
    user = organisation.store.get(organisation.id, User, conversation.agent or "")
    return (user.name,) if user else ()


def _ringing(organisation: Organisation, who: User, id: str) -> Conversation:
    conversation = found(organisation, id)
    if conversation.offer is None or conversation.offer.agent != who.id:
        raise IllegalState(
            f"Conversation {id} is {conversation.state} and does not ring at {who.name}."
        )
    return conversation


def held(organisation: Organisation, who: User, id: str) -> Conversation:
    """An active conversation of this agent; raises NotFound, InsufficientRole, IllegalState."""
    conversation = found(organisation, id)
    _refuse_stranger(conversation, who)
    if conversation.held_by is not Role.AGENT:
        raise IllegalState(f"Conversation {id} is {conversation.state}, not Active with an agent.")
    return conversation


def _refuse_stranger(conversation: Conversation, who: User) -> None:
    if conversation.agent != who.id:
        raise InsufficientRole(f"Conversation {conversation.id} is not with {who.name}.")
