"""Concludes a run: the content of `verdict.json` and `traceability.json` from its records."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from harness.engine import grades
from harness.engine.expectations import Outcome
from harness.engine.session import ScenarioSession
from harness.record import ScenarioRecord
from harness.requirements import Requirement
from harness.verdict import Conclusion, Verdict, worst


@dataclass(frozen=True, slots=True)
class Run:
    """What a conclusion is drawn from."""

    session: ScenarioSession
    records: Sequence[ScenarioRecord]
    started: float
    reproduce: str
    outcomes: Sequence[Outcome] = ()


def concluded(run: Run) -> tuple[dict[str, Any], dict[str, Any]]:
    """`verdict.json` and `traceability.json` of a run."""
    by_requirement = _by_requirement(run.records)
    register, proven = run.session.register, grades.proven(run.session, run.records)
    readings = _readings(run.records)
    rows = {
        id_: _row(requirement, by_requirement.get(id_, []), id_ in proven)
        | ({"reading": readings[id_]} if id_ in readings else {})
        for id_, requirement in register.items()
    }
    hollow = refusal(run.records)
    profiles = _profiles(run, register, rows)
    verdict = {
        "schema": 1,
        "harness": version("handoff-conformance"),
        "target": _target(run.session),
        "started": _moment(run.started),
        "duration_s": round(time.time() - run.started, 3),
        "reproduce": run.reproduce,
        "verdict": Conclusion.REFUSED if hollow else overall(run, profiles.values()),
        "profiles": {name: {"verdict": conclusion} for name, conclusion in profiles.items()},
        "counts": _counts(run.records),
        "requirements": rows,
        "readings": readings,
        "expected_failures": [outcome.row() for outcome in run.outcomes],
        "canaries": {"planted": 0, "found": 0},
        "seed": run.session.seed,
    }
    return verdict, {"schema": 1, "scenarios": _traceability(run.records)}


def refusal(records: Iterable[ScenarioRecord]) -> str:
    """Why a run proves nothing, in a sentence; empty when it proves something."""
    records = list(records)
    if not any(record.verdict.is_judged or record.verdict.is_red for record in records):
        return "no scenario was judged"
    for record in records:
        if record.verdict is Verdict.PASS and (lack := _lack(record)):
            return f"{record.id} passed although {lack}"
    return ""


def _lack(record: ScenarioRecord) -> str:
    if not record.thens:
        return "no Then was executed"
    if not record.exchanges:
        return "nothing was exchanged with the target"
    return "" if record.comparisons else "its checks compared nothing"


def overall(run: Run, profiles: Iterable[Conclusion]) -> Conclusion:
    """The run's conclusion, from its scenarios, what it expected, and the profiles claimed."""
    if any(record.verdict.is_red for record in run.records):
        return Conclusion.NOT_CONFORMANT
    if any(outcome.fails_the_run for outcome in run.outcomes):
        return Conclusion.NOT_CONFORMANT
    conformant = all(profile is Conclusion.CONFORMANT for profile in profiles)
    return Conclusion.CONFORMANT if conformant else Conclusion.PARTIAL


def _profiles(
    run: Run, register: Mapping[str, Requirement], rows: Mapping[str, Any]
) -> dict[str, Conclusion]:
    """What is concluded of `core`, and of `voice` where the target claims it."""
    target = run.session.target
    claimed = {"core"} | ({"voice"} & set(target.capabilities))
    return {
        profile: _profile(
            rows[id_]["verdict"]
            for id_, requirement in register.items()
            if requirement.profile == profile
            and requirement.level == "must"
            and not requirement.excluded
            and set(requirement.generations) & {str(g) for g in target.generations}
        )
        for profile in sorted(claimed)
    }


def _profile(verdicts: Iterable[str | None]) -> Conclusion:
    judged = [Verdict(verdict) if verdict else None for verdict in verdicts]
    if any(verdict is not None and verdict.is_red for verdict in judged):
        return Conclusion.NOT_CONFORMANT
    complete = all(verdict in (Verdict.PASS, Verdict.WARNING) for verdict in judged)
    return Conclusion.CONFORMANT if complete else Conclusion.PARTIAL


def _row(
    requirement: Requirement, records: Sequence[ScenarioRecord], proven: bool
) -> dict[str, Any]:
    verdict = worst(record.verdict for record in records)
    row = {
        "level": requirement.level,
        "grade": _grade(records, proven),
        "verdict": verdict,
        "scenarios": [record.id for record in records],
    }
    return row | ({"excluded": requirement.excluded} if requirement.excluded else {})


def _grade(records: Sequence[ScenarioRecord], proven: bool) -> str:
    if not records:
        return "unwritten"
    if not any(_ran_to_last_then(record) for record in records):
        return "linked"
    return "proven" if proven else "exercised"


def _ran_to_last_then(record: ScenarioRecord) -> bool:
    return bool(record.steps) and record.thens > 0 and record.steps[-1].status != "not_run"


def _by_requirement(records: Iterable[ScenarioRecord]) -> dict[str, list[ScenarioRecord]]:
    found: defaultdict[str, list[ScenarioRecord]] = defaultdict(list)
    for record in records:
        for id_ in record.requirements:
            found[id_].append(record)
    return found


def _readings(records: Iterable[ScenarioRecord]) -> dict[str, str]:
    """By requirement what all scenarios observed, each observation once."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for record in records:
        for id_, observed in record.readings.items():
            found[id_].update(dict.fromkeys(observed.split("; ")))
    return {id_: "; ".join(sorted(found[id_])) for id_ in sorted(found)}


def _counts(records: Iterable[ScenarioRecord]) -> dict[str, int]:
    counted = Counter(record.verdict for record in records)
    return {verdict.value: counted[verdict] for verdict in Verdict}


def _target(session: ScenarioSession) -> dict[str, Any]:
    target = session.target
    return {
        "name": target.name,
        "version": target.version,
        "generation": str(session.config.getoption("generation") or target.generation),
        "capabilities": sorted(target.capabilities),
    }


def _moment(seconds: float) -> str:
    moment = datetime.fromtimestamp(seconds, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _traceability(records: Iterable[ScenarioRecord]) -> list[dict[str, Any]]:
    return [
        {
            "id": record.id,
            "requirements": record.requirements,
            "verdict": record.verdict,
            "definitions": sorted({step.definition for step in record.steps if step.definition}),
            "checks": sorted({mismatch.check for mismatch in record.mismatches}),
        }
        for record in records
    ]
