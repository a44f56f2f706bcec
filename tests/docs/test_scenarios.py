"""The scenarios as they are written: short, named once, and silent about what only a page shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FEATURES = sorted((ROOT / "features").rglob("*.feature"))

SEEN = ("authoring", "portal", "widget")
"""The folders whose requirements are about what a page shows: only they may say it."""

OF_PAGES = re.compile(
    r"\b(button|click|icon|checkbox|menu|pane|press|screen|select|tile)(s|es|ed)?\b", re.IGNORECASE
)
OF_THE_WIRE = re.compile(r"\b(HTTP|GET|POST|PUT|PATCH|DELETE|JSON|URL|status code)\b")

STEP = re.compile(r"\s*(Given|When|Then|And|But|\*) (?P<text>.*)")
TITLE = re.compile(r"\s*(?:Scenario|Scenario Outline|Example): (?P<name>.*)")
ENDING = re.compile(r"\s*(Background|Rule|Feature|Examples)\b")

STEPS, WHENS = 8, 1


@dataclass
class Written:
    """A scenario as it stands in its file."""

    name: str
    steps: list[str] = field(default_factory=list)


def scenarios(path: Path) -> Iterator[Written]:
    current: Written | None = None
    for line in path.read_text(encoding="utf-8").splitlines():
        if found := TITLE.fullmatch(line):
            current = Written(found["name"])
            yield current
        elif ENDING.match(line):
            current = None
        elif current and STEP.fullmatch(line):
            current.steps.append(line.strip())


def folder(path: Path) -> str:
    return path.parent.relative_to(ROOT / "features").as_posix()


@pytest.mark.parametrize("path", FEATURES, ids=lambda path: path.stem)
def test_a_scenario_is_short_and_named_once(path: Path) -> None:
    written = list(scenarios(path))
    assert written
    assert len({each.name for each in written}) == len(written)
    for each in written:
        assert 1 < len(each.steps) <= STEPS, each.name
        assert sum(step.startswith("When ") for step in each.steps) <= WHENS, each.name


@pytest.mark.parametrize("path", FEATURES, ids=lambda path: path.stem)
def test_only_features_about_pages_speak_of_what_is_seen(path: Path) -> None:
    steps = [step for each in scenarios(path) for step in each.steps]
    assert [step for step in steps if OF_THE_WIRE.search(step)] == []
    if folder(path) not in SEEN:
        assert [step for step in steps if OF_PAGES.search(_unquoted(step))] == []


def test_the_documents_name_the_folders_that_may() -> None:
    for document in ("docs/writing-scenarios.md", "docs/glossary.md"):
        text = (ROOT / document).read_text(encoding="utf-8")
        assert [name for name in SEEN if f"`features/{name}`" not in text] == [], document


def _unquoted(step: str) -> str:
    """A step without what people say in it."""
    return re.sub(r'"[^"]*"', "", step)
