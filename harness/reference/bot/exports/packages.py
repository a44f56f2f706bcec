"""A bot as its maker exported it: its components as written, and what could not be read of it.

This module knows no layout: `exports` finds out which one a set of files has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from harness.protocol.conversations import Generation
from harness.reference.bot import content, documents, stubs
from harness.reference.bot.bots import Bot
from harness.reference.bot.exports import compiling, references, variables
from harness.reference.bot.expressions import Value
from harness.reference.bot.listening.entities import Entity
from harness.reference.bot.reading import Reader, TopicInvalid
from harness.reference.bot.stubs import Stub
from harness.reference.bot.topics import Topic

T = TypeVar("T")

TOPIC = "AdaptiveDialog"
ENTITIES = ("ClosedListEntity", "RegexEntity")
VARIABLES = ("Variable", "GlobalVariableComponent")
STUBS = "stubs.yaml"
GENERATIVE = "GenerativeAIRecognizer"

_KIND = re.compile(r"^kind:[ \t]*[\"']?([\w.]{1,100})", re.MULTILINE)
_METADATA = re.compile(r"^mcs\.metadata:[ \t]*\n((?:[ \t].*\n|\n)+)", re.MULTILINE)
_COMMENT = re.compile(r"\A\s*#\s*Name:[ \t]*(\S.*)")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in an export that cannot be read, or is not used; `line` counts from 1.

    `fatal`: without it the bot would not be the one that was exported.
    """

    file: str
    line: int
    what: str
    fatal: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """What of an export will not run as its maker meant it: a finding, and the file it is in."""

    file: str
    line: int
    node: str
    what: str


@dataclass(frozen=True, slots=True)
class Component:
    """One component as written: `schema` is its name in the product, `name` what people read."""

    file: str
    schema: str
    name: str
    kind: str
    text: str
    active: bool = True


@dataclass(frozen=True)
class Package:
    """One bot of an export. `language` is a Windows language id; empty strings are unknown.

    `signs_in`: customers must sign in before anything else. `stubs`: YAML (docs/bot-content.md).
    """

    name: str
    schema: str
    components: tuple[Component, ...] = ()
    language: str = ""
    template: str = ""
    recognizer: str = ""
    file: str = ""
    signs_in: bool = False
    stubs: str = ""

    @cached_property
    def topics(self) -> tuple[Component, ...]:
        """The topics, in the order of their files; no two have the same name."""
        return tuple(_named_apart(self._of(TOPIC)))

    @cached_property
    def entities(self) -> tuple[Component, ...]:
        """The entities that the maker wrote."""
        return tuple(self._of(*ENTITIES))

    @cached_property
    def variables(self) -> tuple[Component, ...]:
        """The global variables that the maker declared."""
        return tuple(self._of(*VARIABLES))

    @cached_property
    def others(self) -> tuple[Component, ...]:
        """Everything else: actions, agents, knowledge, settings; the reference runs none of it."""
        known = (TOPIC, *ENTITIES, *VARIABLES)
        return tuple(part for part in self.components if part.kind not in known)

    @cached_property
    def loaded(self) -> tuple[tuple[Component, Topic], ...]:
        """The topics ready to run, but for those that are damaged; each is read once."""
        return self._loaded[0]

    @cached_property
    def damaged(self) -> tuple[Problem, ...]:
        """The topics of which nothing can be run."""
        return tuple(Problem(found.file, found.line, found.what) for found in self._loaded[1])

    @cached_property
    def bot(self) -> Bot:
        """The bot that runs, as the web app has it; switched off topics are no part of it."""
        return Bot(
            self.name,
            Generation.WEB_APP,
            tuple(topic for part, topic in self.loaded if part.active),
            dialogs={part.schema: part.name for part in self.topics},
            entities={part.schema: entity for part, entity in self._entities[0]},
            variables=dict(value for _, value in self._variables[0]),
            stubs=dict(pair for _, read in self._stubs[0] for pair in read.items()),
            signs_in=self.signs_in,
        )

    @cached_property
    def findings(self) -> tuple[Found, ...]:
        """What will not run as the maker meant it, by file."""
        topics = (
            Found(part.file, finding.line, finding.node, finding.what)
            for part, topic in self.loaded
            for finding in references.findings(self.bot, topic)
        )
        return (*topics, *self._entities[1], *self._variables[1], *self._stubs[1])

    @cached_property
    def _loaded(self) -> tuple[tuple[tuple[Component, Topic], ...], tuple[Found, ...]]:
        return _each(self.topics, lambda part: compiling.loaded(part.name, part.text, part.file))

    @cached_property
    def _entities(self) -> tuple[tuple[tuple[Component, Entity], ...], tuple[Found, ...]]:
        return _each(self.entities, lambda part: content.load_entity(part.text))

    @cached_property
    def _variables(
        self,
    ) -> tuple[tuple[tuple[Component, tuple[str, Value]], ...], tuple[Found, ...]]:
        return _each(self.variables, lambda part: variables.declared(part.text))

    @cached_property
    def _stubs(self) -> tuple[tuple[tuple[Component, dict[str, Stub]], ...], tuple[Found, ...]]:
        text = [Component(STUBS, STUBS, STUBS, "", self.stubs)] if self.stubs else []
        return _each(text, lambda part: stubs.read(part.text))

    def _of(self, *kinds: str) -> Iterable[Component]:
        return (part for part in self.components if part.kind in kinds)


def _each(
    parts: Iterable[Component], read: Callable[[Component], T]
) -> tuple[tuple[tuple[Component, T], ...], tuple[Found, ...]]:
    """What the parts mean, and a finding for each that means nothing."""
    whole, wrong = [], []
    for part in parts:
        try:
            whole.append((part, read(part)))
        except TopicInvalid as invalid:
            wrong.append(Found(part.file, invalid.line, part.name, invalid.reason))
    return tuple(whole), tuple(wrong)


@dataclass(frozen=True)
class Export:
    """The bots of an export, in the order of their schema names, and all that is wrong with it."""

    packages: tuple[Package, ...] = ()
    unread: tuple[Problem, ...] = ()

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that could not be read, damaged topics included."""
        return (*self.unread, *(problem for p in self.packages for problem in p.damaged))

    @property
    def is_whole(self) -> bool:
        """Whether there is a bot, and nothing of it is missing."""
        return bool(self.packages) and not any(problem.fatal for problem in self.problems)


def component(
    file: str, schema: str, text: str, *, name: str = "", active: bool = True
) -> Component:
    """A component from its YAML; without a `name` the one in it, else its schema name's end."""
    found = _KIND.search(text)
    kind = found[1] if found else ""
    return Component(file, schema, name or _own_name(text) or _last(schema), kind, text, active)


def decoded(content: bytes) -> str:
    """The text of a file; raises TopicInvalid with the line of the first byte that is none."""
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise TopicInvalid("not UTF-8; save the file as UTF-8", line) from None


def _own_name(text: str) -> str:
    if metadata := _METADATA.search(text):
        try:
            block = Reader.of(documents.read(metadata[1]), "mcs.metadata")
        except (documents.DocumentInvalid, TopicInvalid):
            return ""
        return str(block.scalar("componentName") or "")
    comment = _COMMENT.match(text)
    return comment[1].strip() if comment else ""


def _last(schema: str) -> str:
    return schema.rpartition(".")[2] or schema


def _named_apart(topics: Iterable[Component]) -> Iterable[Component]:
    taken: set[str] = set()
    for topic in topics:
        name, number = topic.name, 1
        while name in taken:
            number += 1
            name = f"{topic.name} ({number})"
        taken.add(name)
        yield topic if name == topic.name else _renamed(topic, name)


def _renamed(topic: Component, name: str) -> Component:
    return Component(topic.file, topic.schema, name, topic.kind, topic.text, topic.active)
