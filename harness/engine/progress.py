"""Live progress: what runs, how much is done, what failed, how long it will take."""

from __future__ import annotations

import time
from typing import Any

import msgspec
import pytest

from harness.engine import session as sessions
from harness.record import ScenarioRecord
from harness.verdict import Verdict

_CLEAR = "\r\x1b[2K"


class Progress:
    """One line that is written anew on a terminal; elsewhere a line for each scenario."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._out = config.get_terminal_writer()
        self._live = self._out.hasmarkup
        self._total = 0
        self._done = 0
        self._red = 0
        self._began_running = False
        self._running: dict[str, None] = {}
        self._began = time.monotonic()

    def pytest_report_teststatus(self, report: Any) -> tuple[str, str, str] | None:
        """No dots: this class tells more."""
        if getattr(report, "wasxfail", None) is not None:
            return "xfailed", "", ""
        if report.when == "call" or report.outcome != "passed":
            category = "error" if report.failed and report.when != "call" else report.outcome
            return category, "", ""
        return "", "", ""

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Now the number is known, unless the workers of xdist collect."""
        if session.items:
            self._begin(len(session.items))

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """A worker knows the number; they all collect the same."""
        if not self._total:
            self._begin(len(ids))

    def _begin(self, total: int) -> None:
        self._total = total
        self._began = time.monotonic()
        session = sessions.of(self._config)
        target = session.target
        scenarios = f"{total} scenario{'' if total == 1 else 's'}"
        self._line(f"{scenarios}, target {target.name}, seed {session.seed}")

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """A scenario begins."""
        self._running[nodeid] = None
        if self._live:
            self._draw()
        elif not self._began_running:
            self._began_running = True
            self._line(f"running {nodeid}")

    def pytest_runtest_logreport(self, report: Any) -> None:
        """A phase is over; after the last one the scenario is done."""
        if report.when != "teardown":
            return
        self._running.pop(report.nodeid, None)
        self._done += 1
        record = getattr(report, "scenario", None)
        if record is None:
            return
        if isinstance(record, dict):
            record = msgspec.convert(record, ScenarioRecord)
        # With a fault switched on red is what one hopes for.
        is_red = record.verdict.is_red and not record.fault
        self._red += is_red
        if is_red or not self._live:
            self._tell(report.nodeid, record.verdict, record.duration)
        if self._live:
            self._draw()

    def _tell(self, id_: str, verdict: Verdict, seconds: float) -> None:
        word = verdict.value.replace("_", " ")
        width = len(str(self._total))
        self._line(
            f"[{self._done:{width}}/{self._total}] {word:<12} {seconds:5.1f} s  {id_}"
            f"  ({self._left()})"
        )

    def _draw(self) -> None:
        now = next(reversed(self._running), "").rpartition("/")[2]
        others = f" and {len(self._running) - 1} more" if len(self._running) > 1 else ""
        text = f"{self._done}/{self._total} done, {self._red} red, {self._left()}; {now}{others}"
        self._out.write(_CLEAR + text[: self._out.fullwidth - 1], flush=True)

    def _line(self, text: str) -> None:
        self._out.write(f"{_CLEAR if self._live else ''}{text}\n", flush=True)

    def _left(self) -> str:
        """An estimate from the pace so far."""
        if not self._done:
            return "time left not known yet"
        pace = (time.monotonic() - self._began) / self._done
        seconds = round(pace * (self._total - self._done))
        return f"{seconds // 60}:{seconds % 60:02} left"

    def pytest_sessionfinish(self) -> None:
        """Take the live line away: the summary follows."""
        if self._live:
            self._out.write(_CLEAR, flush=True)
