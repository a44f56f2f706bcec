"""The time of one scenario: moved where that can be done, waited for where it cannot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from time import sleep
from typing import TYPE_CHECKING

from harness.durations import said
from harness.errors import NotApplicable

if TYPE_CHECKING:
    from harness.pages.browser import Window

ROOM = timedelta(seconds=0.5)
"""A real clock does not stand still while somebody looks, so a wait on one ends so much early.

What must not have happened yet is looked at in time; what must happen is awaited in any case.
"""


class Timepiece:
    """Lets time pass for an organisation and for every page that is open in it.

    `passed` is all that has passed so far, in the organisation's time.
    """

    def __init__(self, windows: Sequence[Window], *, pace: float, budget: timedelta) -> None:
        self.passed = timedelta(0)
        self._windows = windows
        self._pace = pace
        self._budget = budget

    def moves(self, length: timedelta, advance: Callable[[timedelta], None]) -> None:
        """One leap of a clock that can be moved; due timers fire on the way."""
        self.passed += length
        advance(length)
        for window in self._windows:
            window.fast_forward(length)

    def waits(self, length: timedelta) -> None:
        """Really wait, as long as a clock of that pace takes; NotApplicable beyond the budget."""
        self.passed += length
        if self.passed / self._pace > self._budget:
            raise NotApplicable(
                f"{said(length)} would have to pass on a real clock; "
                f"the budget is {said(self._budget)}"
            )
        sleep(max(length / self._pace - ROOM, timedelta(0)).total_seconds())
