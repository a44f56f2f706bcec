"""The turn as the steps see it: what doing one may read and change."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from harness.reference.bot.bots import Bot, Deviates
from harness.reference.bot.expressions import Expression, Value
from harness.reference.bot.memory import Frame
from harness.reference.bot.notes import Notes
from harness.reference.bot.outputs import Output, Say, Traced
from harness.reference.bot.steps import Variable
from harness.reference.bot.templates import Template

Supposed = tuple[Variable, Value]


class Run(Protocol):
    """One turn of a bot. While a step is done the last of `stack` is the topic at hand.

    Methods that fill, evaluate, tell, assign or push raise Stopped or ExpressionFailed when the
    content cannot go on.
    """

    bot: Bot
    deviates: Deviates
    now: datetime | None
    notes: Notes
    outputs: list[Output]
    trace: list[Traced]
    stack: list[Frame]
    queue: tuple[str, ...]
    unknown: int
    paused: bool

    def look_up(self, parts: tuple[str, ...]) -> Value:
        """A variable's value, blank when it has none; or the label of a list's option."""

    def evaluate(self, expression: Expression, *, supposing: Supposed | None = None) -> Value:
        """The value of an expression, as if a variable already had a value."""

    def fill(self, template: Template) -> str:
        """The text of a template."""

    def assign(self, variable: Variable, value: Value) -> None:
        """Gives a variable a value."""

    def tell(self, say: Say) -> None:
        """Says something, within the limits of a turn."""

    def go(self, position: int | None = None) -> None:
        """Goes on with the next step, or at a position."""

    def change(self, **fields: object) -> None:
        """Changes what the topic at hand knows of itself."""

    def push(self, frame: Frame) -> None:
        """Begins a topic on top of the others."""

    def make_room(self) -> None:
        """Raises Stopped when no topic can be begun on top of the others."""

    def finish(self) -> None:
        """The topic at hand has come to its end."""

    def abandon(self) -> None:
        """Gives up all that runs or was to run."""

    def let_go(self) -> None:
        """Nothing more is to be done in this conversation."""

    def escalate(self) -> None:
        """Redirects to the escalation topic, giving up what runs."""

    def place(self) -> str:
        """Where the conversation stands: the file, the line and the id of the action."""
