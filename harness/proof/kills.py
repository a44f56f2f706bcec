"""Says of each fault whether its named check has killed it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from harness.proof.faults import Fault
from harness.record import ScenarioRecord
from harness.verdict import Verdict


class State(StrEnum):
    """What became of a fault in a scenario, the best first."""

    KILLED = "killed"
    OTHER_CHECK = "noticed by another check"
    SURVIVED = "survived"
    NOT_REACHED = "its code was never reached"
    NOT_GREEN = "not green without it"
    BROKEN = "could not be judged"
    NO_SCENARIO = "no scenario"


_ORDER = tuple(State)


@dataclass(frozen=True, slots=True)
class Kill:
    """A fault, what became of it at best, in which scenario, and what was said there."""

    fault: Fault
    state: State
    record: ScenarioRecord | None = None

    @property
    def is_proof(self) -> bool:
        """Whether the named check has killed it."""
        return self.state is State.KILLED


def trials(faults: Iterable[Fault], records: Iterable[ScenarioRecord]) -> list[Kill]:
    """What became of each fault in each of its scenarios, in the catalogue's order."""
    green: dict[object, ScenarioRecord] = {}
    red: defaultdict[str, list[ScenarioRecord]] = defaultdict(list)
    for record in records:
        if record.fault:
            red[record.fault].append(record)
        else:
            green[_which(record)] = record
    return [kill for fault in faults for kill in _tried(fault, red[fault.name], green)]


def kills(faults: Iterable[Fault], tried: Sequence[Kill]) -> list[Kill]:
    """The best trial of each fault, in the catalogue's order."""
    return [_best(fault, (kill for kill in tried if kill.fault == fault)) for fault in faults]


def unkilled(tried: Iterable[Kill], records: Iterable[ScenarioRecord]) -> list[ScenarioRecord]:
    """The scenarios that no fault turned red by its named check: nobody knows that they can fail.

    One record for both drivers of a scenario. What fails by its check without any fault, as it is
    expected to or with no more than a warning, can fail.
    """
    killed = {_said(kill.record) for kill in tried if kill.is_proof and kill.record}
    red_by_itself = (Verdict.EXPECTED_FAILURE, Verdict.WARNING)
    judged = (record for record in records if record.verdict not in red_by_itself)
    green = {_said(record): record for record in judged if not record.fault}
    return [record for said, record in green.items() if said not in killed]


def _said(record: ScenarioRecord) -> object:
    """What the drivers of a scenario have in common."""
    return record.path, record.scenario, tuple((record.example or {}).items())


def _which(record: ScenarioRecord) -> object:
    """What a scenario with a fault and the same without have in common."""
    example = tuple((record.example or {}).items())
    return record.path, record.scenario, example, record.driver


def _best(fault: Fault, tried: Iterable[Kill]) -> Kill:
    nothing = Kill(fault, State.NO_SCENARIO)
    return min(tried, key=lambda kill: _ORDER.index(kill.state), default=nothing)


def _tried(
    fault: Fault, records: Sequence[ScenarioRecord], green: dict[object, ScenarioRecord]
) -> Iterator[Kill]:
    for record in records:
        without = green.get(_which(record))
        yield Kill(fault, _state(fault, record, without), record)


def _state(fault: Fault, record: ScenarioRecord, without: ScenarioRecord | None) -> State:
    if without is None or without.verdict is not Verdict.PASS:
        return State.NOT_GREEN
    if not record.fault_reached:
        return State.NOT_REACHED
    if record.verdict is Verdict.PASS:
        return State.SURVIVED
    if any(mismatch.check == fault.killed_by for mismatch in record.mismatches):
        judged = record.verdict in (Verdict.FAIL, Verdict.WARNING)
        return State.KILLED if judged else State.BROKEN
    return State.OTHER_CHECK if record.mismatches else State.BROKEN


def table(found: Sequence[Kill]) -> str:
    """The kill table for people, in Markdown: what was wrong, who noticed, in which scenario."""
    head = "| fault | requirement | what a person would notice | check | state | scenario |"
    rows = [head, "|---|---|---|---|---|---|"]
    for kill in found:
        fault, where = kill.fault, kill.record.id.partition("[")[0] if kill.record else ""
        cells = (fault.name, fault.requirement, fault.notice, fault.killed_by, kill.state, where)
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


def told(found: Sequence[Kill], never_red: Sequence[ScenarioRecord]) -> Iterator[str]:
    """What a person needs to know of faults that live and scenarios that cannot fail; the sum."""
    for kill in found:
        if not kill.is_proof:
            fault = kill.fault
            yield f"{fault.name} ({fault.requirement}, {fault.killed_by}): {kill.state}"
            if kill.record is not None:
                checks = ", ".join(mismatch.check for mismatch in kill.record.mismatches)
                yield f"    {kill.record.id}: {checks or kill.record.verdict} {kill.record.reason}"
    for record in never_red:
        yield f"{record.id}: no fault makes it fail by the check that the fault names"
    proven = sum(kill.is_proof for kill in found)
    yield f"{proven} of {len(found)} faults killed by the check that they name"
