"""Which Chromium is taken, and how Playwright is made to find it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness import chromium

MINE = ("PATH", "HOME", "XDG_CACHE_HOME", "PLAYWRIGHT_BROWSERS_PATH", "HANDOFF_CHROMIUM")


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Path]:
    """A machine whose only programs are those in the folder."""
    before = dict(os.environ)
    for name in MINE:
        os.environ.pop(name, None)
    os.environ.update(PATH=str(tmp_path), HOME=str(tmp_path), XDG_CACHE_HOME=str(tmp_path / "c"))
    yield tmp_path
    os.environ.clear()
    os.environ.update(before)


def program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_a_bare_machine_has_none(machine: Path) -> None:
    assert chromium.find() is None
    assert chromium.linked() is None


def test_each_earlier_place_wins_over_the_later_ones(machine: Path) -> None:
    found = []
    for place in (
        machine / "google-chrome",
        machine / "chromium",
        machine / "c/ms-playwright" / chromium.shell(),
        machine / "chromium-headless-shell",
        machine / "mine",
    ):
        found.append(program(place))
        if place.name == "mine":
            os.environ["HANDOFF_CHROMIUM"] = str(place)
        assert chromium.find() == found[-1]


def test_a_snap_is_no_chromium(machine: Path) -> None:
    os.environ["PATH"] = "/snap/bin"
    assert chromium.find() is None


def test_playwrights_own_needs_no_links(machine: Path) -> None:
    program(machine / "c/ms-playwright" / chromium.shell())
    assert chromium.linked() == machine / "c/ms-playwright"


def test_an_installation_that_stands_still_is_ended(tmp_path: Path) -> None:
    install = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    assert not chromium.wait_while_it_grows(install, tmp_path, silence=0.1)
    assert install.returncode is not None


def test_an_installation_that_ends_has_ended_by_itself(tmp_path: Path) -> None:
    install = subprocess.Popen([sys.executable, "-c", ""])
    assert chromium.wait_while_it_grows(install, tmp_path)
