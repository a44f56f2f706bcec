"""Which page of a list a request asks for: `?after=&limit=&named=`."""

from __future__ import annotations

from starlette.requests import Request

from harness.reference.domain.errors import MalformedBody
from harness.reference.operations.lists import FIRST, LONGEST, Wanted

PAGE = 50
"""Entries that a page for people has."""


def wanted(request: Request, limit: int = FIRST.limit) -> Wanted:
    """The page asked for, of `limit` entries unless it says so; raises MalformedBody."""
    asked = request.query_params
    written = asked.get("limit", str(limit))
    # `isdecimal` and `int` take the digits of every script.
    is_number = written.isascii() and written.isdecimal() and len(written) <= len(str(LONGEST))
    if not (is_number and 1 <= int(written) <= LONGEST):
        raise MalformedBody(f"limit is a number from 1 to {LONGEST}, not {written[:20]!r}.")
    return Wanted(asked.get("after") or None, int(written), asked.get("named", "").strip())
