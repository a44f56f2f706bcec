"""Collects what one scenario leaves behind: exchanges, transcripts, pictures of what went wrong.

Evidence has three moments. While the scenario runs, only references are kept, so a scenario pays
next to nothing. When it is about to end (`finish`), while pages and connections are still open, the
sources are read; pictures and traces only if it did not pass. What comes out is redacted and given
to the scenario's record.
"""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
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

    def exchanges(self, who: str = "") -> Sequence[Exchange]:
        """What went over the wire so far, of one person or of all."""
        return [each for each in tuple(self._exchanges) if not who or each.who == who]

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
            yield from _tried(f"Conversation as {seen_by} saw it", partial(_table, read))
        if failed:
            for of, take in self._pictures.items():
                yield from _tried(f"What {of} saw at the end", partial(_picture, take))
            for of, save in self._traces.items():
                yield from _tried(f"Playwright trace of {of}", partial(_trace, save))
        if exchanges:
            yield (
                "HTTP and realtime exchanges",
                SECRETS.redact(log_of(exchanges, spread=failed)),
                "text/plain",
            )


Piece = tuple[str | bytes | Path, str]
"""Content, or the file that holds it, and its media type."""


def _tried(name: str, read: Callable[[], Piece | None]) -> Iterator[Evidence]:
    try:
        piece = read()
    except Exception as problem:
        piece = SECRETS.redact(f"not available: {type(problem).__name__}: {problem}"), "text/plain"
    if piece is not None:
        yield name, *piece


def _table(read: Callable[[], Sequence[Line]]) -> Piece | None:
    """A conversation as CSV; nothing for somebody who saw none."""
    lines = read()
    if not lines:
        return None
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(("at", "who", "role", "said"))
    for line in lines:
        at = line.at.strftime("%H:%M:%S") if line.at else ""
        rows.writerow((at, line.name or line.role.value, line.role.value, line.words))
    return SECRETS.redact(out.getvalue()), "text/csv"


def _picture(take: Callable[[], bytes]) -> Piece:
    return take(), "image/png"


def _trace(save: Tracer) -> Piece:
    handle, name = tempfile.mkstemp(prefix="handoff-trace-", suffix=".zip")
    os.close(handle)
    path = Path(name)
    save(path)
    redact_archive(path)
    return path, "application/zip"
