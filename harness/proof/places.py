"""Where in the features a scenario stands, whoever plays it and whatever fault is switched on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from harness import layout
from harness.record import ScenarioRecord


def place(path: Path, name: str, example: Mapping[str, str] | None) -> str:
    """`connection/names.feature::Name[a-b]`; the path is absolute for a file that is not ours."""
    ours = path.is_relative_to(layout.FEATURES)
    shown = path.relative_to(layout.FEATURES).as_posix() if ours else path.as_posix()
    row = f"[{'-'.join(example.values())}]" if example else ""
    return f"{shown}::{name}{row}"


def of(record: ScenarioRecord, root: Path) -> str:
    """The place of a record, whose path is relative to `root`."""
    return place((root / record.path).resolve(), record.scenario, record.example)


def file(place: str) -> Path:
    """The feature file of a place."""
    return layout.FEATURES / place.partition("::")[0]
