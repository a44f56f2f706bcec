"""docs/bot-content.md names all that runs."""

from __future__ import annotations

from pathlib import Path
from textwrap import indent

import pytest

from harness.protocol.conversations import Generation
from harness.reference.bot import voice
from harness.reference.bot.assembly import BUILDERS, PREBUILT
from harness.reference.bot.content import load_topic
from harness.reference.bot.expressions import FUNCTIONS

from .builders import shipped

PAGE = (Path(__file__).parents[2] / "docs" / "bot-content.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*BUILDERS, *PREBUILT, *filter(str.isalpha, FUNCTIONS)])
def test_each_thing_that_runs_is_documented(name: str) -> None:
    assert f"`{name}`" in PAGE or name == "Not"


@pytest.mark.parametrize("dialog", voice.ACTIONS)
def test_each_voice_action_is_documented(dialog: str) -> None:
    action = voice.ACTIONS[dialog]
    state = "runs" if action.runs else "named when reached"
    given = f"`{action.input}`" if action.input else "none"
    assert f"| {action.name} | `{dialog}` | {given} | {state} |" in PAGE


@pytest.mark.parametrize("generation", Generation)
def test_each_shipped_topic_is_documented(generation: Generation) -> None:
    assert [topic.name for topic in shipped(generation).topics if topic.name not in PAGE] == []


def test_the_example_loads() -> None:
    example = PAGE.partition("```yaml\n")[2].partition("```")[0]
    head = "kind: AdaptiveDialog\nbeginDialog:\n  kind: OnRedirect\n  actions:\n"
    (step,) = load_topic("Example", head + indent(example, "    ")).steps
    assert step.line == 5
