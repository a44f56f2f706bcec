"""Conditions, blanks and errors: the functions that do not evaluate all that they are given."""

from __future__ import annotations

from typing import Any

from harness.reference.bot.expressions.limits import ExpressionFailed, TooCostly
from harness.reference.bot.expressions.nodes import Aliased, Expression
from harness.reference.bot.expressions.running import ANY, Function, Run
from harness.reference.bot.expressions.values import (
    equal,
    is_blank,
    number,
    record,
    scalar_text,
    truth,
)

# ErrorKind.Custom, which is no number of the enumeration's row.
_CUSTOM = 1_000


def _either(run: Run, *operands: Expression) -> bool:
    return any(truth(run.value(operand)) for operand in operands)


def _both(run: Run, *operands: Expression) -> bool:
    return all(truth(run.value(operand)) for operand in operands)


def _if(run: Run, *operands: Expression) -> Any:
    for condition, result in zip(operands[0::2], operands[1::2], strict=False):
        if truth(run.value(condition)):
            return run.value(result)
    return run.value(operands[-1]) if len(operands) % 2 else None


def _switch(run: Run, subject: Expression, *operands: Expression) -> Any:
    value = run.value(subject)
    for match, result in zip(operands[0::2], operands[1::2], strict=False):
        if equal(value, run.value(match)):
            return run.value(result)
    return run.value(operands[-1]) if len(operands) % 2 else None


def _with(run: Run, scope: Expression, result: Expression) -> Any:
    alias = scope.alias if isinstance(scope, Aliased) else None
    return run.at(record(run.value(scope)), alias).value(result)


def _coalesce(run: Run, *operands: Expression) -> Any:
    for operand in operands:
        value = run.value(operand)
        if not is_blank(value):
            return value
    return None


def _failure(run: Run, operand: Expression) -> tuple[Any, ExpressionFailed | None]:
    try:
        return run.value(operand), None
    except TooCostly:
        raise
    except ExpressionFailed as error:
        return None, error


def _if_error(run: Run, *operands: Expression) -> Any:
    value: Any = None
    for tried, fallback in zip(operands[0::2], operands[1::2], strict=False):
        value, error = _failure(run, tried)
        if error is not None:
            return _told(run, error).value(fallback)
    return run.value(operands[-1]) if len(operands) % 2 else value


def _told(run: Run, error: ExpressionFailed) -> Run:
    told = {"Kind": error.kind, "Message": str(error), "Observed": "", "Source": ""}
    return run.at({"FirstError": told, "AllErrors": [told]})


def _is_error(run: Run, operand: Expression) -> bool:
    return _failure(run, operand)[1] is not None


def _is_blank_or_error(run: Run, operand: Expression) -> bool:
    value, error = _failure(run, operand)
    return error is not None or is_blank(value)


def _error(value: Any) -> Any:
    told = next(iter(value), None) if isinstance(value, list) else value
    fields = told if isinstance(told, dict) else {"Message": told}
    message = scalar_text(fields.get("Message"))[:1_000]
    kind = fields.get("Kind")
    raise ExpressionFailed(
        message or "System error", kind=_CUSTOM if is_blank(kind) else int(number(kind))
    )


def _is_empty(value: Any) -> bool:
    if isinstance(value, dict | str):
        raise ExpressionFailed("IsEmpty takes a table")
    return value is None or value == []


FUNCTIONS: dict[str, Function] = {
    "Or": Function(_either, 1, ANY, lazy=True),
    "And": Function(_both, 1, ANY, lazy=True),
    "Not": Function(lambda value: not truth(value), 1, 1),
    "If": Function(_if, 2, ANY, lazy=True),
    "Switch": Function(_switch, 3, ANY, lazy=True),
    "With": Function(_with, 2, 2, lazy=True),
    "Coalesce": Function(_coalesce, 1, ANY, lazy=True),
    "IfError": Function(_if_error, 2, ANY, lazy=True),
    "IsError": Function(_is_error, 1, 1, lazy=True),
    "IsBlankOrError": Function(_is_blank_or_error, 1, 1, lazy=True),
    "Error": Function(_error, 1, 1),
    "Blank": Function(lambda: None, 0, 0),
    "IsBlank": Function(is_blank, 1, 1),
    "IsEmpty": Function(_is_empty, 1, 1),
}
