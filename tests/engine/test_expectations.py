"""What is expected to fail: the list, and what becomes of a run that has one."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from harness import baseline
from harness.engine import expectations
from harness.engine.judging import PASSED, Judgement
from harness.errors import BaselineInvalid
from harness.record import Mismatch, from_line
from harness.verdict import Verdict
from tests.engine.conftest import Runner

CHECKS = """
from harness.expect.checks import check
from harness.expect.matching import Mismatch
from pytest_bdd import given, parsers, then

@check
def is_right(value): return None if value == "right" else Mismatch("right", value)
@check
def is_round(value): return None if value == "round" else Mismatch("round", value)

@then(parsers.parse("it is {value}"))
def it_is(value): is_right(value)
@then(parsers.parse("its form is {value}"))
def its_form_is(value): is_round(value)
@given("nothing can be had")
def nothing(): raise KeyError("oops")
"""
FEATURE = """
Feature: F
  Scenario: Wrong
    Then it is wrong
  Scenario: Right
    Then it is right
  Scenario: Square
    Then its form is square
  Scenario: Broken
    Given nothing can be had
  Scenario Outline: Many <times>
    Then it is <what>
    Examples:
      | times | what  |
      | one   | wrong |
      | two   | right |
"""
TODAY = date(2026, 3, 2)

Run = Callable[..., tuple[pytest.RunResult, dict[str, Any]]]


def entry(scenario: str, check: str = "conftest.is_right", **more: object) -> str:
    told = {"scenario": f"f.feature::{scenario}", "check": check, "reason": "They know.", **more}
    return "[[expected]]\n" + "".join(f"{k} = {v!r}\n" for k, v in told.items() if v != "")


@pytest.fixture
def judged(project: pytest.Pytester, feature: Callable[..., Path], run: Runner) -> Run:
    """Runs the feature with a list of expected failures; gives pytest's result and the verdict."""
    project.makeconftest(CHECKS)
    feature(FEATURE, "f.feature")

    def runs(entries: str, *arguments: str) -> tuple[pytest.RunResult, dict[str, Any]]:
        (project.path / "known.toml").write_text(entries)
        options = ("--expected-failures", "known.toml", "--report", "report")
        result = run(*options, *(arguments or ("f.feature",)))
        verdict = project.path / "report" / "verdict.json"
        return result, json.loads(verdict.read_text()) if verdict.is_file() else {}

    return runs


def record(project: pytest.Pytester) -> Any:
    return from_line((project.path / "report" / "results.jsonl").read_bytes().splitlines()[0])


def test_a_known_failure_is_told_and_fails_nothing(judged: Run, project: pytest.Pytester) -> None:
    link = "https://tracker.example.test/4711"
    result, verdict = judged(entry("Wrong", link=link), "f.feature::Wrong")
    result.assert_outcomes(xfailed=1)
    assert result.ret == 0
    assert verdict["counts"]["expected_failure"] == 1
    assert verdict["counts"]["fail"] == 0
    (row,) = verdict["expected_failures"]
    assert (row["state"], row["expired"], row["link"]) == ("failed as expected", False, link)
    found = record(project)
    assert found.verdict is Verdict.EXPECTED_FAILURE
    assert found.reason.endswith(f"(known: They know. {link})")
    result.stdout.fnmatch_lines(["EXPECTED FAILURE  f.feature::Wrong: failed as expected by *"])
    results = (project.path / "report" / "allure-results").glob("*-result.json")
    (allure,) = [json.loads(path.read_text()) for path in results]
    assert allure["status"] == "skipped"
    assert {"name": "tag", "value": "expected failure"} in allure["labels"]
    assert link in allure["statusDetails"]["message"]


def test_an_expected_failure_that_passes_fails_the_run(
    judged: Run, project: pytest.Pytester
) -> None:
    result, verdict = judged(entry("Wrong") + entry("Right"))
    assert result.ret == 1
    assert verdict["expected_failures"][1]["state"] == "passed"
    result.stdout.fnmatch_lines(
        ["UNEXPECTED PASS  f.feature::Right: *remove known.toml: entry 2", "verdict: refused*"]
    )


def test_a_failure_by_another_check_is_a_plain_failure(judged: Run) -> None:
    result, verdict = judged(entry("Square"), "f.feature::Square")
    result.assert_outcomes(failed=1)
    assert verdict["expected_failures"][0]["state"] == "failed otherwise"
    result.stdout.fnmatch_lines(["*Square: failed otherwise than by conftest.is_right; *"])
    assert verdict["verdict"] == "not-conformant"


@pytest.mark.parametrize("scenario", ["Wrong", "Right", "Square"])
def test_an_entry_that_has_expired_fails_the_run(judged: Run, scenario: str) -> None:
    """Also one whose scenario did not run."""
    known = entry("Wrong", expires="2026-03-01") + entry("Square", "conftest.is_round")
    result, verdict = judged(known, f"f.feature::{scenario}")
    assert result.ret == 1
    assert verdict["expected_failures"][0]["expired"]
    assert [row["expired"] for row in verdict["expected_failures"][1:]] in ([], [False])
    result.stdout.fnmatch_lines(["EXPIRED  f.feature::Wrong: known.toml: entry 1 expired on *"])


def test_the_last_day_counts(judged: Run) -> None:
    today = datetime.now(UTC).date()
    result, _ = judged(entry("Wrong", expires=today.isoformat()), "f.feature::Wrong")
    assert result.ret == 0
    result, _ = judged(
        entry("Wrong", expires=(today - timedelta(days=1)).isoformat()), "f.feature::Wrong"
    )
    assert result.ret == 1


def test_what_could_not_be_judged_is_no_expected_failure(judged: Run) -> None:
    result, verdict = judged(entry("Broken", check=""), "f.feature::Broken")
    result.assert_outcomes(failed=1)
    assert verdict["counts"]["error"] == 1
    assert verdict["expected_failures"][0]["state"] == "not judged"


@pytest.mark.parametrize("scenario", ["Many <times>", "Many <times>[one-wrong]"])
def test_an_entry_fits_the_examples_that_it_names(judged: Run, scenario: str) -> None:
    result, _ = judged(entry(scenario), "f.feature", "-k", "Many")
    # Without the bracket it names the second example too, which passes.
    assert result.ret == ("[" not in scenario)


@pytest.mark.parametrize("workers", ["0", "2"])
def test_workers_expect_the_same(judged: Run, project: pytest.Pytester, workers: str) -> None:
    known = entry("Wrong") + entry("Square", "conftest.is_round")
    _, _ = judged(known, "f.feature::Wrong")
    options = ("--expected-failures", "known.toml", "-n", workers)
    only = ("f.feature::Wrong", "f.feature::Square", "f.feature::Right")
    project.runpytest_subprocess(*options, *only).assert_outcomes(xfailed=2, passed=1)


WRONG = {
    "no TOML": ("scenario: x", "known.toml: is no TOML: *each expected failure is a table *"),
    "an old list": ("f.feature::Wrong # known\n", "known.toml: is no TOML*"),
    "one table": ("[expected]\nscenario = 'x'\n", "*in double brackets*"),
    "a strange table": ("[[expexted]]\n", "known.toml: unknown key expexted*"),
    "a strange key": (entry("Wrong", reasons="x"), "*entry 1: unknown key reasons; *mean reason?"),
    "no reason": ("[[expected]]\nscenario = 'f.feature::Wrong'\n", "*1: reason is missing: why*"),
    "no scenario": ("[[expected]]\nreason = 'x'\n", "*entry 1: scenario is missing: *"),
    "an empty reason": (entry("Wrong", reason=" "), "*reason must be a text*"),
    "a number": (entry("Wrong", reason=5), "*reason must be a text, not 5*"),
    "no id": ("[[expected]]\nscenario='Wrong'\nreason='x'\n", "*scenario 'Wrong' is no id*"),
    "no day": (entry("Wrong", expires="soon"), "*expires must be a day, such as *, not soon"),
    "a moment": ("[[expected]]\nscenario='f.feature::Wrong'\nreason='x'\nexpires=5\n", "*a day*"),
    "no address": (entry("Wrong", link="javascript:alert(1)"), "*link must be an address*"),
    "a scenario that there is none of": (entry("Wrng"), "*no scenario 'Wrng'; did you mean Wrong?"),
    "a driver that there is none of": (entry("Wrong[phone]"), "*no scenario 'Wrong?phone?'*"),
    "a check that there is none of": (entry("Wrong", "conftest.is_rigth"), "*mean conftest.is_r*"),
    "the same twice": (entry("Wrong") * 2, "*known.toml: entry 2: *stands in entry 1 already"),
    "a feature that there is none of": (
        "[[expected]]\nscenario = 'g.feature::Wrong'\nreason = 'x'\n",
        "*entry 1: there is no feature g.feature; looked for it in *",
    ),
}


@pytest.mark.parametrize("why", WRONG)
def test_a_list_that_cannot_be_is_wrong_usage(judged: Run, why: str) -> None:
    written, told = WRONG[why]
    result, _ = judged(written)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"ERROR: {told}"])


def test_a_list_may_come_from_an_editor_on_windows(tmp_path: Path) -> None:
    path = tmp_path / "known.toml"
    path.write_bytes(b"\xef\xbb\xbf" + entry("Wrong").replace("\n", "\r\n").encode())
    assert [found.name for found in baseline.read(path)] == ["Wrong"]


def test_a_result_has_these_names() -> None:
    assert baseline.forms("Name", "29", "api") == {"Name", "Name[29-api]", "Name[29]", "Name[api]"}
    assert baseline.forms("Name") == {"Name"}


def test_a_target_may_have_a_list_of_its_own(judged: Run, project: pytest.Pytester) -> None:
    folder = project.mkdir("targets")
    (folder / "mine.toml").write_text(
        'schema = 1\nkind = "deployment"\ngeneration = "classic"\nexpected_failures = "list.toml"\n'
    )
    (folder / "list.toml").write_text(entry("Wrong"))
    given = entry("Square", "conftest.is_round")
    result, verdict = judged(given, "f.feature::Wrong", "f.feature::Square", "--target", "mine")
    result.assert_outcomes(xfailed=2)
    assert len(verdict["expected_failures"]) == 2
    (folder / "list.toml").unlink()
    result, _ = judged(given, "f.feature", "--target", "mine")
    result.stderr.fnmatch_lines(["*mine.toml: expected_failures is a file beside this one*"])


def test_the_reference_has_a_list_that_holds() -> None:
    path = Path(__file__).parents[2] / "targets" / "reference-baseline.toml"
    known = expectations.read([path], ())
    known.hold()
    assert not [entry for entry in known.entries if not entry.check]


def test_a_pass_and_another_failure_are_no_known_failure(tmp_path: Path) -> None:
    (tmp_path / "f.feature").write_text(FEATURE)
    known = baseline.Entry("known.toml", 1, "f.feature::Wrong", "They know.", "a.b")
    expected = expectations.Expectations([known], [tmp_path], TODAY)
    found = Judgement(Verdict.FAIL, "a.b: no", Mismatch("a.b", "no"))
    soft = Judgement(Verdict.WARNING, "a.b: no", Mismatch("a.b", "no"))
    other = Judgement(Verdict.FAIL, "c.d: no", Mismatch("c.d", "no"))
    assert expected.judged([known], found).verdict is Verdict.EXPECTED_FAILURE
    assert expected.judged([known], other) == other
    assert expected.judged([known], soft).verdict is Verdict.WARNING
    assert expected.judged([known], soft).reason == "a.b: no (known: They know.)"
    assert expected.judged([known], PASSED).verdict is Verdict.FAIL
    with pytest.raises(BaselineInvalid, match=r"no check a\.b"):
        expected.hold()
