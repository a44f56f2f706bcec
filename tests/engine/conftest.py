"""A project of an adopter, small enough to read: sentences about a counter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

# Runs in this process forget what they imported, and some modules bear no second import.
import harness.engine.lifecycle
import harness.evidence
import harness.expect.messages
import harness.fixtures
import harness.reports
import harness.requirements  # noqa: F401

COUNTER = """
from pytest_bdd import given, when, then, parsers

@given(parsers.parse("a counter at {number:d}"), target_fixture="counter")
def a_counter_at(number):
    return [number]

@when(parsers.parse("{number:d} is added"))
def is_added(counter, number):
    counter[0] += number

@then(parsers.parse("the counter is {number:d}"))
def the_counter_is(counter, number):
    assert counter[0] == number
"""

ADDING = """
Feature: Counting
  Scenario: Adding
    Given a counter at 1
    When 2 is added
    Then the counter is 3
"""

Runner = Callable[..., pytest.RunResult]


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A folder with the counter's sentences in its conftest and pytest's settings of its own."""
    pytester.makeini("[pytest]\n")
    pytester.makeconftest(COUNTER)
    return pytester


@pytest.fixture
def feature(project: pytest.Pytester) -> Callable[..., Path]:
    """Writes a feature file: `feature(text)` or `feature(text, "folder/name.feature")`."""

    def write(text: str, name: str = "counting.feature") -> Path:
        path = project.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def run(project: pytest.Pytester) -> Iterator[Runner]:
    """Runs pytest in the project, in this process."""

    def runs(*arguments: object) -> pytest.RunResult:
        return project.runpytest_inprocess("-p", "no:cacheprovider", *map(str, arguments))

    return runs
