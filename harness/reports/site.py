"""A static site of published runs: list, verdicts, trend. `handoff publish` adds a run to it.

    SITE/index.html                 every run, newest first, and the trend of each target
    SITE/badge.svg                  the verdict of the newest run
    SITE/history.jsonl              Allure's history, so that its trends work across machines
    SITE/runs/ID/…                  the run's page, its Allure report and its files

The list is made from what lies in `runs` every time: nothing else remembers which runs there are,
so publishing a run twice changes nothing, and a run is withdrawn by removing its folder.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from harness.errors import HarnessError
from harness.reports import allure
from harness.reports.badge import badge
from harness.reports.directory import FILES
from harness.reports.pages import render, requirements_page, run_page
from harness.reports.verdict_file import Counts, NotAReport, VerdictFile, read

_WORSE = {
    "fail": 3,
    "error": 3,
    "inconclusive": 3,
    "expected_failure": 2,
    "warning": 1,
    "pass": 0,
}
"""How bad a requirement's verdict is; one that was not judged is not compared."""

_BARS = 60
_BAR_WIDTH = 12
_HIGHEST = 110


class NotPublished(HarnessError):
    """The run must not be published as it is; the message says why."""


@dataclass(frozen=True, slots=True)
class Run:
    """A published run beside the one before it of the same target."""

    id: str
    file: VerdictFile
    previous: VerdictFile | None

    @property
    def started(self) -> str:
        return self.file.started

    @property
    def verdict(self) -> str:
        return self.file.verdict

    @property
    def counts(self) -> Counts:
        return self.file.counts

    @property
    def worse(self) -> list[str]:
        """Requirements whose verdict became worse."""
        return [key for key, before, now in self._both() if now > before]

    @property
    def better(self) -> list[str]:
        """Requirements whose verdict became better."""
        return [key for key, before, now in self._both() if now < before]

    def _both(self) -> list[tuple[str, int, int]]:
        old = self.previous.requirements if self.previous else {}
        return [
            (key, _WORSE[old[key].verdict or ""], _WORSE[row.verdict or ""])
            for key, row in self.file.requirements.items()
            if key in old and row.verdict in _WORSE and old[key].verdict in _WORSE
        ]


def publish(report: Path, site: Path) -> Path:
    """Add the run in `report` to the site and return the site's index.html.

    Raises NotAReport, NotPublished (a secret was found in its files) and NotBuilt (there is no
    Allure report, and none can be built).
    """
    run = read(report)
    if run.canaries.found:
        raise NotPublished(f"{report}: {run.canaries.found} secrets were found in its files")
    folder = site / "runs" / run.run
    if not _is_published(report, folder):
        _add(report, run, folder, site / allure.HISTORY)
    return refresh(site)


def refresh(site: Path) -> Path:
    """Write the site's list and badge anew from the runs that are there."""
    runs = _runs(site)
    targets = [
        {"name": name, "runs": list(reversed(found)), **_trend(found[-_BARS:])}
        for name, found in runs.items()
    ]
    targets.sort(key=lambda target: target["runs"][0].started, reverse=True)
    if targets:
        (site / "badge.svg").write_text(badge(targets[0]["runs"][0].file), encoding="utf-8")
    index = site / "index.html"
    index.write_text(render("site.html", targets=targets), encoding="utf-8")
    return index


def _is_published(report: Path, folder: Path) -> bool:
    published = folder / "verdict.json"
    verdict = (report / "verdict.json").read_bytes()
    return published.is_file() and published.read_bytes() == verdict


def _add(report: Path, run: VerdictFile, folder: Path, history: Path) -> None:
    """Make the run's folder beside its place and move it there: nobody sees half a run."""
    unfinished = folder.with_name(f".{folder.name}")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    try:
        _fill(unfinished, report, run, history)
        shutil.rmtree(folder, ignore_errors=True)
        unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _fill(folder: Path, report: Path, run: VerdictFile, history: Path) -> None:
    for name in FILES:
        if (report / name).is_file():
            shutil.copyfile(report / name, folder / name)
    _bring_allure(report, folder, history)
    page = requirements_page(report, run)
    (folder / allure.OUTPUT / allure.REGISTER_PAGE).write_text(page, encoding="utf-8")
    (folder / "index.html").write_text(run_page(folder, run), encoding="utf-8")


def _bring_allure(report: Path, folder: Path, history: Path) -> None:
    """Build the Allure report with the site's own history; without Node, take the one built."""
    output = folder / allure.OUTPUT
    try:
        allure.build(report, output, history)
    except allure.NotBuilt:
        built = report / allure.OUTPUT
        if not (built / "index.html").is_file():
            raise
        shutil.copytree(built, output, dirs_exist_ok=True)


def _runs(site: Path) -> dict[str, list[Run]]:
    """Published runs by target's name, oldest first."""
    found: list[tuple[str, VerdictFile]] = []
    for folder in sorted((site / "runs").glob("[!.]*")):
        try:
            found.append((folder.name, read(folder)))
        except NotAReport:  # a stranger's folder, or a run of a schema that is no longer read
            continue
    found.sort(key=lambda each: (each[1].target.name, each[1].started))
    by_target: dict[str, list[Run]] = {}
    for name, group in groupby(found, key=lambda each: each[1].target.name):
        runs = list(group)
        before = [None, *(file for _, file in runs[:-1])]
        by_target[name] = [
            Run(id_, file, previous) for (id_, file), previous in zip(runs, before, strict=True)
        ]
    return by_target


def _trend(runs: Sequence[Run]) -> dict[str, Any]:
    """Bars of a chart that is at least 60 wide, so that few runs do not become huge ones."""
    most = max(run.counts.total for run in runs) or 1
    bars = [
        {
            "run": run,
            "x": number * _BAR_WIDTH + 1,
            "width": _BAR_WIDTH - 2,
            "said": _said(run),
            "parts": _parts(run.counts, _HIGHEST / most),
        }
        for number, run in enumerate(runs)
    ]
    return {"bars": bars, "wide": _BARS * _BAR_WIDTH}


def _said(run: Run) -> str:
    counts = run.counts
    verdict = run.verdict.replace("-", " ")
    return (
        f"{run.started[:16].replace('T', ' ')}: {verdict}, {counts.passed} pass, {counts.red} red"
    )


def _parts(counts: Counts, scale: float) -> list[dict[str, Any]]:
    """The bar's parts from the ground up; what is red stands at the bottom, always at one line."""
    parts, ground = [], 120.0
    stacked = {
        "red": counts.red,
        "warning": counts.warning + counts.expected_failure,
        "pass": counts.passed,
        "not_applicable": counts.not_applicable,
    }
    for kind, count in stacked.items():
        height = count * scale
        ground -= height
        if count:
            parts.append({"kind": kind, "y": round(ground, 1), "height": round(height, 1)})
    return parts
