"""allure-pytest keeps plain tests; a scenario's result is written from its record, once."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCENARIOS = """
Feature: Sums
  Rule: Adding is exact
    Scenario: Two and two
      Given two numbers
      Then the sum is 4
    Scenario: Two and three
      Given two numbers
      Then the sum is 5
"""
STEPS = """
import allure
from pytest_bdd import given, parsers, then

@given("two numbers", target_fixture="numbers")
def two_numbers():
    allure.attach("2 and 2", "numbers", allure.attachment_type.TEXT)
    with allure.step("inside"):
        return [2, 2]

@then(parsers.parse("the sum is {number:d}"))
def the_sum_is(numbers, number):
    assert sum(numbers) == number
"""
PLAIN = """
import allure
import pytest

@pytest.fixture
def made():
    allure.attach("set up", "in a fixture")
    yield 1

@allure.feature("Plain")
def test_plain(made):
    with allure.step("a step"):
        allure.attach("body", "in a step")

def test_red(made):
    assert made == 2
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    (folder / "sums.feature").write_text(SCENARIOS)
    (folder / "conftest.py").write_text(STEPS)
    (folder / "test_plain.py").write_text(PLAIN)
    return folder


@pytest.fixture(scope="module")
def results(project: Path) -> Path:
    """What plain `pytest --alluredir` leaves of a folder that holds both kinds."""
    done = ran(project, "--alluredir", "results")
    assert "2 failed, 2 passed" in done, done
    return project / "results"


def ran(project: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments]
    return subprocess.run(command, cwd=project, capture_output=True, text=True).stdout


def read(folder: Path, kind: str) -> dict[str, dict[str, Any]]:
    found = [json.loads(path.read_text()) for path in folder.glob(f"*-{kind}.json")]
    return {
        each.get("name") or each.get("befores", [{"name": ""}])[0]["name"]: each for each in found
    }


def test_each_test_and_each_scenario_has_one_result(results: Path) -> None:
    assert {name: result["status"] for name, result in read(results, "result").items()} == {
        "Two and two": "passed",
        "Two and three": "failed",
        "test_plain": "passed",
        "test_red": "failed",
    }


def test_a_plain_test_keeps_its_steps_labels_and_attachments(results: Path) -> None:
    plain = read(results, "result")["test_plain"]
    [step] = plain["steps"]
    assert step["name"] == "a step"
    assert step["attachments"][0]["name"] == "in a step"
    assert {"name": "feature", "value": "Plain"} in plain["labels"]
    containers = read(results, "container")
    assert containers["made"]["befores"][0]["attachments"][0]["name"] == "in a fixture"


def test_a_scenario_leaves_no_container(results: Path) -> None:
    scenarios = {
        result["uuid"]
        for name, result in read(results, "result").items()
        if not name.startswith("test_")
    }
    for container in read(results, "container").values():
        assert scenarios.isdisjoint(container.get("children", ()))


def test_what_a_step_attaches_is_evidence_of_the_scenario(results: Path) -> None:
    [attached] = read(results, "result")["Two and two"]["attachments"]
    assert attached["name"] == "numbers"
    assert (results / attached["source"]).read_text() == "2 and 2"


def test_a_report_has_it_without_alluredir(project: Path) -> None:
    ran(project, "--report", "report")
    folder = project / "report" / "allure-results"
    [attached] = read(folder, "result")["Two and two"]["attachments"]
    assert (folder / attached["source"]).read_text() == "2 and 2"
    assert set(read(folder, "result")) == {"Two and two", "Two and three"}
