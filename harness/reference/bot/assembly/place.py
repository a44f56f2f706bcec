"""Where an action stands in its topic."""

from __future__ import annotations

from harness.reference.bot.expressions import text
from harness.reference.bot.reading import Reader
from harness.reference.bot.steps import Place


def place(action: Reader) -> Place:
    """The action's line, id and kind; what it has none of is empty."""
    name, kind = action.scalar("id"), action.scalar("kind")
    return Place(action.line, "" if name is None else text(name), text(kind))
