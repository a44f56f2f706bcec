"""A message that keeps to no schema turns a scenario red, and the one who sent it is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from harness.record import ScenarioRecord, from_line
from harness.verdict import Verdict
from tests.engine.conftest import Runner

WORLD = """
from pytest_bdd import given, then, when
from harness.transport.exchanges import Exchange

URL = "https://bot.example.test/v3/directline/conversations/c-1/activities"

def passes(request, method, **said):
    exchange = Exchange(1.0, "Ada", "http", method, URL, status=200, **said)
    request.node.recorder.exchanged(exchange)

@given("a broken activity has come")
@when("a broken activity comes")
def comes(request): passes(request, "GET", response='{"activities": [{"type": "message"}]}')

@when("an activity comes")
def comes_well(request): passes(request, "GET", response='{"activities": []}')

@when("we send a broken activity")
def sends(request): passes(request, "POST", request='{"text": "Hello"}', response="{}")

@given("somebody has stumbled")
@then("somebody stumbles")
def stumbles(): raise KeyError("id")

@then("nobody looks at it")
def nobody(): ...
"""
SCENARIOS = {
    "When a broken activity comes": Verdict.FAIL,
    "When an activity comes": Verdict.PASS,
    "When we send a broken activity": Verdict.ERROR,
}


@pytest.fixture
def judged(
    project: pytest.Pytester, feature: Callable[..., Path], run: Runner
) -> Callable[..., ScenarioRecord]:
    """Runs one scenario and gives its record."""
    project.makeconftest(WORLD)

    def judges(*steps: str) -> ScenarioRecord:
        feature("Feature: F\n  Scenario: S\n" + "".join(f"    {step}\n" for step in steps))
        run("--report", "report", "counting.feature")
        return from_line((project.path / "report" / "results.jsonl").read_text().splitlines()[0])

    return judges


@pytest.mark.parametrize("step", SCENARIOS)
def test_a_violation_is_the_senders(judged: Callable[..., ScenarioRecord], step: str) -> None:
    record = judged(step, "Then nobody looks at it")
    assert record.verdict is SCENARIOS[step]
    named = [mismatch.check for mismatch in record.mismatches]
    assert named == (["messages.are_valid"] if record.verdict is Verdict.FAIL else [])


def test_a_driver_that_stumbles_over_it_is_not_to_blame(
    judged: Callable[..., ScenarioRecord],
) -> None:
    record = judged("When a broken activity comes", "Then somebody stumbles")
    assert record.verdict is Verdict.FAIL
    assert [mismatch.check for mismatch in record.mismatches] == ["messages.are_valid"]
    before = judged("Given a broken activity has come", "And somebody has stumbled")
    assert before.verdict is Verdict.INCONCLUSIVE


def test_a_driver_that_stumbles_by_itself_is(judged: Callable[..., ScenarioRecord]) -> None:
    record = judged("When an activity comes", "Then somebody stumbles")
    assert record.verdict is Verdict.ERROR
