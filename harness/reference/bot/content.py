"""Topics as Copilot Studio writes them: from YAML to the model that runs, and the shipped ones."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

from harness.protocol.conversations import Generation
from harness.reference.bot import documents
from harness.reference.bot.assembly import Assembly
from harness.reference.bot.expressions import Literal
from harness.reference.bot.reading import Reader, TopicInvalid
from harness.reference.bot.topics import LONGEST_SILENCE, Topic, Trigger, is_silence

__all__ = ["Topic", "TopicInvalid", "bundled", "load_topic"]

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
def load_topic(name: str, text: str, source: str = "") -> Topic:
    """The topic that a maker wrote; raises TopicInvalid with the line. Unknown actions load."""
    try:
        document = documents.read(text)
    except documents.DocumentInvalid as error:
        raise TopicInvalid(error.reason, error.line) from error
    root = Reader.of(document, "a topic")
    kind = root.required_text("kind")
    if kind != "AdaptiveDialog":
        raise TopicInvalid(f"a topic has the kind AdaptiveDialog, not {kind}", root.line)
    begin = root.required_reader("beginDialog")
    assembly = Assembly()
    steps = assembly.assemble(begin)
    return Topic(name, _trigger(begin), steps, assembly.options, source=source or name)


def _trigger(begin: Reader) -> Trigger:
    kind = begin.required_text("kind")
    intent = begin.reader("intent")
    silence = begin.expression("durationInSeconds")
    if kind == "OnInactivity" and silence is None:
        raise TopicInvalid("OnInactivity needs durationInSeconds", begin.line)
    if isinstance(silence, Literal) and not is_silence(silence.value):
        line = begin.line_of("durationInSeconds")
        raise TopicInvalid(f"durationInSeconds is a number up to {LONGEST_SILENCE:,}", line)
    return Trigger(
        kind=kind,
        phrases=intent.texts("triggerQueries") if intent else (),
        condition=begin.expression("condition"),
        silence=silence,
        priority=begin.whole_number("priority", 0),
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
