"""Bots of somebody else's: looked at, and judged by scenarios of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from harness import target
from harness.errors import TargetInvalid

ROOT = Path(__file__).resolve().parents[2]
HANDOFF = Path(sys.executable).parent / "handoff"
BOTS = Path("tests/bots")


def handoff(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([HANDOFF, *words], cwd=ROOT, capture_output=True, text=True, check=False)


def run(bot: str, *, report: Path) -> subprocess.CompletedProcess[str]:
    words = ("--customer", "api", "--no-allure", "--report", str(report))
    return handoff("run", "--bot", bot, *words, "tests/bots/parcels.feature")


def test_scenarios_run_with_the_bot_that_they_were_written_for(tmp_path: Path) -> None:
    done = run("tests/bots/parcels", report=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 passed" in done.stdout
    assert "reference with parcels" in done.stdout
    verdict = json.loads((tmp_path / "verdict.json").read_text())
    assert "--bot tests/bots/parcels" in verdict["reproduce"]


def test_scenarios_fail_with_another_bot(tmp_path: Path) -> None:
    done = run("tests/bots/orchard", report=tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr


def test_a_damaged_bot_is_refused_once_before_any_scenario_runs(tmp_path: Path) -> None:
    done = run("tests/bots/wreck", report=tmp_path)
    told = done.stdout + done.stderr
    assert done.returncode == 2, told
    assert told.count("Torn/data, line 5: not YAML") == 1
    assert "running" not in told


def test_what_is_no_bot_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "bad.zip").write_text("no zip")
    done = run(str(tmp_path / "bad.zip"), report=tmp_path)
    assert done.returncode == 2
    assert (done.stdout + done.stderr).count("'bad.zip': it is no zip archive") == 1


def test_serving_a_bad_bot_says_why_and_asks_nothing(tmp_path: Path) -> None:
    (tmp_path / "bad.zip").write_text("no zip")
    done = handoff("serve", "--port", "0", "--bot", str(tmp_path / "bad.zip"))
    assert done.returncode == 2
    assert "'bad.zip': it is no zip archive" in done.stderr
    assert "taken" not in done.stderr


def test_the_keys_of_the_report_are_those_that_the_document_lists() -> None:
    (bot,) = json.loads(handoff("bot", "--json", str(BOTS / "parcels")).stdout)["bots"]
    document = (ROOT / "docs/your-own-bot.md").read_text()
    listed = document.partition("`bots` (each with ")[2].partition(")")[0]
    assert [key.strip(" `") for key in listed.replace("\n", " ").split(",")] == list(bot)


def test_a_bot_that_is_not_there_is_a_matter_of_usage(tmp_path: Path) -> None:
    done = run("tests/bots/nowhere", report=tmp_path)
    assert done.returncode == 2
    assert "there is no tests/bots/nowhere" in done.stdout + done.stderr


def test_the_beginning_of_a_report_is_enough() -> None:
    with subprocess.Popen(
        [HANDOFF, "bot", str(BOTS / "bakery")], cwd=ROOT, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.parametrize(("name", "code"), [("parcels", 0), ("bakery", 1), ("wreck", 2)])
def test_the_exit_code_says_how_well_a_bot_runs(name: str, code: int) -> None:
    done = handoff("bot", str(BOTS / name))
    assert (done.returncode, done.stderr) == (code, ""), done.stdout


@pytest.mark.parametrize("path", ["tests/bots/nowhere", "README.md", "docs"])
def test_what_holds_no_bot_is_told_in_a_sentence(path: str) -> None:
    done = handoff("bot", path)
    assert (done.returncode, done.stderr) == (2, "")
    assert done.stdout.splitlines()[-1] == "no bot was found"


def test_a_damaged_bot_is_shown_with_all_that_is_whole() -> None:
    told = handoff("bot", "tests/bots/wreck").stdout
    assert "Sound     OnRecognizedIntent, 1 phrase" in told
    assert "wx_wreck.topic.Torn/data, line 5: not YAML" in told
    assert "wx_wreck.topic.Nameless/data, line 1: beginDialog is missing" in told


def test_a_bot_is_shown_as_data() -> None:
    found = json.loads(handoff("bot", "tests/bots/bakery", "--json").stdout)
    [bot] = found["bots"]
    assert (bot["name"], bot["schema"]) == ("Corner Bakery", "bx_bakery")
    assert {"name": "Bread", "default": "Sourdough"} in bot["variables"]
    assert {"kind": "Question", "count": 2, "runs": "executed"} in bot["kinds"]
    oven = {"kind": "BakeInOvenV9", "count": 1, "runs": "named when reached"}
    assert oven in bot["kinds"]
    [cake] = [topic for topic in bot["topics"] if topic["name"] == "Bake a cake"]
    assert (cake["trigger"], cake["phrases"]) == ("OnRecognizedIntent", 1)
    assert "oven_1" in [finding["node"] for finding in bot["findings"]]


def test_a_target_names_the_bot_beside_it(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    file = tmp_path / "ours.toml"
    text = 'schema = 1\nkind = "reference"\ngeneration = "web-app"\nbot = "ours"\n'
    file.write_text(text)
    assert target.load(str(file)).bot == str(tmp_path / "ours")
    assert target.load(str(file), bot=str(tmp_path)).bot == str(tmp_path)
    file.write_text(text.replace("reference", "deployment"))
    with pytest.raises(TargetInvalid, match="a deployment has a bot of its own"):
        target.load(str(file))
