"""Numbers: rounding as the product rounds (halves away from zero), and aggregates of tables."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from datetime import date, time
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Context, Decimal
from typing import Any

from harness.reference.bot.expressions import moments
from harness.reference.bot.expressions.functions.operators import power
from harness.reference.bot.expressions.limits import ExpressionFailed
from harness.reference.bot.expressions.nodes import Expression
from harness.reference.bot.expressions.running import ANY, Function, Run
from harness.reference.bot.expressions.values import finite, number, rows, single

# Any float has at most 309 digits before the point; 30 after it are more than it can tell.
_CONTEXT = Context(prec=400)
MAX_PLACES = 30


def _rounding(how: str) -> Callable[..., float]:
    def rounded(value: Any, places: Any = 0) -> float:
        exponent = max(-400, min(MAX_PLACES, int(number(places))))
        exact = Decimal(repr(float(number(value))))
        step = Decimal(1).scaleb(-exponent)
        return finite(float(exact.quantize(step, rounding=how, context=_CONTEXT)))

    return rounded


def _mod(value: Any, divisor: Any) -> float:
    by = number(divisor)
    if by == 0:
        raise ExpressionFailed("division by zero", kind=13)
    # Python's remainder has the sign of the divisor, as the product's.
    return finite(number(value) % by)


def _root(value: Any) -> float:
    base = number(value)
    if base < 0:
        raise ExpressionFailed("the root of a number below 0", kind=24)
    return finite(math.sqrt(base))


def _logarithm(value: Any, base: Any = math.e) -> float:
    try:
        # Exact where it can be: the other way, the logarithm of 1,000 is not quite 3.
        if number(base) == 10:
            return finite(math.log10(number(value)))
        return finite(math.log(number(value), number(base)))
    except ZeroDivisionError:
        raise ExpressionFailed("division by zero", kind=13) from None
    except ValueError:
        raise ExpressionFailed("a logarithm that does not exist", kind=24) from None


def _exponential(value: Any) -> float:
    try:
        return finite(math.exp(number(value)))
    except OverflowError:
        raise ExpressionFailed("not a finite number", kind=24) from None


Aggregate = Callable[[list[Any]], Any]


def _aggregating(aggregate: Aggregate) -> Function:
    """A function of numbers, `Sum(1, 2)`, or of a table, `Sum(Topic.Orders, Price)`."""

    def run(run: Run, first: Expression, *others: Expression) -> Any:
        found = run.value(first)
        if isinstance(found, list) and len(others) == 1:
            values: Iterable[Any] = [inside.value(others[0]) for _, inside in run.each(first)]
        elif isinstance(found, list) and not others:
            values = map(single, found)
        else:
            values = [found, *(run.value(other) for other in others)]
        return aggregate([value for value in values if value is not None])

    return Function(run, 1, ANY, lazy=True)


def _sum(values: list[Any]) -> Any:
    return finite(sum(map(number, values))) if values else None


def _average(values: list[Any]) -> float:
    if not values:
        raise ExpressionFailed("the average of nothing", kind=13)
    return finite(sum(map(number, values)) / len(values))


def _extreme(choose: Callable[[Iterable[Any]], Any]) -> Aggregate:
    def extreme(values: list[Any]) -> Any:
        if values and all(isinstance(value, date | time) for value in values):
            best = choose(map(moments.instant, values))
            return next(value for value in values if moments.instant(value) == best)
        return finite(choose(map(number, values))) if values else None

    return extreme


def _count(table: Any) -> int:
    cells = [single(row) for row in rows(table)]
    return sum(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in cells)


def _count_all(table: Any) -> int:
    return sum(single(row) is not None for row in rows(table))


FUNCTIONS: dict[str, Function] = {
    "Sum": _aggregating(_sum),
    "Average": _aggregating(_average),
    "Min": _aggregating(_extreme(min)),
    "Max": _aggregating(_extreme(max)),
    "Count": Function(_count, 1, 1),
    "CountA": Function(_count_all, 1, 1),
    "Round": Function(_rounding(ROUND_HALF_UP), 2, 2),
    "RoundUp": Function(_rounding(ROUND_UP), 2, 2),
    "RoundDown": Function(_rounding(ROUND_DOWN), 2, 2),
    "Trunc": Function(_rounding(ROUND_DOWN), 1, 2),
    "Int": Function(lambda value: finite(math.floor(number(value))), 1, 1),
    "Abs": Function(lambda value: finite(abs(number(value))), 1, 1),
    "Sqrt": Function(_root, 1, 1),
    "Power": Function(power, 2, 2),
    "Mod": Function(_mod, 2, 2),
    "Exp": Function(_exponential, 1, 1),
    "Ln": Function(_logarithm, 1, 1),
    "Log": Function(lambda value, base=10: _logarithm(value, base), 1, 2),
    "Pi": Function(lambda: math.pi, 0, 0),
}
