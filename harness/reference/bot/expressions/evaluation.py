"""Evaluating an expression, and saying beforehand what would go wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from harness.reference.bot.expressions.functions import (
    dates,
    json_values,
    logic,
    matching,
    numbers,
    operators,
    tables,
    texts,
)
from harness.reference.bot.expressions.json_writing import settled
from harness.reference.bot.expressions.limits import Budget, ExpressionFailed, TooCostly
from harness.reference.bot.expressions.nodes import Call, Expression, Literal, walk
from harness.reference.bot.expressions.running import Function, Lookup, Run
from harness.reference.bot.expressions.values import Value

_SPREAD = frozenset(
    (
        *("Abs", "Boolean", "Char", "Concatenate", "Exp", "Find", "Int", "Left", "Len", "Ln"),
        *("Log", "Lower", "Mid", "Mod", "Power", "Proper", "Replace", "Right", "Round"),
        *("RoundDown", "RoundUp", "Sqrt", "Substitute", "Trim", "TrimEnds", "Trunc", "UniChar"),
        "Upper",
    )
)
_FAMILIES = {
    **dates.FUNCTIONS,
    **json_values.FUNCTIONS,
    **logic.FUNCTIONS,
    **matching.FUNCTIONS,
    **numbers.FUNCTIONS,
    **tables.FUNCTIONS,
    **texts.FUNCTIONS,
}
FUNCTIONS: dict[str, Function] = {
    name: replace(function, spread=name in _SPREAD) for name, function in _FAMILIES.items()
}
_KNOWN = FUNCTIONS | operators.OPERATORS


def evaluate(
    expression: Expression,
    lookup: Lookup,
    now: datetime | None = None,
    budget: Budget | None = None,
) -> Value:
    """The value of an expression, variables read by `lookup`; raises ExpressionFailed.

    `now`, an aware datetime, is what `Now()` and `Today()` mean; dates come back as ISO text.
    A `budget` that several evaluations share bounds what they cost together.
    """
    if isinstance(expression, Literal):
        return expression.value
    run = Run(_KNOWN, lookup, now, budget or Budget())
    try:
        value: Any = run.value(expression)
        return cast(Value, settled(value))
    except RecursionError:
        raise TooCostly("nested too deeply") from None


def unknown_functions(expression: Expression) -> tuple[str, ...]:
    """The functions in an expression that are not supported, each once, in reading order."""
    names = (node.function for node in walk(expression) if isinstance(node, Call))
    return tuple(dict.fromkeys(name for name in names if name not in _KNOWN))


def problems(expression: Expression) -> tuple[str, ...]:
    """What is known to go wrong when the expression is reached, in sentences."""
    found: dict[str, None] = {}
    for node in walk(expression):
        if isinstance(node, Call) and (problem := _problem(node)):
            found[problem] = None
    return tuple(found)


def _problem(call: Call) -> str | None:
    function = _KNOWN.get(call.function)
    if function is None:
        return f"the function {call.function} is not supported"
    if not function.fewest <= len(call.operands) <= function.most:
        return f"{call.function} takes other arguments"
    if call.function in matching.FUNCTIONS and isinstance(call.operands[1], Literal):
        return _pattern_problem(call.operands[1].value)
    return None


def _pattern_problem(pattern: Value) -> str | None:
    try:
        matching.compiled(str(pattern), "")
    except ExpressionFailed as error:
        return str(error)
    return None
