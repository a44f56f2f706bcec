"""The documents keep their promises: commands run, links resolve, settings are all there."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BIN = Path(sys.executable).parent

# What a reader types and another test, or the pipeline, runs.
ELSEWHERE = {
    "make conformance": ".ci/run",
    "make prove": ".ci/run",
    "make test": ".ci/run",
    "make clients": ".ci/run",
    "make benchmarks": "benchmarks, by hand: it takes a quarter of an hour",
    "make serve": "tests/docs/test_commands.py",
    "handoff publish": "tests/reports/test_nightly.py",
    "handoff run waiting.feature": "tests/docs/test_commands.py",
    "handoff bot": "tests/docs/test_commands.py",
    "handoff serve --demo --bot": "tests/docs/test_commands.py",
    "handoff serve --page shop.html": "tests/wire/test_own_page.py",
    "python docs/broken_world.py": "tests/doctor/test_document.py",
    "git ": "tests/reports/test_nightly.py",
    "source .venv/bin/activate": "the shell's own",
}
SHELL = re.compile(r"^```(?:sh|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#]+)(?:#[^)]*)?\)")


def commands() -> Iterator[str]:
    """Each command of each document, without its comment."""
    for document in DOCUMENTS:
        for block in SHELL.findall(document.read_text(encoding="utf-8")):
            for line in block.splitlines():
                if command := line.removeprefix("$ ").split(" #")[0].strip():
                    yield command


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_links_lead_somewhere(document: Path) -> None:
    links = LINK.findall(document.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("command", sorted({c for c in commands() if c.startswith("make ")}))
def test_make_has_the_target(command: str) -> None:
    assert re.search(rf"^{command.split()[1]}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


@pytest.mark.parametrize("command", [c for c in dict.fromkeys(commands()) if "handoff" in c])
def test_the_command_is_known(command: str) -> None:
    """Every sub-command and option that a document shows exists."""
    words = shlex.split(command)
    shown = {word for word in words if word.startswith("--")}
    done = subprocess.run(
        [BIN / "handoff", words[1], "--help"], capture_output=True, text=True, check=True
    )
    assert shown <= set(re.findall(r"--[a-z-]+", done.stdout))


def test_every_command_is_run_by_a_test() -> None:
    here = {
        "handoff steps",
        "handoff requirements",
        "handoff doctor",
        "handoff prove",
        "handoff run",
    }
    known = (*ELSEWHERE, *here)
    assert [command for command in commands() if not command.startswith(known)] == []


def test_the_pipeline_runs_what_the_readme_says() -> None:
    pipeline = (ROOT / ".ci/run").read_text()
    assert all(command in pipeline for command, where in ELSEWHERE.items() if where == ".ci/run")


def options(module: str, *words: str) -> set[str]:
    """The long options that a command's help names."""
    done = subprocess.run(
        [sys.executable, "-m", module, *words, "--help"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return set(re.findall(r"--[a-z][a-z-]+", done.stdout)) - {"--help", "--version"}


@pytest.mark.parametrize(
    "words",
    [
        ("harness.cli", "run"),
        ("harness.cli", "prove"),
        ("harness.cli", "serve"),
        ("harness.reference",),
    ],
    ids=" ".join,
)
def test_every_option_is_documented(words: tuple[str, ...]) -> None:
    settings = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    assert {option for option in options(*words) if f"`{option}" not in settings} == set()


def test_every_variable_is_documented() -> None:
    settings = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    used = set()
    for path in (ROOT / "harness").rglob("*.py"):
        if "node_modules" not in path.parts:
            text = path.read_text(encoding="utf-8")
            used |= set(re.findall(r"environ(?:\.get\(|\[)\"(HANDOFF_[A-Z_]+)\"", text))
    assert {name for name in used if f"`{name}`" not in settings} == set()


def test_the_example_target_names_every_key() -> None:
    from harness.target import KEYS  # noqa: PLC0415

    text = (ROOT / "targets/example-tenant.toml").read_text(encoding="utf-8")
    tomllib.loads(text)
    keys = {key for table in KEYS.values() for key in table}
    assert {key for key in keys if not re.search(rf"^\W*{key}\b", text, re.MULTILINE)} == set()
