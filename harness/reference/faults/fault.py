"""What a fault is: a named, switchable deviation, killed by the check that it names."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One deviation: what is wrong, which check must notice, and what a person would see."""

    name: str
    requirement: str
    killed_by: str
    customer: str
    scope: str
    notice: str


class Faults:
    """The faults switched on for one organisation or process, and which of them were reached."""

    def __init__(self, active: frozenset[str] = frozenset()) -> None:
        self.active = active
        self.reached: set[str] = set()

    def deviates(self, name: str) -> bool:
        """Whether the fault is on; asked where the deviating code is about to run."""
        if name not in self.active:
            return False
        self.reached.add(name)
        return True
