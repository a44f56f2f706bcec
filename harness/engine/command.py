"""`handoff run`: pytest with our options, our progress, our verdict and our exit codes."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from harness import layout
from harness.verdict import Conclusion, Verdict

if TYPE_CHECKING:
    from harness.engine.results import Results

CONFORMANT, FAILED, USAGE, ERROR, REFUSED, INTERRUPTED = 0, 1, 2, 3, 4, 130
_OF_PYTEST = {
    pytest.ExitCode.INTERNAL_ERROR: ERROR,
    pytest.ExitCode.USAGE_ERROR: USAGE,
    pytest.ExitCode.NO_TESTS_COLLECTED: REFUSED,
}

# Plug-ins that come with our dependencies and that no scenario needs: they cost time at the start.
_UNUSED = ("anyio", "faker", "cacheprovider")


class Command:
    """Listens to the one pytest session of a command: shows progress, keeps the results."""

    def __init__(self) -> None:
        self.results: Results | None = None
        self.interrupted = False
        self.collected_badly = False

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Show progress instead of dots."""
        # pytest must load pytest-bdd first, to prepare it for rewriting; so not at the top.
        from harness.engine.progress import Progress  # noqa: PLC0415

        config.pluginmanager.register(Progress(config), "handoff-progress")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A feature that must not run as it stands is a matter of usage."""
        self.collected_badly |= report.failed

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Somebody pressed Ctrl-C; also called when collection failed, or cannot begin."""
        self.interrupted = excinfo.errisinstance(KeyboardInterrupt) and not self.collected_badly

    def pytest_unconfigure(self, config: pytest.Config) -> None:
        """Keep the results before pytest forgets them."""
        listener: Any = config.pluginmanager.get_plugin("handoff-recording")
        self.results = listener.results if listener else None


def run(given: argparse.Namespace) -> int:
    """Run scenarios, write the report, print the verdict; the exit code of `handoff run`."""
    command = Command()
    status = pytest.main([*arguments(given), *_own_arguments(given)], plugins=[command])
    results = command.results
    if command.collected_badly:
        return USAGE
    if results is None or results.verdict is None or not results.records:
        return INTERRUPTED if command.interrupted else code_of(status)
    # Whoever interrupts does not want to wait for pages; what was done is told all the same.
    _show(given.report, results, build=not (given.no_allure or command.interrupted))
    if command.interrupted:
        print(f"interrupted after {len(results.records)} of {results.expected} scenarios")
        return INTERRUPTED
    return exit_code(results, strict=given.require == "conformant")


def code_of(status: int) -> int:
    """Our code for a run without a record."""
    return _OF_PYTEST.get(pytest.ExitCode(status), REFUSED)


def arguments(given: argparse.Namespace) -> list[str]:
    """What every command of ours tells pytest."""
    told = given.paths or [str(_shortest(layout.FEATURES))]
    told += ["-q", "-rN", "--no-header", "--tb=short", f"--target={given.target}"]
    for plugin in _UNUSED:
        told += ["-p", f"no:{plugin}"]
    if given.workers not in ("0", "1"):
        told += ["-n", given.workers, "--dist", "worksteal"]
    if given.seed is not None:
        told.append(f"--seed={given.seed}")
    return told


def _own_arguments(given: argparse.Namespace) -> Iterator[str]:
    yield f"--report={given.report}"
    for option in ("bot", "generation", "customer", "expected_failures"):
        if (value := getattr(given, option)) is not None:
            yield f"--{option.replace('_', '-')}={value}"


def _shortest(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _show(report: Path, results: Results, build: bool) -> None:
    # What makes reports is loaded after the last scenario.
    from harness import reports  # noqa: PLC0415

    page, missing = report / "verdict.json", None
    try:
        page = reports.rebuild(report) if build else reports.describe(report)
    except reports.NotBuilt as reason:
        missing = reason
    assert results.verdict is not None
    print(f"\n{reports.table(results.verdict, results.records)}")
    for line in results.known():
        print(line)
    if refused := results.refused:
        print(f"refused: {refused}")
    if missing:
        print(f"no Allure report: {missing}")
    print(f"report: {page}")


def exit_code(results: Results, strict: bool = False) -> int:
    """What the records mean for whoever called."""
    assert results.verdict is not None
    if results.verdict["verdict"] == Conclusion.REFUSED:
        return REFUSED
    found = {record.verdict for record in results.records}
    if found & {Verdict.FAIL, Verdict.INCONCLUSIVE} or results.has_news:
        return FAILED
    if Verdict.ERROR in found:
        return ERROR
    if strict and results.verdict["verdict"] != Conclusion.CONFORMANT:
        return FAILED
    return CONFORMANT
