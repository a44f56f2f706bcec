"""Runs published one after the other: the list, what changed, the trend, and doing it twice."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from harness import reports
from harness.reports import site
from tests.reports import samples

FIRST, SECOND = "2026-03-02T02:00:00.000Z", "2026-03-03T02:00:00.000Z"


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return tmp_path / "run"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture
def no_node(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Node the report that was built is published: a second less for each run."""
    monkeypatch.setenv("PATH", "")


def publish(run: Path, place: Path, **changes: Any) -> str:
    """Write a run as the engine would, publish it, and return the site's list."""
    shutil.rmtree(run, ignore_errors=True)
    samples.written(run, **changes)
    built = run / "allure-report" / "index.html"
    built.parent.mkdir()
    built.write_text("built before")
    return reports.publish(run, place).read_text()


def state(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its content."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_a_run_brings_its_report_its_page_and_its_files(run: Path, place: Path) -> None:
    index = publish(run, place, started=FIRST)
    [folder] = (place / "runs").iterdir()
    assert folder.name == "2026-03-02T020000.000Z-reference"
    assert f'href="runs/{folder.name}/index.html"' in index
    for name in ("index.html", "allure-report/index.html", "allure-report/requirements.html"):
        assert (folder / name).is_file()
    assert json.loads((folder / "verdict.json").read_text())["started"] == FIRST
    assert "not conformant" in (place / "badge.svg").read_text()


@pytest.mark.usefixtures("no_node")
def test_the_register_names_each_scenario_once_with_its_drivers(run: Path, place: Path) -> None:
    judged = samples.judged()
    judged["ESC-03"]["scenarios"] = [
        "features/escalation/transfer.feature::An agent accepts[widget]",
        "features/escalation/transfer.feature::An agent accepts[api]",
        "features/escalation/transfer.feature::Nobody is there",
    ]
    publish(run, place, requirements=judged)
    [page] = place.glob("runs/*/allure-report/requirements.html")
    text = page.read_text()
    assert "<li>escalation/transfer.feature: An agent accepts [widget, api]</li>" in text
    assert "<li>escalation/transfer.feature: Nobody is there</li>" in text


@pytest.mark.usefixtures("no_node")
def test_publishing_a_run_twice_changes_nothing(run: Path, place: Path) -> None:
    publish(run, place)
    before = state(place)
    reports.publish(run, place)
    assert state(place) == before


def test_publishing_a_run_twice_adds_once_to_the_history(run: Path, place: Path) -> None:
    for _ in range(2):
        publish(run, place, started=FIRST)
    assert len((place / "history.jsonl").read_text().splitlines()) == 1


@pytest.mark.usefixtures("no_node")
def test_the_newest_run_stands_first_and_says_what_changed(run: Path, place: Path) -> None:
    publish(run, place, started=FIRST)
    index = publish(
        run,
        place,
        started=SECOND,
        requirements=samples.judged(ESC_07="pass", ESC_03="fail"),
        verdict="not-conformant",
    )
    rows = re.findall(r"<tr>(.*?)</tr>", index, re.DOTALL)[1:]
    assert "2026-03-03 02:00" in rows[0]
    assert re.search(r"▼ <a [^>]*>ESC-03</a> worse", rows[0])
    assert re.search(r"▲ <a [^>]*>ESC-07</a> better", rows[0])
    assert "first run" in rows[1]


@pytest.mark.usefixtures("no_node")
def test_a_requirement_that_was_not_judged_is_not_called_worse(run: Path, place: Path) -> None:
    publish(run, place, started=FIRST)
    unjudged = samples.judged(ESC_03="not_applicable")
    index = publish(run, place, started=SECOND, requirements=unjudged)
    assert "worse" not in index.partition("<tbody>")[2]


@pytest.mark.usefixtures("no_node")
def test_the_trend_has_a_bar_for_each_run(run: Path, place: Path) -> None:
    publish(run, place, started=FIRST)
    index = publish(run, place, started=SECOND)
    assert index.count("<title>2026-03-0") == 2
    assert 'aria-label="2026-03-03 02:00: not conformant, 2 pass, 3 red"' in index


@pytest.mark.usefixtures("no_node")
def test_each_target_has_a_table_of_its_own(run: Path, place: Path) -> None:
    publish(run, place, started=FIRST)
    tenant = samples.TARGET | {"name": "A <tenant>"}
    index = publish(run, place, started=SECOND, target=tenant, verdict="partial")
    assert index.count("<table>") == 2
    assert "A &lt;tenant&gt;" in index
    assert index.count("first run") == 2


def test_the_trends_of_allure_are_the_sites_own(run: Path, place: Path) -> None:
    publish(run, place, started=FIRST)
    publish(run, place, started=SECOND)
    assert len((place / "history.jsonl").read_text().splitlines()) == 2


@pytest.mark.usefixtures("no_node")
def test_a_run_is_withdrawn_by_removing_its_folder(run: Path, place: Path) -> None:
    publish(run, place, started=FIRST)
    publish(run, place, started=SECOND)
    shutil.rmtree(place / "runs" / "2026-03-03T020000.000Z-reference")
    (place / "runs" / "lost+found").mkdir()
    assert "2026-03-03" not in site.refresh(place).read_text()


def test_a_run_whose_files_hold_a_secret_is_not_published(run: Path, place: Path) -> None:
    with pytest.raises(reports.NotPublished, match="2 secrets"):
        publish(run, place, canaries={"planted": 5, "found": 2})
    assert not place.exists()


def test_a_site_is_not_made_from_a_folder_without_a_run(tmp_path: Path) -> None:
    with pytest.raises(reports.NotAReport):
        reports.publish(tmp_path, tmp_path / "site")


@pytest.mark.usefixtures("no_node")
def test_without_node_the_report_that_was_built_is_published(run: Path, place: Path) -> None:
    publish(run, place)
    [published] = (place / "runs").glob("*/allure-report/index.html")
    assert published.read_text() == "built before"


@pytest.mark.usefixtures("no_node")
def test_without_node_and_without_a_report_nothing_is_published(run: Path, place: Path) -> None:
    samples.written(run)
    with pytest.raises(reports.NotBuilt):
        reports.publish(run, place)
    assert list((place / "runs").iterdir()) == []
