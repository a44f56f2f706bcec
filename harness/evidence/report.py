"""The report that a run is writing while it runs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from harness.engine.record import ScenarioRecord
from harness.evidence.allure import Writer
from harness.evidence.described import Requirement
from harness.evidence.redaction import SECRETS

RESULTS = "allure-results"
REGISTER = "requirements.json"


class Report:
    """Takes each scenario's record as it finishes; on a worker it takes none."""

    def __init__(self, writer: Writer | None) -> None:
        self._writer = writer

    def add(self, record: ScenarioRecord) -> None:
        """Write what Allure shows of one scenario."""
        if self._writer is not None:
            self._writer.write(record)

    def close(self, verdict: Mapping[str, object]) -> None:
        """The run is over; pages are made from its files by `harness.reports`."""


def open_report(
    report: Path,
    register: Mapping[str, Requirement],
    *,
    worker: str = "",
    allure: Path | None = None,
) -> Report:
    """Begin a report in a folder; `allure` is where results go if not into the report itself."""
    if worker:
        return Report(None)
    report.mkdir(parents=True, exist_ok=True)
    # The sentences travel with the report: it is read where no register is at hand.
    rows = [msgspec.to_builtins(requirement) for requirement in register.values()]
    (report / REGISTER).write_bytes(msgspec.json.encode(rows))
    return Report(Writer(allure or report / RESULTS, report, register))


def canaries(report: Path) -> dict[str, int]:
    """How many secrets the run was handed, and how many of them can be read in its files.

    `allure-report` holds only what `allure-results` and `evidence` hold, so it is not read again.
    """
    return {"planted": SECRETS.planted, "found": SECRETS.found_in(report)}
