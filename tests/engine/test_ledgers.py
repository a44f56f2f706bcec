"""A scenario whose steps are content fails all the same when the two sides saw different things."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.engine.conftest import Runner

CHAT = """
import pytest
from pytest_bdd import given, when, then, parsers
from harness.errors import Refused
from harness.expect import checks
from harness.ledger import Book, NotedAgent, NotedCustomer
from harness.protocol.conversations import Conversation, Line, Role, State

class Ada:
    name = "Ada"
    def __init__(self): self.lines = []
    def starts_chat(self): ...
    def conversation_id(self): return "c-1"
    def transcript(self): return tuple(self.lines)
    def says(self, text):
        self.lines.append(Line(Role.CUSTOMER, text, id=str(len(self.lines) + 1)))

class Ben:
    name, lost = "Ben", ""
    def __init__(self, ada): self.ada = ada
    def reads(self, conversation):
        shown = tuple(line for line in self.ada.lines if line.text != self.lost)
        return Conversation(conversation, State.ACTIVE, "Live chat", "Ada", transcript=shown)

class People:
    on_the_phone = ()
    def __init__(self):
        self.book, ada = Book(), Ada()
        self.ada, self.ben = NotedCustomer(ada, self.book), NotedAgent(Ben(ada), self.book)
    def customer(self, name): return self.ada
    def maker(self, name): raise Refused(404, None, "NotFound", "no maker")
    def readers(self, conversation): yield lambda: self.ben
    def reached(self): return frozenset()

@pytest.fixture
def cast(request):
    request.node.recorder
    from datetime import timedelta
    from harness.expect.eventually import delivery
    before = delivery.set(timedelta(0))
    yield People()
    delivery.reset(before)

@given("a chat")
def a_chat(cast):
    cast.ada.starts_chat()

@given(parsers.parse('a desk that loses "{text}"'))
def a_desk_that_loses(cast, text):
    cast.ben._person.lost = text

@when(parsers.parse('Ada utters "{text}"'))
def ada_utters(cast, text):
    cast.ada.says(text)

@then("all is well")
def all_is_well(cast):
    checks.compare(lambda value: None, True)

@then("nothing is compared")
def nothing_is_compared(cast): ...
"""

LOSING = """
Feature: Chatting
  Scenario: A word is lost
    Given a chat
    And a desk that loses "hello"
    When Ada utters "hello"
    Then all is well
"""


@pytest.fixture
def chat(project: pytest.Pytester) -> pytest.Pytester:
    project.makeconftest(CHAT)
    return project


def records(report: Path) -> list[dict[str, Any]]:
    lines = (report / "results.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def table(report: Path, record: dict[str, Any]) -> list[dict[str, str]]:
    (path,) = [piece["path"] for piece in record["evidence"] if "Ledger" in piece["name"]]
    return list(csv.DictReader((report / path).read_text(encoding="utf-8").splitlines()))


@pytest.mark.usefixtures("chat")
def test_the_ledger_fails_what_its_steps_let_pass(
    feature: Callable[..., Path], run: Runner, project: pytest.Pytester
) -> None:
    feature(LOSING)
    result = run("--report", "out")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ['ledgers.nothing_lost: *lost: message 1 (Ada: "hello") was accepted at * never shown*']
    )
    (record,) = records(project.path / "out")
    assert record["verdict"] == "fail"
    assert record["mismatches"][0]["check"] == "ledgers.nothing_lost"
    assert {step["status"] for step in record["steps"]} == {"pass"}
    (row,) = table(project.path / "out", record)
    assert (row["said"], row["shown to Ben"], row["verdict"]) == ("hello", "never", "✗ lost")


@pytest.mark.usefixtures("chat")
def test_a_scenario_that_passes_shows_its_ledger_too(
    feature: Callable[..., Path], run: Runner, project: pytest.Pytester
) -> None:
    feature(LOSING.replace('loses "hello"', 'loses "nothing"'))
    run("--report", "out").assert_outcomes(passed=1)
    (record,) = records(project.path / "out")
    (row,) = table(project.path / "out", record)
    assert (row["no."], row["who"], row["verdict"]) == ("1", "Ada", "same")


@pytest.mark.usefixtures("chat")
def test_what_the_ledger_compares_does_not_count_as_a_check_of_the_scenario(
    feature: Callable[..., Path], run: Runner, project: pytest.Pytester
) -> None:
    feature(
        LOSING.replace('loses "hello"', 'loses "nothing"').replace(
            "all is well", "nothing is compared"
        )
    )
    run("--report", "out")
    (record,) = records(project.path / "out")
    assert record["comparisons"] == 0
    verdict = json.loads((project.path / "out" / "verdict.json").read_text(encoding="utf-8"))
    assert verdict["verdict"] == "refused"


@pytest.mark.usefixtures("chat")
def test_a_red_step_stays_the_reason(
    feature: Callable[..., Path], run: Runner, project: pytest.Pytester
) -> None:
    feature(LOSING.replace("Then all is well", "Then the counter is 3"))
    with (project.path / "conftest.py").open("a", encoding="utf-8") as file:
        file.write('\n@then("the counter is 3")\ndef counter(): assert False, "not three"\n')
    run("--report", "out")
    (record,) = records(project.path / "out")
    assert record["reason"].startswith("not three")
    (row,) = table(project.path / "out", record)
    assert row["verdict"] == "✗ lost"
