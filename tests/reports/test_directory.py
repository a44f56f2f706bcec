"""A report directory before, after and again after a run; what is printed; the badge."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import pytest

from harness import reports
from harness.errors import UsageError
from harness.reports import allure, verdict_file
from harness.reports.badge import badge
from harness.reports.summary import summary
from harness.verdict import Verdict
from tests.reports import samples


@pytest.fixture
def run() -> verdict_file.VerdictFile:
    return msgspec.convert(samples.verdict(), verdict_file.VerdictFile)


def test_an_earlier_run_is_cleared_but_its_history_stays(tmp_path: Path) -> None:
    samples.written(tmp_path)
    (tmp_path / "history.jsonl").write_text("{}\n")
    (tmp_path / "notes.txt").write_text("somebody's own")
    reports.prepare(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["history.jsonl", "notes.txt"]


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "report").write_text("")
    with pytest.raises(UsageError, match="is a file"):
        reports.prepare(tmp_path / "report")


def test_a_folder_without_a_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(reports.NotAReport, match=r"verdict\.json does not exist"):
        reports.rebuild(tmp_path)


def test_a_verdict_of_another_shape_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "verdict.json").write_text(json.dumps(samples.verdict(verdict="perhaps")))
    with pytest.raises(reports.NotAReport, match=r"Invalid enum value 'perhaps'.*verdict"):
        reports.rebuild(tmp_path)


def test_a_run_without_results_has_no_allure_report(tmp_path: Path) -> None:
    (tmp_path / "verdict.json").write_text(json.dumps(samples.verdict()))
    with pytest.raises(reports.NotBuilt, match="holds no results"):
        reports.rebuild(tmp_path)
    assert (tmp_path / "summary.md").is_file()


def test_a_machine_without_node_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    samples.written(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(reports.NotBuilt, match=r"needs Node 20 or newer|npm ci"):
        reports.rebuild(tmp_path)


def test_the_shipped_schema_is_the_one_that_is_checked() -> None:
    assert verdict_file.SCHEMA.read_text() == verdict_file.schema_text()


def test_a_run_is_named_by_its_moment_and_target(run: verdict_file.VerdictFile) -> None:
    assert run.run == "2026-03-02T090000.123Z-reference"


def test_the_table_counts_by_area_and_names_what_is_not_a_pass(tmp_path: Path) -> None:
    records = samples.written(tmp_path)
    lines = reports.table(samples.verdict(), records).splitlines()
    assert lines[1].split() == ["Escalation", "2", "1", "·", "·", "·", "·", "·"]
    assert lines[5].split() == ["All", "2", "1", "1", "1", "1", "·", "1"]
    assert lines[-1] == "Verdict       NOT CONFORMANT"
    text = "\n".join(lines)
    assert "agents.sees_variable: expected order=4711" in text
    assert "An agent accepts" not in text
    assert "NOT APPLICABLE  1: " in text
    assert "Run again     handoff run --target reference --seed 42" in text


def test_an_expected_failure_is_told_by_name(tmp_path: Path, run: verdict_file.VerdictFile) -> None:
    known = msgspec.structs.replace(
        samples.context_lost(tmp_path),
        verdict=Verdict.EXPECTED_FAILURE,
        reason="agents.sees_variable: lost (known: They know.)",
    )
    lines = reports.table(samples.verdict(), [known]).splitlines()
    assert lines[1].split() == ["Escalation", "·", "·", "·", "·", "·", "1", "·"]
    assert f"EXPECTED FAILURE  {known.id}" in lines
    assert "| expected failure | ESC-07 |" in summary(run, [known])
    assert "(known: They know.)" in summary(run, [known])


def test_the_table_of_an_empty_run_says_refused() -> None:
    text = reports.table(samples.verdict(verdict="refused", requirements={}), [])
    assert text.endswith("Verdict       REFUSED")


def test_a_secret_that_was_found_is_said_aloud() -> None:
    found = samples.verdict(canaries={"planted": 3, "found": 1})
    assert "1 of 3 FOUND" in reports.table(found, [])


def test_the_summary_is_markdown_that_no_reason_can_break(
    tmp_path: Path, run: verdict_file.VerdictFile
) -> None:
    record = samples.context_lost(tmp_path)
    broken = msgspec.structs.replace(record, reason="a | b\n<script>")
    text = summary(run, [broken])
    assert "| Escalation | 0 | 1 | 0 | 0 | 0 | 0 | 0 |" in text
    assert "a \\| b &lt;script>" in text


@pytest.mark.parametrize("verdict", ["conformant", "partial", "not-conformant", "refused"])
def test_the_badge_says_the_verdict(verdict: str) -> None:
    run = msgspec.convert(samples.verdict(verdict=verdict), verdict_file.VerdictFile)
    svg = ET.fromstring(badge(run))
    assert verdict.replace("-", " ") in svg.attrib["aria-label"]


def test_an_unknown_analytics_call_is_not_let_through() -> None:
    page = "<head></head><script>gtag('config')</script>"
    with pytest.raises(reports.NotBuilt, match="analytics"):
        allure.silenced(page)
