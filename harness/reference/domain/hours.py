"""Operating hours: local wall time of a zone, as instants (docs C13).

Every day is turned into instants anew, so a day on which clocks change is an hour longer or
shorter inside its hours, and opening and closing stay where the wall shows them. A wall time that
a change of clocks skips is the instant an hour later; of one that comes twice it is the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from harness.reference.domain.widgets import WEEK, Hours

DAY = timedelta(days=1)

FORTNIGHT = 15
"""Days that are looked ahead: every weekday comes twice in them."""


class Span(NamedTuple):
    """One time of operation, UTC: it is open from `start` on, and no more at `end`."""

    start: datetime
    end: datetime


NO_PLACES = frozenset({"Factory", "localtime", "posixrules"})
"""What lies among the zones of a machine and is none: it would be another one elsewhere."""


def zone(name: str) -> ZoneInfo | None:
    """The IANA zone of that name; None for a name that there is no zone of."""
    if name in NO_PLACES:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # OSError: a folder of the zone files, such as `Europe`.
        return None


def wall(text: str) -> time | None:
    """The time that `HH:MM` is; None for a text that is none."""
    try:
        return datetime.strptime(text, "%H:%M").time() if len(text) == len("HH:MM") else None
    except ValueError:
        return None


def is_open(hours: Hours | None, now: datetime) -> bool:
    """Whether it is operating hours; without hours it always is."""
    return hours is None or current(hours, now) is not None


def current(hours: Hours, now: datetime) -> Span | None:
    """The time of operation that now lies in."""
    return next((span for span in _spans(hours, now) if span.start <= now < span.end), None)


def following(hours: Hours, now: datetime) -> Span | None:
    """The next time of operation that has not begun; None when no day has one."""
    return next((span for span in _spans(hours, now) if span.start > now), None)


def _spans(hours: Hours, now: datetime) -> Iterator[Span]:
    """Times of operation from before now on, first come first."""
    place = ZoneInfo(hours.time_zone)
    start, end = wall(hours.start), wall(hours.end)
    assert start is not None, "settings are checked when they are made"
    assert end is not None, "settings are checked when they are made"
    today = now.astimezone(place).date()
    for days in range(-2, FORTNIGHT):
        day = today + days * DAY
        if WEEK[day.weekday()] in hours.days:
            last = day if end > start else day + DAY
            yield Span(_instant(day, start, place), _instant(last, end, place))


def _instant(day: date, at: time, place: ZoneInfo) -> datetime:
    return datetime.combine(day, at, place).astimezone(UTC)
