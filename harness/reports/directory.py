"""A report directory: made ready before a run, completed after it, built again on demand."""

from __future__ import annotations

import shutil
from pathlib import Path

from harness.errors import UsageError
from harness.reports import allure
from harness.reports.badge import badge
from harness.reports.pages import records, requirements_page
from harness.reports.summary import summary
from harness.reports.verdict_file import read

_FOLDERS = ("allure-results", "evidence", allure.OUTPUT)
_FILES = (
    "verdict.json",
    "results.jsonl",
    "traceability.json",
    "requirements.json",
    "junit.xml",
    "summary.md",
    "badge.svg",
)


def prepare(report: Path) -> None:
    """Make the directory and remove what an earlier run wrote; its history stays.

    Only files that a run writes are removed; raises UsageError when a file is in the way.
    """
    if report.exists() and not report.is_dir():
        raise UsageError(f"{report} is a file: name a directory for the report")
    report.mkdir(parents=True, exist_ok=True)
    for folder in _FOLDERS:
        shutil.rmtree(report / folder, ignore_errors=True)
    for file in _FILES:
        (report / file).unlink(missing_ok=True)


def build(report: Path) -> Path | None:
    """Complete a finished run's directory; None when the Allure report cannot be built here.

    A run does not fail because Node is missing: `rebuild` says what is.
    """
    try:
        return rebuild(report)
    except allure.NotBuilt:
        return None


def rebuild(report: Path) -> Path:
    """Write summary, badge, register's page and Allure report anew; returns what to open.

    Raises NotAReport when there was no run, NotBuilt when there can be no Allure report.
    """
    run = read(report)
    (report / "summary.md").write_text(summary(run, records(report)), encoding="utf-8")
    (report / "badge.svg").write_text(badge(run), encoding="utf-8")
    index = allure.build(report)
    page = requirements_page(report, run)
    index.with_name(allure.REGISTER_PAGE).write_text(page, encoding="utf-8")
    return index
