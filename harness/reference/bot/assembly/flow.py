"""Branches, loops and jumps: what depends on where in the list an action stands."""

from __future__ import annotations

from collections.abc import Callable

from harness.reference.bot.assembly import dialogs, outside, questions, variables
from harness.reference.bot.assembly.messages import send_activity
from harness.reference.bot.assembly.place import place
from harness.reference.bot.expressions import Expression, Literal, Value
from harness.reference.bot.listening.entities import CLOSED_LIST
from harness.reference.bot.reading import Reader, TopicInvalid
from harness.reference.bot.steps import (
    Branch,
    EnterLoop,
    Jump,
    NextItem,
    NoteOutcome,
    Place,
    Question,
    Step,
    Unsupported,
)
from harness.reference.bot.topics import Finding

MAX_STEPS = 2_000
# What an action may say beside its own keys; none of it changes what the customer or agent sees.
HARMLESS = frozenset(
    {"kind", "id", "displayName", "description", "comment", "disabled", "conversationOutcome"}
)

Build = Callable[[Reader], Step]
BUILDERS: dict[str, Build] = {
    "SendActivity": send_activity,
    **questions.BUILDERS,
    **variables.BUILDERS,
    **dialogs.BUILDERS,
    **outside.BUILDERS,
}


class Assembly:
    """Puts one topic's steps together.

    `options` collects the labels of closed lists by the question's id (and the list's own name),
    `findings` what is written in an action and not read. `lenient`: an action that cannot be read
    is named when it is reached.
    """

    def __init__(self, *, lenient: bool = False) -> None:
        self._lenient = lenient
        self.options: dict[str, dict[str, Value]] = {}
        self.findings: list[Finding] = []
        self._steps: list[Step] = []
        self._positions: dict[str, int] = {}
        self._gotos: list[tuple[int, str, Place]] = []

    def assemble(self, begin: Reader) -> tuple[Step, ...]:
        """The steps of a trigger's actions; raises TopicInvalid."""
        self._actions(begin, "actions")
        for position, target, at in self._gotos:
            if target not in self._positions:
                raise TopicInvalid(f"there is no action {target[:60]} to go to", at.line)
            self._steps[position] = Jump(at, self._positions[target])
        return tuple(self._steps)

    def _actions(self, parent: Reader, key: str) -> None:
        for action in parent.readers(key):
            self._action(action)

    def _action(self, action: Reader) -> None:
        if len(self._steps) >= MAX_STEPS:
            raise TopicInvalid(f"more than {MAX_STEPS:,} actions", action.line)
        kind = action.required_text("kind")
        at = place(action)
        if action.has("id"):
            self._positions.setdefault(at.node, len(self._steps))
        if action.flag("disabled", False):
            return
        if action.has("conversationOutcome"):
            self._steps.append(NoteOutcome(at, action.required_text("conversationOutcome")))
        if kind in self._STRUCTURES:
            self._structure(kind, action, at)
        else:
            step = self._built(kind, action, at)
            self._name_options(step)
            self._steps.append(step)
        if not isinstance(self._steps[-1], Unsupported):
            self._note_unread(action, at)

    def _structure(self, kind: str, action: Reader, at: Place) -> None:
        start, gotos = len(self._steps), len(self._gotos)
        try:
            self._STRUCTURES[kind](self, action, at)
        except TopicInvalid as invalid:
            if not self._lenient:
                raise
            # Nothing of it stays: half a branch would be another one.
            del self._steps[start:], self._gotos[gotos:]
            self._positions = {n: p for n, p in self._positions.items() if p <= start}
            self._steps.append(Unsupported(at, f"{kind} ({invalid.reason})"))

    def _built(self, kind: str, action: Reader, at: Place) -> Step:
        build = BUILDERS.get(kind)
        if build is None:
            return Unsupported(at, kind[:100])
        try:
            return build(action)
        except TopicInvalid as invalid:
            if not self._lenient:
                raise
            return Unsupported(at, f"{kind} ({invalid.reason})")

    def _note_unread(self, action: Reader, at: Place) -> None:
        # What is in a branch or loop is looked at action by action.
        within = at.kind not in self._STRUCTURES
        for key, line in action.unread(HARMLESS, within=within):
            what = f"{key} is not read by the reference"
            self.findings.append(Finding(line, at.node or at.kind, what))

    def _name_options(self, step: Step) -> None:
        if isinstance(step, Question) and step.entity.kind == CLOSED_LIST:
            labels: dict[str, Value] = {option.id: option.label for option in step.entity.options}
            self.options[step.at.node] = labels
            if step.entity.name:
                self.options[step.entity.name] = labels

    # Structures

    def _condition_group(self, action: Reader, at: Place) -> None:
        cases: list[tuple[Reader, Expression]] = []
        for item in action.readers("conditions"):
            condition = item.expression("condition")
            cases.append((item, Literal(True) if condition is None else condition))
        self._branch(at, cases, action)

    def _if_condition(self, action: Reader, at: Place) -> None:
        condition = action.expression("condition")
        self._branch(at, [(action, Literal(True) if condition is None else condition)], action)

    def _branch(self, at: Place, cases: list[tuple[Reader, Expression]], action: Reader) -> None:
        start = len(self._steps)
        self._steps.append(Jump(at, 0))
        taken, exits = [], []
        for item, condition in cases:
            taken.append((condition, len(self._steps)))
            if item is not action and item.has("id"):
                self._positions.setdefault(place(item).node, len(self._steps))
            self._actions(item, "actions")
            exits.append(len(self._steps))
            self._steps.append(Jump(place(item), 0))
        otherwise = len(self._steps)
        self._actions(action, "elseActions")
        self._steps[start] = Branch(at, tuple(taken), otherwise)
        for position in exits:
            self._steps[position] = Jump(at, len(self._steps))

    def _foreach(self, action: Reader, at: Place) -> None:
        items = action.expression("items")
        if items is None:
            raise TopicInvalid("items is missing", action.line)
        self._steps.append(EnterLoop(at, items))
        start = len(self._steps)
        self._steps.append(Jump(at, 0))
        value, index = action.variable("value"), action.optional_variable("index")
        self._actions(action, "actions")
        self._steps.append(Jump(at, start))
        self._steps[start] = NextItem(at, value, index, len(self._steps))

    def _goto(self, action: Reader, at: Place) -> None:
        # Resolved at the end: it may point forward.
        self._gotos.append((len(self._steps), action.required_text("actionId"), at))
        self._steps.append(Jump(at, 0))

    _STRUCTURES = {  # noqa: RUF012
        "ConditionGroup": _condition_group,
        "IfCondition": _if_condition,
        "Foreach": _foreach,
        "GotoAction": _goto,
    }

    KINDS = (*_STRUCTURES, *BUILDERS)
