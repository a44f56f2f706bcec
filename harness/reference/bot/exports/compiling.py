"""From what was written to the bot that runs, whoever wrote it.

A topic that cannot be run is kept so that whoever starts it learns why: leaving it out would let
another one answer in its place, and no test would notice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TypeVar

from harness.protocol.conversations import Generation
from harness.reference.bot import content, documents, stubs
from harness.reference.bot.bots import Bot
from harness.reference.bot.exports import variables
from harness.reference.bot.reading import Reader, TopicInvalid
from harness.reference.bot.steps import Place, Unsupported
from harness.reference.bot.topics import Finding, Topic, Trigger

T = TypeVar("T")
Texts = tuple[tuple[str, str], ...]
"""Text by name, in a form that can be a key."""


@dataclass(frozen=True, slots=True)
class Sources:
    """All that a bot is made of, as it was written.

    `topics` are name, text and file; `dialogs` a topic's name by its schema name; `entities` and
    `variables` YAML by schema name; `stubs` YAML.
    """

    topics: tuple[tuple[str, str, str], ...]
    dialogs: Texts = ()
    entities: Texts = ()
    variables: Texts = ()
    stubs: str = ""
    signs_in: bool = False
    authenticates: bool = False


def compiled(name: str, generation: Generation, sources: Sources) -> Bot:
    """The bot that runs. A part that cannot be read is missing: a package's findings name it."""
    topics = tuple(loaded(*topic) for topic in sources.topics)
    return Bot(
        name,
        generation,
        topics,
        dialogs=dict(sources.dialogs),
        entities=dict(_read(content.load_entity, sources.entities)),
        variables=dict(value for _, value in _read(variables.declared, sources.variables)),
        stubs=next((found for _, found in _read(stubs.read, (("", sources.stubs),))), {}),
        signs_in=sources.signs_in,
        authenticates=sources.authenticates,
    )


def _read(read: Callable[[str], T], texts: Texts) -> Iterator[tuple[str, T]]:
    for name, text in texts:
        with suppress(TopicInvalid):
            yield name, read(text)


def loaded(name: str, text: str, source: str = "") -> Topic:
    """The topic; when it cannot be run, one that starts as it would and then names the reason.

    Raises TopicInvalid when not even its trigger can be read.
    """
    try:
        return _reachable(content.load_topic(name, text, source, lenient=True))
    except TopicInvalid as invalid:
        trigger = _trigger(text, invalid)
        what = f"this topic: {invalid.reason}"
        return Topic(
            name,
            trigger,
            (Unsupported(Place(invalid.line), what),),
            findings=(Finding(invalid.line, trigger.kind, invalid.reason),),
            source=source or name,
        )


def _reachable(topic: Topic) -> Topic:
    """A topic that only a language model would choose is started by its name."""
    if topic.trigger != "OnRecognizedIntent" or topic.start.phrases:
        return topic
    what = "has no trigger phrases: a language model chooses it; here its name starts it"
    finding = Finding(1, topic.trigger, what)
    start = replace(topic.start, phrases=(topic.name,))
    return replace(topic, start=start, findings=(finding, *topic.findings))


def _trigger(text: str, invalid: TopicInvalid) -> Trigger:
    try:
        root = Reader.of(documents.read(text), "a topic")
        begin = root.required_reader("beginDialog")
        intent = begin.reader("intent")
        phrases = intent.texts("triggerQueries") if intent else ()
        return Trigger(begin.required_text("kind"), phrases)
    except (documents.DocumentInvalid, TopicInvalid):
        raise invalid from None
