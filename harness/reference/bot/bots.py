"""A published bot: its topics, and how to find one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from harness.protocol.conversations import Generation
from harness.reference.bot.expressions import Value
from harness.reference.bot.listening.entities import Entity
from harness.reference.bot.listening.phrases import Phrasebook
from harness.reference.bot.stubs import Stub
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
    """A published bot: what it is called, and its topics, oldest first. Build it once, keep it.

    `dialogs` gives a topic's name by its schema name (`cr1_bot.topic.PrintALabel`), `entities` the
    lists and patterns of the bot by theirs, `variables` what a global variable holds before it is
    set, `stubs` what services outside answer. `signs_in`: a conversation begins with the topic
    that asks to sign in; `authenticates`: whoever is asked can do so.
    """

    name: str
    generation: Generation
    topics: tuple[Topic, ...]
    dialogs: Mapping[str, str] = field(default_factory=dict)
    entities: Mapping[str, Entity] = field(default_factory=dict)
    variables: Mapping[str, Value] = field(default_factory=dict)
    stubs: Mapping[str, Stub] = field(default_factory=dict)
    signs_in: bool = False
    authenticates: bool = False

    def topic(self, name: str) -> Topic | None:
        """The topic of that name."""
        return self._by_name.get(name)

    def dialog(self, reference: str) -> Topic | None:
        """The topic that a BeginDialog names: `schema.topic.PrintALabel` or `Print a label`."""
        named = self._by_name.get(self.dialogs.get(reference, reference))
        return named or self._by_dialog.get(_dialog(reference))

    def schema(self, topic: str) -> str:
        """The schema name of a topic, or its name when it has none."""
        return self._schemas.get(topic, topic)

    def entity(self, reference: str) -> Entity | None:
        """The entity of that schema name, or of its last word."""
        return self.entities.get(reference) or self._by_entity.get(_dialog(reference))

    def triggered(self, kind: str) -> tuple[Topic, ...]:
        """The topics with that kind of trigger, lowest priority number first, then oldest."""
        return self._by_trigger.get(kind, ())

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
    def options(self) -> Mapping[str, Mapping[str, Value]]:
        """The labels of the options of the bot's lists, by the list's name in short."""
        return {
            name.rpartition(".")[2]: {option.id: option.label for option in entity.options}
            for name, entity in self.entities.items()
        }

    @cached_property
    def _by_trigger(self) -> Mapping[str, tuple[Topic, ...]]:
        # Asked several times in a turn: looking through 1,000 topics would be most of it.
        found: dict[str, list[Topic]] = {}
        for topic in sorted(self.topics, key=lambda topic: topic.start.priority):
            found.setdefault(topic.trigger, []).append(topic)
        return {trigger: tuple(topics) for trigger, topics in found.items()}

    @cached_property
    def _schemas(self) -> dict[str, str]:
        return {topic: schema for schema, topic in self.dialogs.items()}

    @cached_property
    def _by_entity(self) -> dict[str, Entity]:
        return {_dialog(name): entity for name, entity in self.entities.items()}

    @cached_property
    def _by_name(self) -> dict[str, Topic]:
        return {topic.name: topic for topic in self.topics}

    @cached_property
    def _by_dialog(self) -> dict[str, Topic]:
        return {_dialog(topic.name): topic for topic in reversed(self.topics)}


def _dialog(reference: str) -> str:
    return _NOT_IN_A_DIALOG.sub("", reference.rpartition(".")[2]).casefold()
