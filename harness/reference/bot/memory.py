"""What a bot remembers of one conversation: plain values, so that any store can keep it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from harness.reference.bot.expressions import Value
from harness.reference.bot.steps import Variable


@dataclass(frozen=True, slots=True)
class Loop:
    """The items that a loop goes through, and which one comes next."""

    items: Sequence[Value]
    next: int = 0


@dataclass(frozen=True, slots=True)
class Frame:
    """A topic being run. `asked` counts how often the question at `position` was put.

    `outputs` says which variable below takes which of this topic's values when it ends; a `quiet`
    frame (started by a silence) does not make a waiting question below be put again. `loops` are
    those that it is in, by the position of their beginning.
    """

    topic: str
    position: int = 0
    variables: Mapping[str, Value] = field(default_factory=dict)
    asked: int = 0
    outputs: tuple[tuple[str, Variable], ...] = ()
    quiet: bool = False
    loops: Mapping[str, Loop] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Where one conversation with a bot stands.

    `phrases` are the customer's last 100 utterances, `topics` those that a phrase triggered (each
    once, redirected ones left out), `last_topic` the newest of them. `variables` are the user's,
    by name without scope, newest value; `globals` also holds what came from outside. `quiet_since`
    is the instant of the last customer message, or of the start; `fired` the inactivity topics
    run since, `silent` the silence in seconds that the last of them waited for; `unknown` how many
    utterances in a row nobody understood; `stack` is empty unless a question waits; `heard` counts
    the customer's messages.
    """

    quiet_since: datetime
    system: Mapping[str, Value] = field(default_factory=dict)
    globals: Mapping[str, Value] = field(default_factory=dict)
    variables: Mapping[str, Value] = field(default_factory=dict)
    phrases: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    last_topic: str | None = None
    stack: tuple[Frame, ...] = ()
    queue: tuple[str, ...] = ()
    unknown: int = 0
    fired: tuple[str, ...] = ()
    silent: float = 0.0
    heard: int = 0
