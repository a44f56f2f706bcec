"""States and closings, without store and clock: each branch once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from harness.protocol.conversations import Role, State
from harness.reference.clock import START
from harness.reference.domain import closings
from harness.reference.domain.closings import Kind
from harness.reference.domain.conversations import (
    ALLOWED,
    Channel,
    Conversation,
    Offer,
    moved,
    refuse_closed,
)
from harness.reference.domain.errors import (
    ConversationClosed,
    IllegalState,
)
from tests.reference.builders import MINUTE, conforms, conversation


@pytest.mark.parametrize("before", State)
@pytest.mark.parametrize("after", State)
def test_only_the_changes_of_the_table_are_allowed(before: State, after: State) -> None:
    at = START + MINUTE
    if after in ALLOWED[before]:
        changed = moved(conversation(state=before), after, at)
        assert (changed.state, changed.changed) == (after, at)
    else:
        with pytest.raises(IllegalState):
            moved(conversation(state=before), after, at)


def test_closed_is_terminal() -> None:
    with pytest.raises(ConversationClosed):
        refuse_closed(conversation(state=State.CLOSED))


# closings ----------------------------------------------------------------------------------------


def due(subject: Conversation, *faults: str) -> list[tuple[Kind, timedelta]]:
    alarms = closings.alarms(subject, START, None, lambda name: name in faults)
    return [(alarm.kind, alarm.at - START) for alarm in alarms]


@pytest.mark.parametrize(("minute", "expected"), [(0, 20), (1, 25), (4.99, 25), (5, 25), (7, 30)])
def test_an_open_chat_is_closed_by_the_first_tick_after_twenty_minutes(
    minute: float, expected: int
) -> None:
    subject = conversation(changed=START + minute * MINUTE)
    assert due(subject) == [(Kind.LIFETIME, expected * MINUTE)]


def test_an_open_chat_that_deviates_is_closed_before_twenty_minutes() -> None:
    assert due(conversation(), "open_chat_closes_early") == [(Kind.LIFETIME, 10 * MINUTE)]


def test_a_chat_in_wrap_up_is_closed_after_fifteen_minutes() -> None:
    assert due(conversation(state=State.WRAP_UP)) == [(Kind.LIFETIME, 15 * MINUTE)]


def test_a_chat_that_an_agent_holds_is_never_closed() -> None:
    assert due(conversation(state=State.ACTIVE, held_by=Role.AGENT)) == []


def test_a_closed_chat_has_no_alarms() -> None:
    assert due(conversation(state=State.CLOSED)) == []


@pytest.mark.parametrize(
    ("fault", "minutes"),
    [("", 30), ("bot_chat_closes_late", 60), ("bot_chat_closes_early", 15)],
)
def test_a_silent_chat_with_the_bot_is_closed_to_the_second(fault: str, minutes: int) -> None:
    last = START + timedelta(minutes=7, seconds=13)
    subject = conversation(state=State.ACTIVE, held_by=Role.BOT, last_customer_message=last)
    assert due(subject, fault) == [(Kind.BOT_SILENT, last - START + minutes * MINUTE)]


def test_a_customer_who_never_wrote_is_silent_from_the_start() -> None:
    subject = conversation(state=State.ACTIVE, held_by=Role.BOT)
    assert due(subject) == [(Kind.BOT_SILENT, 30 * MINUTE)]


def test_a_call_with_the_bot_is_cut_after_an_hour() -> None:
    subject = conversation(state=State.ACTIVE, held_by=Role.BOT, channel=Channel.VOICE)
    assert due(subject) == [(Kind.BOT_CALL, 60 * MINUTE)]


def test_what_rings_stops_ringing() -> None:
    offer = Offer("ben", START + 2 * MINUTE)
    assert (Kind.OFFER, 2 * MINUTE) in due(conversation(offer=offer))


def test_a_bot_that_took_a_chat_back_measures_silence_from_then_on() -> None:
    subject = conversation(
        state=State.ACTIVE,
        held_by=Role.BOT,
        last_customer_message=START + 5 * MINUTE,
        changed=START + 50 * MINUTE,
    )
    assert due(subject) == [(Kind.BOT_SILENT, 80 * MINUTE)]


def test_a_silence_is_an_alarm() -> None:
    at = START + 5 * MINUTE
    alarms = closings.alarms(conversation(), START, at, conforms)
    assert next(iter(alarms)) == closings.Alarm(at, Kind.SILENCE)
