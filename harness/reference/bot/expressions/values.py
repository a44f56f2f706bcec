"""Values, and how one kind is taken for another: Power Fx's coercions.

Outside an evaluation every value is JSON-able and a date is ISO text. Inside one, dates and times
are Python's, so that `Now() + 1` and `Text(Today())` mean what they say.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from harness.reference.bot.expressions import moments
from harness.reference.bot.expressions.json_writing import as_json
from harness.reference.bot.expressions.limits import ExpressionFailed

# A record is a dict, a table a list of records; a list of anything else came from JSON.
Value = str | int | float | bool | None | list[Any] | dict[str, Any]
Inner = Value | date | time
Record = dict[str, Any]

# What may stand around the digits: a sign, a currency, a percent sign; brackets are a minus.
_AROUND = re.compile(r"[\s$€£%+()-]*")
_DIGITS = re.compile(r"(?:\d[\d,]*\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?")
_SIGNS = ("(", "-", "+", "%", "$€£")
_WHOLE = 2**53


class Untyped(list[Any]):
    """An array of parsed JSON: `Table` wraps its items, which a table's rows do not need."""


def text(value: Inner) -> str:
    """A value as a message shows it: blank is empty, a table or record its JSON."""
    if isinstance(value, list | dict):
        return as_json(value)
    return scalar_text(value)


def scalar_text(value: Inner) -> str:
    """A single value as text; raises ExpressionFailed for a table or a record."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _float_text(value)
    if isinstance(value, date | time):
        return moments.shown(value)
    raise ExpressionFailed(f"{kind(value)} is not a text")


def _float_text(value: float) -> str:
    whole = finite(value)
    if isinstance(whole, int):
        return str(whole)
    # 15 digits are exact, the 16th is noise: 0.1 + 0.2 is shown as 0.3.
    shown = f"{value:.15g}"
    plain = 1e-28 < abs(value) < 1e28
    return f"{Decimal(shown):f}" if "e" in shown and plain else shown.upper()


def truth(value: Inner) -> bool:
    """A value as a condition; raises ExpressionFailed for one that is neither true nor false."""
    if isinstance(value, bool):
        return value
    if value is None or value == "":
        return False
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    if isinstance(value, int | float):
        return value != 0
    raise ExpressionFailed(f"{kind(value)} is neither true nor false")


def number(value: Inner) -> float:
    """A value as a number, blank as 0; raises ExpressionFailed for a text that is none."""
    if isinstance(value, float):
        return checked(value)
    if value is None or value == "":
        return 0
    if isinstance(value, int):
        return int(value)
    if isinstance(value, str):
        return _parsed(value)
    if isinstance(value, date | time):
        return moments.days(value)
    raise ExpressionFailed(f"{kind(value)} is not a number")


def _parsed(value: str) -> float:
    digits = _DIGITS.search(value) if len(value) <= 100 else None
    if digits is None:
        raise ExpressionFailed("a text is not a number")
    before, after = value[: digits.start()], value[digits.end() :]
    signs = "".join((before + after).split())
    brackets = signs.count("("), signs.count(")")
    if not _AROUND.fullmatch(before + after) or brackets not in ((0, 0), (1, 1)):
        raise ExpressionFailed("a text is not a number")
    if any(sum(map(signs.count, kind)) > 1 for kind in _SIGNS) or any(map(after.count, "+-$€£(")):
        raise ExpressionFailed("a text is not a number")
    result = float(digits[0].replace(",", ""))
    if "-" in signs or "(" in signs:
        result = -result
    return finite(result / 100 if "%" in signs else result)


def checked(value: float) -> float:
    """The number; raises ExpressionFailed when it is infinite or none."""
    if not math.isfinite(value):
        raise ExpressionFailed("not a finite number", kind=24)
    return value


def finite(value: float) -> int | float:
    """A result of arithmetic, whole numbers as such; raises ExpressionFailed when not finite."""
    if isinstance(value, int) and -_WHOLE < value < _WHOLE:
        return int(value)
    value = checked(float(value))
    return int(value) if abs(value) < _WHOLE and value == int(value) else value


def whole(value: Inner, what: str = "a count") -> int:
    """A number without its fraction; raises ExpressionFailed below 0 with `what` it is."""
    result = int(number(value))
    if result < 0:
        raise ExpressionFailed(f"{what} is below 0")
    return result


def is_blank(value: Inner) -> bool:
    """Blank, or an empty text."""
    return value is None or value == ""


def rows(value: Inner) -> list[Any]:
    """The rows of a table, none of a blank one; raises ExpressionFailed for anything else."""
    if isinstance(value, list):
        return value
    if value is None:
        return []
    raise ExpressionFailed(f"{kind(value)} is not a table")


def record(value: Inner) -> Record:
    """A record, without fields when blank; raises ExpressionFailed for anything else."""
    if isinstance(value, dict):
        return value
    if value is None:
        return {}
    raise ExpressionFailed(f"{kind(value)} is not a record")


def single(row: Any) -> Any:
    """The value in a row of a table with one column."""
    if not isinstance(row, dict):
        return row
    if "Value" in row:
        return row["Value"]
    if len(row) == 1:
        return next(iter(row.values()))
    raise ExpressionFailed("a table has more than one column")


def column(values: Iterable[Any]) -> list[Any]:
    """A table of one column, which Power Fx calls Value."""
    return [{"Value": value} for value in values]


def field(value: Inner, names: Iterable[str]) -> Any:
    """What stands in a record under the names, one in the other; blank when absent.

    Of a table, the column of that name. Raises ExpressionFailed for a value that has no fields.
    """
    found: Any = value
    for name in names:
        if isinstance(found, dict):
            found = found.get(name)
        elif isinstance(found, list):
            found = [{name: field(row, (name,))} for row in found]
        elif found is not None:
            raise ExpressionFailed(f"{kind(found)} has no {name[:60]}")
    return found


def equal(left: Inner, right: Inner) -> bool:
    """Power Fx `=`: texts by case, blank only to blank, dates by their instant."""
    if left is None or right is None:
        return left is right
    if isinstance(left, list | dict) or isinstance(right, list | dict):
        raise ExpressionFailed("tables and records cannot be compared")
    if isinstance(left, date | time) or isinstance(right, date | time):
        return moments.same(left, right)
    # 1 = true holds in Python, not in Power Fx.
    return left == right and isinstance(left, bool) == isinstance(right, bool)


def kind(value: Inner) -> str:
    """What a value is, in words."""
    names: tuple[tuple[type, str], ...] = (
        (str, "a text"),
        (bool, "true or false"),
        (int, "a number"),
        (float, "a number"),
        (datetime, "a date and time"),
        (date, "a date"),
        (time, "a time"),
        (dict, "a record"),
        (list, "a table"),
    )
    return next((name for type_, name in names if isinstance(value, type_)), "blank")
