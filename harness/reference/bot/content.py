"""Topics as Copilot Studio writes them: from YAML to the model that runs, and the shipped ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files

from harness.protocol.conversations import Generation
from harness.reference.bot import documents, findings
from harness.reference.bot.assembly import Assembly
from harness.reference.bot.assembly.questions import written
from harness.reference.bot.assembly.types import fields
from harness.reference.bot.expressions import Literal
from harness.reference.bot.listening.answers import compiled
from harness.reference.bot.listening.entities import PATTERN, Entity
from harness.reference.bot.reading import Reader, TopicInvalid
from harness.reference.bot.topics import (
    LONGEST_SILENCE,
    Finding,
    Topic,
    Trigger,
    is_silence,
)

__all__ = ["Topic", "TopicInvalid", "bundled", "load_entity", "load_topic"]

# What the product waits where a maker sets nothing, in seconds.
SILENCE = 1_800
_SHIPPED = ("conversation-start", "greeting", "return-a-parcel", "print-a-label", "opening-hours")
_SHIPPED_BY_GENERATION = {
    Generation.PREVIEW: (*_SHIPPED, "goodbye-classic", "escalate"),
    Generation.CLASSIC: (
        *_SHIPPED,
        "opening-times-by-phone",
        "important-notice",
        "goodbye-on-the-phone",
        "goodbye-classic",
        "escalate",
    ),
    Generation.WEB_APP: (
        *_SHIPPED,
        "goodbye",
        "escalate",
        "fallback",
        "session-timeout-reminder",
        "session-timeout",
    ),
}


@lru_cache(maxsize=1_024)
def load_topic(name: str, text: str, source: str = "", *, lenient: bool = False) -> Topic:
    """The topic that a maker wrote; raises TopicInvalid with the line. Unknown actions load.

    `source` is the file that it came from, which errors name; findings say what will not run.
    `lenient`: an action that cannot be read is a finding too, and named when it is reached.
    """
    root = _root(text, "a topic")
    kind = root.required_text("kind")
    if kind != "AdaptiveDialog":
        raise TopicInvalid(f"a topic has the kind AdaptiveDialog, not {kind}", root.line)
    begin = root.required_reader("beginDialog")
    assembly = Assembly(lenient=lenient)
    steps = assembly.assemble(begin)
    inputs = root.reader("inputType")
    topic = Topic(
        name,
        _trigger(begin),
        steps,
        assembly.options,
        source=source or name,
        inputs=(fields(inputs) or {}) if inputs else {},
        cancels_others="CancelOtherTopics" in str(root.scalar("startBehavior")),
    )
    found = (*_filled_by_a_model(root), *assembly.findings, *findings.of(topic, begin.line))
    return replace(
        topic,
        findings=tuple(sorted(set(found), key=lambda each: (each.line, each.node, each.what))),
    )


def load_entity(text: str) -> Entity:
    """An entity of a bot: a list or a pattern; raises TopicInvalid with the line."""
    root = _root(text, "an entity")
    entity = written(root)
    if entity is None:
        kind = root.required_text("kind")
        raise TopicInvalid(f"an entity is a list or a pattern, not {kind[:60]}", root.line)
    if entity.kind == PATTERN and compiled(entity.pattern) is None:
        raise TopicInvalid("the pattern is not understood", root.line_of("pattern"))
    return entity


def _root(text: str, what: str) -> Reader:
    try:
        return Reader.of(documents.read(text), what)
    except documents.DocumentInvalid as error:
        raise TopicInvalid(error.reason, error.line) from error


def _filled_by_a_model(root: Reader) -> Iterator[Finding]:
    for item in root.readers("inputs"):
        name = str(item.scalar("propertyName") or item.scalar("name") or "")
        what = f"the input {name[:60]} is filled by a language model, here by no one"
        yield Finding(item.line, name, what)


def _trigger(begin: Reader) -> Trigger:
    kind = begin.required_text("kind")
    intent = begin.reader("intent")
    silence = begin.expression("durationInSeconds")
    if kind == "OnInactivity" and silence is None:
        silence = Literal(SILENCE)
    if isinstance(silence, Literal) and not is_silence(silence.value):
        line = begin.line_of("durationInSeconds")
        raise TopicInvalid(
            f"durationInSeconds is a number up to {LONGEST_SILENCE:,}, above 0", line
        )
    return Trigger(
        kind=kind,
        phrases=intent.texts("triggerQueries") if intent else (),
        condition=begin.expression("condition"),
        silence=silence,
        priority=begin.whole_number("priority", 0),
        activity=str(begin.scalar("type") or "message").casefold(),
        offered=intent.flag("includeInOnSelectIntent", True) if intent else True,
    )


@cache
def bundled(generation: Generation) -> tuple[tuple[str, str], ...]:
    """The topics (name, YAML) that a bot created from Dynamics 365 has in this generation."""
    folder = files("harness.reference").joinpath("content")
    texts = (
        folder.joinpath(f"{slug}.topic.yaml").read_text(encoding="utf-8")
        for slug in _SHIPPED_BY_GENERATION[generation]
    )
    return tuple((_component_name(text), text) for text in texts)


def _component_name(text: str) -> str:
    # Copilot Studio's own export keeps the topic's name in this block.
    root = Reader.of(documents.read(text), "a topic")
    return root.required_reader("mcs.metadata").required_text("componentName")
