"""A step definition with what is worth knowing once: its place, its parameters, how to call it."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pytest_bdd import parsers
from pytest_bdd.steps import StepFunctionContext

from harness.errors import AsynchronousStep

_PARSE = (parsers.parse, parsers.cfparse)
_GAP = re.compile(r"\{(\w*):?([^}]*)\}")
_ALTERNATIVES = re.compile(r"[\w '-]+(?:\|[\w '-]+)*")

CUSTOMER_TYPE = ":Customer}"
"""A pattern with a parameter of this parse type makes its scenario one with a customer."""

PORTAL_TYPES = (":Maker}", ":Administrator}", ":Platform}")
"""Those of people who work in pages of the portal and of the centres beside it."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What a step function takes: `names` all parameters, `required` those without a default."""

    names: frozenset[str]
    required: tuple[str, ...]
    table: bool
    docstring: bool
    is_generator: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a sentence varies: the parameter, its parse type, the words that fit (none: many)."""

    name: str
    type: str
    words: tuple[str, ...]


class Definition:
    """One step definition as one place sees it; the greater `nearness` wins over the lesser."""

    def __init__(self, context: StepFunctionContext, nearness: int) -> None:
        self.context = context
        self.nearness = nearness

    def hears(self, kind: str, text: str) -> dict[str, Any] | None:
        """The arguments in a sentence, before conversion; None if it says something else."""
        if self.context.type not in (kind, None):
            return None
        parser = self.context.parser
        if type(parser) in _PARSE:
            # Asked once: `is_matching` and `parse_arguments` would each parse the text.
            try:
                result = parser.parser.parse(text)  # type: ignore[attr-defined]
            except ValueError:
                return None
            return result.named if result else None
        return (parser.parse_arguments(text) or {}) if parser.is_matching(text) else None

    @property
    def sentence(self) -> str:
        """Keyword and pattern: `Given {customer:Customer} is chatting`."""
        return f"{(self.context.type or '*').capitalize()} {self.context.parser.name}"

    @cached_property
    def location(self) -> str:
        """`path:line` of the step function, relative to the working directory when below it."""
        code = inspect.unwrap(self.context.step_func).__code__
        path = Path(code.co_filename)
        here = Path.cwd()
        shown = path.relative_to(here) if path.is_relative_to(here) else path
        return f"{shown}:{code.co_firstlineno}"

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps of its sentence, in order; none for a sentence that is no `parse` pattern."""
        parser = self.context.parser
        if type(parser) not in _PARSE:
            return ()
        # `parse` tells nobody which types it was given.
        types: dict[str, Any] = parser.parser._extra_types  # type: ignore[attr-defined]
        return tuple(
            Gap(name, type_, _words(types.get(type_))) for name, type_ in _GAP.findall(parser.name)
        )

    def misfits(self, text: str) -> list[tuple[str, Gap]]:
        """What a text says in a gap that takes other words, if it fits in all else."""
        gaps = self.gaps
        literals = map(re.escape, _GAP.sub("\0", self.context.parser.name).split("\0"))
        said = re.fullmatch("(.+?)".join(literals), text, re.IGNORECASE) if gaps else None
        if said is None:
            return []
        pairs = zip(said.groups(), gaps, strict=True)
        return [(word, gap) for word, gap in pairs if gap.words and word not in gap.words]

    @property
    def is_builtin(self) -> bool:
        """Whether it is one of pytest-bdd's own sentences."""
        return self.context.step_func.__module__.startswith("pytest_bdd.")

    @property
    def has_customer(self) -> bool:
        """Whether one of its parameters is a customer."""
        return CUSTOMER_TYPE in self.context.parser.name

    @property
    def has_maker(self) -> bool:
        """Whether one of its parameters is somebody who sets things up."""
        return any(type_ in self.context.parser.name for type_ in PORTAL_TYPES)

    @cached_property
    def signature(self) -> Signature:
        """How to call the step function; raises `AsynchronousStep` for an `async def`."""
        function = self.context.step_func
        if inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function):
            raise AsynchronousStep(asynchronous(self))
        parameters = inspect.signature(function).parameters
        required = tuple(
            p.name
            for p in parameters.values()
            if p.kind is p.POSITIONAL_OR_KEYWORD and p.default is p.empty
        )
        return Signature(
            names=frozenset(parameters),
            required=required,
            table="datatable" in parameters,
            docstring="docstring" in parameters,
            is_generator=inspect.isgeneratorfunction(function),
        )


def _words(parse_type: Any) -> tuple[str, ...]:
    """The words that a parse type takes, if it takes just a few."""
    pattern = getattr(parse_type, "pattern", "")
    return tuple(pattern.split("|")) if _ALTERNATIVES.fullmatch(pattern) else ()


def asynchronous(definition: Definition) -> str:
    """The sentence that refuses an asynchronous step."""
    return (
        f"{definition.sentence!r} ({definition.location}) is asynchronous: called as a step it "
        "would do nothing and pass; make it a plain function"
    )
