"""Asking a service outside, of which only declared answers are known."""

from __future__ import annotations

from harness.reference.bot import stubs
from harness.reference.bot.expressions import Value, text
from harness.reference.bot.outputs import Say
from harness.reference.bot.performing.stopping import Performers, Stopped
from harness.reference.bot.steps import OutsideCall
from harness.reference.bot.stubs import Stub
from harness.reference.bot.templates import Template
from harness.reference.bot.turns import Run

UNEXPECTED = 3000


def _call(run: Run, step: OutsideCall) -> None:
    names = _names(run, step)
    stub = stubs.find(run.bot.stubs, names)
    if stub is None and not step.optional:
        called = ", ".join(names)
        what = f"{run.place()}: {step.kind} asks a service outside and no stub answers for {called}"
        raise Stopped(UNEXPECTED, what)
    for _, value in step.inputs:
        # What cannot be worked out fails here as it would there.
        run.evaluate(value)
    if stub is not None and stub.error is not None:
        _fail(run, step, stub)
    else:
        _take(run, step, stub.answer if stub else None)
    run.go()


def _names(run: Run, step: OutsideCall) -> tuple[str, ...]:
    address: Value = None
    if isinstance(step.address, Template):
        address = run.fill(step.address)
    elif step.address is not None:
        address = run.evaluate(step.address)
    return tuple(name for name in (step.at.node, *step.names, text(address)) if name)


def _take(run: Run, step: OutsideCall, answer: Value) -> None:
    for name, variable in step.answers:
        run.assign(variable, answer.get(name) if isinstance(answer, dict) else None)
    if step.result is not None:
        run.assign(step.result, answer if step.schema is None else step.schema.take(answer))
    if step.says and answer is not None:
        run.tell(Say(text(answer)))


def _fail(run: Run, step: OutsideCall, stub: Stub) -> None:
    if step.failing is None:
        raise Stopped(UNEXPECTED, f"{run.place()}: {step.kind} was answered with {stub.error}")
    status, body = step.failing
    if status is not None:
        run.assign(status, stub.error)
    if body is not None:
        run.assign(body, stub.answer)
    if step.result is not None:
        run.assign(step.result, None)


PERFORMERS: Performers = {OutsideCall: _call}
