"""`proof.json`: which faults were killed, with digests of all that the proof rests on.

It holds no times and no addresses, so that it changes only when a proof does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from harness import layout
from harness.proof.faults import Fault
from harness.proof.kills import Kill


def written(kills: Sequence[Kill], root: Path) -> str:
    """The content of `proof.json`; `root` is what the paths of records are relative to."""
    faults = {kill.fault.name: _row(kill, root) for kill in kills}
    return json.dumps({"schema": 1, "steps": steps_digest(), "faults": faults}, indent=1) + "\n"


def _row(kill: Kill, root: Path) -> dict[str, Any]:
    row: dict[str, Any] = {
        "requirement": kill.fault.requirement,
        "killed_by": kill.fault.killed_by,
        "state": kill.state.value,
        "fault": kill.fault.digest(),
    }
    if kill.record is not None:
        path = (root / kill.record.path).resolve()
        row["scenario"] = kill.record.id.partition("::")[2]
        row["path"] = path.relative_to(layout.FEATURES).as_posix() if _is_ours(path) else str(path)
        row["feature"] = digest(path)
    return row


def _is_ours(path: Path) -> bool:
    return path.is_relative_to(layout.FEATURES)


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
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        rows: dict[str, dict[str, str]] = content["faults"]
        current = content["steps"] == steps_digest()
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()
    if not current:
        return frozenset()
    failed = {row["requirement"] for row in rows.values() if not _holds(row)}
    if faults is not None:
        failed |= {fault.requirement for fault in faults if not _covers(rows, fault)}
    return frozenset(row["requirement"] for row in rows.values()) - failed


def _covers(rows: Mapping[str, Mapping[str, str]], fault: Fault) -> bool:
    """Whether the proof is about this fault as it is now."""
    return fault.name in rows and rows[fault.name].get("fault") == fault.digest()


def _holds(row: dict[str, str]) -> bool:
    unchanged = digest(layout.FEATURES / row.get("path", "")) == row.get("feature")
    return row["state"] == "killed" and unchanged
