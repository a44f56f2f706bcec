"""A topic, ready to run: its trigger, and its actions as a flat list of steps.

Branches and loops are jumps to a position in the list, so that where a conversation stands is one
number, and going on never depends on how deeply the maker nested the actions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeGuard

from harness.reference.bot.expressions import Expression, Lookup, Value, evaluate, text

# The longest silence that a timer may be asked for, in seconds.
LONGEST_SILENCE = 30 * 24 * 3_600


def is_silence(value: Value) -> TypeGuard[int | float]:
    """Whether a value is a number of seconds that a timer can wait."""
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and 0 < value <= LONGEST_SILENCE
    )


class Scope(StrEnum):
    """How long a variable lives: one run of a topic, or the conversation (`bot.` in Classic)."""

    TOPIC = "Topic"
    GLOBAL = "Global"


@dataclass(frozen=True, slots=True)
class Variable:
    """A place for a value."""

    scope: Scope
    name: str


@dataclass(frozen=True, slots=True)
class Template:
    """A message with `{expressions}` in it."""

    parts: tuple[str | Expression, ...]

    def fill(self, lookup: Lookup) -> str:
        """The message; raises ExpressionFailed."""
        return "".join(
            part if isinstance(part, str) else text(evaluate(part, lookup)) for part in self.parts
        )


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a closed list: what a condition calls it, what a customer may say."""

    id: str
    label: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """What counts as an answer: a prebuilt entity's kind, or `ClosedListEntity` with options."""

    kind: str
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class SendActivity:
    """Say something."""

    line: int
    message: Template
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """Ask, and wait for an answer that the entity recognises, `retries` times again."""

    line: int
    id: str
    variable: Variable
    prompt: Template
    entity: Entity
    retries: int = 2
    unrecognised: Template | None = None
    default: Expression | None = None
    always: bool = False
    interruptible: bool = True


@dataclass(frozen=True, slots=True)
class SetVariable:
    """Give a variable a value."""

    line: int
    variable: Variable
    value: Expression


@dataclass(frozen=True, slots=True)
class Branch:
    """Go on at the position of the first case that holds, else at `otherwise`."""

    line: int
    cases: tuple[tuple[Expression, int], ...]
    otherwise: int


@dataclass(frozen=True, slots=True)
class Jump:
    """Go on at a position: the end of a branch, or a GotoAction."""

    line: int
    position: int


@dataclass(frozen=True, slots=True)
class Redirect:
    """Run another topic with inputs, take its outputs, come back."""

    line: int
    dialog: str
    inputs: tuple[tuple[str, Expression], ...] = ()
    outputs: tuple[tuple[str, Variable], ...] = ()


@dataclass(frozen=True, slots=True)
class TransferConversation:
    """Hand over; `context` is None for all variables, else those chosen by the maker."""

    line: int
    message: Template | None = None
    context: tuple[tuple[str, Expression], ...] | None = None


@dataclass(frozen=True, slots=True)
class EndConversation:
    """Close the conversation."""

    line: int


@dataclass(frozen=True, slots=True)
class EndDialog:
    """End this topic, go on in the one that redirected to it."""

    line: int


@dataclass(frozen=True, slots=True)
class Unsupported:
    """Something that this engine does not run; reaching it is the product's generic error."""

    line: int
    what: str


Step = (
    SendActivity
    | Question
    | SetVariable
    | Branch
    | Jump
    | Redirect
    | TransferConversation
    | EndConversation
    | EndDialog
    | Unsupported
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """What starts a topic; `phrases` as written, `silence` in seconds."""

    kind: str
    phrases: tuple[str, ...] = ()
    condition: Expression | None = None
    silence: Expression | None = None
    priority: int = 0


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

    `source` is the file that the topic came from, its name when it came from none.
    """

    name: str
    start: Trigger
    steps: tuple[Step, ...] = ()
    options: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    source: str = ""

    @property
    def trigger(self) -> str:
        """The kind of the trigger, e.g. `OnRecognizedIntent`."""
        return self.start.kind
