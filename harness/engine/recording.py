"""Listens to pytest while scenarios run: judges set-up and tear-down, gathers the records.

Registered with the first scenario. A worker of xdist hands each record over in the report of the
tear-down; the controller alone writes files.
"""

from __future__ import annotations

import sys
from collections.abc import Generator
from typing import Any

import msgspec
import pytest

from harness.engine import judging
from harness.engine.judging import Judgement
from harness.engine.results import Results
from harness.engine.scenario import ScenarioItem
from harness.engine.session import ScenarioSession
from harness.errors import HarnessError
from harness.record import ScenarioRecord
from harness.verdict import Verdict

NAME = "handoff-recording"


class Recording:
    """The hooks of a session with scenarios."""

    def __init__(self, session: ScenarioSession) -> None:
        self._session = session
        self.results = None if session.worker else Results(session)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Judge what a phase of a scenario brought; the last one carries the record."""
        report = yield
        if isinstance(item, ScenarioItem):
            self._judge(item, call, report)
            if call.when == "teardown":
                item.stop_own_target()
                record = item.record(call.stop)
                report.scenario = msgspec.to_builtins(record) if self._session.worker else record  # type: ignore[attr-defined]
        return report

    def _judge(
        self, item: ScenarioItem, call: pytest.CallInfo[None], report: pytest.TestReport
    ) -> None:
        if call.when == "setup":
            item.started = call.start
        if call.excinfo is not None and (item.judgement is None or call.when == "teardown"):
            judged = judging.of_setting(call.excinfo.value)
            if item.verdict is None or not item.verdict.is_red:
                item.judgement = judged
            if (
                call.when == "setup"
                and report.failed
                and isinstance(call.excinfo.value, HarnessError)
            ):
                report.longrepr = str(item.repr_failure(call.excinfo))
        if item.verdict is Verdict.NOT_APPLICABLE and report.failed:
            _skip(item, report)
        elif report.failed:
            item.details = _redacted("\n\n".join(filter(None, (item.details, report.longreprtext))))
        if call.when == "call" and item.judgement and not item.plan.fault:
            self._expect(item, item.judgement, report)

    def _expect(self, item: ScenarioItem, found: Judgement, report: pytest.TestReport) -> None:
        """Judge the scenario in the light of what is expected to fail."""
        session, plan = self._session, item.plan
        if not session.expects:
            return
        known = session.expectations.about(item.path, plan.name, plan.example.id, plan.driver)
        if not known:
            return
        item.judgement = judged = session.expectations.judged(known, found)
        if judged.verdict is Verdict.EXPECTED_FAILURE:
            report.outcome = "skipped"
            report.wasxfail = judged.reason
        elif judged.verdict is Verdict.FAIL and report.passed:
            report.outcome = "failed"
            report.longrepr = judged.reason

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the record of a scenario that is over."""
        record: Any = getattr(report, "scenario", None)
        if record is not None and self.results is not None:
            if isinstance(record, dict):
                record = msgspec.convert(record, ScenarioRecord)
            self.results.add(record)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Remember what was collected: all of it must be reported."""
        if self.results is not None:
            scenarios = [item.nodeid for item in session.items if isinstance(item, ScenarioItem)]
            self.results.expect(scenarios)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """A worker has collected; each collects the same."""
        if self.results is not None:
            # By its file: the values of a plain test may say anything.
            files = (id_.partition("::")[0] for id_ in ids)
            mine = zip(ids, files, strict=True)
            self.results.expect([id_ for id_, file in mine if file.endswith(".feature")])

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Write the report's files, or hand secrets to the controller that will."""
        if self.results is None:
            _export_secrets(session.config)
        elif not session.config.option.collectonly:
            self.results.close(session, exitstatus)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over the secrets that a worker was handed, to look for them in the report."""
        if secrets := getattr(node, "workeroutput", {}).get("handoff_secrets"):
            # Evidence is loaded only by runs that have some.
            from harness.evidence import SECRETS  # noqa: PLC0415

            SECRETS.imported(secrets)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say what became of expected failures, and, with a report, the verdict and where it is."""
        if self.results is not None and not _is_command(self._session.config):
            for line in self.results.lines():
                terminalreporter.write_line(line)

    def pytest_unconfigure(self) -> None:
        """Stop what was started."""
        self._session.stop_target()


def _is_command(config: pytest.Config) -> bool:
    """Whether `handoff` runs pytest, and so says the verdict itself."""
    return config.pluginmanager.has_plugin("handoff-progress")


def _skip(item: ScenarioItem, report: pytest.TestReport) -> None:
    assert item.judgement is not None
    path, line, _ = item.reportinfo()
    report.outcome = "skipped"
    report.longrepr = (str(path), line, f"Skipped: {item.judgement.reason}")


def _redacted(text: str) -> str:
    evidence = sys.modules.get("harness.evidence")
    return str(evidence.redact(text)) if evidence else text


def _export_secrets(config: Any) -> None:
    evidence = sys.modules.get("harness.evidence")
    if evidence and evidence.SECRETS.planted:
        config.workeroutput["handoff_secrets"] = evidence.SECRETS.exported()
