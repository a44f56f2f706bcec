"""Expressions: a small part of Power Fx, parsed by a grammar and evaluated within limits.

Literals, `Topic.X`, `Global.X`, `bot.X`, `System.X.Y`, `'a list'.option`, the operators
`= <> < <= > >= && || ! And Or Not & + - * /` and the functions in FUNCTIONS. An unknown function
is read, and refused when it is reached: a topic may hold what never runs. Nothing here loops:
text, nesting and results are bounded, so evaluating costs at most one visit a node.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedInput

Value = str | int | float | bool | None
Lookup = Callable[[tuple[str, ...]], Value]

MAX_CHARACTERS = 1_000
MAX_DEPTH = 100
MAX_RESULT = 16_000

GRAMMAR = r"""
?start: either
?either: both | either ("||" | "Or") both          -> either
?both: comparison | both ("&&" | "And") comparison -> both
?comparison: text | comparison COMPARE text        -> binary
?text: sum | text AMPERSAND sum                    -> binary
?sum: product | sum SIGN product                   -> binary
?product: unary | product SCALE unary              -> binary
?unary: atom | ("!" | "Not") unary -> negation
      | SIGN unary                 -> signed
?atom: NUMBER                         -> number
     | STRING                         -> string
     | "true"                         -> true
     | "false"                        -> false
     | name
     | function "(" [either ("," either)*] ")" -> call
     | "(" either ")"
function: NAME | AND | OR
AND: "And"
OR: "Or"
name: (NAME | QUOTED) ("." (NAME | QUOTED))*
COMPARE: "=" | "<>" | "<=" | ">=" | "<" | ">"
AMPERSAND: /&(?!&)/
SIGN: "+" | "-"
SCALE: "*" | "/"
NUMBER: /[0-9]{1,15}(\.[0-9]{1,15})?/
STRING: /"([^"]|"")*"/
QUOTED: /'([^']|'')+'/
NAME: /[^\W\d]\w*/
%ignore /\s+/
"""


class ExpressionInvalid(Exception):
    """The text is not in the part of Power Fx that is understood here."""


class ExpressionFailed(Exception):
    """Evaluating went wrong: a type that does not fit, an unknown function, a result too large."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A value as written."""

    value: Value
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, or an option of a list."""

    parts: tuple[str, ...]
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Call:
    """A function or an operator with its operands."""

    function: str
    operands: tuple[Expression, ...]
    depth: int


Expression = Literal | Name | Call


def call(function: str, *operands: Expression) -> Call:
    """A call one level deeper than its deepest operand; raises ExpressionInvalid when too deep."""
    depth = 1 + max((operand.depth for operand in operands), default=0)
    if depth > MAX_DEPTH:
        raise ExpressionInvalid(f"nested deeper than {MAX_DEPTH}")
    return Call(function, operands, depth)


@v_args(inline=True)
class _Nodes(Transformer[Token, Expression]):
    """Builds the nodes bottom-up while the text is parsed: no recursion, no second pass."""

    def number(self, token: str) -> Expression:
        return Literal(_number(float(token)))

    def string(self, token: str) -> Expression:
        return Literal(token[1:-1].replace('""', '"'))

    def true(self) -> Expression:
        return Literal(True)

    def false(self) -> Expression:
        return Literal(False)

    def name(self, *parts: str) -> Expression:
        return Name(tuple(_unquoted(part) for part in parts))

    def function(self, name: str) -> str:
        return str(name)

    def call(self, function: str, *operands: Expression | None) -> Expression:
        return call(function, *(operand for operand in operands if operand is not None))

    def either(self, left: Expression, right: Expression) -> Expression:
        return call("Or", left, right)

    def both(self, left: Expression, right: Expression) -> Expression:
        return call("And", left, right)

    def negation(self, operand: Expression) -> Expression:
        return call("Not", operand)

    def signed(self, sign: str, operand: Expression) -> Expression:
        return call(str(sign), Literal(0), operand)

    def binary(self, left: Expression, operator: str, right: Expression) -> Expression:
        return call(str(operator), left, right)


def _unquoted(part: str) -> str:
    return part[1:-1].replace("''", "'") if part.startswith("'") else str(part)


@cache
def _parser() -> Any:
    # Built when the first expression is read: a process that runs no bot does not pay for it.
    return Lark(GRAMMAR, parser="lalr", transformer=_Nodes())


@lru_cache(maxsize=4_096)
def parse(text: str) -> Expression:
    """The expression in `text` (without the leading `=`); raises ExpressionInvalid."""
    if len(text) > MAX_CHARACTERS:
        raise ExpressionInvalid(f"longer than {MAX_CHARACTERS:,} characters")
    try:
        expression: Expression = _parser().parse(text)
    except UnexpectedInput as error:
        where = text[max(0, (error.pos_in_stream or 0)) :][:20]
        raise ExpressionInvalid(f"not understood at {where!r}") from error
    return expression


def evaluate(expression: Expression, lookup: Lookup) -> Value:
    """The value of an expression, variables read by `lookup`; raises ExpressionFailed."""
    if isinstance(expression, Literal):
        return expression.value
    if isinstance(expression, Name):
        return lookup(expression.parts)
    lazy = _LAZY.get(expression.function)
    if lazy is not None:
        return lazy(expression.operands, lookup)
    function = FUNCTIONS.get(expression.function)
    if function is None:
        raise ExpressionFailed(f"the function {expression.function} is not supported")
    arguments = [evaluate(operand, lookup) for operand in expression.operands]
    try:
        result = function(*arguments)
    except TypeError:
        raise ExpressionFailed(f"{expression.function} takes other arguments") from None
    if isinstance(result, str) and len(result) > MAX_RESULT:
        raise ExpressionFailed(f"a text longer than {MAX_RESULT:,} characters")
    return result


def text(value: Value) -> str:
    """A value as a message shows it: blank is empty, a whole number has no fraction."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else str(_number(float(value)))


def truth(value: Value) -> bool:
    """A value as a condition; raises ExpressionFailed for one that is neither true nor false."""
    if value is None:
        return False
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    if isinstance(value, str):
        raise ExpressionFailed("a text is neither true nor false")
    return value != 0


def number(value: Value) -> float:
    """A value as a number, blank as 0; raises ExpressionFailed for a text that is none."""
    try:
        result = float(value or 0)
    except ValueError:
        raise ExpressionFailed("a text is not a number") from None
    if not math.isfinite(result):
        raise ExpressionFailed("not a finite number")
    return result


def _number(value: float) -> int | float:
    if not math.isfinite(value):
        raise ExpressionFailed("not a finite number")
    return int(value) if value == int(value) and abs(value) < 2**53 else value


def is_blank(value: Value) -> bool:
    """Blank, or an empty text."""
    return value is None or value == ""


def _equal(left: Value, right: Value) -> bool:
    # 1 = true holds in Python, not in Power Fx.
    return left == right and isinstance(left, bool) == isinstance(right, bool)


def _divided(left: Value, right: Value) -> Value:
    if number(right) == 0:
        raise ExpressionFailed("division by zero")
    return _number(number(left) / number(right))


def _either(operands: tuple[Expression, ...], lookup: Lookup) -> Value:
    return any(truth(evaluate(operand, lookup)) for operand in operands)


def _both(operands: tuple[Expression, ...], lookup: Lookup) -> Value:
    return all(truth(evaluate(operand, lookup)) for operand in operands)


def _if(operands: tuple[Expression, ...], lookup: Lookup) -> Value:
    if len(operands) < 2:
        raise ExpressionFailed("If takes other arguments")
    for condition, result in zip(operands[0::2], operands[1::2], strict=False):
        if truth(evaluate(condition, lookup)):
            return evaluate(result, lookup)
    return evaluate(operands[-1], lookup) if len(operands) % 2 else None


_LAZY: dict[str, Callable[[tuple[Expression, ...], Lookup], Value]] = {
    "Or": _either,
    "And": _both,
    "If": _if,
}

FUNCTIONS: dict[str, Callable[..., Value]] = {
    "=": _equal,
    "<>": lambda left, right: not _equal(left, right),
    "<": lambda left, right: number(left) < number(right),
    "<=": lambda left, right: number(left) <= number(right),
    ">": lambda left, right: number(left) > number(right),
    ">=": lambda left, right: number(left) >= number(right),
    "&": lambda left, right: text(left) + text(right),
    "+": lambda left, right: _number(number(left) + number(right)),
    "-": lambda left, right: _number(number(left) - number(right)),
    "*": lambda left, right: _number(number(left) * number(right)),
    "/": _divided,
    "Not": lambda value: not truth(value),
    "Blank": lambda: None,
    "IsBlank": is_blank,
    "Concatenate": lambda *values: "".join(text(value) for value in values),
    "Len": lambda value: len(text(value)),
    "Lower": lambda value: text(value).lower(),
    "Upper": lambda value: text(value).upper(),
    "Text": text,
    "Value": lambda value: None if is_blank(value) else _number(number(value)),
}
