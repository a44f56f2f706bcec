"""Dates and times: ISO text outside an evaluation, Python's within one. All are UTC."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from harness.reference.bot.expressions.limits import ExpressionFailed

Moment = date | time

# What a spreadsheet counts days from.
EPOCH = date(1899, 12, 30)
_DAY = timedelta(days=1)
_MICROSECOND = timedelta(microseconds=1)
_ISO = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?")
_TIME = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d)(\.\d{1,9})?)?\s*([AaPp][Mm])?")
_SLASHED = re.compile(r"(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{1,4})")
_NAMED = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?(?:(\d{1,2})[\s-]+)?([A-Za-z]{3,9})\.?"
    r"(?:[\s-]+(\d{1,2}),?)?[\s-]+(\d{4})"
)
MONTHS = tuple(calendar.month_name)
DAYS = tuple(calendar.day_name)


def iso(moment: Moment) -> str:
    """The text that leaves an evaluation: `2026-11-21`, `2026-11-21T09:05:00.000Z`, `09:05:00`."""
    if isinstance(moment, datetime):
        return f"{moment.isoformat(timespec='milliseconds')}Z"
    if isinstance(moment, date):
        return moment.isoformat()
    return moment.isoformat("milliseconds" if moment.microsecond else "seconds")


def shown(moment: Moment) -> str:
    """A date as the product's English shows it: `11/21/2026 9:05 AM`."""
    if isinstance(moment, datetime):
        return f"{shown(moment.date())} {shown(moment.time())}"
    if isinstance(moment, date):
        return f"{moment.month}/{moment.day}/{moment.year}"
    return f"{moment.hour % 12 or 12}:{moment.minute:02} {'AM' if moment.hour < 12 else 'PM'}"


def utc(moment: datetime) -> datetime:
    """The instant in UTC, without saying so: dates in an evaluation are all alike."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def parsed(text: str, day_first: bool = False) -> Moment | None:
    """The date, time or both in a text, None when there is none."""
    text = text.strip()
    if len(text) > 60:
        return None
    try:
        return _iso(text) or _time(text) or _written(text, day_first)
    except ValueError:
        return None


def _iso(text: str) -> Moment | None:
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    if match[1] is None:
        return date.fromisoformat(text)
    return utc(datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text)))


def _time(text: str) -> time | None:
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour = int(match[1])
    if match[5]:
        if not 1 <= hour <= 12:
            raise ValueError(text)
        hour = hour % 12 + (12 if match[5].lower() == "pm" else 0)
    micro = int(float(match[4] or 0) * 1_000_000)
    return time(hour, int(match[2]), int(match[3] or 0), micro)


def _written(text: str, day_first: bool) -> Moment | None:
    match = _SLASHED.match(text) or _NAMED.match(text)
    if match is None:
        return None
    day = _slashed(match, day_first) if match.re is _SLASHED else _named(match)
    rest = text[match.end() :].strip(" ,")
    if not rest:
        return day
    clock = _time(rest)
    if clock is None:
        raise ValueError(text)
    return datetime.combine(day, clock)


def _slashed(match: re.Match[str], day_first: bool) -> date:
    first, second, last = (int(part) for part in match.groups())
    if len(match[1]) == 4:
        return date(first, second, last)
    year = last + (2000 if last < 50 else 1900) if len(match[3]) == 2 else last
    return date(year, second, first) if day_first else date(year, first, second)


def _named(match: re.Match[str]) -> date:
    before, name, after, year = match.groups()
    if bool(before) == bool(after) or len(name) < 3:
        raise ValueError(match[0])
    names = [month for month in MONTHS if month and month.lower().startswith(name.lower())]
    if len(names) != 1:
        raise ValueError(match[0])
    return date(int(year), MONTHS.index(names[0]), int(before or after))


def moment(value: Any) -> Moment:
    """The date or time that a value is or writes; raises ExpressionFailed for anything else."""
    if isinstance(value, date | time):
        return value
    found = parsed(value) if isinstance(value, str) else None
    if value is None or value == "":
        return instant(EPOCH)
    if isinstance(value, int | float) and not isinstance(value, bool):
        found = from_days(value)
    if found is None:
        raise ExpressionFailed("not a date or time")
    return found


def instant(value: Any) -> datetime:
    """A date as its midnight, a time on the first day; raises ExpressionFailed."""
    found = moment(value)
    if isinstance(found, datetime):
        return found
    if isinstance(found, date):
        return datetime.combine(found, time())
    return datetime.combine(EPOCH, found)


def same(left: Any, right: Any) -> bool:
    """Whether two values, one of them a date, are one instant."""
    try:
        return instant(left) == instant(right)
    except ExpressionFailed:
        return False


def since_midnight(value: time) -> timedelta:
    """How far into its day a time is."""
    return datetime.combine(EPOCH, value) - datetime.combine(EPOCH, time())


def days(value: Moment) -> float:
    """Days since the epoch of spreadsheets, a time as its part of a day."""
    passed = instant(value) - instant(EPOCH)
    return passed / _DAY if passed % _DAY else passed.days


def from_days(count: float) -> Moment:
    """The inverse of `days`."""
    try:
        found = instant(EPOCH) + timedelta(days=count)
    except (OverflowError, ValueError):
        raise ExpressionFailed("a date out of range") from None
    return found


def shifted(start: Moment, passed: timedelta) -> Moment:
    """A moment later or earlier, of the same kind where that can be; raises ExpressionFailed."""
    try:
        found = instant(start) + passed
    except OverflowError:
        raise ExpressionFailed("a date out of range") from None
    if isinstance(start, time):
        return found.time()
    if isinstance(start, datetime) or found.time() != time():
        return found
    return found.date()


def months_later(start: Moment, months: int) -> Moment:
    """The same day of another month, or its last; raises ExpressionFailed out of range."""
    if isinstance(start, time):
        return start
    count = start.year * 12 + start.month - 1 + months
    year, month = count // 12, count % 12 + 1
    if not 1 <= year <= 9999:
        raise ExpressionFailed("a date out of range")
    day = min(start.day, calendar.monthrange(year, month)[1])
    return start.replace(year=year, month=month, day=day)
