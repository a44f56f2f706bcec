"""What is heard in a call: each branch once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from harness.protocol.conversations import Role
from harness.reference.clock import START
from harness.reference.domain import calls
from harness.reference.domain.calls import Call, Utterance
from harness.reference.domain.errors import (
    IllegalState,
)

SECOND = timedelta(seconds=1)
CALL = Call("k", "c", "+1", "+2", held_by=Role.BOT)


def kinds(call: Call) -> list[str]:
    return [event.kind for event in call.events]


def test_what_is_said_lasts_and_the_next_one_waits() -> None:
    call = calls.said(CALL, Utterance("x" * 50), START)
    call = calls.said(call, Utterance("next"), START)
    assert call.until == START + 3 * SECOND
    assert kinds(call) == ["spoken"]
    assert calls.elapsed(call, START + SECOND) == call, "not heard to its end yet"
    call = calls.elapsed(call, START + 3 * SECOND)
    assert kinds(call) == ["spoken", "heard", "spoken"]


def test_silence_needs_no_end() -> None:
    assert calls.elapsed(CALL, START) == CALL
    assert calls.interrupted(CALL, START) == CALL


def test_speech_cuts_what_may_be_cut_and_what_was_to_follow_it() -> None:
    call = CALL
    for utterance in (Utterance("a"), Utterance("b"), Utterance("c", interruptible=False)):
        call = calls.said(call, utterance, START)
    call = calls.interrupted(call, START)
    assert [(event.kind, event.text) for event in call.events] == [
        ("spoken", "a"),
        ("cut", "a"),
        ("spoken", "c"),
    ]


def test_an_uninterruptible_message_is_not_cut_unless_the_fault_is_on() -> None:
    call = calls.said(CALL, Utterance("notice", interruptible=False), START)
    assert calls.interrupted(call, START) == call
    assert kinds(calls.interrupted(call, START, any_speech=True)) == ["spoken", "cut"]


def test_hanging_up_waits_until_the_last_words_were_heard() -> None:
    call = calls.said(calls.said(CALL, Utterance("bye"), START), Utterance(None), START)
    assert call.state == "connected"
    call = calls.elapsed(call, START + SECOND)
    assert (call.state, call.ended_by) == ("ended", Role.BOT)
    assert kinds(call) == ["spoken", "heard", "ended"]


def test_hanging_up_a_silent_call_ends_it_at_once() -> None:
    assert calls.said(CALL, Utterance(None), START).state == "ended"


def test_an_ended_call_is_refused_and_stays_as_it_is() -> None:
    call = calls.ended(CALL, Role.CUSTOMER, START)
    assert calls.elapsed(call, START) == call
    with pytest.raises(IllegalState):
        calls.ended(call, Role.BOT, START)


def test_an_agent_who_takes_a_call_silences_the_bot() -> None:
    call = calls.handed_over(calls.said(CALL, Utterance("one moment"), START), START)
    assert call.held_by is None
    call = calls.taken(call, START)
    assert call.held_by is Role.AGENT
    assert kinds(call) == ["spoken", "transferred", "cut"]
    assert kinds(calls.taken(CALL, START)) == []
