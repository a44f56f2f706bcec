"""Matchers are values: a function of what was seen to the mismatch, or None when it is as expected.

They know no test framework. A matcher says what it expected in the words of the contact centre.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from harness.protocol.conversations import Line

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Mismatch:
    """What was expected and what was found; `final` when waiting longer cannot mend it."""

    expected: str
    found: str
    final: bool = False

    def __str__(self) -> str:
        return f"expected {self.expected}, found {self.found}"


Matcher: TypeAlias = Callable[[T], Mismatch | None]


def is_true(expected: str, found: str) -> Matcher[bool]:
    """Matches True; both sentences are the caller's."""
    return lambda value: None if value else Mismatch(expected, found)


def equals(what: str, expected: object) -> Matcher[object]:
    """Matches a value that equals `expected`."""

    def match(value: object) -> Mismatch | None:
        return None if value == expected else Mismatch(f"{what} {expected!r}", repr(value))

    return match


def holds(text: str) -> Matcher[Sequence[Line]]:
    """Matches a transcript with a line that contains the text."""

    def match(lines: Sequence[Line]) -> Mismatch | None:
        if any(text in line.words for line in lines):
            return None
        return Mismatch(f"a line with {text!r}", told(lines))

    return match


def holds_line_after(count: int, what: str) -> Matcher[Sequence[Line]]:
    """Matches a transcript that has grown beyond `count` lines."""

    def match(lines: Sequence[Line]) -> Mismatch | None:
        return None if len(lines) > count else Mismatch(what, told(lines))

    return match


def lacks(text: str) -> Matcher[Sequence[Line]]:
    """Matches a transcript without the text; a line that is there stays there."""

    def match(lines: Sequence[Line]) -> Mismatch | None:
        if any(text in line.words for line in lines):
            return Mismatch(f"no line with {text!r}", told(lines), final=True)
        return None

    return match


def told(lines: Sequence[Line]) -> str:
    """A transcript as one readable line."""
    if not lines:
        return "an empty transcript"
    return " / ".join(f"{line.name or line.role.value}: {line.words}" for line in lines)
