"""The grammar, and the nodes that it builds bottom-up while it reads: no recursion anywhere.

Operators bind as the product's: `;`, Or, And, in, comparison, &, +, *, unary, ^, %, then fields.
"""

from __future__ import annotations

import math
from functools import cache, lru_cache
from typing import Any

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedInput

from harness.reference.bot.expressions.limits import (
    MAX_CHARACTERS,
    MAX_DEPTH,
    ExpressionInvalid,
)
from harness.reference.bot.expressions.nodes import (
    Aliased,
    Expression,
    Field,
    Fields,
    Literal,
    Name,
    call,
    deeper,
)
from harness.reference.bot.expressions.values import finite

GRAMMAR = r"""
?start: chain
?chain: either (";" either)* ";"?
?either: both (("||" | "Or") both)*
?both: member (("&&" | "And") member)*
?member: comparison | member (IN | EXACTIN) comparison   -> binary
?comparison: text | comparison COMPARE text              -> binary
?text: sum (_AMPERSAND sum)*
?sum: product | sum SIGN product                         -> binary
?product: unary | product SCALE unary                    -> binary
?unary: power | ("!" | "Not") unary -> negation
      | SIGN unary                  -> signed
?power: percent | percent "^" unary -> power
?percent: atom | percent "%"        -> percent
?atom: NUMBER                         -> number
     | STRING                         -> string
     | "true"                         -> true
     | "false"                        -> false
     | (NAME | QUOTED)                -> name
     | atom "." (NAME | QUOTED)       -> field
     | function "(" arguments ")"     -> call
     | atom "." NAME "(" arguments ")" -> method
     | "(" chain ")"
     | "{" [pair ("," pair)* ","?] "}"   -> record
     | "[" [either ("," either)* ","?] "]" -> table
     | TEXT_START (TEXT | island)* TEXT_END -> interpolated
island: "{" chain "}"
pair: (NAME | QUOTED | STRING) ":" either
arguments: [argument ("," argument)*]
?argument: chain | chain "As" (NAME | QUOTED) -> aliased
function: NAME | AND | OR | NOT
AND: "And"
OR: "Or"
NOT: "Not"
IN: "in"
EXACTIN: "exactin"
COMPARE: "=" | "<>" | "<=" | ">=" | "<" | ">"
_AMPERSAND: /&(?!&)/
SIGN: "+" | "-"
SCALE: "*" | "/"
NUMBER: /(\d+(\.\d+)?|\.\d+)([eE][+-]?\d+)?/
STRING: /"([^"]|"")*"/
TEXT_START: "$\""
TEXT_END: "\""
TEXT.2: /([^"{}]|""|\{\{|\}\})+/
QUOTED: /'([^']|'')+'/
NAME: /[^\W\d]\w*/
%ignore /\s+/
%ignore /\/\/[^\n]*/
%ignore /\/\*([^*]|\*(?!\/))*\*\//
"""

_DOUBLED = (('""', '"'), ("{{", "{"), ("}}", "}"))


def _unquoted(part: str) -> str:
    if part.startswith("'"):
        return part[1:-1].replace("''", "'")
    return part[1:-1].replace('""', '"') if part.startswith('"') else str(part)


@v_args(inline=True)
class _Nodes(Transformer[Token, Any]):
    """Builds the nodes while the text is parsed, in one pass."""

    def chain(self, *parts: Expression) -> Expression:
        return call(";", *parts)

    # A row of these is one node: a long message is not a deep one.
    def either(self, *operands: Expression) -> Expression:
        return call("Or", *operands)

    def both(self, *operands: Expression) -> Expression:
        return call("And", *operands)

    def text(self, *operands: Expression) -> Expression:
        return call("&", *operands)

    def binary(self, left: Expression, operator: str, right: Expression) -> Expression:
        return call(str(operator), left, right)

    def negation(self, operand: Expression) -> Expression:
        return call("Not", operand)

    def signed(self, sign: str, operand: Expression) -> Expression:
        return call(str(sign), Literal(0), operand)

    def power(self, base: Expression, exponent: Expression) -> Expression:
        return call("^", base, exponent)

    def percent(self, operand: Expression) -> Expression:
        return call("/", operand, Literal(100))

    def number(self, token: str) -> Expression:
        value = float(token)
        if not math.isfinite(value):
            raise ExpressionInvalid(f"{token[:20]} is too large a number")
        return Literal(finite(value))

    def string(self, token: str) -> Expression:
        return Literal(_unquoted(token))

    def true(self) -> Expression:
        return Literal(True)

    def false(self) -> Expression:
        return Literal(False)

    def name(self, part: str) -> Expression:
        return Name((_unquoted(part),))

    def field(self, of: Expression, part: str) -> Expression:
        name = _unquoted(part)
        if isinstance(of, Name | Field) and len(_names(of)) >= MAX_DEPTH:
            raise ExpressionInvalid(f"more than {MAX_DEPTH} fields deep")
        if isinstance(of, Name):
            return Name((*of.parts, name))
        if isinstance(of, Field):
            return Field(of.of, (*of.names, name), of.depth)
        return Field(of, (name,), deeper((of,)))

    def function(self, name: str) -> str:
        return str(name)

    def arguments(self, *operands: Expression | None) -> tuple[Expression, ...]:
        return tuple(operand for operand in operands if operand is not None)

    def call(self, function: str, operands: tuple[Expression, ...]) -> Expression:
        return call(function, *operands)

    def method(self, of: Expression, name: str, operands: tuple[Expression, ...]) -> Expression:
        # No topic has these: read, and reported as an unknown function.
        parts = of.parts if isinstance(of, Name) else ("",)
        return call(".".join((*parts, name)), *operands)

    def aliased(self, table: Expression, alias: str) -> Expression:
        return Aliased(table, _unquoted(alias), deeper((table,)))

    def pair(self, name: str, value: Expression) -> tuple[str, Expression]:
        return _unquoted(name), value

    def record(self, *pairs: tuple[str, Expression] | None) -> Expression:
        fields = tuple(pair for pair in pairs if pair is not None)
        return Fields(fields, deeper(value for _, value in fields))

    def table(self, *items: Expression | None) -> Expression:
        return call("[]", *(item for item in items if item is not None))

    def island(self, expression: Expression) -> Expression:
        return expression

    def interpolated(self, *parts: Expression | str) -> Expression:
        return call("&", *(_piece(part) for part in parts[1:-1]))


def _names(of: Name | Field) -> tuple[str, ...]:
    return of.parts if isinstance(of, Name) else of.names


def _piece(part: Expression | str) -> Expression:
    if not isinstance(part, str):
        return part
    for doubled, plain in _DOUBLED:
        part = part.replace(doubled, plain)
    return Literal(part)


@cache
def _parser() -> Any:
    # Built when the first expression is read: a process that runs no bot does not pay for it.
    return Lark(GRAMMAR, parser="lalr", transformer=_Nodes())


@lru_cache(maxsize=8_192)
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
