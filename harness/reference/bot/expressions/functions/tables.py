"""Tables: choosing, ordering and reshaping rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import Any

from harness.reference.bot.expressions import moments
from harness.reference.bot.expressions.json_writing import as_json
from harness.reference.bot.expressions.limits import MAX_ROWS, ExpressionFailed, TooCostly
from harness.reference.bot.expressions.nodes import Expression, Literal, Name
from harness.reference.bot.expressions.running import ANY, Function, Run, column_name
from harness.reference.bot.expressions.values import (
    Record,
    Untyped,
    column,
    finite,
    kind,
    number,
    record,
    rows,
    scalar_text,
    single,
    truth,
    whole,
)


def made(*items: Any) -> list[Any]:
    """The table `[a, b]`: records as they are with all columns, anything else as Value."""
    kinds = {type(item) for item in items}
    if dict in kinds and kinds <= {dict, type(None)}:
        return _even(list(items))
    return column(items)


def _table(*parts: Any) -> list[Any]:
    found: list[Any] = []
    for part in parts:
        if isinstance(part, Untyped):
            found += column(part)
        elif isinstance(part, list):
            found += part
        else:
            # A blank record is a row, too.
            found.append(None if part is None else record(part))
    return _even(found)


def _even(found: list[Any]) -> list[Any]:
    names: dict[str, None] = {}
    for row in found:
        names.update(dict.fromkeys(row if isinstance(row, dict) else ()))
    whole_rows = (isinstance(row, dict) and len(row) == len(names) for row in found)
    if all(whole_rows):
        return found
    return [dict.fromkeys(names) | row if isinstance(row, dict) else row for row in found]


def _sequence(count: Any, start: Any = 1, step: Any = 1) -> list[Any]:
    length, first, by = whole(count, "the number of rows"), number(start), number(step)
    if length > MAX_ROWS:
        raise TooCostly(f"a table of more than {MAX_ROWS:,} rows")
    return column(finite(first + by * at) for at in range(length))


def _holds(run: Run, conditions: tuple[Expression, ...]) -> bool:
    return all(truth(run.value(condition)) for condition in conditions)


def _filter(run: Run, table: Expression, *conditions: Expression) -> list[Any]:
    return [item for item, inside in run.each(table) if _holds(inside, conditions)]


def _look_up(
    run: Run, table: Expression, condition: Expression, result: Expression | None = None
) -> Any:
    for item, inside in run.each(table):
        if _holds(inside, (condition,)):
            return item if result is None else inside.value(result)
    return None


def _count_if(run: Run, table: Expression, *conditions: Expression) -> int:
    return sum(_holds(inside, conditions) for _, inside in run.each(table))


def _for_all(run: Run, table: Expression, formula: Expression) -> list[Any]:
    results = [inside.value(formula) for _, inside in run.each(table)]
    return made(*results)


def _distinct(run: Run, table: Expression, formula: Expression) -> list[Any]:
    seen: dict[str, Any] = {}
    for _, inside in run.each(table):
        value = inside.value(formula)
        seen.setdefault(f"{type(value).__name__}{as_json(value)}", value)
    return column(seen.values())


def _first(table: Any) -> Any:
    return next(iter(rows(table)), None)


def _last(table: Any) -> Any:
    return next(reversed(rows(table)), None)


def _tail(found: list[Any], count: int) -> list[Any]:
    return found[len(found) - count :] if count < len(found) else found


def _index(table: Any, position: Any) -> Any:
    if table is None:
        return None
    found, at = rows(table), int(number(position))
    if not 1 <= at <= len(found):
        raise ExpressionFailed(f"row {at} of a table with {len(found)}", kind=27)
    return found[at - 1]


def _order(value: Any) -> tuple[int, Any]:
    # Blanks last, in whichever direction; the kinds do not mix.
    if value is None:
        return (9, 0)
    if isinstance(value, bool):
        return (1, value)
    if isinstance(value, int | float):
        return (2, value)
    if isinstance(value, str):
        return (3, (value.casefold(), value.swapcase()))
    if isinstance(value, date | time):
        return (4, moments.instant(value))
    raise ExpressionFailed(f"{kind(value)} cannot be sorted")


def _sorted(keyed: list[tuple[Any, Any]], descending: bool) -> list[Any]:
    found = [pair for pair in keyed if pair[0] is not None]
    if len({_order(key)[0] for key, _ in found}) > 1:
        raise ExpressionFailed("values of different kinds cannot be sorted")
    found.sort(key=lambda pair: _order(pair[0]), reverse=descending)
    return [item for _, item in found] + [item for key, item in keyed if key is None]


def _descending(order: Any) -> bool:
    if not isinstance(order, str) or order.lower() not in ("ascending", "descending"):
        raise ExpressionFailed("the order is SortOrder.Ascending or SortOrder.Descending")
    return order.lower() == "descending"


def _sort(
    run: Run, table: Expression, formula: Expression, order: Expression | None = None
) -> list[Any]:
    keyed = [(inside.value(formula), item) for item, inside in run.each(table)]
    return _sorted(keyed, order is not None and _descending(run.value(order)))


def _sort_by_columns(run: Run, table: Expression, *operands: Expression) -> list[Any]:
    found = list(rows(run.value(table)))
    by = [
        (_column(run, name), None if order is None else run.value(order))
        for name, order in _pairs(operands)
    ]
    for name, order in reversed(by):
        if isinstance(order, list):
            found = _in_order(found, name, list(map(single, order)))
            continue
        keyed = [(_cell(row, name), row) for row in found]
        found = _sorted(keyed, order is not None and _descending(order))
    return found


def _column(run: Run, name: Expression) -> str:
    # A name is the column's; anything else is a formula that gives it.
    return column_name(name if isinstance(name, Name) else Literal(run.value(name)))


def _in_order(found: list[Any], name: str, order: list[Any]) -> list[Any]:
    places = {scalar_text(value): place for place, value in reversed(list(enumerate(order)))}
    return sorted(found, key=lambda row: places.get(scalar_text(_cell(row, name)), len(places)))


def _pairs(operands: tuple[Expression, ...]) -> Iterator[tuple[Expression, Expression | None]]:
    for at in range(0, len(operands), 2):
        yield operands[at], operands[at + 1] if at + 1 < len(operands) else None


def _cell(row: Any, name: str) -> Any:
    return record(row).get(name)


def _add_columns(run: Run, table: Expression, *operands: Expression) -> list[Any]:
    added = [(column_name(name), _formula(formula)) for name, formula in _pairs(operands)]
    return [
        record(item) | {name: inside.value(formula) for name, formula in added}
        for item, inside in run.each(table)
    ]


def _formula(formula: Expression | None) -> Expression:
    if formula is None:
        raise ExpressionFailed("a column without a formula")
    return formula


def _drop_columns(run: Run, table: Expression, *names: Expression) -> list[Any]:
    gone = {column_name(name) for name in names}
    return [_without(record(row), gone) for row in rows(run.value(table))]


def _without(row: Record, gone: set[str]) -> Record:
    return {name: value for name, value in row.items() if name not in gone}


def _show_columns(run: Run, table: Expression, *names: Expression) -> list[Any]:
    shown = [column_name(name) for name in names]
    return [{name: _cell(row, name) for name in shown} for row in rows(run.value(table))]


def _rename_columns(run: Run, table: Expression, *names: Expression) -> list[Any]:
    new = {column_name(name): column_name(_formula(other)) for name, other in _pairs(names)}
    return [
        {new.get(name, name): value for name, value in record(row).items()}
        for row in rows(run.value(table))
    ]


def _search(run: Run, table: Expression, wanted: Expression, *names: Expression) -> list[Any]:
    part, columns = run.value(wanted), [column_name(name) for name in names]
    if not isinstance(part, str):
        raise ExpressionFailed("Search takes a text")
    return [
        row
        for row in rows(run.value(table))
        if any(part.casefold() in str(_cell(row, name) or "").casefold() for name in columns)
    ]


FUNCTIONS: dict[str, Function] = {
    "Table": Function(_table, 0, ANY),
    "Sequence": Function(_sequence, 1, 3),
    "Filter": Function(_filter, 2, ANY, lazy=True),
    "LookUp": Function(_look_up, 2, 3, lazy=True),
    "CountIf": Function(_count_if, 2, ANY, lazy=True),
    "ForAll": Function(_for_all, 2, 2, lazy=True),
    "Distinct": Function(_distinct, 2, 2, lazy=True),
    "CountRows": Function(lambda table: len(rows(table)), 1, 1),
    "First": Function(_first, 1, 1),
    "FirstN": Function(lambda table, count=1: rows(table)[: whole(count)], 1, 2),
    "Last": Function(_last, 1, 1),
    "LastN": Function(lambda table, count=1: _tail(rows(table), whole(count)), 1, 2),
    "Index": Function(_index, 2, 2),
    "Sort": Function(_sort, 2, 3, lazy=True),
    "SortByColumns": Function(_sort_by_columns, 2, ANY, lazy=True),
    "AddColumns": Function(_add_columns, 3, ANY, lazy=True),
    "DropColumns": Function(_drop_columns, 2, ANY, lazy=True),
    "ShowColumns": Function(_show_columns, 2, ANY, lazy=True),
    "RenameColumns": Function(_rename_columns, 3, ANY, lazy=True),
    "Search": Function(_search, 3, ANY, lazy=True),
}
