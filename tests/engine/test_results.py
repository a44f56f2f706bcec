"""What a run leaves behind: each scenario once, its verdict, and files that agree."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from harness.record import ScenarioRecord, from_line
from harness.reports import verdict_file
from harness.verdict import Verdict
from tests.engine.conftest import Runner

Write = Callable[..., Path]
Records = dict[str, ScenarioRecord]

WORLD = """
import pytest
from pytest_bdd import given, when, then, parsers
from harness.errors import Inconclusive, NotApplicable, NotReachable, Refused
from harness.expect.checks import CheckFailed
from harness.expect.matching import Mismatch

RAISES = {
    "a failed check": lambda: CheckFailed("things.is_right", Mismatch("right", "wrong")),
    "an assertion": lambda: AssertionError("no"),
    "a refusal": lambda: Refused(403, None, "InsufficientRole", "you may not"),
    "an unreachable target": lambda: NotReachable("nobody answers"),
    "a missing capability": lambda: NotApplicable("no voice here"),
    "a mistake": lambda: KeyError("oops"),
}

def raises(what):
    raise RAISES[what]()

given(parsers.parse("{what} beforehand"))(raises)
when(parsers.parse("{what} happens"))(raises)
then(parsers.parse("{what} is found"))(raises)

@given("a world")
def a_world(): ...

@then("it is well")
def it_is_well(): ...

@pytest.fixture
def broken():
    raise KeyError("broken fixture")

@pytest.fixture
def littered():
    yield
    raise KeyError("cannot clean up")

@given("a broken fixture")
def a_broken_fixture(broken): ...

@given("a littered fixture")
def a_littered_fixture(littered): ...
"""

VERDICTS = {
    "Then a failed check is found": Verdict.FAIL,
    "Then an assertion is found": Verdict.FAIL,
    "When a refusal happens": Verdict.FAIL,
    "When an unreachable target happens": Verdict.INCONCLUSIVE,
    "When a missing capability happens": Verdict.NOT_APPLICABLE,
    "When a mistake happens": Verdict.ERROR,
    "Given a failed check beforehand": Verdict.INCONCLUSIVE,
    "Given a refusal beforehand": Verdict.INCONCLUSIVE,
    "Given a missing capability beforehand": Verdict.NOT_APPLICABLE,
    "Given a mistake beforehand": Verdict.ERROR,
    "Given a broken fixture": Verdict.ERROR,
    "Given a littered fixture": Verdict.ERROR,
    "Given an unknown step": Verdict.ERROR,
    "Then it is well": Verdict.PASS,
}


@pytest.fixture
def report(project: pytest.Pytester, feature: Write, run: Runner) -> Callable[..., Path]:
    """Runs a feature in the broken world and gives the report's folder."""
    project.makeconftest(WORLD)

    def reports(text: str, *arguments: str) -> Path:
        feature(text)
        run("--report", "report", "counting.feature", *arguments)
        return project.path / "report"

    return reports


def one_each(tag: str = "") -> str:
    """A feature with one scenario for each step that goes wrong in its own way."""
    scenarios = "".join(f"  {tag}\n  Scenario: {s}\n    {s}\n" for s in VERDICTS)
    return f"Feature: Everything goes wrong\n{scenarios}"


def records(report: Path) -> Records:
    lines = (report / "results.jsonl").read_text().splitlines()
    return {record.scenario: record for record in map(from_line, lines)}


def verdict(report: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((report / "verdict.json").read_text())
    return content


def test_each_way_to_go_wrong_has_its_verdict(report: Callable[..., Path]) -> None:
    found = {name: record.verdict for name, record in records(report(one_each())).items()}
    assert found == VERDICTS


def test_written_is_collected_is_reported(report: Callable[..., Path]) -> None:
    folder = report(one_each())
    assert len(records(folder)) == len(VERDICTS)
    assert sum(verdict(folder)["counts"].values()) == len(VERDICTS)
    assert ET.parse(folder / "junit.xml").getroot().get("tests") == str(len(VERDICTS))
    traced = json.loads((folder / "traceability.json").read_text())["scenarios"]
    assert len(traced) == len(VERDICTS)
    assert len(list((folder / "allure-results").glob("*-result.json"))) == len(VERDICTS)


def test_a_record_tells_what_was_said_and_where(report: Callable[..., Path]) -> None:
    failed = records(report(one_each()))["Then a failed check is found"]
    assert failed.reason == "things.is_right: expected right, found wrong"
    assert [(m.check, m.message) for m in failed.mismatches] == [
        ("things.is_right", "expected right, found wrong")
    ]
    assert [(step.text, step.status) for step in failed.steps] == [
        ("a failed check is found", "fail")
    ]
    assert failed.steps[0].definition.startswith("conftest.py:")


@pytest.mark.parametrize("tags", ["@req:CON-05", "@req:CON-10 @inferred"])
def test_a_should_and_what_is_inferred_that_fail_are_warnings_and_pass(
    report: Callable[..., Path], run: Runner, tags: str
) -> None:
    text = one_each(tags).replace("  Scenario: Then it", "  Scenario: Then surely it")
    found = records(report(text))
    assert found["Then an assertion is found"].verdict is Verdict.WARNING
    assert found["When a mistake happens"].verdict is Verdict.ERROR
    run("counting.feature::Then an assertion is found").assert_outcomes(passed=1)


def test_a_requirement_takes_the_worse_verdict(report: Callable[..., Path]) -> None:
    text = """
Feature: F
  Rule: R
    @req:ESC-01
    Scenario: Well
      Given a world
      Then it is well
    @req:ESC-01
    Scenario: Not so well
      Then an assertion is found
    @req:ESC-02
    Scenario: Not at all
      Given a missing capability beforehand
      Then it is well
"""
    rows = verdict(report(text))["requirements"]
    assert (rows["ESC-01"]["verdict"], rows["ESC-01"]["grade"]) == ("fail", "exercised")
    assert (rows["ESC-02"]["verdict"], rows["ESC-02"]["grade"]) == ("not_applicable", "linked")
    assert (rows["ESC-03"]["verdict"], rows["ESC-03"]["grade"]) == (None, "unwritten")


def test_the_verdict_file_keeps_to_its_schema(report: Callable[..., Path]) -> None:
    found = verdict_file.read(report(one_each(), "--seed", "7"))
    # One scenario passed without asking the target anything.
    assert (found.verdict, found.seed) == ("refused", 7)
    assert "--seed 7" in found.reproduce


def test_a_worker_that_dies_loses_no_scenario(project: pytest.Pytester, feature: Write) -> None:
    project.makeconftest(
        "import os\nfrom pytest_bdd import given\n"
        "@given('the end')\ndef the_end(): os._exit(1)\n"
        "@given('a world')\ndef a_world(): ...\n"
    )
    feature(
        "Feature: F\n  Scenario: Dies\n    Given the end\n  Scenario: Lives\n    Given a world\n"
    )
    project.runpytest_subprocess("-n", "1", "--report", "report", "counting.feature")
    found = records(project.path / "report")
    assert found["Dies"].verdict is Verdict.ERROR
    assert found["Lives"].verdict is Verdict.PASS


def test_the_proof_of_our_scenarios_is_no_proof_of_an_adopters(report: Callable[..., Path]) -> None:
    text = "Feature: F\n  @req:CON-09\n  Scenario: Mine\n    Given a world\n    Then it is well\n"
    assert verdict(report(text))["requirements"]["CON-09"]["grade"] == "exercised"
