"""Expressions: the part of Power Fx that topics use, read by a grammar, evaluated within limits.

`parse` reads the text, `evaluate` gives its value, `unknown_functions` and `problems` say when a
bot is loaded what would fail in a conversation. Dates are ISO text outside an evaluation.
"""

from harness.reference.bot.expressions.evaluation import (
    FUNCTIONS,
    evaluate,
    problems,
    unknown_functions,
)
from harness.reference.bot.expressions.limits import (
    MAX_CHARACTERS,
    MAX_COST,
    MAX_DEPTH,
    MAX_RESULT,
    Budget,
    ExpressionFailed,
    ExpressionInvalid,
)
from harness.reference.bot.expressions.nodes import Call, Expression, Literal, Name
from harness.reference.bot.expressions.running import Lookup
from harness.reference.bot.expressions.syntax import parse
from harness.reference.bot.expressions.values import Value, field, is_blank, number, text, truth

__all__ = [
    "FUNCTIONS",
    "MAX_CHARACTERS",
    "MAX_COST",
    "MAX_DEPTH",
    "MAX_RESULT",
    "Budget",
    "Call",
    "Expression",
    "ExpressionFailed",
    "ExpressionInvalid",
    "Literal",
    "Lookup",
    "Name",
    "Value",
    "evaluate",
    "field",
    "is_blank",
    "number",
    "parse",
    "problems",
    "text",
    "truth",
    "unknown_functions",
]
