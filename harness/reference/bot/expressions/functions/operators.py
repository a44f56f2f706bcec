"""Operators: arithmetic, comparison, `&`, `in`, `;` and the making of tables."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from harness.reference.bot.expressions import moments
from harness.reference.bot.expressions.functions.tables import made
from harness.reference.bot.expressions.limits import ExpressionFailed
from harness.reference.bot.expressions.running import ANY, Function
from harness.reference.bot.expressions.values import (
    equal,
    finite,
    number,
    scalar_text,
    single,
)


def _is_moment(value: Any) -> bool:
    return isinstance(value, date | time)


def _plus(left: Any, right: Any) -> Any:
    if _is_moment(right) and (isinstance(left, time) or not _is_moment(left)):
        left, right = right, left
    if isinstance(left, date) and isinstance(right, time):
        return moments.instant(left) + moments.since_midnight(right)
    if isinstance(left, time) and isinstance(right, time):
        return moments.shifted(left, moments.since_midnight(right))
    return _moved(left, number(right)) if _is_moment(left) else finite(number(left) + number(right))


def _minus(left: Any, right: Any) -> Any:
    if isinstance(left, date) and isinstance(right, time):
        return moments.instant(left) - moments.since_midnight(right)
    if _is_moment(left) and _is_moment(right):
        return finite((moments.instant(left) - moments.instant(right)) / timedelta(days=1))
    if _is_moment(right) and left is not None:
        raise ExpressionFailed("a number less a date")
    return (
        _moved(left, -number(right)) if _is_moment(left) else finite(number(left) - number(right))
    )


def _moved(start: Any, days: float) -> Any:
    # A date has no hours: half a day more is the same day.
    bare = isinstance(start, date) and not isinstance(start, datetime)
    return moments.shifted(start, _days(math.floor(days) if bare else days))


def _days(value: Any) -> timedelta:
    try:
        return timedelta(days=number(value))
    except OverflowError:
        raise ExpressionFailed("a date out of range") from None


def _divided(left: Any, right: Any) -> float:
    divisor = number(right)
    if divisor == 0:
        raise ExpressionFailed("division by zero", kind=13)
    return finite(number(left) / divisor)


def power(base: Any, exponent: Any) -> float:
    """A power; raises ExpressionFailed when it is no real or too large a number."""
    try:
        result = float(number(base)) ** float(number(exponent))
    except ZeroDivisionError:
        raise ExpressionFailed("division by zero", kind=13) from None
    if isinstance(result, complex):
        raise ExpressionFailed("not a real number", kind=24)
    return finite(result)


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def ordered(left: Any, right: Any) -> bool:
        if _is_moment(left) or _is_moment(right) or _both_write_dates(left, right):
            return compare(moments.instant(left or 0), moments.instant(right or 0))
        return compare(number(left), number(right))

    return ordered


def _both_write_dates(left: Any, right: Any) -> bool:
    # Dates come back from variables as ISO text.
    return (
        isinstance(left, str)
        and isinstance(right, str)
        and moments.parsed(left) is not None
        and moments.parsed(right) is not None
    )


def _within(fold: Callable[[str], str]) -> Callable[[Any, Any], bool]:
    def within(left: Any, right: Any) -> bool:
        if not isinstance(right, list):
            return fold(scalar_text(left)) in fold(scalar_text(right))
        if isinstance(left, str):
            return any(
                isinstance(item, str) and fold(item) == fold(left) for item in map(single, right)
            )
        return any(equal(left, single(row)) for row in right)

    return within


OPERATORS: dict[str, Function] = {
    name: Function(run, 2, 2)
    for name, run in {
        "=": equal,
        "<>": lambda left, right: not equal(left, right),
        "<": _ordered(operator.lt),
        "<=": _ordered(operator.le),
        ">": _ordered(operator.gt),
        ">=": _ordered(operator.ge),
        "+": _plus,
        "-": _minus,
        "*": lambda left, right: finite(number(left) * number(right)),
        "/": _divided,
        "^": power,
        "in": _within(str.casefold),
        "exactin": _within(str),
    }.items()
} | {
    "&": Function(lambda *parts: "".join(map(scalar_text, parts)), 0, ANY),
    ";": Function(lambda *parts: parts[-1], 1, ANY),
    "[]": Function(made, 0, ANY),
}
