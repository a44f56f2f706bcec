"""Dates and times in an answer: ISO, with names of months, by weekday, today and tomorrow."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from harness.reference.bot.expressions import Value

KINDS = frozenset(
    f"{kind}PrebuiltEntity" for kind in ("Date", "DateTime", "DateTimeNoTimeZone", "Time")
)
_MONTHS = "january february march april may june july august september october november december"
_MONTH = {name[:3]: number for number, name in enumerate(_MONTHS.split(), 1)}
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_RELATIVE = {"today": 0, "tonight": 0, "now": 0, "tomorrow": 1, "yesterday": -1}
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
# Month first, as in the product's own language (en-US).
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})(?!\d)")
_DAY_MONTH = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]{3,9})\.?,?(?: (\d{4}))?")
_MONTH_DAY = re.compile(r"(?<![a-z])([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?!\d)(?:,? (\d{4}))?")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})(?::(\d{2}))?(?::(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?(?![\w:])")
_IN_DAYS = re.compile(r"in (\d{1,4}) (day|week)s?")


def recognise(kind: str, said: str, now: datetime | None) -> Value:
    """The date, time or both as ISO text, None when there is none; `now` is the instant asked."""
    words = said.casefold()
    instant = now or datetime(1970, 1, 1, tzinfo=UTC)
    found = _date(words, instant.date())
    clock = _time(words)
    if kind == "TimePrebuiltEntity":
        return clock.isoformat() if clock else None
    if kind == "DatePrebuiltEntity":
        return found.isoformat() if found else None
    if found is None and clock is None:
        return None
    day = found or instant.date()
    return datetime.combine(day, clock or time()).isoformat()


def _date(words: str, today: date) -> date | None:
    for pattern, order in ((_ISO, "ymd"), (_SLASHED, "mdy")):
        if match := pattern.search(words):
            parts = dict(zip(order, map(int, match.groups()), strict=True))
            return _day(parts["y"], parts["m"], parts["d"])
    return _named(words, today) or _relative(words, today)


def _named(words: str, today: date) -> date | None:
    if (match := _DAY_MONTH.search(words)) and match[2][:3] in _MONTH:
        return _day(int(match[3] or today.year), _MONTH[match[2][:3]], int(match[1]))
    if (match := _MONTH_DAY.search(words)) and match[1][:3] in _MONTH:
        return _day(int(match[3] or today.year), _MONTH[match[1][:3]], int(match[2]))
    return None


def _relative(words: str, today: date) -> date | None:
    if match := _IN_DAYS.search(words):
        return today + timedelta(days=int(match[1]) * (7 if match[2] == "week" else 1))
    for word in re.findall(r"[a-z]+", words):
        if word in _RELATIVE:
            return today + timedelta(days=_RELATIVE[word])
        if word in _WEEKDAYS:
            ahead = (_WEEKDAYS.index(word) - today.weekday()) % 7
            return today + timedelta(days=ahead or 7)
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def _time(words: str) -> time | None:
    for match in _CLOCK.finditer(words):
        hour, minute, second, half = match.groups()
        if minute is None and half is None:
            continue
        hours = int(hour)
        if half:
            hours = hours % 12 + (12 if half.startswith("p") else 0)
        try:
            return time(hours, int(minute or 0), int(second or 0))
        except ValueError:
            continue
    return time(12) if "noon" in words else None
