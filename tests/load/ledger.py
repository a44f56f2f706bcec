"""What customers and agents said, saw and were told, held against one another: nothing is trusted.

Each finding is a sentence. Everything here was noted by the clients; the server's own word counts
only where it has to agree with theirs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.crowd import Customer

Said = Sequence[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Book:
    """One conversation: its customer's notes, the thread at the end, the agent's words and view."""

    customer: Customer
    thread: list[dict[str, Any]]
    agent: Said = ()
    transcript: Sequence[int] | None = None

    @property
    def ids(self) -> list[int]:
        return [int(message["id"]) for message in self.thread]

    def by(self, *tags: str) -> list[tuple[int, str]]:
        """Id and text of what the customer said, or of what carries one of the tags."""
        return [
            (int(message["id"]), message["content"]["message"])
            for message in self.thread
            if (_is_tagged(message, tags) if tags else self._is_own(message))
        ]

    def _is_own(self, message: dict[str, Any]) -> bool:
        sender: str = message["senderCommunicationIdentifier"]["rawId"]
        return sender == self.customer.visitor


def _is_tagged(message: dict[str, Any], tags: Sequence[str]) -> bool:
    return bool({*message["metadata"].get("tags", "").split(",")} & {*tags})


def findings(book: Book) -> list[str]:
    """Everything that is wrong with a conversation; empty for one in which nothing is."""
    name = book.customer.name
    return [f"{name}: {finding}" for finding in _findings(book)]


def _findings(book: Book) -> Iterator[str]:
    if book.ids != sorted(set(book.ids)):
        yield "the thread repeats an id, or is out of order"
    if book.by() != book.customer.said:
        yield f"said {book.customer.said}, the thread has {book.by()}"
    if book.by("public") != list(book.agent):
        yield f"the agent said {list(book.agent)}, the thread has {book.by('public')}"
    if book.transcript is not None and list(book.transcript) != book.ids:
        yield "the agent's transcript is not the thread"
    yield from _of_notifications(book)


def _of_notifications(book: Book) -> Iterator[str]:
    """The greeting came before the page listened; everything after it was pushed."""
    told = book.customer.told
    first = list(dict.fromkeys(each.id for each in told))
    if first != book.ids[1:]:
        lost, extra = set(book.ids[1:]) - set(first), set(first) - set(book.ids[1:])
        yield f"pushed out of order, or lost {sorted(lost)} and invented {sorted(extra)}"
    texts = {int(message["id"]): message["content"]["message"] for message in book.thread}
    if altered := [each for each in told if texts.get(each.id) != each.text]:
        yield f"pushed with another text: {altered}"
    again = [id for id, times in Counter(each.id for each in told).items() if times > 1]
    if again and not book.customer.losses:
        yield f"pushed again over a socket that never broke: {again}"
    numbers = {each.id: each.number for each in told}
    if any(numbers[each.id] != each.number for each in told):
        yield "one message was pushed as two notifications"
