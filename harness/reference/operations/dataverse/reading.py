"""The rows of an environment's Dataverse, as somebody who works there reads them.

Nothing is kept for it: a row is a view of a record of the organisation. What a condition says
outright (an id, an application, a name) is looked up by an index; everything else is read page by
page, and no further than what is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from harness.reference.domain.dataverse.catalogue import TABLES
from harness.reference.domain.dataverse.conditions import (
    ALWAYS,
    Compared,
    Condition,
    Every,
    Order,
    Path,
    Pins,
    pins,
)
from harness.reference.domain.dataverse.people import MEMBERS
from harness.reference.domain.dataverse.queries import MOST, Query, ordered
from harness.reference.domain.dataverse.refusals import missing
from harness.reference.domain.dataverse.tables import Column, Place, Relation, Row, Table
from harness.reference.domain.desk import User
from harness.reference.domain.environments import Environment
from harness.reference.operations.dataverse import sources
from harness.reference.operations.organisations import Organisation


class Dataverse:
    """One environment's tables, for one user."""

    def __init__(self, organisation: Organisation, environment: Environment, who: User) -> None:
        self.organisation = organisation
        self.environment = environment
        self.who = who
        tenant = organisation.tenant
        self.place = Place(organisation.id, environment.id, environment.name, tenant.started)

    def rows(self, table: Table, where: Condition = ALWAYS) -> Iterator[Row]:
        """The rows for which the condition holds, in the order in which they were made."""
        for record in self._records(table, pins(where)):
            row = Row(table, record, self.place)
            if where.holds(row, self):
                yield row

    def row(self, table: Table, id: str) -> Row:
        """The row of an id; raises Refused."""
        found = self.found(table, {table.key_name: id})
        if found is None:
            raise missing(table.name, id)
        return found

    def found(self, table: Table, key: dict[str, Any]) -> Row | None:
        """The row with these values in these columns, which are a key of the table."""
        parts = tuple(Compared(Path(table.column(c)), Order.EQ, v) for c, v in key.items())
        return next(self.rows(table, Every(parts)), None)

    def one(self, row: Row, lookup: Column) -> Row | None:
        """The row that a lookup points at."""
        id = row.value(lookup)
        table = TABLES.get(lookup.target)
        return self.found(table, {table.key_name: id}) if id and table else None

    def many(self, row: Row, relation: Relation) -> Iterable[Row]:
        """The rows of a relation."""
        table = TABLES[relation.table]
        if relation.by:
            path = Path(table.column(relation.by))
            return self.rows(table, Compared(path, Order.EQ, row.id))
        assert relation.name == MEMBERS, "the one relation with an intersect table"
        if table.name == "role":
            return (role for role in self.rows(table) if role.record.name in row.record.roles)
        return (user for user in self.rows(table) if row.record.name in user.record.roles)

    def asked(self, table: Table, query: Query) -> Iterator[Row]:
        """All rows that a query is for, in its order."""
        return iter(ordered(self.rows(table, query.where), query.order, self))

    def count(self, table: Table, where: Condition) -> int:
        """How many rows there are; counting stops where the product's does."""
        return sum(1 for _ in islice(self.rows(table, where), MOST))

    def user(self) -> Row:
        """The user who asks."""
        return self.row(TABLES["systemuser"], self.who.id)

    def _records(self, table: Table, given: Pins) -> Iterator[Any]:
        source = sources.SOURCES[table.name]
        return source(self.organisation, self.place, given)
