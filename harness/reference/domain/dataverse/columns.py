"""How the tables write their columns down, and the columns that several of them have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from zlib import crc32

import msgspec

from harness.reference.domain.dataverse.tables import Column, Kind, Row, Value

Read = Callable[[Row], Value]

encode = msgspec.msgpack.Encoder().encode

CREATE, UPDATE = frozenset({"create"}), frozenset({"update"})
BOTH = CREATE | UPDATE
NEVER: frozenset[str] = frozenset()
ENGLISH = 1033
STATES = {0: "Active", 1: "Inactive"}
LANGUAGES = {
    1030: "Danish",
    1031: "German",
    1033: "English",
    1034: "Spanish",
    1036: "French",
    1040: "Italian",
    1041: "Japanese",
    1042: "Korean",
    1043: "Dutch",
    1044: "Norwegian",
    1045: "Polish",
    1046: "Portuguese (Brazilian)",
    1053: "Swedish",
}


def of(field: str) -> Read:
    """What the record has in a field; an empty text is no value."""

    def read(row: Row) -> Value:
        value: Value = getattr(row.record, field)
        return None if value == "" else value

    return read


def always(value: Value) -> Read:
    """The same in every row."""
    return lambda row: value


def own(what: str) -> Read:
    """The id of what the Dataverse has one of."""
    return lambda row: row.place.own(what)


def key(name: str, label: str) -> Column:
    """The primary key."""
    return Column(name, Kind.ID, label, of("id"), null=False, written=CREATE)


def guid(name: str, label: str, read: Read, schema: str = "", *, null: bool = True) -> Column:
    """An id that is no key and no lookup."""
    return Column(name, Kind.ID, label, read, null, schema=schema)


def text(
    name: str,
    label: str,
    read: Read,
    length: int = 100,
    *,
    null: bool = True,
    written: frozenset[str] = NEVER,
    schema: str = "",
) -> Column:
    """A line of text."""
    return Column(name, Kind.STRING, label, read, null, length, written=written, schema=schema)


def memo(name: str, label: str, read: Read, length: int, written: frozenset[str] = NEVER) -> Column:
    """Lines of text."""
    return Column(name, Kind.MEMO, label, read, length=length, written=written)


def flag(
    name: str, label: str, read: Read, true: str, false: str, written: frozenset[str] = NEVER
) -> Column:
    """Yes or no, in these words."""
    options = {1: true, 0: false}
    return Column(name, Kind.BOOLEAN, label, read, False, options=options, written=written)


def choice(
    name: str,
    label: str,
    read: Read,
    options: Mapping[int, str],
    kind: Kind = Kind.CHOICE,
    written: frozenset[str] = NEVER,
    schema: str = "",
) -> Column:
    """One of some options."""
    return Column(name, kind, label, read, False, options=options, written=written, schema=schema)


def moment(name: str, label: str, read: Read) -> Column:
    """An instant."""
    return Column(name, Kind.MOMENT, label, read)


def lookup(
    name: str,
    label: str,
    target: str,
    read: Read,
    written: frozenset[str] = NEVER,
    schema: str = "",
    *,
    null: bool = True,
) -> Column:
    """A row of another table; the navigation property is called as the column."""
    return Column(
        name,
        Kind.LOOKUP,
        label,
        read,
        null,
        target=target,
        navigation=name,
        written=written,
        schema=schema,
    )


def _created(row: Row) -> Value:
    at: datetime = getattr(row.record, "created", None) or row.place.started
    return at


def version_of(row: Row) -> int:
    """A number that the row has as long as its record stays the same; its ETag is made of it."""
    return crc32(encode(row.record)) + 1


CREATED = moment("createdon", "Created On", _created)
VERSION = Column("versionnumber", Kind.BIG, "Version Number", version_of)
UNIT = lookup("businessunitid", "Business Unit", "businessunit", own("businessunit"), null=False)
