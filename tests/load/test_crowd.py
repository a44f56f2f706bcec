"""500 customers at once in one process: nothing is lost, duplicated or reordered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from copy import copy, deepcopy
from dataclasses import replace
from typing import Any

import pytest

from benchmarks.crowd import Told
from benchmarks.reference import REFERENCE, started
from tests.load.crowds import ANSWER, ASKED, Crowd, Day, Plan
from tests.load.ledger import Book, findings

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
        said = [message["content"]["message"] for message in book.thread]
        asked = [text for _, text in book.customer.said if text.startswith(ASKED)]
        assert said.count(ANSWER) == len(asked) == HERE.words, book.customer.name


FAULTS = {
    "agent_message_lost": "the agent said",
    "agent_message_comes_twice": "the agent said",
    "customer_message_lost": "transcript",
    "messages_change_places": "transcript",
    "survey_link_missing": "",
}
"""What the ledger finds in a thread with each fault; the last one concerns no message."""


@pytest.mark.parametrize("fault", FAULTS)
def test_the_ledger_notices(ready: dict[str, Any], fault: str) -> None:
    plan = Plan(customers=4, words=1, to_agents=3, faults=(fault,))
    day = asyncio.run(Crowd(ready, plan).day())
    found = [finding for book in day.books for finding in findings(book)]
    assert any(FAULTS[fault] in finding for finding in found) is bool(FAULTS[fault]), found


TAMPERED: dict[str, Callable[[Book], object]] = {
    "a push is lost": lambda book: book.customer.told.pop(2),
    "the last push is lost": lambda book: book.customer.told.pop(),
    "two pushes change places": lambda book: book.customer.told.insert(1, book.customer.told.pop()),
    "a push comes twice": lambda book: book.customer.told.append(book.customer.told[-1]),
    "a push is another's": lambda book: book.customer.told.append(Told(99, 7, "", "")),
    "a push is altered": lambda book: setattr(book.customer.told[0], "text", "other words"),
    "two notifications of one message": lambda book: book.customer.told.append(
        replace(book.customer.told[-1], number=99)
    ),
    "words are not kept": lambda book: book.thread.remove(words_of(book)[0]),
    "words are kept twice": lambda book: book.thread.append(words_of(book)[0]),
    "words are kept under two ids": lambda book: book.thread.append(
        words_of(book)[-1] | {"id": "9999999999999"}
    ),
    "words change places": lambda book: book.customer.said.reverse(),
}
"""What may go wrong at one customer, done to the notes of one at whom nothing went wrong."""


def words_of(book: Book) -> list[dict[str, Any]]:
    own = {id for id, _ in book.customer.said}
    return [message for message in book.thread if int(message["id"]) in own]


@pytest.mark.parametrize("trouble", TAMPERED)
def test_the_ledger_would_notice(day: Day, trouble: str) -> None:
    noted = next(book for book in day.books if not book.agent)
    customer = copy(noted.customer)
    # As if its socket had held all day: whatever was pushed again afterwards is left out.
    customer.losses, customer.said = 0, list(customer.said)
    customer.told = deepcopy(list({told.id: told for told in customer.told}.values()))
    book = Book(customer, deepcopy(noted.thread))
    assert findings(book) == []
    TAMPERED[trouble](book)
    assert findings(book), trouble
