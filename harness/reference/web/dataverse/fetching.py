"""FetchXML: what `?fetchXml=` asks, put to the same database in memory as a SELECT.

Attributes, filters, orders, links, distinct, aggregates and paging; values are bound, never
written into the statement, and names are those of the tables alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from harness.reference.domain.dataverse.catalogue import JOINED
from harness.reference.domain.dataverse.queries import MOST
from harness.reference.domain.dataverse.refusals import Reason, Refused, refused
from harness.reference.domain.dataverse.tables import Column, Kind, Table
from harness.reference.web.dataverse import selecting, values
from harness.reference.web.dataverse.showing import Showing, written

COMPARED = {
    "eq": "=",
    "ne": "<>",
    "neq": "<>",
    "gt": ">",
    "ge": ">=",
    "lt": "<",
    "le": "<=",
    "like": "LIKE",
    "not-like": "NOT LIKE",
}
DAYS = {"on": "=", "on-or-after": ">=", "on-or-before": "<="}
LISTED = {"in": "IN", "not-in": "NOT IN"}
BLANK = {"null": "IS NULL", "not-null": "IS NOT NULL"}
PARTLY = {
    "begins-with": ("LIKE", "{}%"),
    "ends-with": ("LIKE", "%{}"),
    "not-begin-with": ("NOT LIKE", "{}%"),
    "not-end-with": ("NOT LIKE", "%{}"),
}
ME = {"eq-userid": "=", "ne-userid": "<>"}
AGGREGATES = {
    "count": "COUNT(*)",
    "countcolumn": "COUNT({})",
    "sum": "SUM({})",
    "avg": "AVG({})",
    "min": "MIN({})",
    "max": "MAX({})",
}
DEEPEST = 20

_ALIAS = re.compile(r"[\w.]{1,100}")


@dataclass
class Fetch:
    """A SELECT as it is put together, and the tables that it reads."""

    main: Table
    columns: list[str] = field(default_factory=list)
    joins: list[str] = field(default_factory=list)
    where: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    given: list[object] = field(default_factory=list)
    linked: list[object] = field(default_factory=list)
    tables: dict[str, Table] = field(default_factory=dict)
    distinct: bool = False
    aggregate: bool = False
    size: int = MOST
    number: int = 1
    top: int | None = None


def parsed(text: str, table: Table) -> Fetch:
    """The question; raises Refused with what is wrong in it."""
    try:
        root = fromstring(text)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise _wrong(f"Invalid XML: {error}.") from None
    entity = root.find("entity") if root.tag == "fetch" else None
    if entity is None or entity.get("name") != table.name:
        raise _wrong(f"<fetch> has one <entity name='{table.name}'>, as the address says.")
    fetch = Fetch(table, tables={table.name: table})
    fetch.distinct = root.get("distinct", "").lower() in ("true", "1")
    fetch.aggregate = root.get("aggregate", "").lower() in ("true", "1")
    fetch.size = min(_number(root, "count", MOST), MOST) or MOST
    fetch.number = max(_number(root, "page", 1), 1)
    fetch.top = min(_number(root, "top", MOST), MOST) if root.get("top") else None
    _entity(fetch, entity, table, "main", 0)
    return fetch


def answer(showing: Showing, table: Table, fetch: Fetch) -> dict[str, Any]:
    """The page that a question asks for, with the cookie of the next one."""
    me = showing.dataverse.who.id
    given = tuple(me if each is ME else each for each in (*fetch.linked, *fetch.given))
    size = fetch.size if fetch.top is None else fetch.top
    sql = f"{_sql(fetch)} LIMIT ? OFFSET ?"
    skipped = 0 if fetch.top is not None else (fetch.number - 1) * size
    database = selecting.copied(showing.dataverse, fetch.tables.values(), sql)
    try:
        rows = selecting.answered(database, sql, (*given, size + 1, skipped), size + 1)
    finally:
        database.close()
    more = len(rows) > size and fetch.top is None
    body: dict[str, Any] = {"@odata.context": f"{showing.root}$metadata#{table.set}"}
    if more:
        cookie = quote(quote(f'<cookie page="{fetch.number}" />'))
        number = fetch.number + 1
        body["@Microsoft.Dynamics.CRM.fetchxmlpagingcookie"] = (
            f'<cookie pagenumber="{number}" pagingcookie="{cookie}" istracking="False" />'
        )
    return body | {"@Microsoft.Dynamics.CRM.morerecords": more, "value": rows[:size]}


def _sql(fetch: Fetch) -> str:
    distinct = "DISTINCT " if fetch.distinct else ""
    words = [f"SELECT {distinct}{', '.join(fetch.columns)}", f'FROM "{fetch.main.name}" AS "main"']
    words += fetch.joins
    if fetch.where:
        words.append(f"WHERE {' AND '.join(fetch.where)}")
    if fetch.groups:
        words.append(f"GROUP BY {', '.join(fetch.groups)}")
    if fetch.order:
        words.append(f"ORDER BY {', '.join(fetch.order)}")
    return " ".join(words)


def _entity(fetch: Fetch, element: Element, table: Table, alias: str, depth: int) -> None:
    if depth == DEEPEST:
        raise _wrong("Links go too deep.")
    chosen = list(_attributes(element, table, alias, fetch))
    if not chosen and not fetch.aggregate and alias == "main":
        chosen = [(column, _shown(column, alias), "") for column in table.columns]
    if chosen and alias == "main" and not fetch.aggregate and not fetch.distinct:
        key = table.key
        if key not in (column for column, _, _ in chosen):
            chosen.insert(0, (key, _shown(key, alias), ""))
    for column, name, sql in chosen:
        fetch.columns.append(f"{sql or _column(alias, column)} AS {_quoted(name)}")
    if alias == "main":
        fetch.where += _filters(element, table, alias, fetch.given)
    fetch.order += [_order(fetch, part, table, alias) for part in element.findall("order")]
    for number, link in enumerate(element.findall("link-entity")):
        _link(fetch, link, table, alias, f"{alias}_{number}", depth)


def _attributes(
    element: Element, table: Table, alias: str, fetch: Fetch
) -> Iterator[tuple[Column, str, str]]:
    if element.find("all-attributes") is not None:
        yield from ((column, _shown(column, alias), "") for column in table.columns)
    for part in element.findall("attribute"):
        column = _known(part.get("name", ""), table)
        name = part.get("alias") or _shown(column, alias)
        sql = ""
        if fetch.aggregate:
            sql = _aggregated(part, _column(alias, column), fetch)
        yield column, name, sql


def _aggregated(part: Element, column: str, fetch: Fetch) -> str:
    if part.get("groupby", "").lower() in ("true", "1"):
        fetch.groups.append(column)
        return column
    word = AGGREGATES.get(part.get("aggregate", ""))
    if word is None:
        raise _wrong("In an aggregate, an attribute has aggregate='…' or groupby='true'.")
    return word.format(column)


def _shown(column: Column, alias: str) -> str:
    return column.property if alias == "main" else f"{alias}.{column.name}"


def _link(fetch: Fetch, link: Element, table: Table, alias: str, default: str, depth: int) -> None:
    other = JOINED.get(link.get("name", ""))
    if other is None:
        name = link.get("name", "")[:60]
        raise refused(
            Reason.TABLE_UNKNOWN,
            f"The entity with a name = '{name}' was not found in the MetadataCache.",
        )
    called = link.get("alias") or default
    kind = {"inner": "JOIN", "outer": "LEFT JOIN"}.get(link.get("link-type", "inner"))
    if kind is None:
        raise _wrong(f"link-type='{link.get('link-type', '')[:30]}' is not supported.")
    theirs = _column(called, _known(link.get("from", ""), other))
    ours = _column(alias, _known(link.get("to", ""), table))
    fetch.tables[other.name] = other
    # What a link filters belongs to the link: an outer one keeps the rows that have none.
    on = " AND ".join((f"{theirs} = {ours}", *_filters(link, other, called, fetch.linked)))
    fetch.joins.append(f'{kind} "{other.name}" AS {_quoted(called)} ON {on}')
    _entity(fetch, link, other, called, depth + 1)


def _filters(element: Element, table: Table, alias: str, given: list[object]) -> list[str]:
    return [_filter(part, table, alias, given, 0) for part in element.findall("filter")]


def _filter(element: Element, table: Table, alias: str, given: list[object], depth: int) -> str:
    if depth == DEEPEST:
        raise _wrong("Filters go too deep.")
    kind = element.get("type", "and").lower()
    if kind not in ("and", "or"):
        raise _wrong(f"A filter's type is and, or; not '{kind[:30]}'.")
    parts = []
    for part in element:
        if part.tag == "filter":
            parts.append(_filter(part, table, alias, given, depth + 1))
        elif part.tag == "condition":
            parts.append(_condition(part, table, alias, given))
    return f"({f' {kind.upper()} '.join(parts)})" if parts else "1"


def _condition(part: Element, table: Table, alias: str, given: list[object]) -> str:
    column = _known(part.get("attribute", ""), table)
    word, name = part.get("operator", ""), _column(alias, column)
    listed = [value.text or "" for value in part.findall("value")]
    if word in BLANK:
        return f"{name} {BLANK[word]}"
    if word in ME:
        given.append(ME)
        return f"{name} {ME[word]} ?"
    if word in LISTED and listed:
        given += [_value(value, column) for value in listed]
        return f"{name} {LISTED[word]} ({', '.join('?' * len(listed))})"
    value = part.get("value")
    if value is None:
        raise _wrong(f"The condition on '{column.name}' ({word[:30]}) has no value.")
    if word in PARTLY:
        compared, shape = PARTLY[word]
        given.append(shape.format(value))
        return f"{name} {compared} ?"
    if word in DAYS and column.kind is Kind.MOMENT:
        given.append(_value(value, column))
        return f"substr({name}, 1, 10) {DAYS[word]} substr(?, 1, 10)"
    if word not in COMPARED:
        raise _wrong(f"The operator '{word[:30]}' is not supported.")
    given.append(value if "like" in word else _value(value, column))
    also = f" OR {name} IS NULL" if word in ("ne", "neq") else ""
    return f"({name} {COMPARED[word]} ?{also})"


def _value(text: str, column: Column) -> object:
    value = values.parsed(text.strip(), column)
    return written(value)


def _order(fetch: Fetch, part: Element, table: Table, alias: str) -> str:
    down = " DESC" if part.get("descending", "").lower() in ("true", "1") else ""
    if part.get("alias"):
        return f"{_quoted(part.get('alias', ''))}{down}"
    return f"{_column(alias, _known(part.get('attribute', ''), table))}{down}"


def _known(name: str, table: Table) -> Column:
    column = table.known(name)
    if column is None:
        raise refused(
            Reason.COLUMN_UNKNOWN,
            f"'{table.name}' entity doesn't contain attribute with Name = '{name[:60]}'.",
        )
    return column


def _column(alias: str, column: Column) -> str:
    return f'{_quoted(alias)}."{column.name}"'


def _quoted(name: str) -> str:
    if not _ALIAS.fullmatch(name):
        raise _wrong(f"'{name[:60]}' is no alias: letters, digits, _ and dots.")
    return f'"{name}"'


def _number(element: Element, name: str, default: int) -> int:
    text = element.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise _wrong(f"{name}='{text[:30]}' is no number.")
    return int(text)


def _wrong(why: str) -> Refused:
    return refused(Reason.FETCH_INVALID, f"Invalid FetchXML: {why}")
