"""docs/doctor.md: every command plants what it says, and every cause is told of."""

from __future__ import annotations

import re
import runpy
import shlex
from pathlib import Path

import pytest

from tests.doctor.worlds import PEOPLE

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs/doctor.md").read_text(encoding="utf-8")
PLANTED = re.findall(r"^```sh\npython (docs/broken_world\.py .+)\n```\nsays `([^`]+)`", TEXT, re.M)


@pytest.mark.parametrize(("command", "cause"), PLANTED, ids=[cause for _, cause in PLANTED])
def test_every_command_plants_what_it_says(
    command: str,
    cause: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    script, *arguments = shlex.split(command)
    for name in PEOPLE:  # Taken back after the test: the script sets them.
        monkeypatch.setenv(f"BROKEN_{name.upper()}", "")
    assert runpy.run_path(str(ROOT / script))["main"](arguments) == 1
    told = capsys.readouterr().out
    wrong = [line[6:] for line in told.splitlines() if line.startswith("  NO")]
    assert {line.partition(":")[0] for line in wrong} == {cause}, told


def test_every_cause_is_told_of_and_none_that_is_not() -> None:
    sources = (ROOT / "harness/doctor").glob("*.py")
    code = "".join(file.read_text(encoding="utf-8") for file in sources)
    known = set(re.findall(r'\bnamed\(\s*"([^"]+)"', code))
    assert set(re.findall(r"^\| `([^`]+)` \|", TEXT, re.M)) == known
    assert known - {cause for _, cause in PLANTED} == {"unmanaged layer", "managed bot out of step"}
