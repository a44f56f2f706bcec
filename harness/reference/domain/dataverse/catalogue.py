"""Every table that the Dataverse of an environment has.

Names, types, options and lengths are those of the product's table reference; columns that nothing
here could fill are left out, and asking for one is refused as the product refuses an unknown one.
"""

from __future__ import annotations

from harness.reference.domain.dataverse.making import BOTS, COMPONENTS, PUBLISHERS, SOLUTIONS
from harness.reference.domain.dataverse.people import (
    MEMBERSHIPS,
    ORGANISATIONS,
    ROLES,
    UNITS,
    USERS,
)
from harness.reference.domain.dataverse.tables import Column, Table

ALL = (USERS, ROLES, BOTS, COMPONENTS, SOLUTIONS, PUBLISHERS, UNITS, ORGANISATIONS)

TABLES: dict[str, Table] = {table.name: table for table in ALL}
"""Each table, by its logical name."""

SETS: dict[str, Table] = {table.set: table for table in ALL}
"""Each table, by the name of its entity set."""

JOINED: dict[str, Table] = {**TABLES, MEMBERSHIPS.name: MEMBERSHIPS}
"""What FetchXML and SQL join: the tables, and the intersect table between two of them."""


def back(table: Table, lookup: Column) -> str:
    """The relation from where a lookup points back to its table: every lookup has one."""
    relations = TABLES[lookup.target].relations
    return next(r.name for r in relations if (r.by, r.table) == (lookup.name, table.name))
