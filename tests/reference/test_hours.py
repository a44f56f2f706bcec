"""Operating hours by the wall clock of a place, also on days when clocks change."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from harness.reference.domain import hours
from harness.reference.domain.widgets import Hours

OSLO = Hours("Europe/Oslo")


def at(instant: str) -> datetime:
    return datetime.fromisoformat(instant)


@pytest.mark.parametrize(
    ("instant", "is_open"),
    [
        ("2026-01-05T06:59:59Z", False),
        ("2026-01-05T07:00:00Z", True),
        ("2026-01-05T15:59:59Z", True),
        ("2026-01-05T16:00:00Z", False),
        # After 29 March the same walls show an hour later.
        ("2026-03-30T05:59:59Z", False),
        ("2026-03-30T06:00:00Z", True),
        ("2026-03-30T15:00:00Z", False),
    ],
)
def test_hours_are_those_of_the_wall(instant: str, is_open: bool) -> None:
    assert hours.is_open(OSLO, at(instant)) is is_open


def test_without_hours_it_is_always_open() -> None:
    assert hours.is_open(None, at("2026-01-05T03:00:00Z"))


def test_hours_may_go_beyond_midnight() -> None:
    night = Hours("America/New_York", "22:00", "06:00", ("Friday",))
    friday = at("2026-01-10T02:30:00Z")
    assert not hours.is_open(night, friday)
    assert hours.is_open(night, friday + timedelta(hours=1))
    assert hours.is_open(night, at("2026-01-10T10:59:00Z"))
    assert not hours.is_open(night, at("2026-01-10T11:00:00Z"))


@pytest.mark.parametrize(
    ("day", "length"),
    [("2026-03-28T12:00:00Z", 24), ("2026-03-29T12:00:00Z", 23), ("2026-10-25T12:00:00Z", 25)],
)
def test_a_whole_day_is_as_long_as_the_day(day: str, length: int) -> None:
    span = hours.current(Hours("Europe/Oslo", "00:00", "00:00"), at(day))
    assert span is not None
    assert span.end - span.start == timedelta(hours=length)


def test_a_time_that_is_skipped_is_an_hour_later_and_one_that_comes_twice_is_the_first() -> None:
    early = Hours("Europe/Oslo", "02:30", "17:00")
    spring = hours.current(early, at("2026-03-29T12:00:00Z"))
    autumn = hours.current(early, at("2026-10-25T12:00:00Z"))
    assert spring is not None
    assert autumn is not None
    assert spring.start == at("2026-03-29T01:30:00Z")
    assert autumn.start == at("2026-10-25T00:30:00Z")


def test_the_next_hours_are_on_the_next_day_that_has_some() -> None:
    weekly = Hours("Asia/Tokyo", days=("Monday",))
    following = hours.following(weekly, at("2026-03-02T09:00:00Z"))
    assert following is not None
    assert following.start == at("2026-03-08T23:00:00Z")
    assert hours.following(Hours(days=()), at("2026-03-02T09:00:00Z")) is None
