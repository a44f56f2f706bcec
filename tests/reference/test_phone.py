"""Calls: what is heard, what is cut, and who holds them."""

from __future__ import annotations

import pytest

from harness.protocol.conversations import Closure, Role, State
from harness.reference.domain.calls import Call
from harness.reference.domain.conversations import Conversation
from harness.reference.domain.errors import IllegalState, NotFound, VoiceUnavailable
from harness.reference.operations import agents, callers, makers
from harness.reference.operations.makers import Changes
from tests.reference.desk import Desk


def heard(call: Call) -> list[tuple[str, bool]]:
    return [(event.kind, event.interruptible) for event in call.events]


def conversation(desk: Desk, call: Call) -> Conversation:
    found = desk.organisation.store.conversation(desk.organisation.id, call.conversation)
    assert found
    return found


def test_the_bot_takes_a_call_and_speaks(classic: Desk) -> None:
    call = classic.call()
    assert (call.state, call.held_by, heard(call)) == ("connected", Role.BOT, [("spoken", True)])
    classic.pass_time(minutes=1)
    assert heard(callers.find(classic.organisation, call.id))[-1] == ("heard", True)


def test_speech_cuts_an_ordinary_message(classic: Desk) -> None:
    call = classic.call()
    call = callers.speak(classic.organisation, call.id, "opening times")
    assert heard(call)[:2] == [("spoken", True), ("cut", True)]


@pytest.mark.parametrize("tones", [False, True])
def test_nothing_cuts_an_uninterruptible_message(classic: Desk, tones: bool) -> None:
    call = classic.call()
    call = callers.speak(classic.organisation, call.id, "important notice")
    assert heard(call)[-1] == ("spoken", False)
    disturb = callers.press if tones else callers.speak
    call = disturb(classic.organisation, call.id, "1")
    assert ("cut", False) not in heard(call)
    classic.pass_time(minutes=1)
    assert ("heard", False) in heard(callers.find(classic.organisation, call.id))


def test_the_fault_cuts_an_uninterruptible_message(classic: Desk) -> None:
    classic.deviate("any_speech_cuts")
    call = callers.speak(classic.organisation, classic.call().id, "important notice")
    call = callers.speak(classic.organisation, call.id, "opening times")
    assert ("cut", False) in heard(call)


def test_the_bot_hangs_up_after_its_last_words(classic: Desk) -> None:
    call = callers.press(classic.organisation, classic.call().id, "3")
    assert call.state == "connected"
    classic.pass_time(minutes=1)
    call = callers.find(classic.organisation, call.id)
    assert (call.state, call.ended_by) == ("ended", Role.BOT)
    assert [kind for kind, _ in heard(call)][-2:] == ["heard", "ended"]
    ended = conversation(classic, call)
    assert (ended.state, ended.closure) == (State.CLOSED, Closure.BOT_END)
    with pytest.raises(IllegalState):
        callers.speak(classic.organisation, call.id, "hello?")


def test_the_fault_keeps_the_call(classic: Desk) -> None:
    classic.deviate("hang_up_keeps_call")
    call = callers.press(classic.organisation, classic.call().id, "3")
    classic.pass_time(minutes=1)
    assert callers.find(classic.organisation, call.id).state == "connected"


def test_an_escalated_call_is_taken_by_an_agent(classic: Desk) -> None:
    call = callers.speak(classic.organisation, classic.call().id, "talk to agent")
    assert call.held_by is None
    assert "transferred" in [kind for kind, _ in heard(call)]
    classic.presence("Ben")
    assert classic.ringing("Ben") == [call.conversation]
    classic.accept("Ben", conversation(classic, call))
    assert callers.find(classic.organisation, call.id).held_by is Role.AGENT
    callers.speak(classic.organisation, call.id, "good morning")
    transcript = agents.read(classic.organisation, classic.user("Ben"), call.conversation)
    assert transcript["transcript"][-1]["text"] == "good morning"


def test_the_fault_keeps_an_escalated_call_with_the_bot(classic: Desk) -> None:
    classic.deviate("call_stays_with_bot")
    call = callers.speak(classic.organisation, classic.call().id, "talk to agent")
    assert call.held_by is Role.BOT


def test_the_agent_ends_a_call(classic: Desk) -> None:
    call = callers.speak(classic.organisation, classic.call().id, "talk to agent")
    classic.presence("Ben")
    taken = classic.accept("Ben", conversation(classic, call))
    classic.end("Ben", taken)
    call = callers.find(classic.organisation, call.id)
    assert (call.state, call.ended_by) == ("ended", Role.AGENT)
    assert conversation(classic, call).state is State.WRAP_UP


def test_the_caller_hangs_up(classic: Desk) -> None:
    call = callers.hang_up(classic.organisation, classic.call().id)
    assert call.ended_by is Role.CUSTOMER
    assert conversation(classic, call).state is State.CLOSED
    with pytest.raises(IllegalState):
        callers.hang_up(classic.organisation, call.id)


def test_a_caller_who_leaves_the_agent_leaves_a_wrap_up(classic: Desk) -> None:
    call = callers.speak(classic.organisation, classic.call().id, "talk to agent")
    classic.presence("Ben")
    classic.accept("Ben", conversation(classic, call))
    callers.hang_up(classic.organisation, call.id)
    assert conversation(classic, call).state is State.WRAP_UP


def test_a_call_with_the_bot_is_cut_after_an_hour(classic: Desk) -> None:
    call = classic.call()
    classic.pass_time(minutes=59, seconds=59)
    assert callers.find(classic.organisation, call.id).state == "connected"
    classic.pass_time(seconds=1)
    assert callers.find(classic.organisation, call.id).ended_by is Role.BOT


def test_a_call_with_an_agent_is_wrapped_up_after_two_hours(classic: Desk) -> None:
    call = callers.speak(classic.organisation, classic.call().id, "talk to agent")
    classic.presence("Ben")
    classic.accept("Ben", conversation(classic, call))
    classic.pass_time(hours=2, minutes=5)
    assert conversation(classic, call).state is State.WRAP_UP
    assert callers.find(classic.organisation, call.id).state == "ended"


def test_a_supervisor_ends_a_call(classic: Desk) -> None:
    call = classic.call()
    agents.force_close(classic.organisation, classic.user("Sam"), call.conversation)
    assert callers.find(classic.organisation, call.id).state == "ended"
    assert conversation(classic, call).closure is Closure.FORCE_CLOSE


def test_calls_need_voice(desk: Desk, classic: Desk) -> None:
    with pytest.raises(VoiceUnavailable):
        desk.call()
    with pytest.raises(VoiceUnavailable):
        callers.dial(classic.organisation, "+1", "+15550100098")
    with pytest.raises(NotFound):
        callers.find(classic.organisation, "none")
    mia, bot = classic.user("Mia"), classic.bot().id
    makers.change(classic.organisation, mia, bot, Changes(voice_enabled=False))
    with pytest.raises(VoiceUnavailable):
        classic.call()
    makers.change(classic.organisation, mia, bot, Changes(voice_enabled=True))
    assert classic.call()


def test_voice_that_is_added_needs_a_new_connection(classic: Desk) -> None:
    mia, bot = classic.user("Mia"), classic.bot().id
    makers.change(classic.organisation, mia, bot, Changes(voice_enabled=False))
    classic.disconnect()
    classic.connect()
    makers.change(classic.organisation, mia, bot, Changes(voice_enabled=True))
    with pytest.raises(VoiceUnavailable):
        classic.call()
    classic.disconnect()
    classic.connect()
    assert classic.call()


def test_a_caller_who_no_longer_waits_makes_room_for_the_next(classic: Desk) -> None:
    classic.presence("Ben")
    waiting = [classic.call() for _ in range(4)]
    for call in waiting:
        callers.speak(classic.organisation, call.id, "talk to agent")
    assert waiting[3].conversation not in classic.ringing("Ben")
    callers.hang_up(classic.organisation, waiting[0].id)
    assert waiting[3].conversation in classic.ringing("Ben")
