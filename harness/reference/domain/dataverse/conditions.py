"""Which rows are meant: conditions over rows, whichever grammar they were written in.

Texts are compared as the product does, letters of either case alike. A cell without a value is
equal to null alone, unequal to everything else, and neither smaller nor greater than anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from harness.reference.domain.dataverse.tables import Column, Relation, Row, Value


class Follows(Protocol):
    """Finds the rows that another row points at."""

    def one(self, row: Row, lookup: Column) -> Row | None: ...
    def many(self, row: Row, relation: Relation) -> Iterable[Row]: ...


@dataclass(frozen=True, slots=True)
class Path:
    """A column, perhaps of a row that lookups lead to."""

    column: Column
    lookups: tuple[Column, ...] = ()

    def read(self, row: Row, follows: Follows) -> Value:
        """The cell; none when a lookup on the way is empty."""
        at: Row | None = row
        for lookup in self.lookups:
            at = follows.one(at, lookup) if at else None
        return at.value(self.column) if at else None


class Condition(Protocol):
    """Holds for a row or not."""

    def holds(self, row: Row, follows: Follows) -> bool: ...


class Order(StrEnum):
    """How two values compare."""

    EQ = "eq"
    NE = "ne"
    GT = "gt"
    GE = "ge"
    LT = "lt"
    LE = "le"


class Part(StrEnum):
    """Where a text is looked for in another."""

    CONTAINS = "contains"
    STARTS = "startswith"
    ENDS = "endswith"


def folded(value: Value) -> Value:
    """A value as it is compared."""
    return value.casefold() if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class Compared:
    """A cell and a value."""

    path: Path
    order: Order
    value: Value

    def holds(self, row: Row, follows: Follows) -> bool:
        cell, value = folded(self.path.read(row, follows)), folded(self.value)
        if self.order is Order.EQ:
            return cell == value
        if self.order is Order.NE:
            return cell != value
        if cell is None or value is None:
            return False
        return _ordered(cell, self.order, value)


def _ordered(cell: Value, order: Order, value: Value) -> bool:
    """The grammar has seen to it that both are of one type."""
    if order is Order.GT:
        return bool(cell > value)  # type: ignore[operator]
    if order is Order.GE:
        return bool(cell >= value)  # type: ignore[operator]
    if order is Order.LT:
        return bool(cell < value)  # type: ignore[operator]
    return bool(cell <= value)  # type: ignore[operator]


@dataclass(frozen=True, slots=True)
class Among:
    """A cell and several values."""

    path: Path
    values: tuple[Value, ...]

    def holds(self, row: Row, follows: Follows) -> bool:
        return folded(self.path.read(row, follows)) in map(folded, self.values)


@dataclass(frozen=True, slots=True)
class Partly:
    """A cell with a text in it."""

    path: Path
    part: Part
    text: str

    def holds(self, row: Row, follows: Follows) -> bool:
        cell, text = folded(self.path.read(row, follows)), self.text.casefold()
        if not isinstance(cell, str):
            return False
        if self.part is Part.CONTAINS:
            return text in cell
        return cell.startswith(text) if self.part is Part.STARTS else cell.endswith(text)


@dataclass(frozen=True, slots=True)
class Truth:
    """A yes-or-no cell by itself, or a condition that always holds."""

    path: Path | None = None

    def holds(self, row: Row, follows: Follows) -> bool:
        return self.path is None or self.path.read(row, follows) is True


@dataclass(frozen=True, slots=True)
class Every:
    """All of these hold."""

    parts: tuple[Condition, ...]

    def holds(self, row: Row, follows: Follows) -> bool:
        return all(part.holds(row, follows) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Some:
    """One of these holds."""

    parts: tuple[Condition, ...]

    def holds(self, row: Row, follows: Follows) -> bool:
        return any(part.holds(row, follows) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Not:
    """This does not hold."""

    part: Condition

    def holds(self, row: Row, follows: Follows) -> bool:
        return not self.part.holds(row, follows)


@dataclass(frozen=True, slots=True)
class Related:
    """A related row (`each`: every related row) for which a condition holds."""

    relation: Relation
    part: Condition
    each: bool = False

    def holds(self, row: Row, follows: Follows) -> bool:
        met = (self.part.holds(other, follows) for other in follows.many(row, self.relation))
        return all(met) if self.each else any(met)


ALWAYS = Truth()
"""Holds for every row."""

Pins = Mapping[str, tuple[Value, ...]]
"""The values that a row's columns can have, by logical name, when a condition holds."""


def pins(condition: Condition) -> Pins:
    """What a condition says outright of a row's own columns: by these, rows are looked up."""
    found: dict[str, tuple[Value, ...]] = {}
    parts = condition.parts if isinstance(condition, Every) else (condition,)
    for part in parts:
        if isinstance(part, Every):
            found = {**pins(part), **found}
        elif isinstance(part, Compared | Among) and not part.path.lookups:
            values = _values(part)
            if values is not None:
                found.setdefault(part.path.column.name, values)
    return found


def _values(part: Compared | Among) -> tuple[Value, ...] | None:
    if isinstance(part, Among):
        return part.values
    return (part.value,) if part.order is Order.EQ else None
