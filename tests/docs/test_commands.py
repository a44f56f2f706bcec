"""What a newcomer types, typed."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from shutil import make_archive

import pytest

ROOT = Path(__file__).resolve().parents[2]
HANDOFF = Path(sys.executable).parent / "handoff"
PATH = (ROOT / "docs/writing-scenarios.md").read_text(encoding="utf-8")


def handoff(*words: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run([HANDOFF, *words], cwd=cwd, capture_output=True, text=True)


@pytest.fixture
def waiting(tmp_path: Path) -> Path:
    """The feature of the ten-minute path, in a folder of its own."""
    feature = re.search(r"^```gherkin\n(Feature: .*?)^```", PATH, re.MULTILINE | re.DOTALL)
    assert feature
    file = tmp_path / "waiting.feature"
    file.write_text(feature.group(1))
    return file


def test_the_ten_minute_path_runs(waiting: Path) -> None:
    done = handoff("run", "--customer", "api", "--no-allure", waiting.name, cwd=waiting.parent)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 passed" in done.stdout


def test_the_sentences_for_any_bot_run(tmp_path: Path) -> None:
    shown = re.search(r"^```gherkin\n(Feature: What our bot .*?)^```", PATH, re.M | re.DOTALL)
    assert shown
    (tmp_path / "ours.feature").write_text(shown.group(1))
    done = handoff("run", "--customer", "api", "--no-allure", "ours.feature", cwd=tmp_path)
    assert "4 passed" in done.stdout, done.stdout + done.stderr


GAPS = r'"|Ada|Ben|Bea|Mia|Noah|Olga|Pia|classic|a licence|voice|OC_Admin|2013|31 rare'
"""What stands in the gaps of the sentences of the tables."""


def test_every_sentence_for_any_bot_is_known() -> None:
    told = handoff("steps").stdout
    from_tables = re.findall(r"^\| `(.+?)` \|", PATH.partition("## 7.")[2], re.MULTILINE)
    assert from_tables
    for sentence in from_tables:
        start = re.split(GAPS, sentence)
        words = max(start, key=len).strip(" '")
        assert words in told, sentence


def test_one_scenario_of_it_runs(waiting: Path) -> None:
    one = f"{waiting.name}::Nobody is available"
    done = handoff("run", "--customer", "api", "--no-allure", one, cwd=waiting.parent)
    assert "1 passed" in done.stdout, done.stdout + done.stderr


def test_an_unknown_sentence_shows_the_nearest(waiting: Path) -> None:
    wrong = re.search(r"^```gherkin\n(Then .*?)\n```", PATH, re.MULTILINE)
    assert wrong
    text = waiting.read_text().replace("Then Ada's conversation is open", wrong.group(1))
    waiting.write_text(text)
    done = handoff("run", "--customer", "api", "--no-allure", waiting.name, cwd=waiting.parent)
    assert done.returncode != 0
    assert re.search(r"conversation is .*steps/conversation\.py:\d+", done.stdout, re.DOTALL)


def test_the_scenario_of_the_readme_runs(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"^```gherkin\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    assert shown
    (tmp_path / "shown.feature").write_text(f"Feature: Shown\n{shown.group(1)}")
    done = handoff("run", "--customer", "api", "--no-allure", "shown.feature", cwd=tmp_path)
    assert "1 passed" in done.stdout, done.stdout + done.stderr


@pytest.mark.parametrize("word", ["", "agent", "conversation"])
def test_the_sentences_are_listed(word: str) -> None:
    done = handoff("steps", *filter(None, [word]))
    assert done.returncode == 0
    assert "e.g. " in done.stdout


def test_the_requirements_are_listed() -> None:
    assert "ESC-26" in handoff("requirements").stdout


def test_the_doctor_finds_the_reference_ready() -> None:
    done = handoff("doctor", "--target", "targets/reference.toml")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.strip().endswith("ready")


def test_one_fault_is_proven(tmp_path: Path) -> None:
    words = re.search(r"^handoff (prove --fault .*)$", PATH, re.MULTILINE)
    assert words
    folders = ("--report", str(tmp_path / "report"), "--proof", str(tmp_path / "proof.json"))
    done = handoff(*words.group(1).split(), *folders)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    """A folder with the export and the feature that docs/your-own-bot.md speaks of."""
    make_archive(str(tmp_path / "harbour"), "zip", ROOT / "tests/bots/parcels")
    page = (ROOT / "docs/your-own-bot.md").read_text(encoding="utf-8")
    feature = re.search(r"^```gherkin\n(Feature: .*?)^```", page, re.MULTILINE | re.DOTALL)
    assert feature
    (tmp_path / "harbour.feature").write_text(feature.group(1))
    return tmp_path


def test_an_exported_bot_is_looked_at(harbour: Path) -> None:
    done = handoff("bot", "harbour.zip", cwd=harbour)
    assert done.returncode == 0, done.stdout + done.stderr
    page = (ROOT / "docs/your-own-bot.md").read_text(encoding="utf-8")
    shown = re.search(r"^```\n(Harbour Parcels .*?)^```", page, re.MULTILINE | re.DOTALL)
    assert shown
    assert [line for line in shown.group(1).splitlines() if line not in done.stdout] == ["  …"]


def test_an_exported_bot_is_judged(harbour: Path) -> None:
    words = ("--bot", "harbour.zip", "--customer", "api", "--no-allure", "harbour.feature")
    done = handoff("run", *words, cwd=harbour)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 passed" in done.stdout


def test_a_demo_with_an_exported_bot_starts(harbour: Path) -> None:
    command = [HANDOFF, "serve", "--demo", "--port", "0", "--bot", "harbour.zip"]
    demo = subprocess.Popen(command, cwd=harbour, stdout=subprocess.PIPE, text=True)
    assert demo.stdout
    assert demo.stdout.readline() == "The reference is running.\n"
    demo.terminate()
    demo.communicate()


def test_the_demo_starts_and_stops() -> None:
    demo = subprocess.Popen(
        [HANDOFF, "serve", "--demo"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert demo.stdout
    told = ""
    while "https://" not in told:
        line = demo.stdout.readline()
        assert line, told
        told += line
    demo.terminate()
    demo.communicate()
