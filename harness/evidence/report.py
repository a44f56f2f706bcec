"""The report that a run is writing while it runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from harness.evidence.allure import Writer
from harness.evidence.described import Requirement
from harness.evidence.redaction import SECRETS
from harness.record import ScenarioRecord

RESULTS = "allure-results"
REGISTER = "requirements.json"


class Report:
    """Takes each scenario's record as it finishes, and the verdict at the end."""

    def __init__(self, writer: Writer, results: Path) -> None:
        self._writer = writer
        self._results = results

    def add(self, record: ScenarioRecord) -> None:
        """Write what Allure shows of one scenario."""
        self._writer.write(record)

    def close(self, verdict: Mapping[str, Any]) -> None:
        """Write what Allure shows of the run as a whole (`verdict` as in verdict.json)."""
        lines = (f"{name} = {said}\n" for name, said in _facts(verdict) if said)
        (self._results / "environment.properties").write_text("".join(lines), encoding="utf-8")


def open_report(
    report: Path,
    register: Mapping[str, Requirement],
    *,
    allure: Path | None = None,
) -> Report:
    """Begin a report in a folder; `allure` is where results go if not into `allure-results` of it.

    With the report's own folder as `allure` (`pytest --alluredir DIR` alone) nothing else is
    written there.
    """
    results = allure or report / RESULTS
    for folder in (report, results):
        folder.mkdir(parents=True, exist_ok=True)
    if results != report:
        # The sentences travel with the report: it is read where no register is at hand.
        rows = [msgspec.to_builtins(requirement) for requirement in register.values()]
        (report / REGISTER).write_bytes(msgspec.json.encode(rows))
    return Report(Writer(results, report, register), results)


def _facts(verdict: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    target = verdict["target"]
    yield "Target", f"{target['name']} {target['version']}".strip()
    yield "Generation", target["generation"]
    yield "Verdict", verdict["verdict"]
    yield "Started", verdict["started"]
    yield "Seed", str(verdict.get("seed", ""))
    yield "Reproduce", verdict["reproduce"]
    yield "Harness", verdict["harness"]


def canaries(report: Path) -> dict[str, int]:
    """How many secrets the run was handed, and how many of them can be read in its files.

    `allure-report` holds only what `allure-results` and `evidence` hold, so it is not read again.
    """
    return {"planted": SECRETS.planted, "found": SECRETS.found_in(report)}
