"""The trials that a proof needs: each fault once, each scenario once, and few more.

Every scenario of a fault's requirement is tried when nobody knows which of them notices it. Once
that is known, a proof is repeated by those trials alone, and shows the same: each fault is killed,
and each scenario can fail.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from harness.proof import places
from harness.proof.kills import Kill


@dataclass(frozen=True, slots=True)
class Cover:
    """Faults with the places that killed them, by a proof that still holds; empty: none known."""

    trials: Mapping[str, frozenset[str]] = field(default_factory=dict)
    places: frozenset[str] = frozenset()

    def spares(self, fault: str, place: str) -> bool:
        """Whether this trial would show nothing that others do not show."""
        known = self.trials.get(fault)
        return known is not None and place in self.places and place not in known


def least(tried: Sequence[Kill], root: Path) -> dict[str, list[str]]:
    """Few of the trials that kill, by fault: enough for every fault and every scenario killed."""
    killed = [
        (kill.fault.name, places.of(kill.record, root))
        for kill in tried
        if kill.is_proof and kill.record
    ]
    by_fault: defaultdict[str, list[str]] = defaultdict(list)
    for fault, place in killed:
        by_fault[fault].append(place)
    covered: set[str] = set()
    found = {fault: [_next(able, covered)] for fault, able in by_fault.items()}
    for fault, place in killed:
        if place not in covered:
            covered.add(place)
            found[fault].append(place)
    return found


def _next(able: Sequence[str], covered: set[str]) -> str:
    """A scenario that no fault was given yet, if there is one among them."""
    chosen = next((place for place in able if place not in covered), able[0])
    covered.add(chosen)
    return chosen


def within(cover: Cover, tried: Iterable[Kill], root: Path) -> bool:
    """Whether nothing was tried that the cover does not have."""
    return all(
        kill.record is not None
        and places.of(kill.record, root) in cover.trials.get(kill.fault.name, ())
        for kill in tried
    )
