"""docs/nightly.md is run as it stands: two nights, on a fresh clone each, into one site."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "nightly.md").read_text()

# Stands for `make conformance`: writes a run into reports/latest, and sets up a .venv as make does.
MAKE = """#!/bin/sh
test "$1" = conformance || exit 2
mkdir -p .venv/bin && ln -sf {handoff} .venv/bin/handoff
PYTHONPATH={root} exec {python} -c "
import pathlib, os
from tests.reports import samples
samples.written(pathlib.Path('reports/latest'), started=os.environ['STARTED'])
pathlib.Path('reports/latest/summary.md').write_text('# red')
raise SystemExit(1)"
"""


def block(language: str, number: int = 0) -> str:
    """The nth code block of a language in the page."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)[number]


@pytest.fixture(scope="module")
def job() -> dict[Any, Any]:
    parsed = yaml.safe_load(block("yaml"))
    assert isinstance(parsed, dict)
    return parsed


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """A bare origin with our commit, a `make` that judges at once, a git that knows its name."""
    tools = tmp_path / "bin"
    tools.mkdir()
    handoff = Path(sys.executable).with_name("handoff")
    made = MAKE.format(handoff=handoff, python=sys.executable, root=ROOT)
    (tools / "make").write_text(made)
    (tools / "make").chmod(0o755)
    run(tmp_path, "git init --quiet --bare --initial-branch=main origin")
    clone(tmp_path, "first")
    run(tmp_path / "first", "git commit --quiet --allow-empty -m Begin && git push -q origin main")
    return tmp_path


def clone(world: Path, name: str) -> Path:
    run(world, f"git clone --quiet origin {name}")
    return world / name


def run(folder: Path, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a script as the job's runner does; the caller looks at the exit code if it may differ."""
    world = folder if (folder / "bin").is_dir() else folder.parent
    person = {
        f"GIT_{role}_{what}": value
        for role in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "Mia"), ("EMAIL", "mia@alpine.example"))
    }
    path = f"{world / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=folder,
        env=os.environ | person | {"PATH": path, "GIT_CONFIG_GLOBAL": os.devnull} | environment,
        capture_output=True,
        text=True,
    )


def night(world: Path, job: dict[Any, Any], number: int) -> list[subprocess.CompletedProcess[str]]:
    """Do the job's steps on a fresh clone and return how each went."""
    checkout = clone(world, f"night-{number}")
    judged, done = "", []
    for step in job["jobs"]["conformance"]["steps"]:
        if "run" in step:
            script = step["run"].replace("${{ steps.judge.outcome }}", judged)
            done.append(run(checkout, script, STARTED=f"2026-03-0{number}T02:17:00.000Z"))
            if step.get("id") == "judge":
                judged = "failure" if done[-1].returncode else "success"
    return done


@pytest.mark.skipif(not shutil.which("git"), reason="not applicable: there is no git")
def test_two_nights_make_a_site_of_two_runs(world: Path, job: dict[Any, Any]) -> None:
    begun = run(world / "first", block("sh"))
    assert begun.returncode == 0, begun.stderr
    for number in (2, 3):
        fetched, judged, published, said = night(world, job, number)
        assert fetched.returncode == 0, fetched.stderr
        assert judged.returncode == 1
        assert published.returncode == 0, published.stderr
        assert said.returncode == 1
        assert "# red" in said.stdout
    run(world, "git clone --quiet --branch pages origin site")
    site = world / "site"
    assert sorted(path.name for path in (site / "runs").iterdir()) == [
        "2026-03-02T021700.000Z-reference",
        "2026-03-03T021700.000Z-reference",
    ]
    assert (site / "index.html").read_text().count("<title>2026-03-0") == 2
    assert len((site / "history.jsonl").read_text().splitlines()) == 2


def test_the_job_is_scheduled_and_may_write(job: dict[Any, Any]) -> None:
    # YAML 1.1 reads the key `on` as true.
    [when] = job[True]["schedule"]
    assert re.fullmatch(r"\d+ \d+ \* \* \*", when["cron"])
    assert job["permissions"] == {"contents": "write"}


def test_every_command_that_the_page_shows_exists() -> None:
    for command in re.findall(r"^\$ handoff (\w+)", PAGE, re.MULTILINE):
        handoff = Path(sys.executable).with_name("handoff")
        shown = subprocess.run([handoff, command, "--help"], capture_output=True, text=True)
        assert shown.returncode == 0
        assert "--report" in shown.stdout
