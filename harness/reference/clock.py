"""The time of an organisation: one that stands still until told, or the machine's."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol

from harness.reference.domain.errors import TimeRunsForward

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""Where a virtual clock starts: a Monday morning."""


class Clock(Protocol):
    """Tells the time; UTC, aware."""

    def now(self) -> datetime: ...


class VirtualClock:
    """Stands still until it is moved, and never goes back."""

    def __init__(self, now: datetime = START) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def move(self, instant: datetime) -> None:
        """Goes to an instant; raises TimeRunsForward for one in the past."""
        if instant < self._now:
            raise TimeRunsForward(f"It is {self._now.isoformat()}; {instant.isoformat()} is over.")
        self._now = instant


class RealClock:
    """The machine's time, or one that runs `pace` times as fast from now on."""

    def __init__(self, pace: float = 1.0) -> None:
        self._pace = pace
        self._start = datetime.now(UTC)

    def now(self) -> datetime:
        return self._start + (datetime.now(UTC) - self._start) * self._pace
