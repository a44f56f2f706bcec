"""What a cast tells whoever keeps the evidence: where to ask when a scenario has ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from harness.protocol.conversations import Line
from harness.transport.exchanges import Exchange


class Evidence(Protocol):
    """Whoever keeps what a scenario leaves behind (harness.evidence.recorder.Recorder)."""

    def exchanged(self, exchange: Exchange) -> None:
        """A request with its answer, or a frame of a socket."""

    def exchanges(self, who: str = "") -> Sequence[Exchange]:
        """What went over the wire so far, of one person or of all."""

    def secret(self, value: str) -> None:
        """A value that no report may show."""

    def transcript_source(self, seen_by: str, read: Callable[[], Sequence[Line]]) -> None:
        """Where to ask for the transcript as somebody saw it, when the scenario has ended."""

    def picture_source(self, of: str, take: Callable[[], bytes]) -> None:
        """Where to get a picture of what somebody saw, if the scenario did not pass."""

    def trace_source(self, of: str, save: Callable[[Path], object]) -> None:
        """Where to get the recording of somebody's window, if the scenario did not pass."""
