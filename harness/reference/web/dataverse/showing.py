"""Rows as JSON: properties, ETags, annotations, and related rows that were asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from harness.reference.domain.dataverse.columns import version_of
from harness.reference.domain.dataverse.queries import MOST, Expansion, Query, ordered
from harness.reference.domain.dataverse.tables import (
    LOOKUPS,
    NUMBERS,
    Column,
    Kind,
    Relation,
    Row,
    Table,
    Value,
)
from harness.reference.operations.dataverse.reading import Dataverse
from harness.reference.web.dataverse.exchanges import FORMATTED, Preferences

LOGICAL_NAME = "Microsoft.Dynamics.CRM.lookuplogicalname"
NAVIGATION = "Microsoft.Dynamics.CRM.associatednavigationproperty"

Shown = dict[str, Any]


def etag(row: Row) -> str:
    """The ETag of a row, as it is now."""
    return f'W/"{version_of(row)}"'


def written(value: Value) -> object:
    """A cell as JSON has it."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds").replace("+00:00", "Z")
    return value


@dataclass(frozen=True)
class Showing:
    """Shows rows of one environment; `root` is the address of its service, with a last slash."""

    dataverse: Dataverse
    root: str
    prefers: Preferences

    def row(self, row: Row, query: Query) -> Shown:
        """A row with the columns and expansions of a query."""
        shown: Shown = {"@odata.etag": etag(row)}
        for column in query.columns or row.table.columns:
            shown |= self._cell(row, column)
        for expansion in query.expand:
            shown |= self._expanded(row, expansion)
        return shown

    def rows(self, rows: Iterable[Row], query: Query) -> list[Shown]:
        """Several rows."""
        return [self.row(row, query) for row in rows]

    def context(self, table: Table, query: Query, one: bool = False) -> str:
        """The address of what an answer is described by."""
        chosen = ",".join(column.property for column in query.columns or ())
        chosen = f"({chosen})" if chosen else ""
        return f"{self.root}$metadata#{table.set}{chosen}{'/$entity' if one else ''}"

    def address(self, row: Row) -> str:
        """The address of a row."""
        return f"{self.root}{row.table.set}({row.id})"

    def _cell(self, row: Row, column: Column) -> Shown:
        value, name = row.value(column), column.property
        shown: Shown = {name: written(value)}
        if value is None or not self.prefers.annotations:
            return shown
        if self.prefers.wants(FORMATTED) and (text := self._formatted(row, column, value)):
            shown[f"{name}@{FORMATTED}"] = text
        if column.kind in LOOKUPS:
            if self.prefers.wants(LOGICAL_NAME):
                shown[f"{name}@{LOGICAL_NAME}"] = column.target
            if self.prefers.wants(NAVIGATION):
                shown[f"{name}@{NAVIGATION}"] = column.navigation
        return shown

    def _formatted(self, row: Row, column: Column, value: Value) -> str:
        """A value as people read it; texts and ids are as they are."""
        if column.kind in LOOKUPS:
            target = self.dataverse.one(row, column)
            return str(target.value(target.table.title)) if target else ""
        if column.options:
            return column.options.get(int(value), "") if isinstance(value, int) else ""
        if isinstance(value, datetime):
            return f"{value.month}/{value.day}/{value.year} {value.hour % 12 or 12}:{value:%M %p}"
        return f"{value:,}" if column.kind in NUMBERS and column.kind is not Kind.CHOICE else ""

    def _expanded(self, row: Row, expansion: Expansion) -> Shown:
        query = expansion.query
        if not isinstance(expansion.by, Relation):
            found = self.dataverse.one(row, expansion.by)
            return {expansion.name: self.row(found, query) if found else None}
        rows = self.dataverse.many(row, expansion.by)
        met = (other for other in rows if query.where.holds(other, self.dataverse))
        most = MOST if query.top is None else query.top
        few = islice(ordered(met, query.order, self.dataverse), most)
        return {expansion.name: self.rows(few, query)}
