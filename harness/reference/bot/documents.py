"""YAML with line numbers, read so that no input can blow up.

PyYAML's events are put together here rather than by its own composer: that one recurses (a deep
document overflows the stack) and follows aliases (a small document becomes a huge one).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

# libyaml, where it was built in, reads some 20 times faster than the same loader in Python.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_CHARACTERS = 500_000
MAX_DEPTH = 60

_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_INTEGER = re.compile(r"[-+]?[0-9]{1,15}")
_FRACTION = re.compile(r"[-+]?[0-9]{1,15}\.[0-9]{1,15}")
# Copilot Studio exports keys such as `@odata.nextLink` without quotes, which YAML does not allow.
_BARE_KEY = re.compile(r"^( *(?:- +)?)(@[^\s:\"]+)(?=:(?: |$))", re.MULTILINE)


class DocumentInvalid(Exception):
    """The text is no YAML document that we read; `line` counts from 1."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


@dataclass(frozen=True, slots=True)
class Scalar:
    """A plain or quoted value."""

    line: int
    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    line: int
    items: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values; a key is always text."""

    line: int
    entries: dict[str, Node] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping


def read(text: str) -> Node:
    """The one document in `text`; raises DocumentInvalid."""
    if len(text) > MAX_CHARACTERS:
        raise DocumentInvalid(f"longer than {MAX_CHARACTERS:,} characters", 1)
    try:
        return _compose(yaml.parse(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        if (quoted := with_quoted_keys(text)) != text:
            return read(quoted)
        mark = error.problem_mark
        line = mark.line + 1 if mark else 1
        raise DocumentInvalid(f"not YAML: {error.problem or 'unreadable'}", line) from error
    except (yaml.YAMLError, UnicodeError) as error:
        reason = str(error).splitlines()[0]
        raise DocumentInvalid(f"not YAML: {reason}", 1) from error


def with_quoted_keys(text: str) -> str:
    """The text with quotes around keys that YAML cannot read without them."""
    return _BARE_KEY.sub(r'\1"\2"', text)


def is_text(plain: str) -> bool:
    """Whether a value without quotes is read as the text that it is."""
    return isinstance(_resolve(plain), str)


def _compose(events: Iterator[Any]) -> Node:
    builder = _Builder()
    for event in events:
        builder.take(event)
    if builder.root is None:
        raise DocumentInvalid("empty", 1)
    return builder.root


class _Builder:
    """Puts events together; `_open` holds the collections begun and not ended, with their keys."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self._open: list[Sequence | Mapping] = []
        self._keys: list[str | None] = []

    def take(self, event: Any) -> None:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise DocumentInvalid("anchors and aliases are not part of a topic", line)
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._start(Sequence(line))
        elif isinstance(event, yaml.MappingStartEvent):
            self._start(Mapping(line))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
            self._keys.pop()
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            raise DocumentInvalid("a topic is one document", line)

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        if self._open and isinstance(self._open[-1], Mapping) and self._keys[-1] is None:
            if event.value in self._open[-1].entries:
                raise DocumentInvalid(f"the key {event.value!r} is there twice", line)
            self._keys[-1] = event.value
            return
        plain = not event.style and event.implicit[0]
        self._place(Scalar(line, _resolve(event.value) if plain else event.value))

    def _start(self, node: Sequence | Mapping) -> None:
        if len(self._open) >= MAX_DEPTH:
            raise DocumentInvalid(f"nested deeper than {MAX_DEPTH}", node.line)
        self._place(node)
        self._open.append(node)
        self._keys.append(None)

    def _place(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
            return
        key = self._keys[-1]
        if key is None:
            raise DocumentInvalid("a key must be text", node.line)
        parent.entries[key] = node
        self._keys[-1] = None


def _resolve(plain: str) -> str | int | float | bool | None:
    # YAML 1.2: `No` and `on` are text, unlike in PyYAML's 1.1.
    if plain.lower() in _WORDS:
        return _WORDS[plain.lower()]
    if _INTEGER.fullmatch(plain):
        return int(plain)
    if _FRACTION.fullmatch(plain):
        return float(plain)
    return plain
