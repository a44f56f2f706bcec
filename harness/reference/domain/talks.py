"""A talk with a bot outside the desk: on a website of its own, or in the maker's test pane."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from harness.protocol.conversations import Role

MOST_LINES = 1_000
"""Lines that are kept of one talk, the newest ones."""


class Channel(StrEnum):
    """What the bot reads as `System.Activity.Channel`."""

    DIRECT_LINE = "directline"
    TEST_PANE = "pva-studio"


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a talk; `event` is the name of one that is no message (`handoff.initiate`).

    `carried` is what the user's own activity had beside its words, and gets back with them.
    """

    id: int
    at: datetime
    role: Role
    text: str
    suggestions: tuple[str, ...] = ()
    cards: tuple[Mapping[str, Any], ...] = ()
    event: str = ""
    value: Any = None
    carried: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Why the bot could not go on: the code that was shown, and the cause for its maker."""

    at: datetime
    code: int
    detail: str


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk; a `draft` one is with what the maker has saved, any other with what is published.

    `is_over` once the bot has ended it or has handed it to whoever listens.
    """

    id: str
    bot: str
    channel: Channel
    user: str
    started: datetime
    draft: bool = False
    lines: tuple[Said, ...] = ()
    errors: tuple[Problem, ...] = ()
    is_over: bool = False


def said(talk: Talk, line: Said) -> Talk:
    """The talk with one more line."""
    return replace(talk, lines=(*talk.lines, line)[-MOST_LINES:])


def next_line(talk: Talk) -> int:
    """The number of the line to come; numbers never repeat in a talk."""
    return talk.lines[-1].id + 1 if talk.lines else 0
