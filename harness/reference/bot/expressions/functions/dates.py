"""Dates and times. `now` is an argument of the evaluation: no clock is read here."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from harness.reference.bot.expressions import moments
from harness.reference.bot.expressions.limits import ExpressionFailed
from harness.reference.bot.expressions.moments import Moment
from harness.reference.bot.expressions.nodes import Expression
from harness.reference.bot.expressions.running import Function, Run
from harness.reference.bot.expressions.values import is_blank, number, scalar_text

_MONTHS = {"months": 1, "quarters": 3, "years": 12}
_LENGTHS = {
    "milliseconds": timedelta(milliseconds=1),
    "seconds": timedelta(seconds=1),
    "minutes": timedelta(minutes=1),
    "hours": timedelta(hours=1),
    "days": timedelta(days=1),
}
_FIRST = datetime(1, 1, 1)


def _now(run: Run) -> datetime:
    if run.now is None:
        raise ExpressionFailed("what time it is, is not known here")
    return moments.utc(run.now)


def _today(run: Run) -> date:
    return _now(run).date()


def _is_today(run: Run, operand: Expression) -> bool:
    return moments.instant(run.value(operand)).date() == _today(run)


def _date(year: Any, month: Any, day: Any) -> date:
    # Month 13 is next January, day 0 the last of the month before.
    years = int(number(year))
    if not 1 <= years <= 9999:
        raise ExpressionFailed("a year is 1 to 9999")
    start = date(years if years > 1899 else years + 1900, 1, 1)
    begun = moments.months_later(start, int(number(month)) - 1)
    return moments.instant(moments.shifted(begun, _long("days", int(number(day)) - 1))).date()


def _clock(hour: Any, minute: Any, second: Any, millisecond: Any) -> timedelta:
    return (
        _long("hours", number(hour))
        + _long("minutes", number(minute))
        + _long("seconds", number(second))
        + _long("milliseconds", number(millisecond))
    )


def _time(hour: Any, minute: Any, second: Any, millisecond: Any = 0) -> time:
    passed = _clock(hour, minute, second, millisecond)
    return (_FIRST + passed % timedelta(days=1)).time()


def _date_time(
    year: Any, month: Any, day: Any, hour: Any, minute: Any, second: Any, millisecond: Any = 0
) -> datetime:
    # Hour 24 is the next day's first.
    return moments.instant(_date(year, month, day)) + _clock(hour, minute, second, millisecond)


def _long(unit: str, count: float) -> timedelta:
    try:
        return _LENGTHS[unit] * count
    except OverflowError:
        raise ExpressionFailed("a date out of range") from None


def _unit(unit: Any) -> str:
    name = scalar_text(unit).lower() or "days"
    if name not in _MONTHS and name not in _LENGTHS:
        raise ExpressionFailed(f"no unit of time: {name[:40]}")
    return name


def _date_add(start: Any, count: Any, unit: Any = "days") -> Moment:
    begun, units = moments.moment(start), _unit(unit)
    if isinstance(count, time):
        return moments.shifted(begun, moments.since_midnight(count))
    if units in _MONTHS:
        return moments.months_later(begun, int(number(count)) * _MONTHS[units])
    return moments.shifted(begun, _long(units, number(count)))


def _date_diff(start: Any, end: Any, unit: Any = "days") -> int:
    # Counts the boundaries between the two: 23:59 and 0:01 are a day apart.
    first, last, units = moments.instant(start), moments.instant(end), _unit(unit)
    if units in _MONTHS:
        return _month(last) // _MONTHS[units] - _month(first) // _MONTHS[units]
    length = _LENGTHS[units]
    return (last - _FIRST) // length - (first - _FIRST) // length


def _month(moment: datetime) -> int:
    return moment.year * 12 + moment.month - 1


def _weekday(value: Any, start: Any = 1) -> int:
    day = moments.instant(value).isoweekday()
    first = int(number(start))
    begins = {1: 7, 2: 1, 3: 1, 17: 7, **{number: number - 10 for number in range(11, 17)}}
    if first not in begins:
        raise ExpressionFailed("no day that a week starts on")
    return (day - begins[first]) % 7 + (0 if first == 3 else 1)


def _read(value: Any, language: Any, take: Callable[[Moment], Moment | None]) -> Moment | None:
    if is_blank(value):
        return None
    if isinstance(value, str):
        found = moments.parsed(value, day_first=_day_first(language))
        if found is None:
            raise ExpressionFailed("not a date or time")
    else:
        found = moments.moment(value)
    taken = take(found)
    if taken is None:
        raise ExpressionFailed("not a date or time")
    return taken


def _day_first(language: Any) -> bool:
    return isinstance(language, str) and bool(language) and language.lower() not in ("en", "en-us")


def _date_part(found: Moment) -> date | None:
    if isinstance(found, datetime):
        return found.date()
    return found if isinstance(found, date) else None


def _time_part(found: Moment) -> time:
    return found if isinstance(found, time) else moments.instant(found).time()


def _part(name: str) -> Function:
    return Function(lambda value: getattr(moments.instant(value or 0), name), 1, 1)


def _months_on(value: Any, months: Any) -> date:
    moved = moments.months_later(moments.instant(value), int(number(months)))
    return moments.instant(moved).date()


def _month_end(value: Any, months: Any) -> date:
    start = _months_on(value, months)
    return start.replace(day=calendar.monthrange(start.year, start.month)[1])


FUNCTIONS: dict[str, Function] = {
    "Now": Function(_now, 0, 0, lazy=True),
    "Today": Function(_today, 0, 0, lazy=True),
    "IsToday": Function(_is_today, 1, 1, lazy=True),
    "Date": Function(_date, 3, 3),
    "Time": Function(_time, 3, 4),
    "DateTime": Function(_date_time, 6, 7),
    "DateValue": Function(lambda value, lang=None: _read(value, lang, _date_part), 1, 2),
    "TimeValue": Function(lambda value, lang=None: _read(value, lang, _time_part), 1, 2),
    "DateTimeValue": Function(lambda value, lang=None: _read(value, lang, moments.instant), 1, 2),
    "DateAdd": Function(_date_add, 2, 3),
    "DateDiff": Function(_date_diff, 2, 3),
    "EDate": Function(_months_on, 2, 2),
    "EOMonth": Function(_month_end, 2, 2),
    "Weekday": Function(_weekday, 1, 2),
    "TimeZoneOffset": Function(lambda value=None: 0, 0, 1),
    **{name: _part(name.lower()) for name in ("Year", "Month", "Day", "Hour", "Minute", "Second")},
}
