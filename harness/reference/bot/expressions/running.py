"""One evaluation: the names it sees, the rows it stands in, and what it may still cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import repeat
from typing import Any

from harness.reference.bot.expressions import enumerations
from harness.reference.bot.expressions.limits import Budget, ExpressionFailed
from harness.reference.bot.expressions.nodes import (
    Aliased,
    Call,
    Expression,
    Field,
    Fields,
    Literal,
    Name,
)
from harness.reference.bot.expressions.values import Value, column, field, kind, rows, single

# Gets all parts of a dotted name; what stands in a record it can leave to `field`.
Lookup = Callable[[tuple[str, ...]], Value]

ANY = 100_000
_ABSENT = object()


@dataclass(frozen=True, slots=True)
class Function:
    """A function or operator: how many operands it takes, and whether it evaluates them itself.

    `run` gets the values of the operands; a `lazy` one gets the Run and the operands as written.
    One that is `spread` works on each row of a one-column table, too: `Len(["a", "bb"])`.
    """

    run: Callable[..., Any]
    fewest: int
    most: int
    lazy: bool = False
    spread: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """The record or value that names are looked up in first; with an alias, by that name only."""

    item: Any
    alias: str | None
    outer: Row | None

    def get(self, parts: tuple[str, ...]) -> Any:
        """What the name means here, _ABSENT when nothing."""
        head = parts[0]
        if self.alias is not None:
            return self._dig(parts[1:]) if head == self.alias else _ABSENT
        if head == "ThisRecord":
            return self._dig(parts[1:])
        if head == "Value" or (isinstance(self.item, dict) and head in self.item):
            return self._dig(parts)
        return _ABSENT

    def _dig(self, names: tuple[str, ...]) -> Any:
        # A row of an untyped array is its own Value.
        if names and names[0] == "Value":
            wrapped = isinstance(self.item, dict) and "Value" in self.item
            names = names if wrapped else names[1:]
        return field(self.item, names)


class Run:
    """Evaluates expressions; `at` gives the same evaluation, standing in a row of a table."""

    __slots__ = ("_budget", "_functions", "_lookup", "_row", "now")

    def __init__(
        self,
        functions: Mapping[str, Function],
        lookup: Lookup,
        now: datetime | None,
        budget: Budget,
        row: Row | None = None,
    ) -> None:
        self._functions = functions
        self._lookup = lookup
        self._budget = budget
        self._row = row
        self.now = now

    def value(self, expression: Expression) -> Any:
        """What the expression gives; raises ExpressionFailed."""
        self._budget.spend(1)
        match expression:
            case Literal():
                return expression.value
            case Name():
                return self._named(expression.parts)
            case Call():
                return self._called(expression)
            case Field():
                return field(self.value(expression.of), expression.names)
            case Fields():
                return {name: self.value(value) for name, value in expression.fields}
            case Aliased():
                return self.value(expression.table)

    def at(self, item: Any, alias: str | None = None) -> Run:
        """The same evaluation within a row (or the record of a With)."""
        row = Row(item, alias, self._row)
        return Run(self._functions, self._lookup, self.now, self._budget, row)

    def each(self, table: Expression) -> Iterator[tuple[Any, Run]]:
        """The rows of a table, each with the evaluation that stands in it."""
        alias = table.alias if isinstance(table, Aliased) else None
        found = rows(self.value(table))
        for item in found:
            yield item, self.at(item, alias)

    def look_up(self, *parts: str) -> Any:
        """A variable, whatever the rows hold."""
        return self._lookup(parts)

    def _named(self, parts: tuple[str, ...]) -> Any:
        row = self._row
        while row is not None:
            found = row.get(parts)
            if found is not _ABSENT:
                return found
            row = row.outer
        if self._row is not None and len(parts) == 1:
            # A column that this row of untyped data does not have.
            return None
        member = enumerations.member(parts)
        if member is not None:
            return member
        return self._lookup(parts)

    def _called(self, call: Call) -> Any:
        function = self._functions.get(call.function)
        if function is None:
            raise ExpressionFailed(f"the function {call.function[:60]} is not supported")
        if not function.fewest <= len(call.operands) <= function.most:
            raise ExpressionFailed(f"{call.function} takes other arguments")
        try:
            if function.lazy:
                result = function.run(self, *call.operands)
            else:
                result = self._applied(function, [self.value(each) for each in call.operands])
        except ArithmeticError:
            raise ExpressionFailed(f"{call.function}: out of range", kind=24) from None
        self._budget.pay_for(result)
        return result

    def _applied(self, function: Function, values: list[Any]) -> Any:
        lengths = {len(value) for value in values if isinstance(value, list)}
        if not function.spread or not lengths:
            return function.run(*values)
        if len(lengths) > 1:
            raise ExpressionFailed("tables of different lengths", kind=27)
        (length,) = lengths
        self._budget.spend(length)
        operands = [
            map(single, value) if isinstance(value, list) else repeat(value, length)
            for value in values
        ]
        return column(function.run(*each) for each in zip(*operands, strict=True))


def column_name(expression: Expression) -> str:
    """A column's name as written, `Price` or `"Price"`; raises ExpressionFailed otherwise."""
    if isinstance(expression, Name) and len(expression.parts) == 1:
        return expression.parts[0]
    if isinstance(expression, Literal) and isinstance(expression.value, str):
        return expression.value
    raise ExpressionFailed(f"a column's name, not {kind(None)} or a formula")
