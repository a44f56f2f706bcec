"""What a caller does: the exchange's side of a call."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from harness.protocol.conversations import Role
from harness.reference.domain import calls
from harness.reference.domain.bots import Bot
from harness.reference.domain.calls import Call
from harness.reference.domain.conversations import Channel
from harness.reference.domain.desk import Workstream
from harness.reference.domain.errors import MalformedBody, VoiceUnavailable
from harness.reference.operations import customers, routing, speech
from harness.reference.operations.organisations import Organisation

KEYS = frozenset("0123456789*#")


def dial(organisation: Organisation, origin: str, destination: str) -> Call:
    """A call comes in; raises VoiceUnavailable when no bot with voice takes it (VOI-03)."""
    if not organisation.tenant.phone or destination != organisation.tenant.phone:
        raise VoiceUnavailable(f"Nobody can be reached at {destination[:30]!r}.")
    _refuse_mute(organisation)
    with organisation.command():
        id = str(uuid4())
        # The call is kept before the conversation: the bot's first words need it.
        call = Call(id, "", origin, destination, held_by=Role.BOT)
        organisation.store.put(organisation.id, call)
        numbers = {"CustomerPhoneNumber": origin, "OrganizationPhoneNumber": destination}
        opening = customers.Opening(channel=Channel.VOICE, name=origin, extra=numbers)
        conversation = customers.start(organisation, id, opening)
        call = replace(speech.call(organisation, id), conversation=conversation.id)
        return speech.keep_call(organisation, call)


def _refuse_mute(organisation: Organisation) -> None:
    for workstream in organisation.store.all(organisation.id, Workstream):
        if workstream.type == customers.TYPES[Channel.VOICE] and workstream.bot:
            bot = organisation.store.get(organisation.id, Bot, workstream.bot)
            if bot and bot.voice_enabled and bot.connection.voice:
                return
    raise VoiceUnavailable("No bot with voice takes calls here. Enable voice, connect again.")


def find(organisation: Organisation, id: str) -> Call:
    """The call of an id; raises NotFound."""
    return speech.call(organisation, id)


def speak(organisation: Organisation, id: str, text: str) -> Call:
    """The caller speaks; raises IllegalState for an ended call."""
    return _interrupt(organisation, id, text, tones=False)


def press(organisation: Organisation, id: str, digits: str) -> Call:
    """The caller presses keys; raises MalformedBody for what no telephone has, IllegalState."""
    if not digits or not KEYS.issuperset(digits):
        raise MalformedBody("A telephone has the keys 0 to 9, * and #.")
    return _interrupt(organisation, id, digits, tones=True)


def _interrupt(organisation: Organisation, id: str, text: str, *, tones: bool) -> Call:
    now = organisation.clock.now()
    with organisation.command():
        call = speech.call(organisation, id)
        calls.refuse_ended(call)
        if tones:
            call = calls.happened(call, "tones", now, calls.Utterance(text))
        any_speech = _is_uninterruptible(call) and organisation.faults.deviates("any_speech_cuts")
        if not (calls.can_be_cut(call) and organisation.faults.deviates("nothing_is_cut")):
            call = calls.interrupted(call, now, any_speech=any_speech)
        speech.keep_call(organisation, call)
        conversation = speech.conversation_of(organisation, call)
        if call.state != "ended":
            customers.say(organisation, conversation.thread, text, ("ChannelId-voice",))
        return speech.call(organisation, id)


def _is_uninterruptible(call: Call) -> bool:
    return call.until is not None and not call.pending[0].interruptible


def hang_up(organisation: Organisation, id: str) -> Call:
    """The caller hangs up; raises IllegalState for a call that was over before."""
    with organisation.command():
        call = speech.end(organisation, speech.call(organisation, id), Role.CUSTOMER)
        routing.assign_waiting(organisation)
        return call
