"""A step definition with what is worth knowing once: its place, its parameters, how to call it."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pytest_bdd.steps import StepFunctionContext

from harness.errors import AsynchronousStep

CUSTOMER_TYPE = ":Customer}"
"""A pattern with a parameter of this parse type makes its scenario one with a customer."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What a step function takes: `names` all parameters, `required` those without a default."""

    names: frozenset[str]
    required: tuple[str, ...]
    table: bool
    docstring: bool
    is_generator: bool


class Definition:
    """One step definition as one place sees it; the greater `nearness` wins over the lesser."""

    def __init__(self, context: StepFunctionContext, nearness: int) -> None:
        self.context = context
        self.nearness = nearness

    def says(self, kind: str, text: str) -> bool:
        """Whether a sentence of this kind is what the definition says."""
        return self.context.type in (kind, None) and self.context.parser.is_matching(text)

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

    @property
    def is_builtin(self) -> bool:
        """Whether it is one of pytest-bdd's own sentences."""
        return self.context.step_func.__module__.startswith("pytest_bdd.")

    @property
    def has_customer(self) -> bool:
        """Whether one of its parameters is a customer."""
        return CUSTOMER_TYPE in self.context.parser.name

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


def asynchronous(definition: Definition) -> str:
    """The sentence that refuses an asynchronous step."""
    return (
        f"{definition.sentence!r} ({definition.location}) is asynchronous: called as a step it "
        "would do nothing and pass; make it a plain function"
    )
