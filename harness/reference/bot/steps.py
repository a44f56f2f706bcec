"""What a topic's actions become: a flat list of steps.

Branches and loops are jumps to a position in the list, so that where a conversation stands is one
number, and going on never depends on how deeply the maker nested the actions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from harness.reference.bot.cards import Card
from harness.reference.bot.expressions import Expression
from harness.reference.bot.listening.entities import Entity
from harness.reference.bot.schemas import Schema
from harness.reference.bot.templates import Template


class Scope(StrEnum):
    """How long a variable lives: one run of a topic, or the conversation (`bot.` in Classic)."""

    TOPIC = "Topic"
    GLOBAL = "Global"
    SYSTEM = "System"


@dataclass(frozen=True, slots=True)
class Variable:
    """A place for a value; `path` goes into a record, `Topic.Address.City`."""

    scope: Scope
    name: str
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where an action stands: its line, counted from 1, its id in the topic, and its kind."""

    line: int
    node: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do."""

    at: Place

    @property
    def line(self) -> int:
        """The line of the action."""
        return self.at.line


EMPTY = Template(())
Bindings = tuple[tuple[str, Expression], ...]
Places = tuple[tuple[str, Variable], ...]


@dataclass(frozen=True, slots=True)
class Message:
    """What is said: text, what a call says in its place, choices, cards."""

    text: Template = EMPTY
    speak: Template | None = None
    suggestions: tuple[Template, ...] = ()
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class SendActivity(Step):
    """Say something."""

    message: Message


@dataclass(frozen=True, slots=True)
class Question(Step):
    """Ask, and wait for an answer that the entity recognises, `retries` times again.

    A recognised one for which `validation` does not hold is none, and asked for with `invalid`.
    `default_said` is said when the default is taken. Of topics whose phrase is said only those in
    `interrupters` take the turn, any when it is None.
    `survey` says that the answer tells whether the customer's problem is solved.
    """

    variable: Variable
    prompt: Message
    entity: Entity
    retries: int = 2
    unrecognised: Message | None = None
    default: Expression | None = None
    always: bool = False
    interruptible: bool = True
    interrupters: tuple[str, ...] | None = None
    survey: bool = False
    validation: Expression | None = None
    invalid: Message | None = None
    default_said: Message | None = None


@dataclass(frozen=True, slots=True)
class CardPrompt(Step):
    """Show a card, and wait until it is submitted."""

    card: Card
    outputs: Places = ()
    schema: Mapping[str, Schema] | None = None
    retries: int = 2
    unrecognised: Message | None = None
    interruptible: bool = True
    interrupters: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class SatisfactionQuestion(Step):
    """Ask for one to five stars; another answer is heard as if nothing had been asked."""

    prompt: Message


@dataclass(frozen=True, slots=True)
class SignIn(Step):
    """Ask to sign in, and wait for it where the bot authenticates its customers."""

    message: Message
    interruptible: bool = True
    interrupters: tuple[str, ...] | None = None


Waiting = Question | CardPrompt | SatisfactionQuestion | SignIn


@dataclass(frozen=True, slots=True)
class SetVariable(Step):
    """Give a variable a value."""

    variable: Variable
    value: Expression | Template


@dataclass(frozen=True, slots=True)
class ClearVariables(Step):
    """Make variables blank; `which` is the product's word for a group of them."""

    which: str


@dataclass(frozen=True, slots=True)
class ParseValue(Step):
    """Read a text or record as a value of a type. A `lenient` one is blank when it does not fit."""

    variable: Variable
    value: Expression
    schema: Schema
    lenient: bool = False


@dataclass(frozen=True, slots=True)
class EditTable(Step):
    """Change a table in place; `result` takes the row that was taken out or looked at."""

    change: str
    variable: Variable
    value: Expression | None = None
    result: Variable | None = None


@dataclass(frozen=True, slots=True)
class Branch(Step):
    """Go on at the position of the first case that holds, else at `otherwise`."""

    cases: tuple[tuple[Expression, int], ...]
    otherwise: int


@dataclass(frozen=True, slots=True)
class Jump(Step):
    """Go on at a position: the end of a branch, or a GotoAction."""

    position: int


@dataclass(frozen=True, slots=True)
class EnterLoop(Step):
    """Take the items that a loop goes through; the step after this one is its NextItem."""

    items: Expression


@dataclass(frozen=True, slots=True)
class NextItem(Step):
    """The next item of the loop, or go on at `end`."""

    value: Variable
    index: Variable | None
    end: int


@dataclass(frozen=True, slots=True)
class Redirect(Step):
    """Run another topic with inputs, take its outputs, come back; `replaces`: never come back."""

    dialog: str
    inputs: Bindings = ()
    outputs: Places = ()
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class RepeatDialog(Step):
    """Run this topic again from its beginning."""


@dataclass(frozen=True, slots=True)
class EndDialog(Step):
    """End this topic, go on in the one that redirected to it; or drop what else was triggered."""

    clears_queue: bool = False


@dataclass(frozen=True, slots=True)
class CancelDialogs(Step):
    """End every topic that runs."""


@dataclass(frozen=True, slots=True)
class EndConversation(Step):
    """Close the conversation."""


@dataclass(frozen=True, slots=True)
class TransferConversation(Step):
    """Hand over; `context` is None for the conversation's variables, else what the maker chose.

    It is chosen by name, or by an expression whose value is a record. Of the conversation's
    variables only those of one `scope` travel when it is given.
    """

    message: Template | None = None
    context: Bindings | Expression | None = None
    scope: Scope | None = None


@dataclass(frozen=True, slots=True)
class TransferToPhone(Step):
    """Hand a call over to a telephone number."""

    number: Template


@dataclass(frozen=True, slots=True)
class OutsideCall(Step):
    """Ask a service outside; only a declared stub ever answers.

    `names` are what a stub may be declared under beside the action's id; `address` too, when it is
    made. `answers` take parts of the answer, `result` all of it. `failing` is None when an error
    ends the topic, else the variables that take status and body. `optional`: without a stub the
    service found nothing. `says`: the answer is also said.
    """

    kind: str
    names: tuple[str, ...] = ()
    address: Expression | Template | None = None
    inputs: Bindings = ()
    answers: Places = ()
    result: Variable | None = None
    schema: Schema | None = None
    failing: tuple[Variable | None, Variable | None] | None = None
    optional: bool = False
    says: bool = False


@dataclass(frozen=True, slots=True)
class Telemetry(Step):
    """Keep an event of the maker's own in the session's record."""

    name: str
    properties: Expression | None


@dataclass(frozen=True, slots=True)
class NoteOutcome(Step):
    """The session's outcome as the maker sees it, e.g. `ResolvedImplied`."""

    outcome: str


@dataclass(frozen=True, slots=True)
class Unsupported(Step):
    """Something that this engine does not run; reaching it is the product's generic error."""

    what: str
