"""Branches, loops, jumps, and what only leaves a note."""

from __future__ import annotations

from harness.reference.bot.expressions import ExpressionFailed, truth
from harness.reference.bot.memory import Loop
from harness.reference.bot.outputs import Traced
from harness.reference.bot.performing.rows import unwrapped
from harness.reference.bot.performing.stopping import Performers, Stopped
from harness.reference.bot.steps import (
    Branch,
    EnterLoop,
    Jump,
    NextItem,
    NoteOutcome,
    Telemetry,
    Unsupported,
)
from harness.reference.bot.turns import Run

UNEXPECTED = 3000


def _branch(run: Run, branch: Branch) -> None:
    for condition, position in branch.cases:
        if truth(run.evaluate(condition)):
            run.go(position)
            return
    run.go(branch.otherwise)


def _jump(run: Run, jump: Jump) -> None:
    run.go(jump.position)


def _enter(run: Run, step: EnterLoop) -> None:
    items = run.evaluate(step.items)
    if items is not None and not isinstance(items, list):
        raise ExpressionFailed("what the loop goes through is no table")
    frame = run.stack[-1]
    run.change(loops={**frame.loops, str(frame.position + 1): Loop(tuple(items or ()))})
    run.go()


def _next(run: Run, step: NextItem) -> None:
    frame = run.stack[-1]
    key = str(frame.position)
    loop = frame.loops.get(key, Loop(()))
    if loop.next >= len(loop.items):
        run.change(loops={name: kept for name, kept in frame.loops.items() if name != key})
        run.go(step.end)
        return
    run.change(loops={**frame.loops, key: Loop(loop.items, loop.next + 1)})
    run.assign(step.value, unwrapped(loop.items[loop.next]))
    if step.index is not None:
        # Counted from 0, as the product's editor shows it.
        run.assign(step.index, loop.next)
    run.go()


def _note(run: Run, step: NoteOutcome) -> None:
    run.trace.append(Traced("ConversationOutcome", {"outcome": step.outcome}))
    run.go()


def _log(run: Run, step: Telemetry) -> None:
    properties = None if step.properties is None else run.evaluate(step.properties)
    run.trace.append(Traced("CustomTelemetry", {"name": step.name, "properties": properties}))
    run.go()


def _unsupported(run: Run, step: Unsupported) -> None:
    what = f"{run.place()}: {step.what} is not supported by the reference"
    raise Stopped(UNEXPECTED, what)


PERFORMERS: Performers = {
    Branch: _branch,
    Jump: _jump,
    EnterLoop: _enter,
    NextItem: _next,
    NoteOutcome: _note,
    Telemetry: _log,
    Unsupported: _unsupported,
}
