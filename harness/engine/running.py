"""Runs the steps of one scenario, as pytest-bdd does, without a fixture for each step."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from _pytest.fixtures import FixtureRequest, call_fixture_func
from _pytest.scope import Scope
from pytest_bdd.exceptions import StepImplementationError

from harness.engine import judging
from harness.engine.definition import asynchronous
from harness.engine.hooks import StepHooks
from harness.engine.sentence import Sentence
from harness.errors import AsynchronousStep

_RESERVED = frozenset({"datatable", "docstring"})


class GivenFixture:
    """A value that a step made, in the place of a fixture, for the rest of the scenario."""

    params = None
    _scope = Scope.Function

    def __init__(self, name: str, value: object) -> None:
        self.argname = name
        self.cached_result = (value, None, None)

    def addfinalizer(self, finalizer: Callable[[], object]) -> None:
        """Nothing to do: the scenario itself finishes what depends on the value."""


def run(sentences: Iterable[Sentence], request: FixtureRequest, hooks: StepHooks | None) -> None:
    """Run the steps one after another until one raises; each keeps its status and times."""
    __tracebackhide__ = True
    for sentence in sentences:
        sentence.start = time.time()
        try:
            _run_step(sentence, request, hooks)
        except BaseException as exception:
            judged = judging.of_step(exception, sentence.step.type)
            sentence.status, sentence.message = judged.verdict.value, judged.reason
            raise
        finally:
            sentence.stop = time.time()
        sentence.status = "pass"


def _run_step(sentence: Sentence, request: FixtureRequest, hooks: StepHooks | None) -> None:
    __tracebackhide__ = True
    context = sentence.match.definition.context
    if hooks is None:
        value = _call(sentence, request, _arguments(sentence, request))
    else:
        value = hooks.around(
            sentence, lambda: _arguments(sentence, request), lambda kw: _call(sentence, request, kw)
        )
    if context.target_fixture is not None:
        given = GivenFixture(context.target_fixture, value)
        # The request looks here first, so the value counts for steps and for fixtures alike.
        request._fixture_defs[context.target_fixture] = given  # type: ignore[assignment]


def _arguments(sentence: Sentence, request: FixtureRequest) -> dict[str, Any]:
    """The step function's arguments: from the sentence, its table or text, and fixtures."""
    match, step = sentence.match, sentence.step
    signature = match.definition.signature
    spoken = match.arguments()
    if not _RESERVED.isdisjoint(spoken):
        raise StepImplementationError(
            f"{match.definition.sentence!r} names a parameter datatable or docstring: reserved"
        )
    converters = match.definition.context.converters
    arguments = {
        name: converters[name](value) if name in converters else value
        for name, value in spoken.items()
        if name in signature.names
    }
    if signature.table and step.datatable is not None:
        arguments["datatable"] = step.datatable.raw()
    if signature.docstring and step.docstring is not None:
        arguments["docstring"] = step.docstring
    for name in signature.required:
        if name not in arguments:
            arguments[name] = request.getfixturevalue(name)
    return arguments


def _call(sentence: Sentence, request: FixtureRequest, arguments: dict[str, Any]) -> object:
    __tracebackhide__ = True
    definition = sentence.match.definition
    if definition.signature.is_generator:
        # As a fixture would: what follows the yield runs when the scenario ends.
        return call_fixture_func(definition.context.step_func, request, arguments)
    value = definition.context.step_func(**arguments)
    if hasattr(value, "__await__"):
        raise AsynchronousStep(asynchronous(definition))
    return value
