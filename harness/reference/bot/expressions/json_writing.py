"""JSON of a value, written within limits: shared parts can make a small value huge."""

from __future__ import annotations

import json
from datetime import date, time
from typing import Any

from harness.reference.bot.expressions import moments
from harness.reference.bot.expressions.limits import (
    MAX_CONTENT,
    MAX_LEVELS,
    MAX_VALUES,
    TooCostly,
)


class _Size:
    """Counts what a value holds, parts that occur twice twice."""

    __slots__ = ("content", "values")

    def __init__(self) -> None:
        self.values = 0
        self.content = 0

    def add(self, content: int) -> None:
        self.values += 1
        self.content += content
        if self.values > MAX_VALUES or self.content > MAX_CONTENT:
            raise TooCostly(
                f"a value of more than {MAX_VALUES:,} parts or {MAX_CONTENT:,} characters"
            )


def settled(value: Any) -> Any:
    """A value as it leaves an evaluation: JSON-able, dates as ISO text, of bounded size.

    Raises TooCostly for one that is too large or too deep to be kept.
    """
    if isinstance(value, list | dict):
        return _settled(value, _Size(), 1)
    return moments.iso(value) if isinstance(value, date | time) else value


def _settled(value: Any, size: _Size, level: int) -> Any:
    if level > MAX_LEVELS:
        raise TooCostly(f"a value of more than {MAX_LEVELS} levels")
    if isinstance(value, dict):
        size.add(sum(map(len, value)))
        return {name: _settled(part, size, level + 1) for name, part in value.items()}
    if isinstance(value, list):
        size.add(0)
        return [_settled(part, size, level + 1) for part in value]
    size.add(len(value) if isinstance(value, str) else 8)
    return moments.iso(value) if isinstance(value, date | time) else value


def as_json(value: Any, indent: int | None = None, flatten: bool = False) -> str:
    """JSON with sorted fields, `flatten` for `[1, 2]` in place of `[{"Value":1},{"Value":2}]`."""
    plain = settled(value)
    if flatten:
        plain = _flattened(plain)
    separators = (",", ":") if indent is None else (",", ": ")
    return json.dumps(
        plain, ensure_ascii=False, sort_keys=True, indent=indent, separators=separators
    )


def _flattened(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _flattened(part) for name, part in value.items()}
    if isinstance(value, list):
        if all(isinstance(row, dict) and row.keys() == {"Value"} for row in value):
            return [_flattened(row["Value"]) for row in value]
        return [_flattened(part) for part in value]
    return value
