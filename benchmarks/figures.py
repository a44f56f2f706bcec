"""The figures that are held, each with its goal and how it is measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import crowding, journey, pages, runner, server, startup, talking, widget
from benchmarks.measure import Ratio

Measurement = Callable[[Path, int], Ratio]
"""Takes an empty folder and the number of rounds."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One ratio: smaller is better, unless it is a rate."""

    name: str
    text: str
    goal: float
    wanted: float
    measure: Measurement
    is_rate: bool = False

    def is_met(self, ratio: Ratio) -> bool:
        """Whether the goal holds."""
        return self._reaches(ratio, self.goal)

    def is_all_that_was_wanted(self, ratio: Ratio) -> bool:
        """Whether even the wish behind the goal holds."""
        return self._reaches(ratio, self.wanted)

    def _reaches(self, ratio: Ratio, bound: float) -> bool:
        return self.value(ratio) >= bound if self.is_rate else self.value(ratio) <= bound

    def value(self, ratio: Ratio) -> float:
        """Ours ÷ the peer's: of times, or of rates."""
        return 1 / ratio.value if self.is_rate else ratio.value


FIGURES = (
    Figure(
        "runner",
        "1,000 scenarios × 5 trivial steps ÷ plain pytest calling the same functions",
        1.8,
        1.25,
        runner.scenarios_against_plain_pytest,
    ),
    Figure(
        "definitions",
        "1,000 scenarios with 1,000 unused step definitions ÷ with none",
        1.3,
        1.3,
        runner.many_definitions_against_none,
    ),
    Figure(
        "allure",
        "1,000 scenarios with Allure results ÷ pytest-bdd + allure-pytest",
        0.5,
        0.22,
        runner.allure_against_pytest_bdd,
    ),
    Figure(
        "overhead",
        "API hand-off less the same calls by a bare client ÷ pytest-bdd + httpx + allure-pytest",
        0.5,
        0.3,
        journey.overhead_against_pytest_bdd,
    ),
    Figure(
        "journey",
        "API hand-off, scenarios a second ÷ pytest-bdd + httpx + allure-pytest",
        1.0,
        3.0,
        journey.wall_against_pytest_bdd,
        is_rate=True,
    ),
    Figure(
        "widget",
        "widget scenario ÷ same page and steps in pytest-playwright on full Chromium, tracing off",
        1.1,  # what was measured first, and is held
        0.55,
        widget.scenario_against_pytest_playwright,
    ),
    Figure(
        "messages",
        "stored ACS messages a second ÷ bare Starlette + SQLite insert, both https",
        0.5,
        0.8,
        server.messages_against_bare,
        is_rate=True,
    ),
    Figure(
        "crowd",
        "500 customers at once with bot and sockets, messages a second ÷ bare Starlette + SQLite",
        0.25,
        0.5,
        crowding.messages_against_bare,
        is_rate=True,
    ),
    Figure(
        "crowd-slowest",
        "99th percentile of the same messages ÷ of the bare server's",
        4.0,
        2.0,
        crowding.slowest_against_bare,
    ),
    Figure(
        "clock",
        "advancing 30 minutes ÷ one empty control request",
        5.0,
        5.0,
        server.half_an_hour_against_empty_request,
    ),
    Figure(
        "turn",
        "turn of the dialogue engine, its state read and written ÷ one empty control request",
        1.0,  # what brings a message costs more than answering it
        0.25,
        talking.turn_against_empty_request,
    ),
    Figure(
        "topics-100",
        "turn of the dialogue engine with 100 topics ÷ with 10",
        1.5,
        1.2,
        talking.turns_of_some_topics_against_few,
    ),
    Figure(
        "topics-1000",
        "turn of the dialogue engine with 1,000 topics ÷ with 10",
        3.0,
        1.5,
        talking.turns_of_many_topics_against_few,
    ),
    Figure(
        "phrases",
        "turn of the dialogue engine with 10,000 trigger phrases ÷ with 1,000",
        3.0,
        1.5,
        talking.turns_of_many_phrases_against_few,
    ),
    Figure(
        "loading",
        "loading a bot of 1,000 topics ÷ PyYAML's C loader reading the same texts",
        4.0,
        2.0,
        talking.loading_against_yaml,
    ),
    Figure(
        "pages",
        "slowest page of portal and admin centres, 95th percentile ÷ an empty Starlette route",
        10.0,
        3.0,
        pages.against_empty_route,
    ),
    Figure(
        "pages-limit",
        "slowest of these pages, 95th percentile, with 1 bot or 10,000 ÷ 50 ms",
        1.0,
        0.2,
        pages.against_limit,
    ),
    Figure(
        "pages-bots",
        "all these pages but lists, 95th percentiles, with 10,000 bots in the environment ÷ with 1",
        1.3,
        1.1,
        pages.of_many_bots_against_one,
    ),
    Figure(
        "start",
        "second `make conformance`: time to the first scenario ÷ pytest with one empty test",
        2.0,
        2.0,
        startup.first_scenario_against_empty_pytest,
    ),
)
