"""Which requirements are proven, for a run that has just ended."""

from __future__ import annotations

from harness import layout
from harness.engine.session import ScenarioSession
from harness.errors import HarnessError
from harness.proof import proof
from harness.proof.faults import Fault


def proven(session: ScenarioSession) -> frozenset[str]:
    """The ids of the requirements whose proof still holds; a stale or absent one proves nothing."""
    if not layout.PROOF.is_file():
        return frozenset()
    return proof.holding(layout.PROOF, _catalogue(session))


def _catalogue(session: ScenarioSession) -> list[Fault] | None:
    """The faults of a target with a control surface; elsewhere nobody can tell."""
    if "control" not in session.target.address():
        return None
    try:
        return [Fault(**row) for row in session.target.faults()]
    except HarnessError:
        return []
