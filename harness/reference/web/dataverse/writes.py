"""POST, PATCH, PUT and DELETE on data, and the actions that write several rows at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from harness.reference.domain.dataverse.catalogue import TABLES
from harness.reference.domain.dataverse.people import MEMBERS
from harness.reference.domain.dataverse.queries import Query
from harness.reference.domain.dataverse.refusals import Reason, bad_payload, refused
from harness.reference.domain.dataverse.tables import Relation, Row, Table
from harness.reference.operations.dataverse import writing
from harness.reference.web.dataverse import addresses, options, payloads, reads, targets, values
from harness.reference.web.dataverse.addresses import Segment
from harness.reference.web.dataverse.exchanges import Answer, Ask
from harness.reference.web.dataverse.payloads import Cells, Payloads
from harness.reference.web.dataverse.showing import Showing, etag
from harness.reference.web.dataverse.targets import Absent, Cell, Many, One, Target

ENTITY_ID = "OData-EntityId"


class Writes:
    """Writes of one request."""

    def __init__(self, showing: Showing, ask: Ask, made: Mapping[str, str]) -> None:
        self._showing = showing
        self._dataverse = showing.dataverse
        self._ask = ask
        self._payloads = Payloads(showing.dataverse, showing.root, made)

    def answer(self, target: Target, tail: tuple[Segment, ...]) -> Answer:
        """The answer to a write; raises Refused."""
        method = self._ask.method
        if tail and tail[0].name == "$ref":
            return self._reference(target)
        if tail and method == "POST":
            return self._action(target, tail[0])
        if isinstance(target, Many) and method == "POST" and target.row is None and not tail:
            return self._create(target.table, self._payloads.cells(self._ask.json(), target.table))
        if isinstance(target, One | Absent) and not tail and method in ("PATCH", "DELETE"):
            return self._change(target) if method == "PATCH" else self._delete(target)
        if isinstance(target, Cell) and not tail and method in ("PUT", "DELETE"):
            return self._set(target)
        raise refused(
            Reason.NOT_SUPPORTED, f"{method} is not supported on '/{self._ask.path[:100]}'."
        )

    # One row

    def _create(self, table: Table, cells: Cells) -> Answer:
        id = writing.create(self._dataverse, table, cells)
        return self._written(self._dataverse.row(table, id), 201)

    def _change(self, target: One | Absent) -> Answer:
        """PATCH: changes a row, or makes it where `If-Match` does not forbid that (upsert)."""
        headers, table = self._ask.headers, target.table
        cells = self._payloads.cells(self._ask.json(), table)
        if isinstance(target, Absent):
            if "if-match" in headers:
                raise targets.absent(target)
            return self._create(table, _with_key(cells, target.key, table))
        row = self._met(target)
        if headers.get("if-none-match") == "*":
            raise refused(Reason.RECORD_EXISTS, "A record with matching key values already exists.")
        _refuse_other_key(cells, row)
        writing.update(self._dataverse, row, cells)
        return self._written(self._dataverse.row(table, row.id), 200)

    def _delete(self, target: One | Absent) -> Answer:
        if isinstance(target, Absent):
            raise targets.absent(target)
        writing.delete(self._dataverse, self._met(target))
        return Answer(204)

    def _set(self, target: Cell) -> Answer:
        """One cell: PUT gives it a value, DELETE takes it."""
        body = {} if self._ask.method == "DELETE" else self._ask.json()
        if self._ask.method == "PUT" and "value" not in body:
            raise bad_payload(target.row.table.set, 'write {"value": …}.')
        column, row = target.column, target.row
        value = values.accepted(body.get("value"), column, row.table)
        writing.update(self._dataverse, row, {column.name: value})
        return Answer(204)

    def _met(self, target: One) -> Row:
        """The row, if it is the version that `If-Match` names; raises Refused."""
        if target.found is None:
            raise refused(Reason.RECORD_MISSING, "There is no row there.")
        wanted = self._ask.headers.get("if-match", "*")
        if wanted != "*" and etag(target.found) not in wanted:
            raise refused(
                Reason.VERSION_PASSED,
                "The version of the existing record doesn't match the RowVersion property"
                " provided. Read the row again, and write with its @odata.etag.",
            )
        return target.found

    def _written(self, row: Row, status: int) -> Answer:
        """The row as it is now where that is preferred, else its address alone."""
        where = {ENTITY_ID: self._showing.address(row)}
        if not self._showing.prefers.representation:
            return Answer(204, headers=where)
        given = options.parsed(self._ask.query)
        asked = options.query(given, row.table, self._dataverse.who.id)
        whole = Query(columns=asked.columns, expand=asked.expand)
        return reads.with_headers(reads.row(self._showing, row, whole, status), where)

    # Several rows

    def _action(self, target: Target, segment: Segment) -> Answer:
        body = self._ask.json()
        if isinstance(target, Absent):
            raise targets.absent(target)
        if isinstance(target, One) and segment.bare == "PvaPublish" and target.found:
            if target.table.name == "bot":
                writing.publish(self._dataverse, target.found)
                return Answer(204)
        elif isinstance(target, Many) and target.row is None:
            act = {
                "CreateMultiple": self._create_all,
                "UpdateMultiple": self._update_all,
                "UpsertMultiple": self._upsert_all,
            }.get(segment.bare)
            if act is not None:
                with self._dataverse.organisation.command():
                    return act(target.table, payloads.listed(body, target.table))
        raise addresses.unknown(segment.name)

    def _create_all(self, table: Table, rows: list[dict[str, Any]]) -> Answer:
        made = [
            writing.create(self._dataverse, table, self._payloads.cells(row, table)) for row in rows
        ]
        context = f"{self._showing.root}$metadata#{addresses.NAMESPACE}CreateMultipleResponse"
        return Answer(body={"@odata.context": context, "Ids": made})

    def _update_all(self, table: Table, rows: list[dict[str, Any]]) -> Answer:
        for row in rows:
            cells = self._payloads.cells(row, table)
            id = cells.pop(table.key_name, None)
            if not isinstance(id, str):
                raise bad_payload(table.set, f"every row has its '{table.key_name}'.")
            writing.update(self._dataverse, self._dataverse.row(table, id), cells)
        return Answer(204)

    def _upsert_all(self, table: Table, rows: list[dict[str, Any]]) -> Answer:
        for row in rows:
            cells = self._payloads.cells(row, table)
            key = self._key_of(row.get("@odata.id"), cells, table)
            found = self._dataverse.found(table, key)
            if found is None:
                writing.create(self._dataverse, table, _with_key(cells, key, table))
            else:
                _refuse_other_key(cells, found)
                writing.update(self._dataverse, found, cells)
        return Answer(204)

    def _key_of(self, address: object, cells: Cells, table: Table) -> Cells:
        if isinstance(address, str):
            parts = addresses.segments(self._payloads.below(address))
            if len(parts) == 1 and parts[0].name == table.set and parts[0].inside:
                return addresses.key(parts[0].inside, table)
        if table.key_name in cells:
            return {table.key_name: cells[table.key_name]}
        raise bad_payload(table.set, "every row has its '@odata.id', or its primary key.")

    # Relations

    def _reference(self, target: Target) -> Answer:
        """Associates two rows, or parts them."""
        row, relation = _related(target)
        if relation is None or row is None or relation.name != MEMBERS:
            raise refused(
                Reason.NOT_SUPPORTED, f"Only '{MEMBERS}' can be associated and parted here."
            )
        together = self._ask.method in ("POST", "PUT")
        writing.associate(self._dataverse, row, self._other(target, relation), together)
        return Answer(204)

    def _other(self, target: Target, relation: Relation) -> Row:
        """The row at the other end: of the body, of the address, or of `$id`."""
        table = TABLES[relation.table]
        if self._ask.method in ("POST", "PUT"):
            return self._payloads.row(self._ask.json().get("@odata.id"), table)
        if isinstance(target, One) and target.found:
            return target.found
        if isinstance(target, Absent):
            raise targets.absent(target)
        given = options.parsed(self._ask.query, frozenset({"$id"})).given
        return self._payloads.row(given.get("$id"), table)


def _related(target: Target) -> tuple[Row | None, Relation | None]:
    return (None, None) if isinstance(target, Cell) else (target.row, target.relation)


def _with_key(cells: Cells, key: Cells, table: Table) -> Cells:
    """The cells of a row that is made where it was looked for."""
    for name, value in key.items():
        if cells.setdefault(name, value) != value:
            raise bad_payload(table.set, f"'{name}' is another one in the address.")
    return cells


def _refuse_other_key(cells: Cells, row: Row) -> None:
    """A row keeps its id; the same one may be said again."""
    key = row.table.key_name
    if cells.pop(key, row.id) != row.id:
        raise bad_payload(row.table.set, f"'{key}' is another one in the address.")
