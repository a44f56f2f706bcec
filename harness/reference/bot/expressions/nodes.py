"""The nodes of a parsed expression: plain values, which know how deep they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from harness.reference.bot.expressions.limits import MAX_DEPTH, ExpressionInvalid
from harness.reference.bot.expressions.values import Value


@dataclass(frozen=True, slots=True)
class Literal:
    """A value as written."""

    value: Value
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, a column of the row at hand, or a member of an enumeration or a list."""

    parts: tuple[str, ...]
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Field:
    """What stands in the record that an expression gives."""

    of: Expression
    names: tuple[str, ...]
    depth: int


@dataclass(frozen=True, slots=True)
class Fields:
    """A record as written."""

    fields: tuple[tuple[str, Expression], ...]
    depth: int


@dataclass(frozen=True, slots=True)
class Aliased:
    """A table whose rows have a name: `Topic.Orders As Order`."""

    table: Expression
    alias: str
    depth: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function or an operator with its operands."""

    function: str
    operands: tuple[Expression, ...]
    depth: int


Expression = Literal | Name | Field | Fields | Aliased | Call


def deeper(operands: Iterable[Expression]) -> int:
    """One level below the deepest operand; raises ExpressionInvalid when too deep."""
    depth = 1 + max((operand.depth for operand in operands), default=0)
    if depth > MAX_DEPTH:
        raise ExpressionInvalid(f"nested deeper than {MAX_DEPTH}")
    return depth


def call(function: str, *operands: Expression) -> Call:
    """A call one level deeper than its deepest operand; raises ExpressionInvalid when too deep."""
    return Call(function, operands, deeper(operands))


def operands(expression: Expression) -> tuple[Expression, ...]:
    """The expressions directly in an expression."""
    match expression:
        case Call(operands=inner):
            return inner
        case Fields(fields=fields):
            return tuple(value for _, value in fields)
        case Field(of=inner) | Aliased(table=inner):
            return (inner,)
        case _:
            return ()


def walk(expression: Expression) -> Iterator[Expression]:
    """The expression and all in it, in reading order."""
    open_nodes = [expression]
    while open_nodes:
        node = open_nodes.pop()
        yield node
        open_nodes += reversed(operands(node))
