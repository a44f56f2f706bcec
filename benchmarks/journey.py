"""What a hand-off over the wire costs beside its calls, against pytest-bdd + httpx + allure-pytest.

Both run the same scenarios against a reference each, over TLS, with one client, and write Allure
results. Counted from the first scenario's end, so nobody's start counts.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from benchmarks.handing_over import HandOff
from benchmarks.measure import Ratio, RunFailed, interleaved, process
from benchmarks.moments import noted
from benchmarks.reference import REFERENCE, Bare, started

SCENARIOS = 60
SAYS = "Hello, how can I help?"

SCENARIO = f"""
  Scenario: Hand-off, example {{index}}
    Given Ben is available
    And Ada is chatting with the bot
    When Ada is transferred to Ben
    And Ben says "{SAYS}" to Ada
    Then Ada's conversation is active with Ben
    And Ada sees "{SAYS}"
"""

PEERS_FIXTURES = """
import os, ssl
import httpx
import pytest
from benchmarks.handing_over import HandOff

@pytest.fixture(scope="session")
def trust():
    return ssl.create_default_context(cafile=os.environ["REFERENCE_CA"])

@pytest.fixture(scope="session")
def client(trust):
    with httpx.Client(base_url=os.environ["REFERENCE_URL"], verify=trust) as client:
        yield client

@pytest.fixture
def hand_off(client, trust):
    def ask(method, path, body, headers):
        answer = client.request(method, path, json=body, headers=headers)
        answer.raise_for_status()
        return answer.text
    hand_off = HandOff(ask, trust)
    yield hand_off
    hand_off.ends()
"""
"""How a peer that a team would write comes to its hand-off: fixtures, for a conftest.py."""

_STEPS = """
from pytest_bdd import given, parsers, scenarios, then, when

scenarios("journey.feature")

@given("Ben is available")
def ben_is_available(hand_off):
    hand_off.is_available()

@given("Ada is chatting with the bot")
def ada_is_chatting(hand_off):
    hand_off.chats()

@when("Ada is transferred to Ben")
def ada_is_transferred(hand_off):
    hand_off.asks_for_a_person()
    hand_off.accepts()

@when(parsers.parse('Ben says "{text}" to Ada'))
def ben_says(hand_off, text):
    hand_off.agent_says(text)

@then("Ada's conversation is active with Ben")
def conversation_is_active(hand_off):
    assert hand_off.state() == "Active"

@then(parsers.parse('Ada sees "{text}"'))
def ada_sees(hand_off, text):
    assert hand_off.hears(text)
"""


def overhead_against_pytest_bdd(folder: Path, rounds: int) -> Ratio:
    """As `wall_against_pytest_bdd`, less what a bare client takes for the same calls."""
    wall = wall_against_pytest_bdd(folder, rounds)
    with started(REFERENCE) as ready:
        client = Bare(ready)
        calls = sorted(_hand_over(client) for _ in range(SCENARIOS))
    bare = calls[SCENARIOS // 2] * SCENARIOS
    return Ratio(*(tuple(seconds - bare for seconds in side) for side in (wall.ours, wall.peer)))


def wall_against_pytest_bdd(folder: Path, rounds: int) -> Ratio:
    """Seconds for `SCENARIOS` scenarios, the first one's start-up not counted."""
    return _measured(rounds)


@cache
def _measured(rounds: int) -> Ratio:
    """Once for both figures, which would contradict each other on a machine that drifts."""
    with tempfile.TemporaryDirectory(prefix="handoff-journey-") as folder:
        return _side_by_side(Path(folder), rounds)


def _side_by_side(folder: Path, rounds: int) -> Ratio:
    ours, theirs = folder / "ours-journey", folder / "bdd-journey"
    texts = [SCENARIO.format(index=index) for index in range(SCENARIOS + 1)]
    for project in (ours, theirs):
        project.mkdir(parents=True)
        (project / "pytest.ini").write_text("[pytest]\n")
        (project / "journey.feature").write_text("Feature: Journey\n" + "".join(texts))
    (theirs / "conftest.py").write_text(PEERS_FIXTURES)
    (theirs / "test_journey.py").write_text(_STEPS)
    with started(REFERENCE) as ready:
        address = {"REFERENCE_URL": ready["url"], "REFERENCE_CA": ready["ca"]}
        return interleaved(
            lambda: session(ours, {}, SCENARIOS + 1, "--customer", "api", "journey.feature"),
            lambda: session(theirs, address, SCENARIOS + 1, "-p", "no:handoff", "test_journey.py"),
            rounds,
        )


def session(folder: Path, more: Mapping[str, str], scenarios: int, *arguments: str) -> float:
    """Seconds of a pytest from the end of its first scenario to the end of its last.

    `more` is added to the environment; `PEERS` in it is a folder of packages for a peer alone.
    """
    notes = folder / "moments"
    notes.unlink(missing_ok=True)
    shutil.rmtree(folder / "allure-results", ignore_errors=True)
    root = Path(__file__).resolve().parent.parent
    path = os.pathsep.join(filter(None, (str(root), more.get("PEERS"))))
    environment = {
        **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        "PYTHONPATH": path,
        "MOMENTS": str(notes),
        "PYTEST_PLUGINS": "benchmarks.moments",
        **more,
    }
    pytest = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    command = [*pytest, "--alluredir", "allure-results", *arguments]
    process(command, folder, f"{scenarios} passed", environment)
    finished = noted(notes, "finished")
    if len(finished) != scenarios:
        raise RunFailed(f"{len(finished)} scenarios finished, not {scenarios}")
    return finished[-1] - finished[0]


def _hand_over(client: Bare) -> float:
    start = time.perf_counter()
    hand_off = HandOff(client.ask, client.trust)
    hand_off.is_available()
    hand_off.chats()
    hand_off.asks_for_a_person()
    hand_off.accepts()
    hand_off.agent_says(SAYS)
    assert hand_off.state() == "Active"
    assert hand_off.hears(SAYS)
    hand_off.ends()
    return time.perf_counter() - start
