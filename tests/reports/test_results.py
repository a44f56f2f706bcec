"""One Allure result for each scenario, with all that the scenario says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness.evidence import open_report
from harness.record import Attachment, ScenarioRecord
from harness.verdict import Verdict
from tests.reports import samples


def results(report: Path) -> dict[str, dict[str, Any]]:
    """Every result of a report by its name."""
    found = [json.loads(p.read_text()) for p in (report / "allure-results").glob("*-result.json")]
    return {result["name"]: result for result in found}


def labels(result: dict[str, Any], name: str) -> list[str]:
    return [label["value"] for label in result["labels"] if label["name"] == name]


@pytest.fixture
def report(tmp_path: Path) -> Path:
    samples.written(tmp_path)
    return tmp_path


def test_one_file_for_each_result_and_no_containers(report: Path) -> None:
    names = [path.name for path in (report / "allure-results").iterdir()]
    assert sum(name.endswith("-result.json") for name in names) == 7
    names.remove("environment.properties")
    assert all(name.endswith("-result.json") or "-attachment." in name for name in names)


def test_a_scenario_has_its_place_in_the_tree(report: Path) -> None:
    result = results(report)["An agent accepts [widget]"]
    assert labels(result, "epic") == ["Escalation"]
    assert labels(result, "feature") == ["Transfer to a human agent"]
    assert labels(result, "story") == [
        "A transferred conversation stays open until an agent accepts it"
    ]
    assert labels(result, "severity") == ["critical"]
    assert labels(result, "generation") == ["web-app"]
    assert labels(result, "tag") == ["ESC-03", "escalation"]
    assert {"name": "driver", "value": "widget"} in result["parameters"]


def test_requirements_are_links_and_their_sentences_are_in_the_description(report: Path) -> None:
    result = results(report)["An agent accepts [widget]"]
    [link] = result["links"]
    assert link["name"] == "ESC-03"
    assert link["url"].endswith("/ESC-03")
    assert "**ESC-03** (must, seed): A transferred conversation MUST" in result["description"]


def test_every_step_is_there_with_its_table_and_doc_string(report: Path) -> None:
    result = results(report)["What the bot learnt reaches the agent [api]"]
    assert [(step["name"], step["status"]) for step in result["steps"]] == [
        ("Given the bot knows", "passed"),
        ("When Ada says", "passed"),
        ("Then Ben sees the order 4711", "failed"),
        ("And Ada is told that Ben joined", "skipped"),
    ]
    table, text = (step["attachments"][0] for step in result["steps"][:2])
    content = report / "allure-results"
    assert (content / table["source"]).read_text() == "name,value\norder,4711\n"
    assert (content / text["source"]).read_text() == "I want a person,\nplease"
    assert result["steps"][2]["statusDetails"] == {"message": "order is missing"}


def test_a_step_that_was_not_reached_took_no_time(report: Path) -> None:
    result = results(report)["What the bot learnt reaches the agent [api]"]
    before, skipped = result["steps"][-2:]
    assert skipped["start"] == skipped["stop"] == before["stop"]


@pytest.mark.parametrize(
    ("name", "status", "tags"),
    [
        ("An agent accepts [api]", "passed", []),
        ("What the bot learnt reaches the agent [api]", "failed", []),
        ("A name of 30 characters [29]", "passed", ["warning"]),
        ("A name of 31 characters [29]", "broken", ["error"]),
        ("Silence [29]", "broken", ["inconclusive"]),
        ("The bot hangs up [29]", "skipped", ["not applicable"]),
    ],
)
def test_each_verdict_has_its_status(report: Path, name: str, status: str, tags: list[str]) -> None:
    result = results(report)[name]
    assert result["status"] == status
    found = {"warning", "error", "inconclusive", "not applicable"}.intersection(
        labels(result, "tag")
    )
    assert found == set(tags)


def test_the_reason_is_the_message(report: Path) -> None:
    found = results(report)
    assert found["The bot hangs up [29]"]["statusDetails"]["message"] == "no voice here"
    assert found["A name of 30 characters [29]"]["statusDetails"]["message"] == "30 is refused"


def test_a_should_is_of_normal_severity(report: Path) -> None:
    assert labels(results(report)["A name of 30 characters [29]"], "severity") == ["normal"]


def test_example_values_are_parameters(report: Path) -> None:
    result = results(report)["A name of 31 characters [29]"]
    assert {"name": "length", "value": "29"} in result["parameters"]


def test_evidence_is_attached(report: Path) -> None:
    result = results(report)["What the bot learnt reaches the agent [api]"]
    [picture] = result["attachments"]
    assert picture["type"] == "image/png"
    assert (report / "allure-results" / picture["source"]).read_bytes() == samples.PIXEL


def test_history_tells_drivers_apart_and_survives_another_seed(tmp_path: Path) -> None:
    runs = []
    for name in ("a", "b"):
        samples.written(tmp_path / name)
        runs.append({key: r["historyId"] for key, r in results(tmp_path / name).items()})
    assert runs[0] == runs[1]
    assert len(set(runs[0].values())) == 7
    cases = results(tmp_path / "a")
    widget, api = cases["An agent accepts [widget]"], cases["An agent accepts [api]"]
    assert widget["testCaseId"] == api["testCaseId"]


def test_nothing_names_the_machine(report: Path) -> None:
    for result in results(report).values():
        assert labels(result, "host") == ["handoff"]


def test_equal_tables_share_a_file(tmp_path: Path) -> None:
    opened = open_report(tmp_path, samples.REGISTER)
    for _ in range(3):
        opened.add(samples.context_lost(tmp_path))
    assert len(list(tmp_path.glob("allure-results/*-attachment.csv"))) == 1


def test_missing_evidence_does_not_stop_the_report(tmp_path: Path) -> None:
    gone = Attachment("Gone", "evidence/gone.txt", "text/plain")
    record = ScenarioRecord("f::S", "f", 1, "", "F", "S", Verdict.PASS, evidence=(gone,))
    open_report(tmp_path, {}).add(record)
    [result] = results(tmp_path).values()
    assert labels(result, "epic") == ["Scenarios"]


def test_a_name_with_example_values_says_them(tmp_path: Path) -> None:
    record = ScenarioRecord(
        "f::A name of <length> characters[29-api]",
        "f",
        1,
        "",
        "F",
        "A name of <length> characters",
        Verdict.PASS,
        example={"length": "29"},
        driver="api",
    )
    open_report(tmp_path, {}).add(record)
    assert list(results(tmp_path)) == ["A name of 29 characters [api]"]


def test_results_go_where_alluredir_says(tmp_path: Path) -> None:
    open_report(tmp_path, samples.REGISTER, allure=tmp_path).add(samples.context_lost(tmp_path))
    assert not (tmp_path / "requirements.json").exists()
    assert len(list(tmp_path.glob("*-result.json"))) == 1


def test_the_run_is_described_for_every_reader(report: Path) -> None:
    lines = (report / "allure-results" / "environment.properties").read_text().splitlines()
    assert "Target = reference 0.1.0" in lines
    assert "Reproduce = handoff run --target reference --seed 42" in lines
