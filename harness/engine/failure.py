"""Shows a scenario that is not a pass: its text, where it stopped, and what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from harness.engine import judging
from harness.errors import HarnessError

if TYPE_CHECKING:
    from harness.engine.scenario import ScenarioItem

_SIGNS = {"pass": "+", "not_run": " "}


def shown(
    item: ScenarioItem,
    excinfo: pytest.ExceptionInfo[BaseException],
    traceback: Callable[[], object],
) -> str:
    """The reason, then the scenario with a sign before each step (`+` done, `>` here).

    What nobody expected is followed by its traceback, cut to the code of steps and below.
    """
    lines = [judging.told(excinfo.value), "", *_scenario(item)]
    if not isinstance(excinfo.value, HarnessError | AssertionError | pytest.fail.Exception):
        lines += ["", str(traceback())]
    return "\n".join(lines)


def _scenario(item: ScenarioItem) -> Iterator[str]:
    scenario = item.plan.scenario
    yield f"{item.parent.nodeid}:{scenario.line_number}"
    yield f"{scenario.keyword}: {scenario.name}"
    statuses = [sentence.status for sentence in item.sentences]
    statuses += ["not_run"] * (len(scenario.steps) - len(statuses))
    for step, status in zip(scenario.steps, statuses, strict=True):
        yield f"{_SIGNS.get(status, '>')} {step.keyword} {step.name}"
