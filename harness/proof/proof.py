"""`proof.json`: which faults were killed where, with digests of all that the proof rests on.

It holds no times and no addresses, so that it changes only when a proof does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from harness import layout
from harness.proof import cover as covers
from harness.proof import places
from harness.proof.cover import Cover
from harness.proof.faults import Fault
from harness.proof.kills import Kill, State

SCHEMA = 2


@dataclass(frozen=True, slots=True)
class _Proof:
    """The file as it was read: rows by fault, digests by feature file."""

    rows: Mapping[str, Mapping[str, Any]]
    features: Mapping[str, str]

    def stands(self, place: str) -> bool:
        """Whether the place's feature is as it was."""
        return self.features.get(_file(place)) == digest(places.file(place))

    def holds(self, name: str) -> bool:
        """Whether the fault was killed, in features that are as they were."""
        row = self.rows[name]
        scenarios = row["scenarios"]
        return bool(scenarios) and row["state"] == State.KILLED and all(map(self.stands, scenarios))

    def knows(self, fault: Fault) -> bool:
        """Whether it is about this fault as it is now."""
        return fault.name in self.rows and self.rows[fault.name].get("fault") == fault.digest()


def written(kills: Sequence[Kill], tried: Sequence[Kill], root: Path) -> str:
    """The content of `proof.json`; `root` is what the paths of records are relative to."""
    needed = covers.least(tried, root)
    faults = {kill.fault.name: _row(kill, needed.get(kill.fault.name, [])) for kill in kills}
    all_places = {place for row in faults.values() for place in row["scenarios"]}
    features = {_file(place): digest(places.file(place)) for place in sorted(all_places)}
    content = {"schema": SCHEMA, "steps": steps_digest(), "features": features, "faults": faults}
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _row(kill: Kill, scenarios: list[str]) -> dict[str, Any]:
    return {
        "requirement": kill.fault.requirement,
        "killed_by": kill.fault.killed_by,
        "state": kill.state.value,
        "fault": kill.fault.digest(),
        "scenarios": scenarios,
    }


def _file(place: str) -> str:
    return place.partition("::")[0]


def digest(path: Path) -> str:
    """Changes when the file does; empty for a file that is gone."""
    return sha256(path.read_bytes()).hexdigest()[:16] if path.is_file() else ""


def steps_digest() -> str:
    """Changes when any step module does."""
    together = sha256()
    for path in sorted(layout.STEPS.glob("*.py")):
        together.update(path.read_bytes())
    return together.hexdigest()[:16]


def holding(path: Path, faults: Iterable[Fault] | None) -> frozenset[str]:
    """The requirements whose every fault was killed, by features, steps and faults as they are now.

    `faults` is the target's catalogue, None where there is none to compare with. A missing or
    unreadable file proves nothing.
    """
    proof = _read(path)
    if proof is None:
        return frozenset()
    failed = {row["requirement"] for name, row in proof.rows.items() if not proof.holds(name)}
    if faults is not None:
        failed |= {fault.requirement for fault in faults if not proof.knows(fault)}
    return frozenset(row["requirement"] for row in proof.rows.values()) - failed


def cover(path: Path, faults: Iterable[Fault]) -> Cover:
    """The trials that are known to suffice, of what has not changed since."""
    proof = _read(path)
    if proof is None:
        return Cover()
    trials = {
        fault.name: frozenset(filter(proof.stands, proof.rows[fault.name]["scenarios"]))
        for fault in faults
        if proof.knows(fault) and proof.holds(fault.name)
    }
    return Cover(trials, frozenset(place for known in trials.values() for place in known))


def _read(path: Path) -> _Proof | None:
    """The proof of a file; None if it is missing, unreadable, or of other steps than ours."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["schema"] != SCHEMA or content["steps"] != steps_digest():
            return None
        return _Proof(content["faults"], content["features"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
