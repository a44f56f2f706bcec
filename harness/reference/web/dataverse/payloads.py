"""Bodies of writes: JSON into cells by column, references into ids."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from harness.reference.domain.dataverse.catalogue import TABLES
from harness.reference.domain.dataverse.refusals import bad_payload
from harness.reference.domain.dataverse.tables import LOOKUPS, Row, Table, Value
from harness.reference.operations.dataverse.reading import Dataverse
from harness.reference.web.dataverse import addresses, targets, values

BIND = "@odata.bind"
MOST_TARGETS = 1000
"""Rows of one CreateMultiple, UpdateMultiple, UpsertMultiple or batch: the product's limit."""

Cells = dict[str, Value]


class Payloads:
    """Reads bodies in one environment; `made` are the rows that a batch has made, by `$n`."""

    def __init__(self, dataverse: Dataverse, root: str, made: Mapping[str, str]) -> None:
        self._dataverse = dataverse
        self._root = root
        self._made = made

    def cells(self, body: Mapping[str, Any], table: Table) -> Cells:
        """What a body says of a row; raises Refused for a property that the table has not."""
        given: Cells = {}
        for name, value in body.items():
            if name.endswith(BIND):
                column = table.lookup(name.removesuffix(BIND))
                if column is None:
                    raise _undeclared(name, table)
                given[column.name] = self._bound(value, column.target, table)
            elif "@" not in name:
                column = table.known(name)
                if column is None or column.kind in LOOKUPS:
                    raise _undeclared(name, table)
                given[name] = values.accepted(value, column, table)
        return given

    def row(self, reference: object, table: Table) -> Row:
        """The row that an `@odata.id` points at; raises Refused."""
        if not isinstance(reference, str) or not reference:
            raise bad_payload(table.set, "an address of a row is expected in '@odata.id'.")
        parts = addresses.segments(self.below(self._made.get(reference, reference)))
        if not parts:
            raise bad_payload(table.set, f"'{reference[:100]}' is no address of a row.")
        target, tail = targets.found(self._dataverse, parts)
        if isinstance(target, targets.Absent):
            raise targets.absent(target)
        if not isinstance(target, targets.One) or target.found is None or tail:
            raise bad_payload(table.set, f"'{reference[:100]}' is no address of a row.")
        return target.found

    def below(self, address: str) -> str:
        """The path below the service that an address names."""
        return addresses.below(address, self._root, self._dataverse.organisation.id)

    def _bound(self, value: object, target: str, table: Table) -> Value:
        if value is None:
            return None
        row = self.row(value, table)
        if row.table is not TABLES[target]:
            raise bad_payload(table.set, f"'{str(value)[:100]}' is no row of {target}.")
        return row.id


def listed(body: Mapping[str, Any], table: Table) -> list[dict[str, Any]]:
    """The `Targets` of a bulk action; raises Refused."""
    found = body.get("Targets")
    if not isinstance(found, list) or not found or not all(isinstance(t, dict) for t in found):
        raise bad_payload(table.set, "'Targets' is a list of rows.")
    if len(found) > MOST_TARGETS:
        raise bad_payload(table.set, f"'Targets' has at most {MOST_TARGETS} rows.")
    for row in found:
        kind = row.get("@odata.type")
        said = str(kind).removeprefix("#").removeprefix(addresses.NAMESPACE)
        if said != table.name:
            raise bad_payload(
                table.set,
                f"every row of 'Targets' has '@odata.type': '{addresses.NAMESPACE}{table.name}',"
                f" not {str(kind)[:80]!r}.",
            )
    return found


def _undeclared(name: str, table: Table) -> Exception:
    column = table.shown(name) or table.known(name)
    if column is not None:
        return bad_payload(
            table.set,
            f"'{name}' of {table.name} is not written by itself: give the address of a row as"
            f" '{column.navigation}{BIND}', or leave it out.",
        )
    return bad_payload(
        table.set,
        f"An undeclared property '{name[:100]}' was found in the payload; the type"
        f" '{addresses.NAMESPACE}{table.name}' has none of that name.",
    )
