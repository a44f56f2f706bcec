"""Shows a scenario that is not a pass: its text, where it stopped, and what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from traceback import format_exception

import pytest
from pytest_bdd.parser import Scenario

from harness.engine import judging
from harness.engine.sentence import Sentence
from harness.errors import HarnessError

_SIGNS = {"pass": "+", "not_run": " "}


def shown(
    path: str,
    scenario: Scenario,
    sentences: Sequence[Sentence],
    excinfo: pytest.ExceptionInfo[BaseException],
    traceback: Callable[[], object],
) -> str:
    """The reason, then the scenario with a sign before each step (`+` done, `>` here).

    What nobody expected is followed by its traceback, cut to the code of steps and below.
    """
    lines = [judging.told(excinfo.value), "", *_scenario(path, scenario, sentences)]
    if not isinstance(excinfo.value, HarnessError | AssertionError | pytest.fail.Exception):
        lines += ["", _traced(excinfo, traceback)]
    return "\n".join(lines)


def _traced(excinfo: pytest.ExceptionInfo[BaseException], traceback: Callable[[], object]) -> str:
    """pytest's traceback; the interpreter's own where pytest cannot read the source.

    Python before 3.11.4 breaks on it inside Playwright's greenlets, and no failure to show a
    failure may end the run.
    """
    try:
        return str(traceback())
    except Exception:
        return "".join(format_exception(excinfo.value))


def _scenario(path: str, scenario: Scenario, sentences: Sequence[Sentence]) -> Iterator[str]:
    yield f"{path}:{scenario.line_number}"
    yield f"{scenario.keyword}: {scenario.name}"
    statuses = [sentence.status for sentence in sentences]
    statuses += ["not_run"] * (len(scenario.steps) - len(statuses))
    for step, status in zip(scenario.steps, statuses, strict=True):
        yield f"{_SIGNS.get(status, '>')} {step.keyword} {step.name}"
