"""Time as scenarios have it: leaps where a clock can be moved, real waiting where it cannot."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from harness.errors import NotApplicable, TargetInvalid
from harness.target import load
from harness.timepiece import ROOM, Timepiece

ROOT = Path(__file__).resolve().parents[2]
HANDOFF = Path(sys.executable).parent / "handoff"
MINUTE = timedelta(minutes=1)
REFERENCE = 'schema = 1\nkind = "reference"\ngeneration = "web-app"\n'


def test_a_clock_that_can_be_moved_leaps() -> None:
    leaps: list[timedelta] = []
    time = Timepiece((), pace=1, budget=timedelta(0))
    time.moves(20 * MINUTE, leaps.append)
    time.moves(MINUTE, leaps.append)
    assert leaps == [20 * MINUTE, MINUTE]
    assert time.passed == 21 * MINUTE


def test_nobody_waits_beyond_the_budget() -> None:
    time = Timepiece((), pace=120, budget=timedelta(seconds=1))
    time.waits(2 * MINUTE * ROOM.total_seconds())
    with pytest.raises(NotApplicable, match=r"2 minutes would .* budget is 1 second"):
        time.waits(2 * MINUTE)


def test_a_pace_is_for_a_reference(tmp_path: Path) -> None:
    file = tmp_path / "fast.toml"
    file.write_text(REFERENCE + "pace = 120\n")
    target = load(str(file))
    assert (target.pace, target.version) == (120, "on a real clock, 120 times as fast")
    file.write_text(REFERENCE.replace("reference", "deployment") + "pace = 120\n")
    with pytest.raises(TargetInvalid, match="nobody sets the pace of a deployment's clock"):
        load(str(file))


@pytest.mark.parametrize("pace", ["true", "-1", '"fast"'])
def test_a_pace_is_a_number(tmp_path: Path, pace: str) -> None:
    file = tmp_path / "fast.toml"
    file.write_text(f"{REFERENCE}pace = {pace}\n")
    with pytest.raises(TargetInvalid, match="pace is a number"):
        load(str(file))


@pytest.mark.parametrize("pace", ["0", "3601", "quick"])
def test_the_reference_refuses_an_impossible_pace(pace: str) -> None:
    words = ["-m", "harness.reference", "--pace", pace]
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True)
    assert (done.returncode, "is no pace" in done.stderr) == (2, True)


@pytest.mark.parametrize("more", [("--clock", "virtual"), ("--store", "sqlite:///kept.db")])
def test_a_pace_needs_a_clock_that_never_goes_back(more: tuple[str, str], tmp_path: Path) -> None:
    words = ["-m", "harness.reference", "--pace", "2", *more]
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, cwd=tmp_path)
    assert (done.returncode, "time must not go back" in done.stderr) == (2, True)


def test_silences_are_judged_on_a_real_clock(tmp_path: Path) -> None:
    """What settings.md says: the same scenarios, on a clock that nobody moves."""
    words = ["run", "--target", "reference-real-clock", "--customer", "api", "--workers", "8"]
    report = ["--no-allure", "--report", str(tmp_path)]
    done = subprocess.run(
        [HANDOFF, *words, *report, "features/inactivity"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-4000:]
    assert "on a real clock, 120 times as fast" in done.stdout
