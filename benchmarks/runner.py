"""What the runner itself costs: scenarios of trivial steps, against plain pytest and pytest-bdd."""

from __future__ import annotations

import os
import shutil
import sys
from functools import partial
from pathlib import Path

from benchmarks.measure import Ratio, interleaved, process

SCENARIOS = 1000
DEFINITIONS = 1000

_STEPS = """
from pytest_bdd import given, parsers, then, when

@given(parsers.parse("a counter at {number:d}"), target_fixture="counter")
def a_counter_at(number):
    return [number]

@when(parsers.parse("I add {number:d}"))
def i_add(counter, number):
    counter[0] += number

@then(parsers.parse("it shows {number:d}"))
def it_shows(counter, number):
    assert counter[0] == number

@then(parsers.parse("it is under {number:d}"))
def it_is_under(counter, number):
    assert counter[0] < number
"""

_UNUSED = """
@given(parsers.parse("a thing of kind {index} with {{number:d}} parts"))
def thing_{index}(number):
    return number
"""

_SCENARIO = """
  Scenario: Counting, example {index}
    Given a counter at {index}
    When I add 2
    And I add 4
    Then it shows {total}
    And it is under 100000
"""

_PLAIN = """
def test_{index}():
    counter = a_counter_at({index})
    i_add(counter, 2)
    i_add(counter, 4)
    it_shows(counter, {total})
    it_is_under(counter, 100000)
"""


def scenarios_against_plain_pytest(folder: Path, rounds: int) -> Ratio:
    """1,000 scenarios of 5 trivial steps ÷ plain pytest calling the same functions."""
    ours = _project(folder / "ours", SCENARIOS)
    plain = _project(folder / "plain", 0)
    calls = (_PLAIN.format(index=n, total=n + 6) for n in range(SCENARIOS))
    (plain / "test_counting.py").write_text("from conftest import *\n" + "".join(calls))
    return interleaved(
        partial(_pytest, ours, "counting.feature"),
        partial(_pytest, plain, "-p", "no:handoff", "test_counting.py"),
        rounds,
    )


def many_definitions_against_none(folder: Path, rounds: int) -> Ratio:
    """1,000 unused step definitions ÷ none, both ours."""
    many = _project(folder / "many", SCENARIOS, DEFINITIONS)
    none = _project(folder / "none", SCENARIOS)
    return interleaved(
        partial(_pytest, many, "counting.feature"),
        partial(_pytest, none, "counting.feature"),
        rounds,
    )


def allure_against_pytest_bdd(folder: Path, rounds: int) -> Ratio:
    """1,000 scenarios with Allure results ÷ pytest-bdd with allure-pytest."""
    ours = _project(folder / "ours-allure", SCENARIOS)
    theirs = _project(folder / "bdd-allure", SCENARIOS)
    (theirs / "test_counting.py").write_text(
        'from pytest_bdd import scenarios\nscenarios("counting.feature")\n'
    )
    return interleaved(
        partial(_with_allure, ours, "counting.feature"),
        partial(_with_allure, theirs, "-p", "no:handoff", "test_counting.py"),
        rounds,
    )


def _project(folder: Path, scenarios: int, unused: int = 0) -> Path:
    """A folder with step definitions and, if wanted, one feature."""
    folder.mkdir(parents=True)
    (folder / "pytest.ini").write_text("[pytest]\n")
    unused_steps = (_UNUSED.format(index=n) for n in range(unused))
    (folder / "conftest.py").write_text(_STEPS + "".join(unused_steps))
    if scenarios:
        texts = (_SCENARIO.format(index=n, total=n + 6) for n in range(scenarios))
        (folder / "counting.feature").write_text("Feature: Counting\n" + "".join(texts))
    return folder


def _with_allure(folder: Path, *arguments: str) -> float:
    results = folder / "allure-results"
    shutil.rmtree(results, ignore_errors=True)
    return _pytest(folder, "--alluredir", str(results), *arguments)


def _pytest(folder: Path, *arguments: str) -> float:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    # Byte code is written: a run that compiles the harness anew measures the compiler.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return process(command, folder, f"{SCENARIOS} passed", environment)
