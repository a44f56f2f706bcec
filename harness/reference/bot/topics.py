"""A topic, ready to run: its trigger, and its actions as a flat list of steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeGuard

from harness.reference.bot.expressions import Expression, Value
from harness.reference.bot.schemas import Schema
from harness.reference.bot.steps import Step

# The longest silence that a timer may be asked for, in seconds.
LONGEST_SILENCE = 30 * 24 * 3_600


def is_silence(value: Value) -> TypeGuard[int | float]:
    """Whether a value is a number of seconds that a timer can wait."""
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and 0 < value <= LONGEST_SILENCE
    )


@dataclass(frozen=True, slots=True)
class Trigger:
    """What starts a topic; `phrases` as written, `silence` in seconds.

    `activity` is the type of activity that an `OnActivity` topic is started by, in lower case;
    `offered`: whether the topic may be among those that *did you mean* offers.
    """

    kind: str
    phrases: tuple[str, ...] = ()
    condition: Expression | None = None
    silence: Expression | None = None
    priority: int = 0
    activity: str = ""
    offered: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """What will not run as the maker meant it, found when the topic was loaded.

    `line` counts from 1, `node` is the action's id or kind, `what` a phrase for the maker.
    """

    line: int
    node: str
    what: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of a bot; `options` gives the label of each option by question and option id.

    `source` is the file that the topic came from, its name when it came from none; `inputs` are
    the types of what another topic may pass. `cancels_others`: asked for by a phrase, it ends what
    runs.
    """

    name: str
    start: Trigger
    steps: tuple[Step, ...] = ()
    options: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    source: str = ""
    inputs: Mapping[str, Schema] = field(default_factory=dict)
    cancels_others: bool = False

    @property
    def trigger(self) -> str:
        """The kind of the trigger, e.g. `OnRecognizedIntent`."""
        return self.start.kind
