"""docs/bot-content.md names all that runs."""

from __future__ import annotations

from pathlib import Path
from textwrap import indent

import pytest

from harness.protocol.conversations import Generation
from harness.reference.bot import kinds, system, voice
from harness.reference.bot.assembly import Assembly
from harness.reference.bot.content import load_topic
from harness.reference.bot.expressions import FUNCTIONS
from harness.reference.bot.listening.entities import PREBUILT

from .builders import shipped

PAGE = (Path(__file__).parents[2] / "docs" / "bot-content.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted({*PREBUILT, *filter(str.isalpha, FUNCTIONS)}))
def test_each_thing_that_runs_is_documented(name: str) -> None:
    assert f"`{name}`" in PAGE or name == "Not"


@pytest.mark.parametrize(
    ("name", "kind"), [*kinds.TRIGGERS.items(), *kinds.NODES.items(), *kinds.ENTITIES.items()]
)
def test_each_kind_is_documented_with_its_number(name: str, kind: kinds.Kind) -> None:
    assert f"| `{name}` | {kind.runs} | {kind.seen} |" in PAGE


def test_each_action_that_runs_is_in_the_table_of_kinds() -> None:
    run = (kinds.Runs.EXECUTED, kinds.Runs.STUBBED)
    assert sorted(Assembly.KINDS) == sorted(
        name for name, kind in kinds.NODES.items() if kind.runs in run
    )


@pytest.mark.parametrize("name", system.KNOWN)
def test_each_system_variable_is_documented(name: str) -> None:
    assert f"`{name}`" in PAGE


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
