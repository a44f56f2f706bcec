"""The files of an export as trees and texts; what cannot be read is a problem, never a crash.

XML is read by a parser that refuses document types and entities, and no deeper than an export is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from harness.reference.bot.exports.packages import Problem, decoded
from harness.reference.bot.reading import TopicInvalid

DEEPEST = 32
"""How deep the XML of a bot may be nested; exports have 3 levels."""

MOST = 500_000
"""How many elements and attributes the XML of one export may have: millions fill the memory."""

TOO_MANY = f"with it there are more than {MOST:,} elements and attributes"

Files = Mapping[str, bytes]


class _TooBig(Exception):
    pass


class _Tree(TreeBuilder):
    """Builds the tree, and stops where it becomes deeper or bigger than an export."""

    def __init__(self, deepest: int, left: int) -> None:
        super().__init__()
        self._depth = 0
        self._deepest = deepest
        self.left = left

    def start(self, tag: str, attributes: dict[str, str]) -> Element:
        self._depth += 1
        self.left -= 1 + len(attributes)
        if self._depth > self._deepest:
            raise _TooBig(f"nested deeper than {self._deepest}")
        if self.left < 0:
            raise _TooBig(TOO_MANY)
        return super().start(tag, attributes)

    def end(self, tag: str) -> Element:
        self._depth -= 1
        return super().end(tag)


@dataclass
class Reading:
    """One solution on its way: what was found below `root`, and what is wrong with it."""

    root: str
    files: Files
    problems: list[Problem]
    elements: int = MOST

    def has(self, path: str) -> bool:
        return path in self.files

    def xml(self, path: str, deepest: int = DEEPEST) -> Element | None:
        """The root element of a file; None, and a problem kept, when it cannot be read."""
        if self.elements < 0:
            # The tag that was too much took a second; the next file may have another one.
            self.wrong(path, TOO_MANY)
            return None
        tree = _Tree(deepest, self.elements)
        try:
            parser: Any = DefusedXMLParser(target=tree, forbid_dtd=True)
            parser.feed(self.files[path])
            element: Element = parser.close()
        except ParseError as error:
            self.wrong(path, f"not XML: {error.msg}", error.position[0])
        except DefusedXmlException:
            self.wrong(path, "it declares a document type or entities, which no export does")
        except _TooBig as error:
            self.wrong(path, str(error))
            self.elements = min(self.elements, tree.left)
        except (ValueError, LookupError) as error:
            self.wrong(path, f"not XML: {error}")
        else:
            self.elements = tree.left
            return element
        return None

    def text(self, path: str) -> str | None:
        """The text of a file; None, and a problem kept, when it is none."""
        try:
            return decoded(self.files[path])
        except TopicInvalid as error:
            self.wrong(path, error.reason, error.line)
        return None

    def wrong(self, path: str, what: str, line: int = 1) -> None:
        self.problems.append(Problem(path, line, what))


def said(about: Element | None, path: str) -> str:
    """The text at a path below an element; empty where there is none."""
    return (about.findtext(path) or "").strip() if about is not None else ""
