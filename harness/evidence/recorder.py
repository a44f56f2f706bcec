"""Collects what one scenario leaves behind: exchanges, transcripts, pictures of what went wrong.

Evidence has three moments. While the scenario runs, only references are kept, so a scenario pays
next to nothing. When it is about to end (`finish`), while pages and connections are still open, the
sources are read; pictures and traces only if it did not pass. What comes out is redacted and given
to the scenario's record.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from harness.evidence.exchanges import Exchange, log_of
from harness.evidence.redaction import SECRETS, redact_archive
from harness.protocol.conversations import Line

Evidence = tuple[str, str | bytes | Path, str]
"""Name for people, content or the file that holds it, media type."""


class Tracer(Protocol):
    """Saves a Playwright trace into the given file."""

    def __call__(self, path: Path) -> object: ...


class Recorder:
    """The evidence of one scenario."""

    def __init__(self) -> None:
        self._exchanges: list[Exchange] = []
        self._transcripts: dict[str, Callable[[], Sequence[Line]]] = {}
        self._pictures: dict[str, Callable[[], bytes]] = {}
        self._traces: dict[str, Tracer] = {}

    def exchanged(self, exchange: Exchange) -> None:
        """Note a request with its answer, or a frame of a socket; any thread may call it."""
        self._exchanges.append(exchange)

    def secret(self, value: str) -> None:
        """Remember a value that nothing published may contain."""
        SECRETS.add(value)

    def transcript_source(self, seen_by: str, read: Callable[[], Sequence[Line]]) -> None:
        """Where to read, at the end, the conversation as `seen_by` saw it: `Ada (customer)`."""
        self._transcripts[seen_by] = read

    def picture_source(self, of: str, take: Callable[[], bytes]) -> None:
        """Who can take a PNG of what `of` had before the eyes, should the scenario not pass."""
        self._pictures[of] = take

    def trace_source(self, of: str, save: Tracer) -> None:
        """Who can save the Playwright trace of `of`'s browser, should the scenario not pass."""
        self._traces[of] = save

    def finish(self, failed: bool) -> Iterator[Evidence]:
        """Read the sources and give what they hold, redacted; call it before pages are closed.

        A source that fails leaves a note in its place: evidence never changes a verdict.
        """
        # The exchanges are cut off first: reading a transcript makes new ones.
        exchanges = tuple(self._exchanges)
        for seen_by, read in self._transcripts.items():
            yield _tried(f"Conversation as {seen_by} saw it", lambda read=read: _table(read()))  # type: ignore[misc]
        if failed:
            for of, take in self._pictures.items():
                yield _tried(f"What {of} saw at the end", lambda take=take: (take(), "image/png"))  # type: ignore[misc]
            for of, save in self._traces.items():
                yield _tried(f"Playwright trace of {of}", lambda save=save: _trace(save))  # type: ignore[misc]
        if exchanges:
            yield "HTTP and realtime exchanges", SECRETS.redact(log_of(exchanges)), "text/plain"


def _tried(name: str, read: Callable[[], tuple[str | bytes | Path, str]]) -> Evidence:
    try:
        content, media_type = read()
    except Exception as problem:
        note = f"not available: {type(problem).__name__}: {problem}"
        return name, SECRETS.redact(note), "text/plain"
    return name, content, media_type


def _table(lines: Sequence[Line]) -> tuple[str, str]:
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(("at", "who", "role", "said"))
    for line in lines:
        at = line.at.strftime("%H:%M:%S") if line.at else ""
        rows.writerow((at, line.name or line.role.value, line.role.value, line.text))
    return SECRETS.redact(out.getvalue()), "text/csv"


def _trace(save: Tracer) -> tuple[Path, str]:
    path = Path(tempfile.mkdtemp(prefix="handoff-trace-")) / "trace.zip"
    save(path)
    redact_archive(path)
    return path, "application/zip"
