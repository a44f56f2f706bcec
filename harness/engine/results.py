"""Gathers the records of a run and writes the report's files; there is one, in the controller."""

from __future__ import annotations

import json
import shlex
import time
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from functools import cached_property
from io import BufferedWriter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from harness.engine.conclusion import Run, concluded, refusal
from harness.engine.expectations import Outcome
from harness.engine.junit import junit
from harness.engine.session import ScenarioSession
from harness.record import ScenarioRecord
from harness.verdict import Verdict

if TYPE_CHECKING:
    from harness.evidence import Report
    from harness.proof.cover import Cover
    from harness.proof.faults import Fault

LOST = "it was collected and never reported: the process that ran it died, or the run was cut off"


class Results:
    """The records so far; `verdict` is the content of `verdict.json` once the run is over."""

    def __init__(self, session: ScenarioSession) -> None:
        self._session = session
        self._records: list[ScenarioRecord] = []
        self._expected: dict[str, None] = {}
        self._lines: BufferedWriter | None = None
        self._report: Report | None = None
        self._started = time.time()
        self.verdict: dict[str, Any] | None = None
        self._open()

    def _open(self) -> None:
        folder = self._session.report
        given = self._session.config.getoption("allure_report_dir", None)
        allure = Path(given) if given else None
        where = folder or allure
        if where is None:
            return
        # A run without a report does not load what makes one.
        from harness import evidence, reports  # noqa: PLC0415

        if folder is not None:
            reports.prepare(folder)
            self._lines = (folder / "results.jsonl").open("wb")
        if self._session.proves is not None:
            # Scenarios with faults are no results of the target: they stay out of Allure.
            return
        self._report = evidence.open_report(where, self._session.register, allure=allure)

    @property
    def records(self) -> Sequence[ScenarioRecord]:
        """What was reported so far."""
        return self._records

    @property
    def expected(self) -> int:
        """How many scenarios were collected."""
        return len(self._expected)

    @property
    def refused(self) -> str:
        """Why the run is refused; empty when it is not."""
        return refusal(self._records)

    @cached_property
    def outcomes(self) -> Sequence[Outcome]:
        """What became of each expected failure that the run had to do with, once it is over."""
        if self._session.proves is not None or not self._session.expects:
            return ()
        found = self._session.expectations.outcomes(self._records, self.root)
        return tuple(outcome for outcome in found if outcome.expired or outcome.scenarios)

    @property
    def has_news(self) -> bool:
        """Whether an expected failure has passed, or its entry has expired."""
        return any(outcome.fails_the_run for outcome in self.outcomes)

    def known(self) -> Iterator[str]:
        """What became of the expected failures, a line each."""
        return (outcome.line() for outcome in self.outcomes)

    @property
    def faults(self) -> Sequence[Fault]:
        """The faults of a proof; none in a plain run."""
        return self._session.proves or ()

    @property
    def greens(self) -> Collection[ScenarioRecord]:
        """What passed before a proof, in another run."""
        return self._session.greens.values()

    @property
    def cover(self) -> Cover:
        """The trials that a proof was known to need before it."""
        return self._session.cover

    @property
    def root(self) -> Path:
        """What the paths of records are relative to."""
        return self._session.config.rootpath

    def expect(self, ids: Sequence[str]) -> None:
        """These were collected, so each must be reported."""
        self._expected.update(dict.fromkeys(ids))

    def add(self, record: ScenarioRecord) -> None:
        """A scenario is over."""
        self._records.append(record)
        if self._lines is not None:
            self._lines.write(record.to_line() + b"\n")
        if self._report is not None:
            self._report.add(record)

    def close(self, session: pytest.Session, exitstatus: int) -> None:
        """The run is over: account for every scenario, conclude, write."""
        if self.verdict is not None:
            return
        for id_ in self._lost(exitstatus):
            self.add(_lost_record(id_, self._session.seed))
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
        if exitstatus == pytest.ExitCode.OK and self.has_news:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
        if self._lines is not None:
            self._lines.close()
        if self._report is None:
            return
        run = Run(
            session=self._session,
            records=self._records,
            started=self._started,
            reproduce=self._reproduce(),
            outcomes=self.outcomes,
        )
        self.verdict, traceability = concluded(run)
        if self._session.report is not None:
            self._write(traceability)
        self._report.close(self.verdict)

    def _lost(self, exitstatus: int) -> list[str]:
        """Collected and never reported, unless somebody stopped the run."""
        if exitstatus in (pytest.ExitCode.INTERRUPTED, pytest.ExitCode.USAGE_ERROR):
            return []
        reported = {record.id for record in self._records}
        stopped = self._session.config.getvalue("maxfail")
        return [] if stopped else [id_ for id_ in self._expected if id_ not in reported]

    def _write(self, traceability: dict[str, Any]) -> None:
        folder, verdict = self._session.report, self.verdict
        assert folder is not None
        assert verdict is not None
        (folder / "junit.xml").write_bytes(junit(self._records))
        _write_json(folder / "traceability.json", traceability)
        from harness import evidence  # noqa: PLC0415  (as in _open)

        verdict["canaries"] = evidence.canaries(folder)
        _write_json(folder / "verdict.json", verdict)

    def _reproduce(self) -> str:
        """The command that runs the same again, as a person types it."""
        config = self._session.config
        command = ["handoff", "run", *(_relative(path) for path in config.args)]
        for name in ("target", "bot", "generation", "customer", "expected_failures"):
            if value := config.getoption(name):
                command += [f"--{name.replace('_', '-')}", _relative(value)]
        return shlex.join([*command, "--seed", str(self._session.seed)])

    def lines(self) -> Iterator[str]:
        """The verdict for the end of a pytest run."""
        yield from self.known()
        if self.verdict is None:
            return
        counts = ((Verdict(name), count) for name, count in self.verdict["counts"].items())
        told = ", ".join(
            f"{count} {name.value.replace('_', ' ')}" for name, count in counts if count
        )
        yield f"verdict: {self.verdict['verdict']} ({told}); seed {self._session.seed}"
        if self.refused:
            yield f"refused: {self.refused}"
        if self._session.report is not None:
            yield f"report: {self._session.report}"


def _relative(argument: str) -> str:
    """A path below the current folder without what only this machine knows."""
    path = Path(argument)
    below = path.is_absolute() and path.is_relative_to(Path.cwd())
    return str(path.relative_to(Path.cwd())) if below else argument


def _write_json(path: Any, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _lost_record(id_: str, seed: int) -> ScenarioRecord:
    path, _, name = id_.partition("::")
    now = datetime.now(UTC).timestamp()
    return ScenarioRecord(
        id=id_,
        path=path,
        line=0,
        area=path.rpartition("/")[0].rpartition("/")[2],
        feature=path.rpartition("/")[2],
        scenario=name.partition("[")[0],
        verdict=Verdict.ERROR,
        reason=LOST,
        seed=seed,
        start=now,
        stop=now,
    )
