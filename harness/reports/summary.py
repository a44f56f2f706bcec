"""The verdict in words: the table that `handoff run` prints, and `summary.md`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from harness.evidence.described import area_name
from harness.record import ScenarioRecord
from harness.reports.verdict_file import Grade, VerdictFile
from harness.verdict import Verdict

COLUMNS = {
    Verdict.PASS: "pass",
    Verdict.FAIL: "fail",
    Verdict.INCONCLUSIVE: "inconclusive",
    Verdict.ERROR: "error",
    Verdict.WARNING: "warning",
    Verdict.EXPECTED_FAILURE: "expected failure",
    Verdict.NOT_APPLICABLE: "not applicable",
}
"""Verdicts in the order in which tables show them."""

NOTED = frozenset({Verdict.WARNING, Verdict.EXPECTED_FAILURE})
"""What is not red and still told by name."""

GRADES: tuple[Grade, ...] = ("proven", "exercised", "linked", "unwritten")

Rows = Sequence[tuple[str, Counter[Verdict]]]


def table(verdict: Mapping[str, object], records: Iterable[ScenarioRecord]) -> str:
    """What a run prints at its end: verdicts by area, then what is wrong, then the verdict."""
    run = msgspec.convert(verdict, VerdictFile)
    records = list(records)
    notes = (*_noteworthy(records), *_not_applicable(records))
    return "\n".join((*_grid(areas(records)), "", *notes, *_conclusion(run)))


def areas(records: Iterable[ScenarioRecord]) -> Rows:
    """Area names with their verdicts counted, in the order of running; last the sum of all."""
    counted: dict[str, Counter[Verdict]] = defaultdict(Counter)
    for record in records:
        counted[area_name(record.area)][record.verdict] += 1
    total: Counter[Verdict] = sum(counted.values(), Counter())
    return [*counted.items(), ("All", total)]


def _grid(rows: Rows) -> Iterator[str]:
    wide = max(len(name) for name, _ in rows)
    yield " ".join((" " * wide, *(f"{title:>{len(title) + 1}}" for title in COLUMNS.values())))
    for name, counts in rows:
        cells = (f"{counts[key] or '·':>{len(title) + 1}}" for key, title in COLUMNS.items())
        yield " ".join((f"{name:<{wide}}", *cells))


def _noteworthy(records: Iterable[ScenarioRecord]) -> Iterator[str]:
    """A paragraph for each scenario that is red, a warning or an expected failure: id, reason."""
    for record in records:
        if record.verdict.is_red or record.verdict in NOTED:
            yield f"{COLUMNS[record.verdict].upper()}  {record.id}"
            yield from (f"    {line}" for line in _told(record).splitlines())
            yield ""


def _not_applicable(records: Iterable[ScenarioRecord]) -> Iterator[str]:
    """Each reason for which something was not judged, with the number of its scenarios."""
    reasons = Counter(r.reason for r in records if r.verdict is Verdict.NOT_APPLICABLE)
    yield from (f"NOT APPLICABLE  {count}: {reason}" for reason, count in reasons.items())
    if reasons:
        yield ""


def _told(record: ScenarioRecord) -> str:
    """The reason; for a scenario that never began, the whole of it, with what to do about it."""
    began = any(step.status != "not_run" for step in record.steps)
    return record.reason if began else record.details


def _conclusion(run: VerdictFile) -> Iterator[str]:
    version = f" {run.target.version}" if run.target.version else ""
    yield f"Target        {run.target.name}{version}, {run.target.generation}"
    yield f"Requirements  {grades(run)}"
    if run.canaries.found:
        yield f"Secrets       {run.canaries.found} of {run.canaries.planted} FOUND in the report"
    yield f"Run again     {run.reproduce}"
    yield f"Verdict       {run.verdict.replace('-', ' ').upper()}"


def grades(run: VerdictFile) -> str:
    """How far requirements are proven: `40 proven, 1 exercised`."""
    counts = Counter(row.grade for row in run.requirements.values())
    return ", ".join(f"{counts[grade]} {grade}" for grade in GRADES if counts[grade])


def summary(run: VerdictFile, records: Sequence[ScenarioRecord]) -> str:
    """`summary.md`: fit for a pull request's comment or a pipeline's summary page."""
    return "\n".join((*_heading(run), *_markdown_areas(areas(records)), *_findings(records)))


def _heading(run: VerdictFile) -> Iterator[str]:
    target = " ".join(filter(None, (run.target.name, run.target.version, run.target.generation)))
    yield f"# {run.target.name}: {run.verdict.replace('-', ' ')}"
    yield ""
    yield f"- target: {target}"
    yield f"- started: {run.started}, took {run.duration_s:.1f} s"
    yield f"- requirements: {grades(run)}"
    yield from (f"- profile {name}: {row.verdict}" for name, row in run.profiles.items())
    yield f"- secrets handed to the run: {run.canaries.planted}, found: {run.canaries.found}"
    yield f"- run again: `{run.reproduce}`"
    yield ""


def _markdown_areas(rows: Rows) -> Iterator[str]:
    yield f"| area | {' | '.join(COLUMNS.values())} |"
    yield f"|---|{'---:|' * len(COLUMNS)}"
    for name, counts in rows:
        yield f"| {name} | {' | '.join(str(counts[key]) for key in COLUMNS)} |"
    yield ""


def _findings(records: Iterable[ScenarioRecord]) -> Iterator[str]:
    found = [record for record in records if record.verdict is not Verdict.PASS]
    if not found:
        return
    yield from ("| verdict | requirement | scenario | reason |", "|---|---|---|---|")
    for record in sorted(found, key=lambda each: list(COLUMNS).index(each.verdict)):
        cells = (
            COLUMNS[record.verdict],
            ", ".join(record.requirements),
            record.id,
            record.reason,
        )
        yield f"| {' | '.join(_cell(text) for text in cells)} |"
    yield ""


def _cell(text: str) -> str:
    """A table's cell: one line, no bar that would end it; no tag, link or picture of a target's."""
    line = " ".join(text.split()).replace("|", "\\|")
    return line.replace("<", "&lt;").replace("](", "]\\(")
