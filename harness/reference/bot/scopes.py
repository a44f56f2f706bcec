"""The variables of a turn: reading them by name, giving them values, within limits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from harness.reference.bot import system, weights
from harness.reference.bot.expressions import ExpressionFailed, Value, field
from harness.reference.bot.memory import Dialogue
from harness.reference.bot.notes import Notes
from harness.reference.bot.outputs import Traced
from harness.reference.bot.steps import Scope, Variable
from harness.reference.bot.turns import Run


class Variables:
    """What the names in topics stand for, in the turn that `run` runs."""

    def __init__(self, run: Run, before: Dialogue) -> None:
        self.notes = Notes(before, run.deviates)
        self._run = run
        self._room = weights.Room()

    def look_up(self, parts: tuple[str, ...]) -> Value:
        """A variable's value, blank when it has none; or the label of a list's option."""
        scope, *names = parts
        if scope == "Topic":
            return self._within(self._run.stack[-1].variables if self._run.stack else {}, names)
        if scope in ("Global", "bot"):
            return self._global(names)
        if scope == "System":
            if names == ["FallbackCount"]:
                return self._run.unknown
            return system.look_up(self.notes.system, tuple(names))
        if scope == "Env" or not names:
            return None
        return self._option(scope.rpartition(".")[2], ".".join(names))

    def supposing(self, variable: Variable, value: Value) -> Callable[[tuple[str, ...]], Value]:
        """How names are read as if the variable already had the value."""
        own = (*variable.name.split("."), *variable.path)

        def read(parts: tuple[str, ...]) -> Value:
            scope, *names = parts
            mine = variable.scope == ("Global" if scope == "bot" else scope)
            if mine and tuple(names[: len(own)]) == own:
                found: Value = field(value, names[len(own) :])
                return found
            return self.look_up(parts)

        return read

    def _global(self, names: list[str]) -> Value:
        defaults = self._run.bot.variables
        if not names:
            return {**defaults, **self.notes.globals}
        known = self.notes.globals if names[0] in self.notes.globals else defaults
        return self._within(known, names)

    def _within(self, variables: Any, names: list[str]) -> Value:
        if not names:
            return dict(variables)
        value = variables.get(names[0])
        if names[1:] == ["Value"] and isinstance(value, str | int | float):
            # An item of a table of plain values is itself, and its own column.
            return value
        found: Value = field(value, names[1:])
        return found

    def _option(self, question: str, name: str) -> Value:
        stack = self._run.stack
        topic = self._run.bot.topic(stack[-1].topic) if stack else None
        options = topic.options.get(question) if topic else None
        if options is None:
            options = self._run.bot.options.get(question, {})
        return options.get(name, name)

    def assign(self, variable: Variable, value: Value) -> None:
        """Gives a variable a value; raises ExpressionFailed when it is too large to keep."""
        self._room.take(value)
        name = ".".join((variable.name, *variable.path))
        stack = self._run.stack
        topic = stack[-1].topic if stack else ""
        self._run.trace.append(
            Traced(
                "VariableAssignment",
                {"name": name, "value": value, "scope": str(variable.scope), "topic": topic},
            )
        )
        if variable.scope is Scope.SYSTEM:
            self.notes.system[variable.name] = value
            return
        if variable.path:
            value = _placed(self.look_up((variable.scope, variable.name)), variable.path, value)
            self._room.take(value)
        if variable.scope is Scope.GLOBAL:
            self.notes.globals[variable.name] = value
        elif stack:
            self._run.change(variables={**stack[-1].variables, variable.name: value})
        self.notes.remember(variable.name, value)


def _placed(record: Value, path: tuple[str, ...], value: Value) -> Value:
    """The record with the value at the path; records on the way are made."""
    if record is not None and not isinstance(record, dict):
        raise ExpressionFailed(f"there is no {path[0]} in a value that is no record")
    inner = _placed((record or {}).get(path[0]), path[1:], value) if path[1:] else value
    return {**(record or {}), path[0]: inner}
