"""Time as an argument: clocks and timers."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest

from harness.reference.clock import START, RealClock, VirtualClock
from harness.reference.domain.closings import Alarm, Kind
from harness.reference.domain.errors import TimeRunsForward
from harness.reference.timers import Timers


def alarm(minutes: int) -> Alarm:
    return Alarm(START + timedelta(minutes=minutes), Kind.SILENCE)


def test_a_virtual_clock_stands_still_until_it_is_moved() -> None:
    clock = VirtualClock()
    assert clock.now() == clock.now() == START
    clock.move(START + timedelta(minutes=1))
    assert clock.now() == START + timedelta(minutes=1)


def test_time_never_goes_back() -> None:
    clock = VirtualClock()
    with pytest.raises(TimeRunsForward):
        clock.move(START - timedelta(seconds=1))


def test_a_real_clock_tells_utc() -> None:
    assert RealClock().now().tzinfo is UTC


def test_alarms_come_in_the_order_of_their_instants() -> None:
    timers = Timers()
    timers.set("a", [alarm(3), alarm(1)])
    timers.set("b", [alarm(2)])
    until = START + timedelta(minutes=3)
    taken = [timers.take(until) for _ in range(4)]
    assert taken == [("a", alarm(1)), ("b", alarm(2)), ("a", alarm(3)), None]


def test_alarms_of_one_instant_come_as_they_were_set() -> None:
    timers = Timers()
    timers.set("b", [alarm(1)])
    timers.set("a", [alarm(1)])
    assert timers.take(START + timedelta(minutes=1)) == ("b", alarm(1))


def test_setting_alarms_replaces_those_before() -> None:
    timers = Timers()
    timers.set("a", [alarm(1)])
    timers.set("a", [alarm(2)])
    assert timers.due() == START + timedelta(minutes=2)
    timers.set("a", [])
    assert timers.due() is None


def test_nothing_is_taken_before_it_is_due() -> None:
    timers = Timers()
    timers.set("a", [alarm(2)])
    assert timers.take(START + timedelta(minutes=1)) is None
