"""Waiting for a condition: in real time, never by the organisation's clock.

The bound is how long the target may take to deliver (`waits.delivery` of its file); the last thing
seen is what the mismatch says.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from datetime import timedelta
from time import monotonic, sleep
from typing import TypeVar

from harness.errors import Refused
from harness.expect.checks import compare
from harness.expect.matching import Matcher, Mismatch

T = TypeVar("T")

delivery: ContextVar[timedelta] = ContextVar("delivery", default=timedelta(seconds=5))
"""How long the running scenario's target may take to deliver."""

PAUSES = (0.002, 0.005, 0.01, 0.02, 0.05)
"""Seconds between looks: short at first, then the last one again and again."""


def eventually(
    see: Callable[[], T], match: Matcher[T], within: timedelta | None = None
) -> Mismatch | None:
    """Look until it matches; the last mismatch when the bound passes or the mismatch is final.

    A refusal while looking counts as not there yet. Anything else that goes wrong is raised.
    """
    end = monotonic() + (within or delivery.get()).total_seconds()
    looks = 0
    while True:
        mismatch = _look(see, match)
        if mismatch is None or mismatch.final or monotonic() >= end:
            return mismatch
        # The one pause of the judging side; a step or a test never sleeps.
        sleep(PAUSES[min(looks, len(PAUSES) - 1)])
        looks += 1


def _look(see: Callable[[], T], match: Matcher[T]) -> Mismatch | None:
    try:
        seen = see()
    except Refused as refused:
        return Mismatch("an answer", f"a refusal ({refused})")
    return compare(match, seen)
