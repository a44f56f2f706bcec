"""Answers to GET on data: collections, rows, cells, references, numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from harness.reference.domain.dataverse.conditions import Every
from harness.reference.domain.dataverse.queries import MOST, Query
from harness.reference.domain.dataverse.refusals import Reason, refused
from harness.reference.domain.dataverse.tables import Row
from harness.reference.operations.dataverse.reading import Dataverse
from harness.reference.web.dataverse import addresses, fetching, options, pages, selecting
from harness.reference.web.dataverse.addresses import Segment
from harness.reference.web.dataverse.exchanges import Answer, Ask, Preferences
from harness.reference.web.dataverse.options import Options
from harness.reference.web.dataverse.showing import Showing, etag, written
from harness.reference.web.dataverse.targets import Absent, Cell, Many, One, Target, absent

FETCH, SQL = "fetchXml", "sql"
ELSEWHERE = frozenset({FETCH, SQL})
MORE = "Microsoft.Dynamics.CRM."


def answer(showing: Showing, ask: Ask, target: Target, tail: tuple[Segment, ...]) -> Answer:
    """The answer to a question about data; raises Refused."""
    if isinstance(target, Absent):
        raise absent(target)
    ending = "/".join(segment.name for segment in tail)
    if isinstance(target, Cell):
        return _cell(target, ending, showing)
    if isinstance(target, One):
        return _one(showing, ask, target, ending)
    return _many(showing, ask, target, ending)


def _cell(target: Cell, ending: str, showing: Showing) -> Answer:
    value = written(target.row.value(target.column))
    if ending not in ("", "$value"):
        raise addresses.unknown(ending)
    if value is None:
        return Answer(204)
    if ending:
        shown = str(value).lower() if isinstance(value, bool) else str(value)
        return Answer(body=shown.encode(), media="text/plain; charset=utf-8")
    context = f"{showing.root}$metadata#{target.row.table.set}({target.row.id})"
    return Answer(body={"@odata.context": f"{context}/{target.column.property}", "value": value})


def _one(showing: Showing, ask: Ask, target: One, ending: str) -> Answer:
    if ending not in ("", "$ref"):
        raise addresses.unknown(ending)
    given = options.parsed(ask.query)
    if unfit := given.given.keys() - {"$select", "$expand", "$format"}:
        raise refused(
            Reason.QUERY_INVALID,
            f"Query option '{min(unfit)}' does not apply to a single row.",
        )
    if target.found is None:
        return Answer(204)
    if ending:
        context = f"{showing.root}$metadata#$ref"
        return Answer(body={"@odata.context": context, "@odata.id": showing.address(target.found)})
    tag = etag(target.found)
    if ask.headers.get("if-none-match", "") == tag:
        return Answer(304, headers={"ETag": tag})
    query = options.query(given, target.table, showing.dataverse.who.id)
    return row(showing, target.found, query)


def row(showing: Showing, found: Row, query: Query, status: int = 200) -> Answer:
    """One row, as it is."""
    body = {"@odata.context": showing.context(found.table, query, one=True)}
    headers = {"ETag": etag(found), **showing.prefers.applied()}
    return Answer(status, body | showing.row(found, query), headers)


def _many(showing: Showing, ask: Ask, target: Many, ending: str) -> Answer:
    given = options.parsed(ask.query, ELSEWHERE)
    if ELSEWHERE & given.given.keys():
        return _asked_elsewhere(showing, target, given)
    query = options.query(given, target.table, showing.dataverse.who.id)
    query = replace(query, where=Every((target.where, query.where)))
    if ending == "$count":
        number = showing.dataverse.count(target.table, query.where)
        return Answer(body=str(number).encode(), media="text/plain; charset=utf-8")
    if ending not in ("", "$ref"):
        raise addresses.unknown(ending)
    return _page(showing, ask, target, query, given, ending)


def _page(
    showing: Showing, ask: Ask, target: Many, query: Query, given: Options, ending: str
) -> Answer:
    dataverse, at = showing.dataverse, pages.place(given.skiptoken)
    size = showing.prefers.page if query.top is None else query.top
    rows, more = pages.page(dataverse.asked(target.table, query), at, size)
    body: dict[str, Any] = {"@odata.context": showing.context(target.table, query)}
    if query.count:
        body |= _counted(dataverse, target, query, showing.prefers)
    if ending:
        body["@odata.context"] = f"{showing.root}$metadata#Collection($ref)"
        body["value"] = [{"@odata.id": showing.address(row)} for row in rows]
    else:
        body["value"] = showing.rows(rows, query)
    if more and query.top is None:
        address = f"{showing.root}{ask.path}"
        body["@odata.nextLink"] = pages.next_link(address, given.given, at.number + 1, rows[-1])
    return Answer(body=body, headers=showing.prefers.applied())


def _counted(
    dataverse: Dataverse, target: Many, query: Query, prefers: Preferences
) -> dict[str, Any]:
    """The number of rows, which the product counts up to its limit."""
    number = dataverse.count(target.table, query.where)
    said: dict[str, Any] = {"@odata.count": number}
    if prefers.wants(f"{MORE}totalrecordcount"):
        said[f"@{MORE}totalrecordcount"] = number
        said[f"@{MORE}totalrecordcountlimitexceeded"] = number == MOST
    return said


def _asked_elsewhere(showing: Showing, target: Many, given: Options) -> Answer:
    """A question in FetchXML or SQL."""
    if given.given.keys() & ELSEWHERE != given.given.keys() - {"$count"}:
        raise refused(
            Reason.QUERY_INVALID, "fetchXml and sql stand by themselves: leave $options out."
        )
    if FETCH in given.given:
        fetched = fetching.parsed(given.given[FETCH], target.table)
        return Answer(body=fetching.answer(showing, target.table, fetched))
    rows = selecting.rows(showing.dataverse, given.given[SQL])
    context = f"{showing.root}$metadata#{target.table.set}"
    return Answer(body={"@odata.context": context, "value": rows})


def with_headers(answer: Answer, headers: Mapping[str, str]) -> Answer:
    """The answer with more headers."""
    return replace(answer, headers={**answer.headers, **headers})
