"""Messages with `{expressions}` in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from harness.reference.bot.expressions import (
    Expression,
    ExpressionInvalid,
    Value,
    parse,
    text,
)

# Gives the value of an expression, within what a turn may cost.
WorkOut = Callable[[Expression], Value]


@dataclass(frozen=True, slots=True)
class Template:
    """A message: texts, and expressions whose values stand between them."""

    parts: tuple[str | Expression, ...]

    def fill(self, work_out: WorkOut) -> str:
        """The message, its expressions worked out; raises ExpressionFailed."""
        return "".join(
            part if isinstance(part, str) else text(work_out(part)) for part in self.parts
        )


def template(message: str) -> Template:
    """The message that a maker wrote; raises ExpressionInvalid for a brace that is not closed."""
    parts: list[str | Expression] = []
    position = 0
    while (brace := message.find("{", position)) >= 0:
        parts.append(message[position:brace])
        end = _closing_brace(message, brace + 1)
        if end < 0:
            raise ExpressionInvalid("a { is not closed")
        parts.append(parse(message[brace + 1 : end].strip()))
        position = end + 1
    parts.append(message[position:])
    return Template(tuple(part for part in parts if part != ""))


def _closing_brace(message: str, start: int) -> int:
    """Where the brace that was opened before `start` ends; braces of records and texts are inside.

    The first brace that closes is taken when quotes or braces inside do not match: a quotation
    mark in the middle of a sentence is no reason to refuse a message.
    """
    depth = 1
    quote = ""
    for position in range(start, len(message)):
        character = message[position]
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'":
            quote = character
        elif character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
            if depth == 0:
                return position
    return -1
