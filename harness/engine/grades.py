"""Which requirements are proven, for a run that has just ended."""

from __future__ import annotations

from collections.abc import Iterable

from harness import layout
from harness.engine.session import ScenarioSession
from harness.errors import HarnessError
from harness.proof import proof
from harness.proof.faults import Fault
from harness.record import ScenarioRecord


def proven(session: ScenarioSession, records: Iterable[ScenarioRecord]) -> frozenset[str]:
    """The ids of the requirements whose proof still holds; a stale or absent one proves nothing.

    What was proven are the scenarios that we ship: an adopter's own with the same tag are not.
    """
    if not layout.PROOF.is_file():
        return frozenset()
    root = session.config.rootpath
    shipped = frozenset(
        id_
        for record in records
        if (root / record.path).resolve().is_relative_to(layout.FEATURES)
        for id_ in record.requirements
    )
    return shipped and shipped & proof.holding(layout.PROOF, _catalogue(session))


def _catalogue(session: ScenarioSession) -> list[Fault] | None:
    """The faults of a target with a control surface; elsewhere nobody can tell."""
    if "control" not in session.target.address():
        return None
    try:
        return [Fault(**row) for row in session.target.faults()]
    except HarnessError:
        return []
