"""Finds the step definition that a sentence means, by an index instead of a walk over fixtures.

pytest-bdd keeps step definitions as fixtures, so their visibility is pytest's: a conftest's are
seen below it, the nearest wins. This index is built once for each set of visible definitions:
exact sentences by dictionary, patterns by the literal text that they begin with. A text that was
found once is remembered.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from typing import Any

from pytest_bdd import parsers
from pytest_bdd.steps import StepFunctionContext

from harness.engine.definition import Definition
from harness.errors import AmbiguousStep, UndefinedStep

_LITERAL_REGEX = re.compile(r"(?:[^\\.^$*+?{}\[\]|()]|\\[^\w\s])*")
_QUANTIFIERS = "*+?{"
_SHAREABLE = frozenset({str, int, float, bool, type(None)})


class Match:
    """A sentence understood: which definition, and the arguments that the sentence gives it."""

    __slots__ = ("_arguments", "_text", "definition")

    def __init__(self, definition: Definition, text: str, arguments: dict[str, Any]) -> None:
        self.definition = definition
        self._text = text
        # Parsed once for all scenarios, unless a parse type made something that could be changed.
        shareable = all(type(value) in _SHAREABLE for value in arguments.values())
        self._arguments: dict[str, Any] | None = arguments if shareable else None

    def arguments(self) -> dict[str, Any]:
        """The arguments before conversion; not to be changed."""
        if self._arguments is not None:
            return self._arguments
        return self.definition.context.parser.parse_arguments(self._text) or {}


class Vocabulary:
    """All step definitions that one place can see."""

    def __init__(
        self,
        visible: Iterable[tuple[StepFunctionContext, int]],
        farther: Callable[[], Vocabulary] | None = None,
    ) -> None:
        """`visible` pairs each definition with its nearness: the greater wins.

        `farther` gives the vocabulary to ask when no sentence here fits.
        """
        self._farther = farther
        self.definitions: list[Definition] = []
        self._exact: defaultdict[str, list[Definition]] = defaultdict(list)
        self._patterns: defaultdict[str, list[Definition]] = defaultdict(list)
        self._found: dict[tuple[str, str], Match] = {}
        seen: set[tuple[int, int]] = set()
        for context, nearness in visible:
            if (key := (id(context), nearness)) not in seen:
                seen.add(key)
                self._add(Definition(context, nearness))
        self.given = frozenset(d.context.target_fixture for d in self.definitions)
        self._lengths = sorted({len(prefix) for prefix in self._patterns})

    def _add(self, definition: Definition) -> None:
        self.definitions.append(definition)
        parser = definition.context.parser
        if type(parser) is parsers.string:
            self._exact[parser.name].append(definition)
        else:
            self._patterns[literal_prefix(parser)].append(definition)

    def find(self, kind: str, text: str) -> Match:
        """What a sentence means; `kind` is `given`, `when` or `then`.

        Raises `UndefinedStep` (with the three nearest sentences) and `AmbiguousStep` (with all
        that match).
        """
        match = self._found.get((kind, text))
        if match is None:
            match = self._found[kind, text] = self._only(kind, text)
        return match

    def knows(self, kind: str, text: str) -> bool:
        """Whether any sentence fits."""
        return bool(self._matching(kind, text))

    def makers(self, name: str) -> list[Definition]:
        """The steps, ours among them, that make what others ask for by this name."""
        makers = [d for d in self.definitions if d.context.target_fixture == name]
        return makers + (self._farther().makers(name) if self._farther else [])

    def _only(self, kind: str, text: str) -> Match:
        matching = self._matching(kind, text)
        if len(matching) > 1:
            found = (match.definition for match in matching)
            listed = "\n".join(f"  {d.sentence}  ({d.location})" for d in found)
            raise AmbiguousStep(f"{len(matching)} step definitions match {text!r}:\n{listed}")
        if not matching:
            raise UndefinedStep(self._undefined(kind, text))
        return matching[0]

    def _matching(self, kind: str, text: str) -> list[Match]:
        """What the nearest definitions make of it; more than one is ambiguous."""
        matching = [
            Match(definition, text, arguments)
            for definition in self._candidates(text)
            if (arguments := definition.hears(kind, text)) is not None
        ]
        if not matching:
            return self._farther()._matching(kind, text) if self._farther else []
        nearest = max(match.definition.nearness for match in matching)
        return [match for match in matching if match.definition.nearness == nearest]

    def _candidates(self, text: str) -> list[Definition]:
        found = list(self._exact.get(text, ()))
        key = _folded(text)
        for length in self._lengths:
            if length > len(key):
                break
            found += self._patterns.get(key[:length], ())
        return found

    def nearest(self, kind: str, text: str, count: int = 3) -> list[Definition]:
        """The sentences most like a text, ours among them, the likeliest first."""
        farther = self._farther().definitions if self._farther else []
        known = [d for d in (*self.definitions, *farther) if not d.is_builtin]
        compare = SequenceMatcher(autojunk=False)
        compare.set_seq2(_words(text))

        def likeness(definition: Definition) -> float:
            compare.set_seq1(_words(definition.context.parser.name))
            return compare.ratio() + 0.15 * (definition.context.type in (kind, None))

        return sorted(known, key=likeness, reverse=True)[:count]

    def _undefined(self, kind: str, text: str) -> str:
        near = self.nearest(kind, text)
        listed = "\n".join(_shown(definition, text) for definition in near)
        hint = f"The nearest known ones are:\n{listed}" if near else "No sentence is known here."
        return f"no step definition says {kind.capitalize()} {text!r}. {hint}"


def _shown(definition: Definition, text: str) -> str:
    """A sentence with its place, and what of a text like it does not fit."""
    lines = [f"  {definition.sentence}  ({definition.location})"]
    for word, gap in definition.misfits(text):
        lines.append(f"      {word!r} is no {gap.type}; there are {', '.join(gap.words)}")
    return "\n".join(lines)


def literal_prefix(parser: parsers.StepParser) -> str:
    """The text that every match of a pattern begins with, in the index's folded form."""
    if isinstance(parser, parsers.parse):
        return _folded(re.split(r"[{}]", parser.name, maxsplit=1)[0])
    if type(parser) is parsers.re:
        return _folded(_regex_prefix(parser.regex))
    return ""


def _regex_prefix(regex: re.Pattern[str]) -> str:
    if "|" in regex.pattern or regex.flags & re.VERBOSE:
        return ""
    found = _LITERAL_REGEX.match(regex.pattern)
    literal = found.group() if found else ""
    if regex.pattern[len(literal) : len(literal) + 1] in tuple(_QUANTIFIERS):
        # The quantifier makes the character before it optional.
        literal = re.sub(r"\\?.\Z", "", literal, flags=re.DOTALL)
    return re.sub(r"\\(.)", r"\1", literal)


def _folded(text: str) -> str:
    """`parse` ignores case, so the index does, too."""
    return text.lower()


def _words(text: str) -> list[str]:
    return re.findall(r"\{|\w+|\"", re.sub(r"\{.*?\}", "{", text.lower()))
