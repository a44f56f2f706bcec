"""Rows of tables: records, and plain values that stand for the one column `Value`."""

from __future__ import annotations

from collections.abc import Sequence

from harness.reference.bot.expressions import Value


def unwrapped(row: Value) -> Value:
    """The plain value of a row that has but the column `Value`."""
    return row["Value"] if isinstance(row, dict) and row.keys() == {"Value"} else row


def wrapped(item: Value, rows: Sequence[Value]) -> Value:
    """A plain value as a row like the others."""
    if isinstance(item, dict) or (rows and not isinstance(rows[0], dict)):
        return item
    columns = list(rows[0]) if rows and isinstance(rows[0], dict) else ["Value"]
    return {columns[0] if len(columns) == 1 else "Value": item}
