"""Typed access to a topic's YAML: every refusal names the line and what was expected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, field

from harness.reference.bot.documents import Mapping, Node, Scalar, Sequence
from harness.reference.bot.expressions import (
    Expression,
    ExpressionInvalid,
    Literal,
    Value,
    parse,
    text,
)
from harness.reference.bot.steps import Scope, Variable
from harness.reference.bot.templates import Template, template

MAX_NAME = 200
_VARIABLE = re.compile(r"(?:init:)?(Topic|Global|bot|System)((?:\.[^\W\d]\w*)+)")


class TopicInvalid(Exception):
    """The YAML is no topic: `line` counts from 1, `reason` says what to change."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(f"line {line}: {reason}")
        self.reason = reason
        self.line = line


@dataclass(frozen=True, slots=True)
class Reader:
    """A mapping of the document; a key that is absent or null reads as None or empty."""

    line: int
    _entries: dict[str, Node]
    _read: set[str] = field(default_factory=set, compare=False)
    _inner: list[Reader] = field(default_factory=list, compare=False)

    @classmethod
    def of(cls, node: Node, what: str) -> Reader:
        """The reader of a node that must be a mapping."""
        if not isinstance(node, Mapping):
            raise TopicInvalid(f"{what} has keys and values", node.line)
        return cls(node.line, node.entries)

    def node(self, key: str) -> Node | None:
        """What stands under the key."""
        self._read.add(key)
        found = self._entries.get(key)
        return None if isinstance(found, Scalar) and found.value is None else found

    def unread(self, known: Set[str], *, within: bool = False) -> Iterator[tuple[str, int]]:
        """The keys that nobody asked for, with their lines, but for those known to change nothing.

        `within`: also in all that was looked into.
        """
        open_readers = [self]
        while open_readers:
            reader = open_readers.pop()
            for key in reader._entries.keys() - reader._read - known:
                if reader.has(key):
                    yield key, reader.line_of(key)
            open_readers += reader._inner if within else ()

    def names(self) -> tuple[str, ...]:
        """The keys that have a value."""
        return tuple(key for key in self._entries if self.has(key))

    def has(self, key: str) -> bool:
        """Whether there is something under the key."""
        return self.node(key) is not None

    def line_of(self, key: str) -> int:
        """The line of the key's value, or of the whole."""
        found = self._entries.get(key)
        return found.line if found else self.line

    def required(self, key: str) -> Node:
        """What stands under a key that must be there."""
        found = self.node(key)
        if found is None:
            raise TopicInvalid(f"{key} is missing", self.line)
        return found

    def reader(self, key: str) -> Reader | None:
        """The mapping under the key."""
        found = self.node(key)
        return None if found is None else self._into(found, key)

    def required_reader(self, key: str) -> Reader:
        """The mapping under a key that must be there."""
        return self._into(self.required(key), key)

    def readers(self, key: str) -> tuple[Reader, ...]:
        """The mappings in the list under the key."""
        return tuple(self._into(item, f"an item of {key}") for item in self._items(key))

    def _into(self, node: Node, what: str) -> Reader:
        # A mapping that is looked into twice is one: what either look reads is read.
        made = Reader.of(node, what)
        known = next((each for each in self._inner if each._entries is made._entries), None)
        if known is None:
            self._inner.append(made)
        return known or made

    def scalar(self, key: str) -> Value:
        """The plain value under the key; None when it is no plain value."""
        found = self.node(key)
        return found.value if isinstance(found, Scalar) else None

    def required_text(self, key: str) -> str:
        """The text under a key that must be there."""
        return _text(self.required(key), key)

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts in the list under the key."""
        return tuple(_text(item, f"an item of {key}") for item in self._items(key))

    def whole_number(self, key: str, default: int) -> int:
        """The whole number under the key."""
        if not self.has(key):
            return default
        value = self.scalar(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise TopicInvalid(f"{key} is a whole number", self.line_of(key))
        return value

    def flag(self, key: str, default: bool) -> bool:
        """The true or false under the key."""
        value = self.scalar(key)
        return value if isinstance(value, bool) else default

    def expression(self, key: str) -> Expression | None:
        """The value under the key: `=…` is an expression, anything else a literal."""
        found = self.node(key)
        return None if found is None else as_expression(found, key)

    def expressions(self, key: str) -> tuple[tuple[str, Expression], ...]:
        """The named values under the key (a binding)."""
        entries = self.reader(key)
        return () if entries is None else tuple(entries._named_expressions())

    def template(self, key: str) -> Template | None:
        """The message under the key: a text, or a list of variations of which the first is said.

        One and the same variation every time: a conformance run can be repeated.
        """
        found = self.node(key)
        if isinstance(found, Sequence):
            found = next(iter(found.items), None)
        return None if found is None else as_template(found, key)

    def variable(self, key: str) -> Variable:
        """The variable named under a key that must be there, e.g. `init:Topic.City`."""
        try:
            return variable(self.required_text(key))
        except ValueError as error:
            raise TopicInvalid(f"{key} is {error}", self.line_of(key)) from None

    def optional_variable(self, key: str) -> Variable | None:
        """The variable named under the key."""
        return self.variable(key) if self.has(key) else None

    def variables(self, key: str) -> tuple[tuple[str, Variable], ...]:
        """The variables under the key, by the name of the output that each takes."""
        entries = self.reader(key)
        if entries is None:
            return ()
        return tuple(
            (name, entries.variable(name)) for name in entries._entries if entries.has(name)
        )

    def _named_expressions(self) -> Iterator[tuple[str, Expression]]:
        self._read.update(self._entries)
        for name, node in self._entries.items():
            yield name, as_expression(node, name)

    def _items(self, key: str) -> Iterator[Node]:
        found = self.node(key)
        if found is None:
            return iter(())
        if not isinstance(found, Sequence):
            raise TopicInvalid(f"{key} is a list", found.line)
        return iter(found.items)


def _text(node: Node, what: str) -> str:
    if not isinstance(node, Scalar):
        raise TopicInvalid(f"{what} is a text", node.line)
    return text(node.value)


def as_expression(node: Node, what: str) -> Expression:
    """The expression or literal in a node; raises TopicInvalid."""
    if isinstance(node, Mapping) and "value" in node.entries and "kind" in node.entries:
        # A choice of the editor: `{kind: OptionDataValue, type: …, value: English}`.
        node = node.entries["value"]
    if not isinstance(node, Scalar):
        raise TopicInvalid(f"{what} is a value or an expression", node.line)
    value = node.value
    if isinstance(value, str) and value.lstrip().startswith("="):
        return _parsed(value.strip()[1:], node.line)
    return Literal(value)


def as_template(node: Node, what: str) -> Template:
    """The message in a node; raises TopicInvalid for a brace that is not closed."""
    message = _text(node, what)
    try:
        return template(message)
    except ExpressionInvalid as error:
        raise TopicInvalid(f"the message {message[:60]!r}: {error}", node.line) from error


def variable(name: str) -> Variable:
    """The variable of that name; raises ValueError, whose text says what a name is."""
    match = _VARIABLE.fullmatch(name)
    if match is None:
        raise ValueError(f"Topic.Name or Global.Name, not {name[:60]}")
    first, *path = match[2][1:].split(".")
    if max(map(len, (first, *path))) > MAX_NAME:
        raise ValueError(f"a name of at most {MAX_NAME} characters")
    if match[1] == "System":
        return Variable(Scope.SYSTEM, ".".join((first, *path)))
    return Variable(Scope.TOPIC if match[1] == "Topic" else Scope.GLOBAL, first, tuple(path))


def _parsed(source: str, line: int) -> Expression:
    try:
        return parse(source.strip())
    except ExpressionInvalid as error:
        raise TopicInvalid(f"the expression {source.strip()[:60]}: {error}", line) from error
