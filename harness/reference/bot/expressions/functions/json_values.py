"""JSON in and out."""

from __future__ import annotations

import json
import math
from typing import Any

from harness.reference.bot.expressions.json_writing import as_json, settled
from harness.reference.bot.expressions.limits import MAX_CONTENT, ExpressionFailed, TooCostly
from harness.reference.bot.expressions.running import Function
from harness.reference.bot.expressions.values import Untyped, scalar_text

# More digits than this are a number only roughly.
_EXACT_DIGITS = 28


def _json(value: Any, format_: Any = "") -> str:
    options = scalar_text(format_)
    return as_json(value, indent=4 if "4" in options else None, flatten="_" in options)


def _parse(value: Any) -> Any:
    source = scalar_text(value)
    if not source.strip():
        return None
    if len(source) > MAX_CONTENT:
        raise TooCostly(f"JSON of more than {MAX_CONTENT:,} characters")
    try:
        found = json.loads(source, parse_int=_whole, parse_float=_number, parse_constant=_constant)
    except (ValueError, RecursionError):
        raise ExpressionFailed("the text is not JSON", kind=25) from None
    return _untyped(settled(found))


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) <= _EXACT_DIGITS else _number(digits)


def _number(digits: str) -> float:
    found = float(digits)
    if not math.isfinite(found):
        raise ValueError(digits[:20])
    return found


def _constant(name: str) -> None:
    raise ValueError(name)


def _untyped(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _untyped(part) for name, part in value.items()}
    return Untyped(map(_untyped, value)) if isinstance(value, list) else value


FUNCTIONS: dict[str, Function] = {
    "JSON": Function(_json, 1, 2),
    "ParseJSON": Function(_parse, 1, 1),
}
