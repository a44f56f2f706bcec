"""`?sql=`: one SELECT over the tables, read-only, as the product's SQL endpoint takes it.

The tables that the statement names are copied into a database in memory that holds nothing else,
and SQLite answers there: joins, grouping and functions are its own. An authoriser lets it read
and nothing more, and a statement that does not end is stopped.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing

from harness.reference.domain.dataverse.catalogue import JOINED
from harness.reference.domain.dataverse.queries import MOST
from harness.reference.domain.dataverse.refusals import Reason, Refused, refused
from harness.reference.domain.dataverse.tables import NUMBERS, Column, Kind, Table
from harness.reference.operations.dataverse.reading import Dataverse
from harness.reference.web.dataverse.showing import written

LONGEST = 32768
PATIENCE = 200
"""How often a statement may do another hundred thousand steps: half a second or so."""

LARGEST = 4 * 1024 * 1024
"""Bytes of one value."""

_WORDS = re.compile(r"'(?:[^']|'')*'|[A-Za-z_][A-Za-z0-9_]*|\*|;|--|/\*")
_TOP = re.compile(r"\A(\s*SELECT\s+(?:DISTINCT\s+)?)TOP\s*\(?\s*([0-9]{1,9})\s*\)?\s", re.I)
_OFFSET = re.compile(
    r"\sOFFSET\s+([0-9]{1,9})\s+ROWS?(?:\s+FETCH\s+(?:NEXT|FIRST)\s+([0-9]{1,9})\s+ROWS?\s+ONLY)?\Z",
    re.I,
)
_STAR = re.compile(r"\ASELECT\s+(?:DISTINCT\s+)?(?:TOP\s*\(?\s*[0-9]+\s*\)?\s+)?\*", re.I)
REFUSED = frozenset({"having", "union", "with", "insert", "update", "delete", "pragma", "attach"})
ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION})

FLAG = "BOOLEAN"
"""The declared type of yes and no, which SQLite keeps as numbers."""

sqlite3.register_converter(FLAG, lambda text: text == b"1")

Cells = dict[str, object]


def rows(dataverse: Dataverse, sql: str) -> list[Cells]:
    """The rows that a SELECT gives, at most a page; raises Refused."""
    words = _refuse_unfit(sql.strip())
    tables = [JOINED[word] for word in dict.fromkeys(words) if word in JOINED]
    if not tables:
        raise _wrong("No table is named after FROM: use logical names, such as bot.")
    with closing(copied(dataverse, tables, sql)) as database:
        return answered(database, _limited(sql.strip()), ())


def _refuse_unfit(sql: str) -> list[str]:
    """The words of the statement in lower case; raises Refused for what the product refuses."""
    if len(sql) > LONGEST:
        raise _wrong(f"The statement has more than {LONGEST} characters.")
    words = [word.lower() for word in _WORDS.findall(sql)]
    if not words or words[0] != "select":
        raise _wrong("A statement is one SELECT.")
    if unfit := (REFUSED | {";", "--", "/*"}) & set(words):
        raise _wrong(f"{min(unfit).upper()} is not supported: a statement is one SELECT.")
    if _STAR.match(sql):
        raise _wrong("SELECT * is not supported: name the columns.")
    return words


def _wrong(why: str) -> Refused:
    return refused(Reason.SQL_INVALID, f"There was an error in the SQL statement: {why}")


def _limited(sql: str) -> str:
    """With TOP, or OFFSET and FETCH, as SQLite says it."""
    if found := _TOP.match(sql):
        return f"{found[1]}{sql[found.end() :]} LIMIT {min(int(found[2]), MOST)}"
    if found := _OFFSET.search(sql):
        return f"{sql[: found.start()]} LIMIT {found[2] or MOST} OFFSET {found[1]}"
    return sql


def copied(dataverse: Dataverse, tables: Iterable[Table], sql: str) -> sqlite3.Connection:
    """A database in memory that can only be read: these tables, with what a statement names."""
    database = sqlite3.connect(":memory:", detect_types=sqlite3.PARSE_DECLTYPES)
    words = {word.lower() for word in _WORDS.findall(sql)}
    for table in tables:
        named = [c for c in table.columns if c.name in words or c is table.key]
        columns = ", ".join(f'"{column.name}" {_type(column)}' for column in named)
        database.execute(f'CREATE TABLE "{table.name}" ({columns})')
        marks = ", ".join("?" * len(named))
        rows = dataverse.rows(table)
        cells = (tuple(written(row.value(column)) for column in named) for row in rows)
        database.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', cells)
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST)
    database.set_authorizer(_allows)
    return database


def _type(column: Column) -> str:
    """Texts are compared as the product does: letters of either case alike."""
    if column.kind is Kind.BOOLEAN:
        return FLAG
    return "INTEGER" if column.kind in NUMBERS else "TEXT COLLATE NOCASE"


def _allows(action: int, *_: str | None) -> int:
    return sqlite3.SQLITE_OK if action in ALLOWED else sqlite3.SQLITE_DENY


def answered(
    database: sqlite3.Connection, sql: str, given: tuple[object, ...], most: int = MOST
) -> list[Cells]:
    """The rows of a statement; raises Refused for one that is wrong, or takes too long."""
    left = iter(range(PATIENCE))
    database.set_progress_handler(lambda: int(next(left, None) is None), 100_000)
    try:
        cursor = database.execute(sql, given)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in _few(cursor, most)]
    except (sqlite3.Error, sqlite3.Warning, OverflowError) as error:
        raise _wrong(f"{error}.") from None


def _few(cursor: sqlite3.Cursor, most: int) -> Iterator[tuple[object, ...]]:
    yield from cursor.fetchmany(most)
