"""The query options of a request: `$select`, `$filter`, `$orderby`, `$top`, `$count`, `$expand`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from harness.reference.domain.dataverse.catalogue import TABLES
from harness.reference.domain.dataverse.conditions import ALWAYS
from harness.reference.domain.dataverse.queries import MOST, Expansion, Query, Sort
from harness.reference.domain.dataverse.refusals import Reason, Refused, refused, unknown_property
from harness.reference.domain.dataverse.tables import Column, Relation, Table
from harness.reference.web.dataverse import filters

KNOWN = frozenset(
    {"$select", "$filter", "$orderby", "$top", "$count", "$expand", "$skiptoken", "$format"}
)
"""What a collection takes; the product has no `$skip`, and no `$search` of tables."""

DEEPEST = 5
"""Expansions within expansions."""


@dataclass(frozen=True, slots=True)
class Options:
    """The options as they were given, and the parameter aliases (`@p1`) beside them."""

    given: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)

    @property
    def skiptoken(self) -> str:
        """Where the page before this one ended; empty for the first."""
        return self.given.get("$skiptoken", "")


def parsed(query: str, also: frozenset[str] = frozenset()) -> Options:
    """The options of a query string; raises Refused for one that is not known, or given twice."""
    given: dict[str, str] = {}
    aliases: dict[str, str] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        place = aliases if name.startswith("@") else given
        if name in place:
            raise _wrong(f"Query option '{name[:50]}' was specified more than once.")
        if place is given and name not in KNOWN | also:
            raise _wrong(f"The query parameter {name[:50]} is not supported.")
        place[name] = value
    return Options(given, aliases)


def query(options: Options, table: Table, me: str = "", depth: int = 0) -> Query:
    """The query that options say of a table; raises Refused."""
    given = options.given
    top = _whole("$top", given["$top"]) if "$top" in given else None
    return Query(
        columns=_columns(given["$select"], table) if given.get("$select", "").strip() else None,
        where=filters.condition(given["$filter"], table, me) if "$filter" in given else ALWAYS,
        order=tuple(_orders(given.get("$orderby", ""), table)),
        top=None if top is None else min(top, MOST),
        count=_counts(given.get("$count", "false")),
        expand=tuple(_expansions(given.get("$expand", ""), table, me, depth)),
    )


def _wrong(why: str) -> Refused:
    return refused(Reason.QUERY_INVALID, why)


def _whole(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise _wrong(f"Invalid value '{text[:30]}' for {name} query option: a number is expected.")
    return int(text)


def _counts(text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise _wrong(f"Invalid value '{text[:30]}' for $count query option: true or false.")
    return text.lower() == "true"


def _columns(text: str, table: Table) -> tuple[Column, ...] | None:
    """The columns of a `$select`, the key always among them; a lookup may go by its own name."""
    names = [name.strip() for name in text.split(",")]
    if "*" in names:
        return None
    chosen = [table.key]
    for name in names:
        column = table.shown(name) or table.known(name)
        if column is None:
            raise unknown_property(name, table.name)
        if column not in chosen:
            chosen.append(column)
    return tuple(chosen)


def _orders(text: str, table: Table) -> Iterator[Sort]:
    for part in text.split(",") if text.strip() else ():
        name, _, direction = part.strip().partition(" ")
        if direction.strip() not in ("", "asc", "desc"):
            raise _wrong(f"'{part.strip()[:60]}' is no order: write a property, then asc or desc.")
        yield Sort(filters.path(name.split("/"), table), direction.strip() == "desc")


def _expansions(text: str, table: Table, me: str, depth: int) -> Iterator[Expansion]:
    if not text.strip():
        return
    if depth == DEEPEST:
        raise _wrong(f"$expand goes at most {DEEPEST} levels deep.")
    for part in split(text, ","):
        name, bracket, rest = part.strip().partition("(")
        if bracket and not rest.endswith(")"):
            raise _wrong(f"A closing bracket is missing in $expand: '{part.strip()[:60]}'.")
        inner = Options(dict(_inner(rest[:-1]))) if bracket else Options()
        by = navigation(name, table)
        target = TABLES[by.table if isinstance(by, Relation) else by.target]
        yield Expansion(name, by, query(inner, target, me, depth + 1))


def navigation(name: str, table: Table) -> Relation | Column:
    """What a navigation property follows; raises Refused."""
    found = table.relation(name) or table.lookup(name)
    if found is None:
        raise unknown_property(name, table.name)
    return found


def _inner(text: str) -> Iterator[tuple[str, str]]:
    for option in split(text, ";") if text.strip() else ():
        name, sign, value = option.strip().partition("=")
        if not sign or name not in ("$select", "$filter", "$orderby", "$top", "$expand"):
            raise _wrong(f"'{option.strip()[:60]}' is no option of $expand.")
        yield name, value


def split(text: str, at: str) -> list[str]:
    """The parts of a text between these signs, but for those in quotes and brackets."""
    parts, depth, quoted, start = list[str](), 0, False, 0
    for place, sign in enumerate(text):
        if sign == "'":
            quoted = not quoted
        elif not quoted and sign in "()":
            depth += 1 if sign == "(" else -1
        elif sign == at and not quoted and depth == 0:
            parts.append(text[start:place])
            start = place + 1
    return [*parts, text[start:]]
