"""Calls pytest-bdd's hooks, when somebody implements them: eight calls a step are not free."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytest_bdd.parser import Scenario, Step

from harness.engine.sentence import Sentence

_NAMES = (
    "pytest_bdd_before_scenario",
    "pytest_bdd_after_scenario",
    "pytest_bdd_before_step",
    "pytest_bdd_before_step_call",
    "pytest_bdd_after_step",
    "pytest_bdd_step_error",
    "pytest_bdd_step_func_lookup_error",
)
_OWN_REPORTS = ("cucumber_json_path", "gherkin_terminal_reporter")


def are_wanted(config: pytest.Config) -> bool:
    """Whether anybody but pytest-bdd itself listens, or one of its own reports was asked for."""
    if any(config.getoption(option, None) for option in _OWN_REPORTS):
        return True
    implementations = (
        found for name in _NAMES for found in getattr(config.hook, name).get_hookimpls()
    )
    return any(found.plugin_name != "pytest-bdd" for found in implementations)


def is_tag_hook_wanted(config: pytest.Config) -> bool:
    """Whether anybody but pytest-bdd itself turns tags into marks."""
    found = config.hook.pytest_bdd_apply_tag.get_hookimpls()
    return any(one.plugin_name != "pytest-bdd" for one in found)


class StepHooks:
    """pytest-bdd's hooks around one scenario and its steps."""

    def __init__(self, request: pytest.FixtureRequest, scenario: Scenario) -> None:
        self._hook = request.config.hook
        self._about = {"request": request, "feature": scenario.feature, "scenario": scenario}

    def begin(self) -> None:
        """Before the first step."""
        self._hook.pytest_bdd_before_scenario(**self._about)

    def end(self) -> None:
        """After the last step, however it went."""
        self._hook.pytest_bdd_after_scenario(**self._about)

    def not_found(self, step: Step, exception: Exception) -> None:
        """A step has no definition."""
        self._hook.pytest_bdd_step_func_lookup_error(**self._about, step=step, exception=exception)

    def around(
        self,
        sentence: Sentence,
        arguments: Callable[[], dict[str, Any]],
        call: Callable[[dict[str, Any]], object],
    ) -> object:
        """Call the step between its hooks; gives what the step returns."""
        __tracebackhide__ = True
        function = sentence.match.definition.context.step_func
        about = {**self._about, "step": sentence.step, "step_func": function}
        self._hook.pytest_bdd_before_step(**about)
        given: dict[str, Any] = {}
        try:
            given = arguments()
            self._hook.pytest_bdd_before_step_call(**about, step_func_args=given)
            value = call(given)
        except (Exception, pytest.fail.Exception) as exception:
            self._hook.pytest_bdd_step_error(**about, step_func_args=given, exception=exception)
            raise
        self._hook.pytest_bdd_after_step(**about, step_func_args=given)
        return value
