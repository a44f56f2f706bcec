"""What an address leads to: rows of a table, one row, one cell; and what is left of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harness.reference.domain.dataverse.catalogue import SETS, TABLES
from harness.reference.domain.dataverse.conditions import (
    ALWAYS,
    Among,
    Compared,
    Condition,
    Order,
    Path,
)
from harness.reference.domain.dataverse.refusals import Reason, Refused, missing, refused
from harness.reference.domain.dataverse.tables import Column, Relation, Row, Table, Value
from harness.reference.operations.dataverse.reading import Dataverse
from harness.reference.web.dataverse import addresses
from harness.reference.web.dataverse.addresses import Segment


@dataclass(frozen=True, slots=True)
class Many:
    """Rows of a table: all, or those related to `row` by `relation`."""

    table: Table
    where: Condition = ALWAYS
    row: Row | None = None
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class One:
    """One row; reached from another `row` by a relation or a lookup, whose `found` may be None."""

    table: Table
    found: Row | None
    row: Row | None = None
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class Absent:
    """A key that no row has: a row may be made there."""

    table: Table
    key: dict[str, Value]
    row: Row | None = None
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of a row."""

    row: Row
    column: Column


Target = Many | One | Absent | Cell


def found(dataverse: Dataverse, parts: Sequence[Segment]) -> tuple[Target, tuple[Segment, ...]]:
    """Where the segments lead, and those that name no data: `$ref`, `$count`, an action."""
    first, *rest = parts
    table = named(first)
    if table is None:
        raise addresses.unknown(first.name)
    target: Target = _keyed(dataverse, Many(table), first)
    while rest and not rest[0].name.startswith("$") and "." not in rest[0].name:
        target = _next(dataverse, target, rest.pop(0))
    return target, tuple(rest)


def named(segment: Segment) -> Table | None:
    """The table whose set a segment names, if it names one."""
    return SETS.get(segment.name)


def _keyed(dataverse: Dataverse, many: Many, segment: Segment) -> Many | One | Absent:
    """The rows, or the one of them whose key stands in the brackets."""
    if segment.inside is None:
        return many
    key = addresses.key(segment.inside, many.table)
    row = dataverse.found(many.table, key)
    if row is None or not many.where.holds(row, dataverse):
        return Absent(many.table, key, many.row, many.relation)
    return One(many.table, row, many.row, many.relation)


def _next(dataverse: Dataverse, target: Target, segment: Segment) -> Target:
    if isinstance(target, Absent):
        raise absent(target)
    if not isinstance(target, One) or target.found is None:
        raise addresses.unknown(segment.name)
    row, table = target.found, target.table
    if (relation := table.relation(segment.name)) is not None:
        return _keyed(dataverse, related(dataverse, row, relation), segment)
    if segment.inside is None:
        if (lookup := table.lookup(segment.name)) is not None:
            return One(TABLES[lookup.target], dataverse.one(row, lookup), row)
        if (column := table.shown(segment.name)) is not None:
            return Cell(row, column)
    raise addresses.unknown(segment.name)


def related(dataverse: Dataverse, row: Row, relation: Relation) -> Many:
    """The rows of a relation, by a condition that an index can answer where there is one."""
    table = TABLES[relation.table]
    if relation.by:
        where: Condition = Compared(Path(table.column(relation.by)), Order.EQ, row.id)
    else:
        ids = tuple(other.id for other in dataverse.many(row, relation))
        where = Among(Path(table.key), ids)
    return Many(table, where, row, relation)


def absent(target: Absent) -> Refused:
    """For a key that no row has."""
    key = target.key
    if set(key) == {target.table.key_name}:
        return missing(target.table.name, str(key[target.table.key_name]))
    return refused(
        Reason.KEY_MISSING,
        f"A record with the specified key values does not exist in {target.table.name} entity",
    )
