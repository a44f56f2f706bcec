"""The words that a sentence may vary, by the type that stands in its braces.

A type turns a word into the value that a step hands on: a name stays a name (the cast knows who it
is), `closed` becomes the check that judges it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pytest_bdd import parsers

from harness import boundaries, conversations, supervisors
from harness.cast import (
    ADMINISTRATORS,
    AGENTS,
    CALLERS,
    CUSTOMERS,
    MAKERS,
    OUTSIDE_BOTS,
    SUPERVISORS,
)
from harness.durations import PATTERN, duration
from harness.protocol.conversations import Closure

REASONS = {
    "its name is too long": "BotNameTooLong",
    "Omnichannel is in another environment": "EnvironmentMismatch",
    "a role is missing": "InsufficientRole",
}
STATES = {
    "open": conversations.is_open,
    "active": conversations.is_active,
    "in wrap-up": conversations.is_in_wrap_up,
    "closed": conversations.is_closed,
}
CLOSERS = {
    "the bot": Closure.BOT_END,
    "the customer": Closure.CUSTOMER_END,
    "a supervisor": Closure.FORCE_CLOSE,
    "the transfer": Closure.VIRTUAL_AGENT_CLOSED,
    "itself": Closure.AUTO_CLOSE,
}
OUTCOMES = ("escalated", "resolved", "abandoned", "undecided")
RECORDS = {"contact": "contact", "account": "account", "case": "incident"}
KEYS = {"e-mail": "email", "phone number": "phone", "case number": "case_number"}
VARIABLES = {
    "store location": "StoreLocation",
    "parcel number": "ParcelNumber",
    "last topic": "va_LastTopic",
    "bot name": "va_BotName",
    "scope": "va_Scope",
}


class Word:
    """A type for the gap of a sentence: the texts that fit, and the value each one means."""

    regex_group_count = 0

    def __init__(self, pattern: str, read: Callable[[str], Any] = str) -> None:
        self.pattern = pattern
        self._read = read

    def __call__(self, text: str) -> Any:
        return self._read(text)


def _one_of(words: Iterable[str] | Mapping[str, Any]) -> Word:
    """One of these words: itself, or what the mapping says that it means."""
    read = words.__getitem__ if isinstance(words, Mapping) else str
    return Word("|".join(words), read)


TYPES = {
    "Customer": _one_of(CUSTOMERS),
    "Agent": _one_of(AGENTS),
    "Supervisor": _one_of(SUPERVISORS),
    "Maker": _one_of(MAKERS),
    "Administrator": _one_of(ADMINISTRATORS),
    "Caller": _one_of(CALLERS),
    "OutsideBot": _one_of(OUTSIDE_BOTS),
    "Record": _one_of(RECORDS),
    "Key": _one_of(KEYS),
    "Value": Word(boundaries.PATTERN, boundaries.value),
    "Made": Word(boundaries.MADE, boundaries.value),
    "Text": Word('[^"]*'),
    "Number": Word(r"\d+", int),
    "Duration": Word(PATTERN, duration),
    "Reason": _one_of(REASONS),
    "State": _one_of(STATES),
    "Holder": _one_of((supervisors.BOT, *AGENTS)),
    "Closer": _one_of(CLOSERS),
    "Outcome": _one_of(OUTCOMES),
    "Variable": _one_of(VARIABLES),
}


def sentence(text: str) -> parsers.parse:
    """A sentence with typed gaps, as in `{customer:Customer} says "{text:Text}"`."""
    return parsers.parse(text, extra_types=TYPES)
