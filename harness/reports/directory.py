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
FILES = (
    "verdict.json",
    "results.jsonl",
    "traceability.json",
    "requirements.json",
    "junit.xml",
    "summary.md",
    "badge.svg",
)
"""What a run writes beside folders and history; all of it is published."""


def prepare(report: Path) -> None:
    """Make the directory and remove what an earlier run wrote; its history stays.

    Only files that a run writes are removed; raises UsageError when a file is in the way.
    """
    if report.exists() and not report.is_dir():
        raise UsageError(f"{report} is a file: name a directory for the report")
    report.mkdir(parents=True, exist_ok=True)
    for folder in _FOLDERS:
        shutil.rmtree(report / folder, ignore_errors=True)
    for file in FILES:
        (report / file).unlink(missing_ok=True)


def describe(report: Path) -> Path:
    """Write summary and badge of a finished run; returns the summary. Raises NotAReport."""
    run = read(report)
    path = report / "summary.md"
    path.write_text(summary(run, records(report)), encoding="utf-8")
    (report / "badge.svg").write_text(badge(run), encoding="utf-8")
    return path


def rebuild(report: Path) -> Path:
    """Write summary, badge, register's page and Allure report anew; returns what to open.

    Raises NotAReport when there was no run, NotBuilt when there can be no Allure report.
    """
    describe(report)
    index = allure.build(report)
    page = requirements_page(report, read(report))
    index.with_name(allure.REGISTER_PAGE).write_text(page, encoding="utf-8")
    return index
