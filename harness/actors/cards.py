"""What a customer reads of a card, from the attachments that a chat's wire carries (2b)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

MAX_DEPTH = 60
"""How deep a card is read; the wire's JSON may be nested deeper than any widget draws."""

WORDS = ("title", "subtitle", "text", "label")
"""What is drawn of each part as it stands. A `value` is sent, not drawn, but for that of a fact."""

PARTS = (
    *("body", "items", "columns", "rows", "cells", "inlines"),
    *("facts", "choices", "actions", "buttons"),
)
"""Where the parts of a card stand; all else is data, or shown when somebody asks for it."""


def words(attachment: Mapping[str, Any]) -> str:
    """The texts of a card in reading order, one a line; empty for a file or a picture."""
    return "\n".join(_words(attachment.get("content"), 0))


def _words(part: Any, depth: int, drawn: Sequence[str] = WORDS) -> Iterator[str]:
    if isinstance(part, str) and part:
        yield part
    if not isinstance(part, Mapping) or depth > MAX_DEPTH or part.get("isVisible") is False:
        return
    yield from (part[key] for key in drawn if isinstance(part.get(key), str) and part[key])
    for place in PARTS:
        inside = part.get(place)
        of_each = ("title", "key", "value") if place == "facts" else WORDS
        for item in inside if isinstance(inside, list) else ():
            yield from _words(item, depth + 1, of_each)
