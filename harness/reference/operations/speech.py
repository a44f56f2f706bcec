"""What is heard in a call, and the end of it."""

from __future__ import annotations

from dataclasses import replace

from harness.protocol.conversations import Closure, Role, State
from harness.reference.domain import calls
from harness.reference.domain.calls import Call, Utterance
from harness.reference.domain.closings import Alarm, Kind
from harness.reference.domain.conversations import Channel, Conversation, moved
from harness.reference.domain.errors import NotFound
from harness.reference.operations.keeping import closed, keep
from harness.reference.operations.organisations import Organisation

REASONS = {
    Role.BOT: Closure.BOT_END,
    Role.CUSTOMER: Closure.CUSTOMER_END,
    Role.AGENT: Closure.AGENT_END,
}


def conversation_of(organisation: Organisation, call: Call) -> Conversation:
    """The conversation of a call: the id that the exchange gave the call is its request."""
    conversation = organisation.store.by_request(organisation.id, call.id)
    assert conversation is not None, "a call has a conversation from its first word on"
    return conversation


def call_of(organisation: Organisation, conversation: Conversation) -> Call:
    """The call of a conversation on the phone."""
    return call(organisation, conversation.request)


def call(organisation: Organisation, id: str) -> Call:
    """The call of an id; raises NotFound."""
    known = organisation.store.get(organisation.id, Call, id)
    if known is None:
        raise NotFound(f"There is no call {id[:50]!r} here.")
    return known


def keep_call(organisation: Organisation, call: Call) -> Call:
    """Saves a call and the alarm of its speech; one that has ended ends its conversation."""
    before = organisation.store.get(organisation.id, Call, call.id)
    organisation.store.put(organisation.id, call)
    organisation.timers.set(call.id, [Alarm(call.until, Kind.SPEECH)] if call.until else [])
    if call.ended_by and before and not before.ended_by:
        conversation = conversation_of(organisation, call)
        if conversation.state not in (State.CLOSED, State.WRAP_UP):
            _end(organisation, conversation, call.ended_by)
    return call


def say(organisation: Organisation, conversation: Conversation, utterance: Utterance) -> None:
    """The bot says something in the call, or hangs up after what it has said."""
    call = call_of(organisation, conversation)
    if call.state == "ended":
        return
    keep_call(organisation, calls.said(call, utterance, organisation.clock.now()))


def end(organisation: Organisation, call: Call, by: Role) -> Call:
    """Ends a call and with it the conversation."""
    return keep_call(organisation, calls.ended(call, by, organisation.clock.now()))


def _end(organisation: Organisation, conversation: Conversation, by: Role) -> None:
    closure = REASONS[by]
    if conversation.held_by is not Role.AGENT:
        closed(organisation, conversation, closure)
        return
    now = organisation.clock.now()
    wrapped = moved(conversation, State.WRAP_UP, now)
    keep(organisation, replace(wrapped, held_by=None, closure=closure))


def answered(organisation: Organisation, conversation: Conversation) -> None:
    """An agent took the conversation; in a call the bot falls silent."""
    if conversation.channel is Channel.VOICE:
        call = call_of(organisation, conversation)
        keep_call(organisation, calls.taken(call, organisation.clock.now()))


def cut_off(organisation: Organisation, conversation: Conversation, by: Role) -> None:
    """The conversation is over; so is the call, unless it was before."""
    call = call_of(organisation, conversation)
    if call.state != "ended":
        end(organisation, call, by)
