"""What will not run as a topic's maker meant it, found without running it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from harness.reference.bot import kinds, stubs, system
from harness.reference.bot.expressions import (
    Expression,
    ExpressionFailed,
    Literal,
    Name,
    Value,
    evaluate,
    problems,
    text,
)
from harness.reference.bot.expressions.nodes import walk
from harness.reference.bot.steps import OutsideCall, Place, SignIn, Step, Unsupported
from harness.reference.bot.stubs import Stub
from harness.reference.bot.templates import Template
from harness.reference.bot.topics import Finding, Topic, is_silence

SCOPES = frozenset({"topic", "global", "bot", "system", "env", "user"})
"""The first parts, in lower case, of names that are known only in a conversation."""


class _AsksConversation(Exception):
    """An expression whose value only a conversation can tell."""


def of(topic: Topic, line: int) -> Iterator[Finding]:
    """The findings of a topic whose trigger stands at that line, in no order."""
    if topic.trigger not in kinds.STARTED:
        what = f"{topic.trigger[:60]} starts no topic in the reference"
        yield Finding(line, topic.trigger[:60], what)
    start = Place(line, topic.trigger)
    yield from _in_expressions(topic.start, start)
    if topic.start.silence is not None and _never_comes(topic.start.silence):
        what = "the formula of the duration gives no number of seconds, so the topic never speaks"
        yield Finding(line, topic.trigger, what)
    for step in topic.steps:
        yield from _in_step(step)
        yield from _in_expressions(step, step.at)


def with_stubs(topic: Topic, declared: Mapping[str, Stub]) -> tuple[Finding, ...]:
    """The findings of a topic that stand when these stubs are declared."""
    answered = {
        _unanswered(step)
        for step in topic.steps
        if isinstance(step, OutsideCall) and stubs.find(declared, _names(step))
    }
    return tuple(finding for finding in topic.findings if finding not in answered)


def _names(call: OutsideCall) -> tuple[str, ...]:
    """What a stub may be declared under, as far as it is known before a conversation."""
    parts = call.address.parts if isinstance(call.address, Template) else (call.address,)
    written = [part for part in parts if isinstance(part, str | Literal)]
    literal = len(written) == len(parts)
    address = "".join(part if isinstance(part, str) else text(part.value) for part in written)
    return (call.at.node, *call.names, *((address,) if literal else ()))


def _unanswered(call: OutsideCall) -> Finding:
    lacks = "finds nothing unless a stub is declared" if call.optional else "needs a declared stub"
    return Finding(call.line, call.at.node or call.at.kind, f"{call.kind} {lacks}")


def _in_step(step: Step) -> Iterator[Finding]:
    node = step.at.node or step.at.kind
    if isinstance(step, Unsupported):
        yield Finding(step.line, node, f"{step.what} is not supported by the reference")
    elif isinstance(step, OutsideCall):
        yield _unanswered(step)
    elif isinstance(step, SignIn):
        what = "OAuthInput signs nobody in unless the bot authenticates manually"
        yield Finding(step.line, node, what)


def _in_expressions(holder: Any, at: Place) -> Iterator[Finding]:
    node = at.node or at.kind
    for expression in _expressions(holder):
        for problem in problems(expression):
            yield Finding(at.line, node, problem)
        for name in walk(expression):
            if isinstance(name, Name) and (what := _blank(name.parts)):
                yield Finding(at.line, node, what)


def _never_comes(silence: Expression) -> bool:
    """Whether no conversation can make a duration of it: nothing else would tell its maker."""
    try:
        return not is_silence(evaluate(silence, _outside))
    except _AsksConversation:
        return False
    except ExpressionFailed:
        return True


def _outside(parts: tuple[str, ...]) -> Value:
    if parts[0].lower() in SCOPES:
        raise _AsksConversation
    return None


def _blank(parts: tuple[str, ...]) -> str | None:
    name = ".".join(parts)[:100]
    if parts[0] == "System" and not system.is_known(parts[1:]):
        return f"{name} is blank in the reference"
    if parts[0] == "Env" and len(parts) > 1:
        return f"{name} is blank in the reference"
    return None


def _expressions(value: Any) -> Iterator[Expression]:
    if isinstance(value, Expression):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _expressions(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _expressions(each)
    else:
        for name in _parts(value.__class__):
            yield from _expressions(getattr(value, name))


@cache
def _parts(kind: type[object]) -> tuple[str, ...]:
    # Once for each kind of step: looking into 1,000 topics is a good part of loading them.
    return tuple(each.name for each in fields(kind)) if is_dataclass(kind) else ()
