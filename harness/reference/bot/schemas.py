"""The types that a maker declares for values from outside, and values brought into them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from harness.reference.bot.expressions import ExpressionFailed, Value, number, text, truth

ANY = "Any"


@dataclass(frozen=True, slots=True)
class Schema:
    """A type: `String`, `Number`, `Boolean`, `Date…`, `Any`; `Record` and `Table` have fields."""

    kind: str = ANY
    fields: Mapping[str, Schema] | None = None

    def take(self, value: Value) -> Value:
        """The value in this type; blank stays blank. Raises ExpressionFailed when it does not fit.

        A record keeps the fields that the type names, blank when they are missing; a table of
        plain values has the column `Value`, as in the product.
        """
        if value is None or self.kind == ANY:
            return value
        if self.kind in ("Record", "Table") and isinstance(value, str):
            value = _read(value)
        if self.kind == "Record":
            return self._record(value)
        if self.kind == "Table":
            return self._table(value)
        return _plain(self.kind, value)

    def _record(self, value: Value) -> Value:
        if value is None:
            return None
        if not isinstance(value, dict):
            raise ExpressionFailed("the value is no record")
        if self.fields is None:
            return value
        return {name: schema.take(value.get(name)) for name, schema in self.fields.items()}

    def _table(self, value: Value) -> Value:
        if value is None:
            return None
        if not isinstance(value, list):
            raise ExpressionFailed("the value is no table")
        row = Schema("Record", self.fields)
        plain = self.fields is not None and set(self.fields) == {"Value"}
        return [
            row.take({"Value": item} if plain and not _is_row(item) else item) for item in value
        ]


def _is_row(item: Value) -> bool:
    return isinstance(item, dict) and "Value" in item


def _read(source: str) -> Any:
    try:
        return msgspec.json.decode(source)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        raise ExpressionFailed("the text is not JSON") from None


def _plain(kind: str, value: Value) -> Value:
    if isinstance(value, dict | list):
        raise ExpressionFailed(f"a {'record' if isinstance(value, dict) else 'table'} is no {kind}")
    if kind == "Boolean":
        return truth(value)
    if kind == "Number":
        if value == "":
            return None
        taken = number(value)
        return int(taken) if taken == int(taken) else taken
    return text(value)
