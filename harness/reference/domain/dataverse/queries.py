"""What is asked of a table: which rows, which columns of them, in which order, how many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from harness.reference.domain.dataverse.conditions import ALWAYS, Condition, Follows, Path, folded
from harness.reference.domain.dataverse.tables import Column, Relation, Row, Value

MOST = 5000
"""Rows of a page, and what is counted at most: the product's limits."""


@dataclass(frozen=True, slots=True)
class Sort:
    """An order by one column."""

    path: Path
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Expansion:
    """Related rows to bring along: those of a relation, or the one of a lookup."""

    name: str
    by: Relation | Column
    query: Query


@dataclass(frozen=True, slots=True)
class Query:
    """A question; `columns` None are all of them, `top` None is a page."""

    columns: tuple[Column, ...] | None = None
    where: Condition = ALWAYS
    order: tuple[Sort, ...] = ()
    top: int | None = None
    count: bool = False
    expand: tuple[Expansion, ...] = ()


def ordered(rows: Iterable[Row], order: Sequence[Sort], follows: Follows) -> Iterable[Row]:
    """The rows in that order; what has no value comes first, as in the product."""
    for sort in reversed(order):
        rows = sorted(rows, key=_key(sort, follows), reverse=sort.descending)
    return rows


def _key(sort: Sort, follows: Follows) -> _Key:
    return _Key(sort.path, follows)


@dataclass(frozen=True, slots=True)
class _Key:
    path: Path
    follows: Follows

    def __call__(self, row: Row) -> tuple[bool, Value]:
        value = folded(self.path.read(row, self.follows))
        # The values of one column are of one type; none stands before all of them.
        return (value is not None, value if value is not None else 0)
