"""Chooses what `handoff prove` runs: each fault with the scenarios of its requirement."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from harness.engine.plan import Plan
from harness.proof import places
from harness.proof.cover import Cover
from harness.proof.faults import Fault
from harness.proof.greens import Green


def chosen(
    plans: Iterable[Plan],
    path: Path,
    faults: Sequence[Fault],
    cover: Cover,
    greens: Container[Green],
) -> Iterator[Plan]:
    """Each plan of a file that a fault is about, first without any fault, then with each of them.

    Left out are the trials that the cover spares, and what is known to be green.
    """
    for plan in plans:
        where = places.place(path, plan.name, plan.example.values)
        about = [
            fault
            for fault in faults
            if _is_about(fault, plan) and not cover.spares(fault.name, where)
        ]
        if not about or plan.problem:
            continue
        if (where, plan.driver, plan.generation) not in greens:
            yield plan
        for fault in about:
            on = (fault.name,)
            whole = fault.scope == "process"
            yield replace(plan, process_faults=on) if whole else replace(plan, faults=on)


def _is_about(fault: Fault, plan: Plan) -> bool:
    return fault.is_about(plan.requirements, plan.tags, plan.driver)
