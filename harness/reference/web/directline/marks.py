"""Watermarks: what a client has seen, as a number that it gives back as it got it."""

from __future__ import annotations

from harness.reference.domain.errors import MalformedBody

DIGITS = 15
"""More than any mark has."""


def read(given: str | None) -> int:
    """The mark of a query, 0 without one; raises MalformedBody for one that was never given out."""
    if given in (None, "", "-"):
        return 0
    if not given.isascii() or not given.isdecimal() or len(given) > DIGITS:
        raise MalformedBody(f"The watermark {given[:20]!r} is none that an answer before gave.")
    return int(given)
