"""How a step is done, and why a turn cannot go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from harness.reference.bot.outputs import Failed
from harness.reference.bot.steps import Step

# What does a kind of step: with the turn, and a step of that kind.
Performers = dict[type[Step], Callable[[Any, Any], None]]


class Stopped(Exception):
    """The content cannot go on; becomes the turn's Failed."""

    def __init__(self, code: int, detail: str) -> None:
        super().__init__(detail)
        self.failure = Failed(code, detail)
