"""500 customers at once in one process: nothing is lost, duplicated or reordered."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from benchmarks.reference import REFERENCE, started
from tests.load.crowds import ASKED, Crowd, Day, Plan
from tests.load.ledger import findings

HERE = Plan(customers=500, words=3, to_agents=60)


@pytest.fixture(scope="module")
def ready() -> Iterator[dict[str, Any]]:
    with started(REFERENCE) as ready:
        yield ready


@pytest.fixture(scope="module")
def day(ready: dict[str, Any]) -> Day:
    return asyncio.run(Crowd(ready, HERE).day())


def test_everybody_was_served(day: Day) -> None:
    assert len(day.books) == HERE.customers
    assert sum(bool(book.agent) for book in day.books) == HERE.to_agents
    assert sum(book.customer.losses for book in day.books) > HERE.to_agents, "sockets were lost"


def test_nothing_is_lost_duplicated_or_reordered(day: Day) -> None:
    assert [finding for book in day.books for finding in findings(book)] == []


def test_the_bot_answered_each_word_once(day: Day) -> None:
    for book in day.books:
        answers = [m for m in book.thread[1:] if m["metadata"].get("tags", "") == ""]
        asked = [text for _, text in book.customer.said if text.startswith(ASKED)]
        assert len(answers) >= len(asked), book.customer.name


@pytest.mark.parametrize(
    "fault", ["agent_message_lost", "agent_message_comes_twice", "customer_message_lost"]
)
def test_the_ledger_notices(ready: dict[str, Any], fault: str) -> None:
    plan = Plan(customers=4, words=1, to_agents=3, faults=(fault,))
    day = asyncio.run(Crowd(ready, plan).day())
    assert [finding for book in day.books for finding in findings(book)]
