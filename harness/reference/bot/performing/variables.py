"""Changing variables."""

from __future__ import annotations

from harness.reference.bot.assembly.variables import GROUPS
from harness.reference.bot.expressions import ExpressionFailed, Value
from harness.reference.bot.outputs import Traced
from harness.reference.bot.performing.rows import unwrapped, wrapped
from harness.reference.bot.performing.stopping import Performers
from harness.reference.bot.steps import ClearVariables, EditTable, ParseValue, SetVariable, Variable
from harness.reference.bot.templates import Template
from harness.reference.bot.turns import Run


def _set(run: Run, step: SetVariable) -> None:
    value = run.fill(step.value) if isinstance(step.value, Template) else run.evaluate(step.value)
    run.assign(step.variable, value)
    run.go()


def _clear(run: Run, step: ClearVariables) -> None:
    if GROUPS[step.which]:
        only_globals = step.which == "AllGlobalVariables"
        run.notes.forget(only_globals=only_globals)
        run.trace.append(Traced("ClearAllVariables", {"variables": step.which}))
        if not only_globals:
            run.change(variables={})
    run.go()


def _parse(run: Run, step: ParseValue) -> None:
    value = run.evaluate(step.value)
    try:
        taken = step.schema.take(value)
    except ExpressionFailed:
        if not step.lenient:
            raise
        taken = None
    run.assign(step.variable, taken)
    run.go()


def _edit(run: Run, step: EditTable) -> None:
    rows = _table(run, step.variable)
    change = step.change
    if change.startswith(("Take", "Get")):
        _take(run, step, rows)
    elif change == "Clear":
        run.assign(step.variable, [])
    else:
        value = None if step.value is None else run.evaluate(step.value)
        items = [wrapped(item, rows) for item in (value if isinstance(value, list) else [value])]
        kept = [*rows, *items] if change == "Add" else [row for row in rows if row not in items]
        run.assign(step.variable, kept)
    run.go()


def _take(run: Run, step: EditTable, rows: list[Value]) -> None:
    place = 0 if step.change.endswith("First") else -1
    taken = rows[place] if rows else None
    if step.change.startswith("Take"):
        run.assign(step.variable, rows[1:] if place == 0 else rows[:-1])
    if step.result is not None:
        run.assign(step.result, unwrapped(taken))


def _table(run: Run, variable: Variable) -> list[Value]:
    value = run.look_up((variable.scope, *variable.name.split("."), *variable.path))
    if value is None:
        return []
    if not isinstance(value, list):
        raise ExpressionFailed(f"{variable.name} is no table")
    return list(value)


PERFORMERS: Performers = {
    SetVariable: _set,
    ClearVariables: _clear,
    ParseValue: _parse,
    EditTable: _edit,
}
