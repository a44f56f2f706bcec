"""What a table of Dataverse is: columns, lookups and relations, and a row as its columns see it.

Everything that the Web API says of a table comes from these: which properties there are, their
types, what `$metadata` and `EntityDefinitions` declare, what may be written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any
from uuid import NAMESPACE_OID, uuid5


class Kind(StrEnum):
    """The type of a column, by the name that `AttributeType` has."""

    ID = "Uniqueidentifier"
    STRING = "String"
    MEMO = "Memo"
    BOOLEAN = "Boolean"
    INTEGER = "Integer"
    BIG = "BigInt"
    MOMENT = "DateTime"
    CHOICE = "Picklist"
    STATE = "State"
    STATUS = "Status"
    LOOKUP = "Lookup"
    OWNER = "Owner"


LOOKUPS = frozenset({Kind.LOOKUP, Kind.OWNER})
CHOICES = frozenset({Kind.CHOICE, Kind.STATE, Kind.STATUS})
NUMBERS = frozenset({Kind.INTEGER, Kind.BIG}) | CHOICES
GUIDS = frozenset({Kind.ID}) | LOOKUPS
TEXTS = frozenset({Kind.STRING, Kind.MEMO})

Value = str | int | bool | datetime | None
"""What a cell holds; a GUID is its text in lower case."""


@dataclass(frozen=True, slots=True)
class Place:
    """The Dataverse of one environment; `started` is when its organisation began."""

    organisation: str
    environment: str
    name: str
    started: datetime

    def own(self, what: str) -> str:
        """The id of something that every Dataverse has one of."""
        return _derived(self.organisation, self.environment, what)


@lru_cache(maxsize=65536)
def _derived(*names: str) -> str:
    return str(uuid5(NAMESPACE_OID, "/".join(names)))


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the record of the domain that it shows, and where."""

    table: Table
    record: Any
    place: Place

    @property
    def id(self) -> str:
        """The value of the primary key."""
        return str(self.value(self.table.key))

    def value(self, column: Column) -> Value:
        """One cell."""
        return column.read(self)

    def cell(self, name: str) -> Value:
        """One cell, by the column's logical name."""
        return self.value(self.table.column(name))


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `read` says what a row has in it. `options` names the values of a choice.

    `target` is the table that a lookup points at, `navigation` the property that follows it.
    `written` are the verbs that take it: `create`, `update`.
    """

    name: str
    kind: Kind
    label: str
    read: Callable[[Row], Value]
    null: bool = True
    length: int = 100
    options: Mapping[int, str] = field(default_factory=dict)
    target: str = ""
    navigation: str = ""
    written: frozenset[str] = frozenset()
    schema: str = ""

    @property
    def property(self) -> str:
        """Its name in a row: a lookup shows the id that it points at."""
        return f"_{self.name}_value" if self.kind in LOOKUPS else self.name


@dataclass(frozen=True, slots=True)
class Relation:
    """A collection that a row has: rows of `table`, by a lookup of theirs or an intersect table."""

    name: str
    table: str
    by: str = ""
    intersect: str = ""


@dataclass(frozen=True)
class Table:
    """A table: logical name, entity set, what people call it, primary columns, alternate keys."""

    name: str
    set: str
    label: str
    key_name: str
    title_name: str
    columns: tuple[Column, ...]
    relations: tuple[Relation, ...] = ()
    keys: tuple[tuple[str, ...], ...] = ()
    description: str = ""

    def __post_init__(self) -> None:
        columns = {column.name: column for column in self.columns}
        object.__setattr__(self, "_columns", columns)
        properties = {column.property: column for column in self.columns}
        object.__setattr__(self, "_properties", properties)
        navigations = {c.navigation: c for c in self.columns if c.navigation}
        object.__setattr__(self, "_navigations", navigations)
        object.__setattr__(self, "_relations", {r.name: r for r in self.relations})

    _columns: Mapping[str, Column] = field(init=False, repr=False, compare=False)
    _properties: Mapping[str, Column] = field(init=False, repr=False, compare=False)
    _navigations: Mapping[str, Column] = field(init=False, repr=False, compare=False)
    _relations: Mapping[str, Relation] = field(init=False, repr=False, compare=False)

    @property
    def key(self) -> Column:
        """The primary key."""
        return self._columns[self.key_name]

    @property
    def title(self) -> Column:
        """The primary name column."""
        return self._columns[self.title_name]

    def column(self, name: str) -> Column:
        """The column of a logical name that is one."""
        return self._columns[name]

    def known(self, name: str) -> Column | None:
        """The column of a logical name, if it is one."""
        return self._columns.get(name)

    def shown(self, name: str) -> Column | None:
        """The column that shows as this property, if one does."""
        return self._properties.get(name)

    def lookup(self, navigation: str) -> Column | None:
        """The lookup that this navigation property follows, if one does."""
        return self._navigations.get(navigation)

    def relation(self, name: str) -> Relation | None:
        """The collection of this name, if there is one."""
        return self._relations.get(name)
