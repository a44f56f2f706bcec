"""A wheel carries the scenarios, and works without a checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("harness", "steps", "features", "targets", "reports")
FILES = ("pyproject.toml", "setup.py", "README.md")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of packages with our wheel installed, built from a copy: building leaves traces."""
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "checkout"
    copy.mkdir()
    unwanted = shutil.ignore_patterns("node_modules", "dist", "latest", "__pycache__")
    for name in FOLDERS:
        shutil.copytree(ROOT / name, copy / name, ignore=unwanted)
    for name in FILES:
        shutil.copy(ROOT / name, copy)
    pip = [sys.executable, "-m", "pip", "-q", "install", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--target", folder / "site", copy], check=True, capture_output=True)
    return folder / "site"


def run(site: Path, *words: str) -> str:
    """What a command of the installed wheel prints, away from any checkout."""
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=site.parent,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_has_the_sentences(site: Path) -> None:
    assert "{customer:Customer} asks for a person" in run(site, "harness.cli", "steps", "person")


def test_it_has_the_register(site: Path) -> None:
    assert "ESC-26" in run(site, "harness.cli", "requirements")


def test_it_has_targets_and_topics_and_pages(site: Path) -> None:
    assert (site / "harness/_bundled/targets/reference.toml").exists()
    reference = site / "harness/reference"
    assert list(reference.glob("content/*.yaml"))
    assert list(reference.glob("templates/**/*.html"))
    assert list(reference.glob("static/*.css"))
    assert list((site / "harness/reports/schema").glob("verdict-*.json"))


def test_it_has_nothing_else(site: Path) -> None:
    mine = {path.name for path in site.iterdir() if not path.name.endswith(".dist-info")}
    assert mine - {"bin", "__pycache__"} == {"harness"}
