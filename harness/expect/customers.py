"""What a customer must see, and must never see."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from harness.expect.checks import check, compare
from harness.expect.eventually import eventually
from harness.expect.matching import Matcher, Mismatch, holds, is_true, lacks, told
from harness.protocol.conversations import Line, Role
from harness.protocol.roles import Customer

Witness = Callable[[], Mismatch | None]
"""Makes something happen after what is judged, and waits until the customer has seen it."""


@check
def sees_line(customer: Customer, text: str) -> Mismatch | None:
    """The text arrives in the customer's chat."""
    return eventually(customer.transcript, holds(text))


@check
def is_greeted(customer: Customer) -> Mismatch | None:
    """The bot has said something to the customer."""
    return eventually(customer.transcript, _greeted)


@check
def sees_in_order(customer: Customer, texts: Sequence[str]) -> Mismatch | None:
    """All the texts arrive, each below the one before."""
    return eventually(customer.transcript, _in_order(texts))


@check
def does_not_see(customer: Customer, text: str, witness: Witness) -> Mismatch | None:
    """The text never arrived: looked for in the whole chat once a later witness is there."""
    early = compare(lacks(text), customer.transcript())
    return early or witness() or compare(lacks(text), customer.transcript())


@check
def sees_join_of(customer: Customer, agent: str) -> Mismatch | None:
    """The customer is told, by a line of the service, that the agent has joined."""
    return eventually(customer.transcript, _told_of(agent))


@check
def sees_error_code(customer: Customer, code: int) -> Mismatch | None:
    """The documented apology arrives with its three facts: code, conversation and time."""
    return eventually(customer.transcript, _apologised(code))


@check
def is_told_of_failure(customer: Customer, code: int, conversation: str) -> Mismatch | None:
    """The apology tells code, the conversation by the id that the desk has, and a time in UTC."""
    return eventually(customer.transcript, _told_facts(code, conversation))


@check
def sees_once(customer: Customer, text: str, witness: Witness) -> Mismatch | None:
    """The text arrives once: counted when a later witness is there, too (CON-22)."""
    missing = eventually(customer.transcript, holds(text)) or witness()
    return missing or compare(_counted(text), customer.transcript())


@check
def sees_agent_typing(customer: Customer) -> Mismatch | None:
    """The customer sees that the agent is typing."""
    return eventually(
        customer.sees_agent_typing, is_true("a sign that the agent types", "no such sign")
    )


@check
def cannot_write(customer: Customer) -> Mismatch | None:
    """The customer has nowhere to write any more."""
    return eventually(
        lambda: not customer.can_write(),
        is_true("a chat where the customer can no longer write", "that the customer still can"),
    )


@check
def is_back(customer: Customer) -> Mismatch | None:
    """The link has led the customer back to the chat."""
    return compare(is_true("a chat that is gone on with", "none"), customer.is_back())


@check
def is_not_back(customer: Customer) -> Mismatch | None:
    """The link has led the customer to no earlier chat: it says so before it answers (EMB-29)."""
    begun_anew = is_true("no chat that is gone on with", "one")
    return compare(begun_anew, not customer.is_back())


def _greeted(lines: Sequence[Line]) -> Mismatch | None:
    if any(line.role is Role.BOT for line in lines):
        return None
    return Mismatch("a greeting of the bot", told(lines))


def _in_order(texts: Sequence[str]) -> Matcher[Sequence[Line]]:
    def match(lines: Sequence[Line]) -> Mismatch | None:
        places = [_first(lines, text) for text in texts]
        if None not in places and places == sorted(place for place in places if place is not None):
            return None
        # Lines never change places: with all of them there, waiting is of no use.
        return Mismatch(f"in this order {', '.join(texts)}", told(lines), None not in places)

    return match


def _first(lines: Sequence[Line], text: str) -> int | None:
    return next((index for index, line in enumerate(lines) if text in line.text), None)


def _told_of(agent: str) -> Matcher[Sequence[Line]]:
    def match(lines: Sequence[Line]) -> Mismatch | None:
        if any(
            line.role is Role.SYSTEM and agent in line.text and "joined" in line.text
            for line in lines
        ):
            return None
        return Mismatch(f"a line of the service that {agent} has joined", told(lines))

    return match


def _apologised(code: int) -> Matcher[Sequence[Line]]:
    facts = (rf"Error code: {code}\b", r"Conversation ID: \S+", r"Time \(UTC\): \S+")

    def match(lines: Sequence[Line]) -> Mismatch | None:
        if any(all(re.search(fact, line.text) for fact in facts) for line in lines):
            return None
        return Mismatch(f"an apology with code {code}, conversation and time", told(lines))

    return match


def _told_facts(code: int, conversation: str) -> Matcher[Sequence[Line]]:
    facts = re.compile(
        rf"Error code: {code}\b.*Conversation ID: {re.escape(conversation)}\b"
        rf".*Time \(UTC\): (?P<time>\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)",
        re.DOTALL,
    )

    def match(lines: Sequence[Line]) -> Mismatch | None:
        if any(facts.search(line.text) for line in lines):
            return None
        expected = f"an apology with code {code}, conversation {conversation} and a time in UTC"
        return Mismatch(expected, told(lines))

    return match


def _counted(text: str) -> Matcher[Sequence[Line]]:
    def match(lines: Sequence[Line]) -> Mismatch | None:
        found = sum(text in line.words for line in lines)
        return None if found == 1 else Mismatch(f"one line with {text!r}", f"{found}", final=True)

    return match
