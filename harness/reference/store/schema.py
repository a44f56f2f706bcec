"""The tables of the SQLite store, and the fields of a record that it can find one by.

A field is found through an index on an expression over the record's JSON: nothing is kept twice,
so nothing can be out of step, and a file of an earlier version gets the index when it is opened.
"""

from __future__ import annotations

from collections.abc import Iterator

from harness.reference.store.port import INDEXED, NAMED, Question

TABLES = ("records", "conversations", "messages", "traces", "dialogues", "files")

SCHEMA = """
CREATE TABLE IF NOT EXISTS records (
  organisation TEXT, kind TEXT, id TEXT, body BLOB, PRIMARY KEY (organisation, kind, id));
CREATE INDEX IF NOT EXISTS listed ON records (organisation, kind);
CREATE TABLE IF NOT EXISTS conversations (
  number INTEGER PRIMARY KEY, id TEXT UNIQUE, organisation TEXT, request TEXT, thread TEXT,
  closed INTEGER, body BLOB, UNIQUE (organisation, request), UNIQUE (organisation, thread));
CREATE INDEX IF NOT EXISTS ongoing ON conversations (organisation) WHERE NOT closed;
CREATE TABLE IF NOT EXISTS messages (
  organisation TEXT, thread TEXT, id INTEGER, role TEXT, sender_id TEXT, sender_name TEXT,
  text TEXT, created INTEGER, extra BLOB, hidden INTEGER,
  PRIMARY KEY (organisation, thread, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS traces (
  number INTEGER PRIMARY KEY, organisation TEXT, conversation TEXT, body BLOB);
CREATE INDEX IF NOT EXISTS traced ON traces (organisation, conversation);
CREATE TABLE IF NOT EXISTS dialogues (
  organisation TEXT, conversation TEXT, state BLOB, PRIMARY KEY (organisation, conversation))
  WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (
  organisation TEXT, id TEXT, content BLOB, PRIMARY KEY (organisation, id));
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT);
"""


def value_of(field: str) -> str:
    """The expression of a field of a record; `a.b` is a field of a field."""
    return f"json_extract(CAST(body AS TEXT), '$.{field}')"


def folded(field: str) -> str:
    """The expression of a name for searching; the function is ours: SQLite folds ASCII alone."""
    return f"folded({value_of(field)})"


def is_name(field: str) -> bool:
    """Whether a field is searched, and so indexed without regard to case."""
    return field.rpartition(".")[2] == NAMED


def index_of(kind: type, field: str) -> str:
    """The name of the index over a field."""
    return f"{kind.__name__}_{field.replace('.', '_')}"


def indexes() -> Iterator[str]:
    """The statements that make every index over the bodies of records."""
    for kind, fields in INDEXED.items():
        for field in fields:
            expression = folded(field) if is_name(field) else value_of(field)
            yield (
                f"CREATE INDEX IF NOT EXISTS {index_of(kind, field)}"
                f" ON records (organisation, {expression}) WHERE kind = '{kind.__name__}'"
            )


def selection(
    organisation: str, kind: type, question: Question
) -> tuple[str, str, tuple[str | bool, ...]]:
    """The rows of a question: `FROM … WHERE …`, their order, and what the question marks are.

    The kind is written out: SQLite takes an index over one kind only when the words say that kind.
    Names are read from their index: decoding every record to look into it takes ten times as long.
    """
    name = question.order
    given: list[str | bool] = [organisation]
    chosen = f" INDEXED BY {index_of(kind, name)}" if name else ""
    words = f"FROM records{chosen} WHERE organisation = ? AND kind = '{kind.__name__}'"
    if name:
        words += f" AND {folded(name)} IS NOT NULL"
    if question.named:
        words += f" AND instr({folded(name)}, folded(?))"
        given.append(question.named)
    if question.having:
        field, value = question.having
        assert field in INDEXED[kind], f"{kind.__name__}.{field} has no index: name it in INDEXED"
        if is_name(field):
            words += f" AND {folded(field)} = folded(?)"
            given.append(value)
        words += f" AND {value_of(field)} = ?"
        given.append(value)
    return words, f"{folded(name)}, rowid" if name else "rowid", tuple(given)
