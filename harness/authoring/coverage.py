"""`handoff requirements [WORD]`: the register with what covers each requirement."""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from harness import layout, requirements, tags
from harness.engine import features
from harness.errors import UsageError


def show(given: argparse.Namespace) -> int:
    """Print the requirements that contain a word, or all, with scenarios, grade and verdict."""
    register = requirements.read(layout.REGISTER)
    scenarios = linked()
    judged = _judged(given.report)
    word = given.word.lower()
    for requirement in register.values():
        if word in f"{requirement.id} {requirement.sentence}".lower():
            row = judged.get(requirement.id, {})
            print("\n".join(_entry(requirement, scenarios.get(requirement.id, []), row)))
    covered = sum(id_ in scenarios for id_ in register)
    print(f"\n{covered} of {len(register)} requirements have a scenario")
    return 0


def _entry(
    requirement: requirements.Requirement, scenarios: list[str], row: Mapping[str, Any]
) -> Iterator[str]:
    told = ", ".join(filter(None, (row.get("grade"), row.get("verdict"))))
    state = told or ("linked" if scenarios else "unwritten")
    yield f"{requirement.id}  {requirement.level}, {requirement.basis}  [{state}]"
    yield f"    {requirement.sentence}"
    for scenario in scenarios:
        yield f"    - {scenario}"


def linked() -> dict[str, list[str]]:
    """Requirement id to the shipped scenarios that carry its tag, as `path::name`."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(layout.FEATURES.rglob("*.feature")):
        shown = path.relative_to(layout.ROOT).as_posix()
        for scenario in features.read(path, shown).scenarios.values():
            for id_ in tags.requirements_of(features.tags_of(scenario)):
                found[id_].append(f"{shown}::{scenario.name}")
    return found


def _judged(report: Path) -> dict[str, dict[str, Any]]:
    """What the last run said of each requirement; nothing when there was none."""
    path = report / "verdict.json"
    if not path.is_file():
        return {}
    try:
        rows: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))[
            "requirements"
        ]
    except (ValueError, KeyError) as error:
        raise UsageError(f"{path} is no verdict of ours: {error}") from error
    return rows
