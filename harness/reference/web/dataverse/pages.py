"""A page of rows, and where the next one begins: `$skiptoken` as the product writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from urllib.parse import quote, unquote, urlencode

from harness.reference.domain.dataverse.refusals import Reason, refused
from harness.reference.domain.dataverse.tables import Row

_COOKIE = re.compile(r'<cookie pagenumber="([0-9]{1,6})" pagingcookie="([^"]*)"')
_LAST = re.compile(r'last="\{([0-9A-Fa-f-]{36})\}"')


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: its number, and the id of the last row of the page before it."""

    number: int = 1
    last: str = ""


def place(token: str) -> Place:
    """The place that a `$skiptoken` names; raises Refused for one that was not given here."""
    if not token:
        return Place()
    cookie = _COOKIE.search(token)
    last = _LAST.search(unquote(unquote(cookie[2]))) if cookie else None
    if cookie is None or last is None:
        raise refused(Reason.QUERY_INVALID, "Malformed XML in the Paging Cookie of $skiptoken.")
    return Place(int(cookie[1]), last[1].lower())


def token(number: int, last: Row) -> str:
    """The `$skiptoken` of the page of this number, after that row."""
    inner = f'<cookie page="{number - 1}">{_key(last)}</cookie>'
    return (
        f'<cookie pagenumber="{number}" pagingcookie="{quote(quote(inner))}" istracking="False" />'
    )


def _key(row: Row) -> str:
    return f'<{row.table.key_name} last="{{{row.id.upper()}}}" first="{{{row.id.upper()}}}" />'


def page(rows: Iterator[Row], at: Place, size: int) -> tuple[list[Row], bool]:
    """The rows of a page, and whether there are more; goes no further than it must."""
    if at.number > 1:
        rows = _after(rows, at, size)
    found = list(islice(rows, size + 1))
    return found[:size], len(found) > size


def _after(rows: Iterator[Row], at: Place, size: int) -> Iterator[Row]:
    """The rows after the last one that was given; if that one is gone, after as many."""
    before: list[Row] = []
    for row in rows:
        before.append(row)
        if row.id == at.last:
            return rows
    return iter(before[(at.number - 1) * size :])


def next_link(address: str, given: Mapping[str, str], number: int, last: Row) -> str:
    """The address of the next page."""
    return f"{address}?{urlencode({**given, '$skiptoken': token(number, last)}, quote_via=quote)}"
