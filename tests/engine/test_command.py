"""`handoff`: what people type, what they see, and the exit codes that CI relies on."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from harness import cli, layout
from tests.engine.conftest import ADDING

Write = Callable[..., Path]
Handoff = Callable[..., pytest.RunResult]


@pytest.fixture
def handoff(project: pytest.Pytester) -> Handoff:
    """Runs the command in the project, as a process of its own."""

    def runs(*arguments: object) -> pytest.RunResult:
        command = (sys.executable, "-m", "harness.cli")
        return project.run(*command, *map(str, arguments), timeout=120)

    return runs


def test_a_run_that_asked_nobody_is_refused(feature: Write, handoff: Handoff) -> None:
    feature(ADDING)
    result = handoff("run", "counting.feature", "--no-allure")
    assert result.ret == 4
    result.stdout.fnmatch_lines(
        ["refused: counting.feature::Adding passed although nothing was exchanged with the target"]
    )


def test_a_run_without_a_scenario_is_refused(project: pytest.Pytester, handoff: Handoff) -> None:
    (project.path / "empty").mkdir()
    assert handoff("run", "empty", "--no-allure").ret == 4


def test_a_failure_is_1(feature: Write, handoff: Handoff) -> None:
    feature(ADDING.replace("is 3", "is 4"))
    result = handoff("run", "counting.feature", "--no-allure", "--seed", "5")
    assert result.ret == 1
    result.stdout.fnmatch_lines(["1 scenario, target reference, seed 5", "running *Adding", "*"])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("run", "nowhere.feature"), "*nowhere.feature*"),
        (("run", "twice.feature"), "*twice.feature:3*Same*line 2*"),
        (("run", "--target", "nobody", "twice.feature"), "*no target 'nobody'*"),
        (("run", "--customer", "nobody"), "*invalid choice*"),
        (("run", "--workers", "many"), "*'many' is neither a number nor auto"),
        (("prove", "--fault", "agent_message_lots"), "*; did you mean agent_message_lost?"),
        (("run", "--expected-failures", "no.toml", "twice.feature"), "*no.toml: *cannot be*"),
        (("sing",), "*invalid choice*"),
    ],
)
def test_what_cannot_be_done_is_2(
    feature: Write, handoff: Handoff, arguments: tuple[str, ...], told: str
) -> None:
    feature("Feature: F\n  Scenario: Same\n  Scenario: Same\n", "twice.feature")
    result = handoff(*arguments)
    assert result.ret == 2
    (result.stdout if told.startswith("*twice") else result.stderr).fnmatch_lines([told])


def test_only_errors_are_3(feature: Write, handoff: Handoff) -> None:
    feature("Feature: F\n  Scenario: S\n    Given nobody knows this\n")
    assert handoff("run", "counting.feature", "--no-allure").ret == 3


@pytest.mark.parametrize("workers", [0, 2])
def test_a_reference_that_does_not_start_is_told_by_each_scenario(
    project: pytest.Pytester, handoff: Handoff, workers: int
) -> None:
    project.makepyfile(trustme="raise OSError('nobody certifies anything here')")
    path = layout.FEATURES / "voice" / "actions.feature"
    result = handoff("run", path, "--workers", workers, "--no-allure")
    assert result.ret == 1
    result.stdout.fnmatch_lines(["*the reference did not start: OSError: nobody certifies*"])
    assert "INTERNALERROR" not in result.stdout.str() + result.stderr.str()


@pytest.mark.parametrize("workers", [0, 2])
def test_without_a_reference_nothing_is_proven(
    project: pytest.Pytester, handoff: Handoff, workers: int
) -> None:
    project.makepyfile(trustme="raise OSError('nobody certifies anything here')")
    result = handoff("prove", "--workers", workers)
    assert result.ret == 3
    told = result.stdout.str() + result.stderr.str()
    assert "the reference did not start: OSError: nobody certifies" in told
    assert "INTERNALERROR" not in told


def test_a_strangers_file_is_run_against_the_reference(
    handoff: Handoff, tmp_path: Path, project: pytest.Pytester
) -> None:
    stranger = tmp_path / "stranger.feature"
    shipped = (layout.FEATURES / "connection" / "disconnect.feature").read_text()
    stranger.write_text(shipped)
    result = handoff("run", stranger, "--customer", "api", "--report", "out", "--no-allure")
    assert result.ret == 0, result.stdout.str()
    verdict = json.loads((project.path / "out" / "verdict.json").read_text())
    assert verdict["verdict"] == "partial"
    assert verdict["counts"]["pass"] > 0


def test_two_workers_share_one_reference(handoff: Handoff, project: pytest.Pytester) -> None:
    path = layout.FEATURES / "connection" / "disconnect.feature"
    result = handoff("run", path, "--customer", "api", "--workers", "2", "--no-allure")
    assert result.ret == 0, result.stdout.str()


def test_a_fault_is_killed_by_its_check(handoff: Handoff, project: pytest.Pytester) -> None:
    result = handoff(
        *("prove", layout.FEATURES / "connection" / "disconnect.feature"),
        *("--fault", "disconnect_keeps_user_enabled", "--workers", "0", "--report", "proof"),
    )
    assert result.ret == 0, result.stdout.str()
    result.stdout.fnmatch_lines(["1 of 1 faults killed by the check that they name"])
    assert "| killed |" in (project.path / "proof" / "kills.md").read_text()


def test_an_unknown_fault_is_2(handoff: Handoff) -> None:
    result = handoff("prove", "--fault", "nobody", "--workers", "0")
    assert result.ret == 2


def test_a_path_without_faults_proves_nothing(handoff: Handoff) -> None:
    result = handoff("prove", "disconnect_keeps_user_enabled", "--workers", "2")
    assert result.ret == 3
    assert "--fault NAME names a fault" in result.stdout.str() + result.stderr.str()


def test_steps_are_printed_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["steps", "waiting for an agent"]) == 0
    printed = capsys.readouterr().out
    assert "Given {customer:Customer} is waiting for an agent" in printed
    assert "e.g. Given Ada is waiting for an agent" in printed
    assert "steps/customer.py:" in printed


def test_a_reader_that_stops_reading_sees_no_traceback() -> None:
    handoff = subprocess.Popen(
        [sys.executable, "-m", "harness.cli", "steps"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert handoff.stdout is not None
    assert handoff.stderr is not None
    handoff.stdout.close()
    assert handoff.stderr.read() == b""
    handoff.stderr.close()
    assert handoff.wait() == 0


def test_requirements_name_their_scenarios(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["requirements", "ESC-32", "--report", "nowhere"]) == 0
    printed = capsys.readouterr().out
    assert "features/escalation/transfer.feature::" in printed
    assert "[linked]" in printed


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    printed = capsys.readouterr().out
    commands = ["run", "prove", "serve", "steps", "requirements", "doctor", "report", "publish"]
    for command in commands:
        assert f"    {command}" in printed


def test_an_interrupted_run_tells_what_was_done(
    feature: Write, handoff: Handoff, project: pytest.Pytester
) -> None:
    project.path.joinpath("sub").mkdir()
    (project.path / "sub/conftest.py").write_text(
        "from pytest_bdd import when\n"
        "@when('somebody presses Ctrl-C')\n"
        "def interrupted():\n    raise KeyboardInterrupt\n"
    )
    stop = "  Scenario: Stopping\n    When somebody presses Ctrl-C\n"
    never = "  Scenario: Never\n    When 1 is added\n"
    feature(ADDING + stop + never, "sub/counting.feature")
    result = handoff("run", "sub")
    assert result.ret == 130
    result.stdout.fnmatch_lines(
        ["Verdict *", "report: reports/latest/summary.md", "interrupted after 1 of 3 scenarios"]
    )
