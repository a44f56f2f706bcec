"""What went over the wire: one value for each request with its answer, and for each socket frame.

The recorder of the running scenario is in `current`. A thread that reads a socket has no context
of its own, so a socket keeps the recorder that was current when it was opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import count
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request with its answer (`http`), or one frame (`socket`).

    `at` is in seconds since the epoch, `duration` in seconds; `status` is None when no answer
    came. Values are raw: whoever writes them down redacts them. `by_page`: a page of the target's
    own has sent it, not a driver of ours.
    """

    at: float
    who: str
    kind: str
    method: str
    url: str
    direction: str = "sent"
    status: int | None = None
    request_headers: Mapping[str, str] = field(default_factory=dict)
    response_headers: Mapping[str, str] = field(default_factory=dict)
    request: str = ""
    response: str = ""
    duration: float = 0.0
    by_page: bool = False


class Recorder(Protocol):
    """Whoever keeps the exchanges of a scenario."""

    def exchanged(self, exchange: Exchange) -> None: ...
    def secret(self, value: str) -> None:
        """A value that the target handed out, and that no report may show."""


current: ContextVar[Recorder | None] = ContextVar("recorder", default=None)

_tally = count()
_seen = 0


def record(exchange: Exchange, recorder: Recorder | None) -> None:
    """Count an exchange with the target, and hand it to the recorder if there is one."""
    tick()
    if recorder is not None:
        recorder.exchanged(exchange)


def secret(value: str) -> None:
    """Tell the recorder of the running scenario, if there is one, what it must never show."""
    recorder = current.get()
    if recorder is not None:
        recorder.secret(value)


def tick() -> None:
    """Count one exchange with the target that nobody writes down (a page that was navigated)."""
    global _seen
    _seen = next(_tally) + 1


def exchanged() -> int:
    """How many exchanges this process had with targets; it only grows (the hollow-run guard)."""
    return _seen
