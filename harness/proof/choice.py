"""Chooses what `handoff prove` runs: each fault with the scenarios of its requirement, and them
once without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from harness.errors import UsageError
from harness.proof.faults import Fault

if TYPE_CHECKING:
    from harness.engine.plan import Plan

ALL = "all"


class Choice:
    """Turns the plans of a feature into those of a proof."""

    def __init__(self, faults: Sequence[Fault], asked: str) -> None:
        """`asked` is `all` or names of faults with commas; raises UsageError for unknown ones."""
        names = {fault.name for fault in faults} if asked == ALL else set(asked.split(","))
        if unknown := names - {fault.name for fault in faults}:
            raise UsageError(f"the target knows no fault {', '.join(sorted(unknown))}")
        self.faults = [fault for fault in faults if fault.name in names]

    def __call__(self, plans: Iterable[Plan]) -> Iterator[Plan]:
        """Each plan that a fault is about, first without any fault."""
        for plan in plans:
            about = [fault for fault in self.faults if fault.is_about(plan)]
            if not about or plan.problem:
                continue
            yield plan
            for fault in about:
                on = (fault.name,)
                whole = fault.scope == "process"
                yield replace(plan, process_faults=on) if whole else replace(plan, faults=on)
