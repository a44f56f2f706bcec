"""The global variables that a maker declared: their names, and what they are at first."""

from __future__ import annotations

from harness.reference.bot import documents
from harness.reference.bot.expressions import ExpressionFailed, Value, evaluate
from harness.reference.bot.reading import Reader, TopicInvalid

NONE = "DEFAULT"
"""What stands in an export where the maker gave no value."""


def declared(text: str) -> tuple[str, Value]:
    """A variable's name and its value before it is set; raises TopicInvalid with the line."""
    try:
        document = documents.read(text)
    except documents.DocumentInvalid as error:
        raise TopicInvalid(error.reason, error.line) from error
    root = Reader.of(document, "a variable")
    name = root.required_text("name")
    default = root.expression("defaultValue")
    if default is None:
        return name, None
    try:
        value = evaluate(default, lambda _parts: None)
    except ExpressionFailed as error:
        line = root.line_of("defaultValue")
        raise TopicInvalid(f"defaultValue: {error}", line) from error
    return name, None if value == NONE else value
