"""Values as requests write them, into what a column holds."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from harness.reference.domain.dataverse.refusals import Reason, Refused, bad_payload, refused
from harness.reference.domain.dataverse.tables import (
    CHOICES,
    GUIDS,
    NUMBERS,
    TEXTS,
    Column,
    Kind,
    Table,
    Value,
)

GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)

EDM = {
    Kind.ID: "Edm.Guid",
    Kind.STRING: "Edm.String",
    Kind.MEMO: "Edm.String",
    Kind.BOOLEAN: "Edm.Boolean",
    Kind.INTEGER: "Edm.Int32",
    Kind.BIG: "Edm.Int64",
    Kind.MOMENT: "Edm.DateTimeOffset",
    Kind.CHOICE: "Edm.Int32",
    Kind.STATE: "Edm.Int32",
    Kind.STATUS: "Edm.Int32",
    Kind.LOOKUP: "Edm.Guid",
    Kind.OWNER: "Edm.Guid",
}
"""The primitive type of each kind of column."""


def guid(text: str) -> str | None:
    """A GUID in lower case, or None for what is none; braces do not count."""
    bare = text[1:-1] if text[:1] == "{" and text[-1:] == "}" else text
    return bare.lower() if GUID.fullmatch(bare) else None


def moment(text: str) -> datetime | None:
    """An instant, or the beginning of a day; None for what is none. Without a zone it is UTC."""
    try:
        at = datetime.fromisoformat(text)
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def number(text: str) -> int | None:
    """A whole number of at most 64 bits, or None."""
    if not re.fullmatch(r"[+-]?[0-9]{1,19}", text, re.ASCII):
        return None
    return value if -(2**63) <= (value := int(text)) < 2**63 else None


def parsed(text: str, column: Column) -> Value:
    """A value written as plain text; raises Refused when it is none of the column's type."""
    found: Value = None
    if column.kind in TEXTS:
        found = text
    elif column.kind in GUIDS:
        found = guid(text)
    elif column.kind in NUMBERS:
        found = number(text)
    elif column.kind is Kind.MOMENT:
        found = moment(text)
    elif text.lower() in ("true", "false", "1", "0"):
        found = text.lower() in ("true", "1")
    if found is None:
        raise mismatch(text, column)
    return found


def mismatch(given: object, column: Column) -> Refused:
    """For a literal of another type than the column's."""
    return refused(
        Reason.QUERY_INVALID,
        f"The value {str(given)[:60]!r} is no {EDM[column.kind]}, which '{column.property}' is.",
    )


def accepted(value: Any, column: Column, table: Table) -> Value:
    """A value of a JSON body for a column; raises Refused when the column cannot hold it."""
    if value is None:
        if not column.null:
            raise refused(
                Reason.VALUE_MISSING, f"'{column.name}' of {table.name} must have a value."
            )
        return None
    if column.kind in CHOICES:
        return _chosen(value, column, table)
    taken = _typed(value, column)
    if taken is None:
        raise bad_payload(
            table.set,
            f"Cannot convert the value {str(value)[:60]!r} of '{column.property}'"
            f" to the expected type '{EDM[column.kind]}'.",
        )
    if isinstance(taken, str) and column.kind in TEXTS and len(taken) > column.length:
        raise refused(
            Reason.TEXT_TOO_LONG,
            f"A validation error occurred. The length of the '{column.name}' attribute of the"
            f" '{table.name}' entity exceeded the maximum allowed length of '{column.length}'.",
        )
    return taken


def _typed(value: Any, column: Column) -> Value:
    if column.kind is Kind.BOOLEAN:
        return value if isinstance(value, bool) else None
    if column.kind in NUMBERS:
        return value if isinstance(value, int) and not isinstance(value, bool) else None
    if not isinstance(value, str):
        return None
    if column.kind in GUIDS:
        return guid(value)
    return moment(value) if column.kind is Kind.MOMENT else value


def _chosen(value: Any, column: Column, table: Table) -> Value:
    if isinstance(value, bool) or not isinstance(value, int):
        raise bad_payload(
            table.set,
            f"Cannot convert the value {str(value)[:60]!r} of '{column.name}'"
            " to the expected type 'Edm.Int32'.",
        )
    if value not in column.options:
        known = ", ".join(map(str, column.options))
        raise refused(
            Reason.CHOICE_UNKNOWN,
            f"The value {value} of '{column.name}' on record of type '{table.name}' is outside the"
            f" valid range. Accepted Values: {known}",
        )
    return value
