"""The dialogue engine: a bot's state and what it does when something happens.

Pure: state and `now` in, state and outputs out. The caller keeps the `Dialogue` (it is JSON-able:
`msgspec.json.encode`, and `decode(…, type=Dialogue)`), performs the outputs in order, and stops
asking once a turn held Transfer, End or HangUp.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from harness.protocol.conversations import Generation
from harness.reference.bot.content import Topic
from harness.reference.bot.expressions import Value
from harness.reference.bot.outputs import Output

Deviates = Callable[[str], bool]


def conforms(_fault: str) -> bool:
    """The `deviates` of a bot without faults."""
    return False


@dataclass(frozen=True, slots=True)
class Bot:
    """A published bot: what it is called, and its topics, oldest first. Build it once, keep it."""

    name: str
    generation: Generation
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A topic being run."""

    topic: str
    position: int = 0
    variables: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Where one conversation with a bot stands.

    `phrases` are the customer's last 100 utterances, `topics` those that a phrase triggered (each
    once, redirected ones left out), `variables` the user's, by name without scope, newest value.
    `quiet_since` is the instant of the last customer message, or of the start.
    """

    quiet_since: datetime
    system: Mapping[str, Value] = field(default_factory=dict)
    globals: Mapping[str, Value] = field(default_factory=dict)
    variables: Mapping[str, Value] = field(default_factory=dict)
    phrases: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    last_topic: str | None = None
    stack: tuple[Frame, ...] = ()
    unknown: int = 0
    fired: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """The state after a turn and what the bot did in it, in order."""

    dialogue: Dialogue
    outputs: tuple[Output, ...] = ()


def begin(
    bot: Bot,
    now: datetime,
    *,
    channel: str = "Omnichannel",
    conversation: str = "",
    language: str = "en-US",
    variables: Mapping[str, Value] | None = None,
    deviates: Deviates = conforms,
) -> Turn:
    """A conversation starts: run the topics that greet.

    `variables` come from outside (pre-chat answers, custom context, `CustomerPhoneNumber` and
    `OrganizationPhoneNumber` of a call): the bot reads them as `Global.X` or `bot.X`.
    """
    raise NotImplementedError


def hear(
    bot: Bot, dialogue: Dialogue, text: str, now: datetime, *, deviates: Deviates = conforms
) -> Turn:
    """The customer says (or presses) something."""
    raise NotImplementedError


def fire(
    bot: Bot, dialogue: Dialogue, topic: str, now: datetime, *, deviates: Deviates = conforms
) -> Turn:
    """The silence that a topic waits for has passed: run it, when its condition holds."""
    raise NotImplementedError


def silences(
    bot: Bot, dialogue: Dialogue, *, deviates: Deviates = conforms
) -> tuple[tuple[str, float], ...]:
    """The inactivity topics still to come: (topic, seconds after `quiet_since`), shortest first.

    Ask again after each turn: those fired leave the list until the customer says something.
    """
    raise NotImplementedError
