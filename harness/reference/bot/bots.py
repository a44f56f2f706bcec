"""A published bot: its topics, and how to find one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from harness.protocol.conversations import Generation
from harness.reference.bot.phrases import Phrasebook
from harness.reference.bot.topics import Topic

Deviates = Callable[[str], bool]

_NOT_IN_A_DIALOG = re.compile(r"[\W_]+")


def conforms(_fault: str) -> bool:
    """The `deviates` of a bot without faults."""
    return False


def is_escalation(topic: Topic) -> bool:
    """Whether a topic is where a customer who wants a person is sent."""
    return topic.trigger == "OnEscalate" or topic.name.casefold() == "escalate"


@dataclass(frozen=True)
class Bot:
    """A published bot: what it is called, and its topics, oldest first. Build it once, keep it."""

    name: str
    generation: Generation
    topics: tuple[Topic, ...]

    def topic(self, name: str) -> Topic | None:
        """The topic of that name."""
        return self._by_name.get(name)

    def dialog(self, reference: str) -> Topic | None:
        """The topic that a BeginDialog names: `schema.topic.PrintALabel` or `Print a label`."""
        return self._by_name.get(reference) or self._by_dialog.get(_dialog(reference))

    def triggered(self, kind: str) -> tuple[Topic, ...]:
        """The topics with that kind of trigger, lowest priority number first, then oldest."""
        found = (topic for topic in self.topics if topic.trigger == kind)
        return tuple(sorted(found, key=lambda topic: topic.start.priority))

    @cached_property
    def escalation(self) -> Topic | None:
        """The topic to which a customer who wants a person is sent."""
        return next(filter(is_escalation, self.topics), None)

    @cached_property
    def phrasebook(self) -> Phrasebook:
        """The phrases of the topics that start from an intent."""
        return Phrasebook(
            (topic.name, topic.start.phrases)
            for topic in self.topics
            if topic.trigger == "OnRecognizedIntent" and not is_escalation(topic)
        )

    @cached_property
    def escalation_phrases(self) -> Phrasebook:
        """The phrases that ask for a person."""
        return Phrasebook(
            (topic.name, topic.start.phrases) for topic in self.topics if is_escalation(topic)
        )

    @cached_property
    def _by_name(self) -> dict[str, Topic]:
        return {topic.name: topic for topic in self.topics}

    @cached_property
    def _by_dialog(self) -> dict[str, Topic]:
        return {_dialog(topic.name): topic for topic in reversed(self.topics)}


def _dialog(reference: str) -> str:
    return _NOT_IN_A_DIALOG.sub("", reference.rpartition(".")[2]).casefold()
