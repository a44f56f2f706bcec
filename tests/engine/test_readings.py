"""Where the documents disagree, the report says which reading the target follows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness import cli, layout
from harness.expect import readings


def test_each_observation_is_named_once_in_order() -> None:
    notes = [("ESC-10", "plural"), ("ESC-19", "200"), ("ESC-10", "both"), ("ESC-10", "plural")]
    assert readings.merged(notes) == {"ESC-10": "plural; both", "ESC-19": "200"}


def test_what_was_noted_before_is_another_scenario_s() -> None:
    readings.note("ESC-10", "before")
    count = readings.noted()
    readings.note("ESC-10", "since")
    assert readings.since(count) == {"ESC-10": "since"}


def test_a_run_says_which_reading_the_target_follows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(layout.FEATURES.parent)
    scenario = f"{layout.FEATURES}/escalation/context.feature::The words that asked for a person"
    told = ("run", "--customer", "api", "--no-allure", "--report", str(tmp_path), scenario)
    assert cli.main(told) == 0
    verdict = json.loads((tmp_path / "verdict.json").read_text())
    assert verdict["readings"] == {"ESC-10": "va_LastPhrase"}
    assert verdict["requirements"]["ESC-10"]["reading"] == "va_LastPhrase"
    assert "reading" not in verdict["requirements"]["ESC-11"]
