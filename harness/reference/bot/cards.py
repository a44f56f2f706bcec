"""Cards: attachments in Bot Framework form, made of what a maker wrote."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from harness.reference.bot.expressions import (
    Expression,
    ExpressionFailed,
    ExpressionInvalid,
)
from harness.reference.bot.templates import Template, WorkOut, template

ADAPTIVE = "application/vnd.microsoft.card.adaptive"
# Cards of the Bot Framework beside adaptive ones, by the kind of attachment.
CONTENT_TYPES = {
    "AdaptiveCardTemplate": ADAPTIVE,
    "HeroCardTemplate": "application/vnd.microsoft.card.hero",
    "ThumbnailCardTemplate": "application/vnd.microsoft.card.thumbnail",
    "AnimationCardTemplate": "application/vnd.microsoft.card.animation",
    "AudioCardTemplate": "application/vnd.microsoft.card.audio",
    "VideoCardTemplate": "application/vnd.microsoft.card.video",
}
MAX_DEPTH = 60
# How a button is pressed, by the kind of a reply: as words of the customer, or as an address.
BUTTONS = {"OpenUrl": "openUrl", "Call": "call", "PostBack": "postBack"}

# A tree of what stands in a card: plain values, templates, expressions, lists and mappings of them.
Part = Any


@dataclass(frozen=True, slots=True)
class Card:
    """A card: the type of its content, and the content with what is still to be worked out."""

    type: str
    content: Part
    name: str = ""

    def attachment(self, work_out: WorkOut) -> dict[str, Any]:
        """The card as an attachment `{contentType, content}`; raises ExpressionFailed."""
        content = filled(self.content, work_out)
        if isinstance(content, str):
            content = _decoded(content)
        if self.type == ADAPTIVE and not isinstance(content, dict):
            raise ExpressionFailed("a card is a record or JSON")
        if not self.type.startswith("application/vnd."):
            return {"contentType": self.type, "contentUrl": content, "name": self.name}
        return {"contentType": self.type, "content": content}


def written(content: str) -> Part:
    """The parts of a card that is written as JSON, `{expressions}` in its texts worked out later.

    Raises ExpressionInvalid when it is no JSON.
    """
    try:
        return _prepared(json.loads(content), 0)
    except (ValueError, RecursionError):
        raise ExpressionInvalid("a card is JSON or starts with =") from None


def filled(part: Part, work_out: WorkOut) -> Any:
    """The parts with all that they hold worked out; what is blank is left out."""
    if isinstance(part, Template):
        return part.fill(work_out)
    if isinstance(part, Expression):
        return filled(work_out(part), work_out)
    if isinstance(part, Mapping):
        worked_out = ((key, filled(value, work_out)) for key, value in part.items())
        return {key: value for key, value in worked_out if value is not None}
    if isinstance(part, list | tuple):
        return [filled(value, work_out) for value in part]
    return part


def readable(attachment: Mapping[str, Any]) -> str:
    """What a card says in words, for a place that shows no cards."""
    content = attachment.get("content")
    if not isinstance(content, Mapping):
        return str(attachment.get("name") or attachment.get("contentUrl", ""))
    fallback = content.get("fallbackText") or content.get("speak")
    return str(fallback) if fallback else "\n".join(_words(content, 0))


def _words(content: Any, depth: int) -> Iterator[str]:
    if depth > MAX_DEPTH:
        return
    if isinstance(content, Mapping):
        for key in ("title", "subtitle", "text", "value"):
            if isinstance(content.get(key), str) and content[key]:
                yield content[key]
        # Buttons and the like are no words of the card.
        nested = (value for key, value in content.items() if key not in ("actions", "buttons"))
        for value in nested:
            if isinstance(value, list | Mapping):
                yield from _words(value, depth + 1)
    elif isinstance(content, list):
        for item in content:
            yield from _words(item, depth + 1)


def _prepared(value: Any, depth: int) -> Part:
    if depth > MAX_DEPTH:
        raise ExpressionInvalid(f"a card nested deeper than {MAX_DEPTH}")
    if isinstance(value, dict):
        return {key: _prepared(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_prepared(item, depth + 1) for item in value]
    if isinstance(value, str) and "{" in value:
        try:
            return template(value)
        except ExpressionInvalid:
            # `{{DATE(…)}}` and the like are the card's own.
            return value
    return value


def _decoded(content: str) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        raise ExpressionFailed("a card is a record or JSON") from None
