"""What passed without any fault in a run just before: a proof need not run it once more."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from harness import layout
from harness.errors import UsageError
from harness.proof import places
from harness.record import ScenarioRecord, from_line
from harness.verdict import Verdict

_SOURCES = (layout.FEATURES, layout.STEPS, Path(__file__).parents[1])
_MADE = frozenset({"node_modules", "dist", "__pycache__", "_bundled"})
"""Folders among the sources that set-up writes, not people."""

Green = tuple[str, str, str]
"""Place, customer driver, generation."""


def read(report: Path, root: Path) -> Mapping[Green, ScenarioRecord]:
    """What passed in the run of a report; raises UsageError when that was of other sources.

    `root` is what the paths of records are relative to.
    """
    lines = report / "results.jsonl"
    if not lines.is_file():
        raise UsageError(f"{report} holds no results: name the report of a run, or run first")
    then = lines.stat().st_mtime
    if changed := next((path for path in _sources() if path.stat().st_mtime > then), None):
        raise UsageError(f"{changed} was changed since the run in {report}: run again, then prove")
    records = map(from_line, lines.read_bytes().splitlines())
    return {
        (places.of(record, root), record.driver, record.generation): record
        for record in records
        if record.verdict is Verdict.PASS and not record.fault
    }


def _sources() -> Iterator[Path]:
    for source in _SOURCES:
        for folder, folders, files in os.walk(source):
            folders[:] = [name for name in folders if name not in _MADE]
            yield from (Path(folder, name) for name in files if name != layout.PROOF.name)
