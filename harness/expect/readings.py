"""Readings: where the documents disagree, which one the target follows (specification 12.2).

A check that accepts either notes which one it saw. The report says so, and nobody fails for it.
"""

from __future__ import annotations

_noted: list[tuple[str, str]] = []


def note(requirement: str, observed: str) -> None:
    """Of this requirement's readings the target follows the observed one."""
    _noted.append((requirement, observed))


def noted() -> int:
    """How many notes this process has made; it only grows."""
    return len(_noted)


def since(count: int) -> dict[str, str]:
    """What was noted after the first `count` notes: readings by requirement."""
    return merged(_noted[count:])


def merged(notes: list[tuple[str, str]]) -> dict[str, str]:
    """Readings by requirement; of several observations each is named once, in order."""
    found: dict[str, list[str]] = {}
    for requirement, observed in notes:
        seen = found.setdefault(requirement, [])
        if observed not in seen:
            seen.append(observed)
    return {requirement: "; ".join(seen) for requirement, seen in found.items()}
