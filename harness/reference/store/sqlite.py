"""The store in SQLite: one connection, WAL, prepared statements, records as JSON."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import msgspec

from harness.protocol.conversations import Role, State
from harness.reference.domain.activities import Trace
from harness.reference.domain.conversations import Conversation
from harness.reference.domain.desk import Tenant
from harness.reference.domain.messages import Message
from harness.reference.store.port import EVERY, Question, R, Record
from harness.reference.store.schema import SCHEMA, TABLES, indexes, selection

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

encode = msgspec.json.Encoder().encode
decoders: dict[type[Any], msgspec.json.Decoder[Any]] = {
    kind: msgspec.json.Decoder(kind) for kind in get_args(Record)
}
read_conversation = msgspec.json.Decoder(Conversation).decode
read_trace = msgspec.json.Decoder(Trace).decode
read_extra = msgspec.json.Decoder(tuple[tuple[str, ...], dict[str, str]]).decode


class SqliteStore:
    """Keeps everything in one file, or in memory when there is no path."""

    def __init__(self, path: Path | None = None) -> None:
        self._database = sqlite3.connect(
            path or ":memory:", isolation_level=None, cached_statements=256
        )
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=NORMAL")
        self._database.executescript(SCHEMA)
        self._database.create_function("folded", 1, _folded, deterministic=True)
        for index in indexes():
            self._database.execute(index)
        self._run = self._database.execute
        self._depth = 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        if self._depth:
            yield
            return
        self._run("BEGIN IMMEDIATE")
        self._depth = 1
        try:
            yield
        except BaseException:
            self._run("ROLLBACK")
            raise
        else:
            self._run("COMMIT")
        finally:
            self._depth = 0

    def put(self, organisation: str, record: Record) -> None:
        self._run(
            "INSERT INTO records VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET body = excluded.body",
            (organisation, type(record).__name__, record.id, encode(record)),
        )

    def get(self, organisation: str, kind: type[R], id: str) -> R | None:
        row = self._run(
            "SELECT body FROM records WHERE organisation = ? AND kind = ? AND id = ?",
            (organisation, kind.__name__, id),
        ).fetchone()
        return decoders[kind].decode(row[0]) if row else None

    def all(self, organisation: str, kind: type[R]) -> list[R]:
        rows = self._run(
            "SELECT body FROM records WHERE organisation = ? AND kind = ? ORDER BY rowid",
            (organisation, kind.__name__),
        )
        return [decoders[kind].decode(body) for (body,) in rows]

    def last(self, organisation: str, kind: type[R]) -> R | None:
        row = self._run(
            "SELECT body FROM records WHERE organisation = ? AND kind = ?"
            " ORDER BY rowid DESC LIMIT 1",
            (organisation, kind.__name__),
        ).fetchone()
        return decoders[kind].decode(row[0]) if row else None

    def starting(self, organisation: str, kind: type[R], prefix: str) -> list[R]:
        rows = self._run(
            "SELECT body FROM records WHERE organisation = ? AND kind = ?"
            " AND id >= ? AND id < ? ORDER BY id",
            (organisation, kind.__name__, prefix, f"{prefix}\U0010ffff"),
        )
        return [decoders[kind].decode(body) for (body,) in rows]

    def find(self, organisation: str, kind: type[R], field: str, value: str) -> list[R]:
        return self.page(organisation, kind, None, -1, Question(having=(field, value)))

    def page(
        self,
        organisation: str,
        kind: type[R],
        after: str | None = None,
        limit: int = 50,
        question: Question = EVERY,
    ) -> list[R]:
        words, order, given = selection(organisation, kind, question)
        if after is not None:
            words += (
                f" AND ({order}) > (SELECT {order} FROM records"
                " WHERE organisation = ? AND kind = ? AND id = ?)"
            )
            given += (organisation, kind.__name__, after)
        rows = self._run(f"SELECT body {words} ORDER BY {order} LIMIT ?", (*given, limit))
        return [decoders[kind].decode(body) for (body,) in rows]

    def count(self, organisation: str, kind: type[R], question: Question = EVERY) -> int:
        words, _, given = selection(organisation, kind, question)
        (number,) = self._run(f"SELECT count(*) {words}", given).fetchone()
        return int(number)

    def remove(self, organisation: str, kind: type[R], id: str) -> None:
        self._run(
            "DELETE FROM records WHERE organisation = ? AND kind = ? AND id = ?",
            (organisation, kind.__name__, id),
        )

    def tenants(self) -> list[Tenant]:
        rows = self._run("SELECT body FROM records WHERE kind = 'Tenant' ORDER BY rowid")
        return [decoders[Tenant].decode(body) for (body,) in rows]

    def forget(self, organisation: str) -> None:
        with self.transaction():
            for table in TABLES:
                self._run(f"DELETE FROM {table} WHERE organisation = ?", (organisation,))

    def save(self, conversation: Conversation) -> None:
        self._run(
            "INSERT INTO conversations (id, organisation, request, thread, closed, body)"
            " VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET closed = excluded.closed, body = excluded.body",
            (
                conversation.id,
                conversation.organisation,
                conversation.request,
                conversation.thread,
                conversation.state is State.CLOSED,
                encode(conversation),
            ),
        )

    def conversation(self, organisation: str, id: str) -> Conversation | None:
        return self._conversation(
            "SELECT body FROM conversations WHERE organisation = ? AND id = ?", organisation, id
        )

    def by_request(self, organisation: str, request: str) -> Conversation | None:
        return self._conversation(
            "SELECT body FROM conversations WHERE organisation = ? AND request = ?",
            organisation,
            request,
        )

    def by_thread(self, organisation: str, thread: str) -> Conversation | None:
        return self._conversation(
            "SELECT body FROM conversations WHERE organisation = ? AND thread = ?",
            organisation,
            thread,
        )

    def _conversation(self, query: str, *names: str) -> Conversation | None:
        row = self._run(query, names).fetchone()
        return read_conversation(row[0]) if row else None

    def conversations(self, organisation: str) -> list[Conversation]:
        return self._conversations("WHERE organisation = ?", organisation)

    def ongoing(self, organisation: str) -> list[Conversation]:
        return self._conversations("WHERE organisation = ? AND NOT closed", organisation)

    def _conversations(self, where: str, organisation: str) -> list[Conversation]:
        rows = self._run(f"SELECT body FROM conversations {where} ORDER BY number", (organisation,))
        return [read_conversation(body) for (body,) in rows]

    def append(self, organisation: str, message: Message) -> None:
        self._run(
            "INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                organisation,
                message.thread,
                message.id,
                message.role.value,
                message.sender_id,
                message.sender_name,
                message.text,
                (message.created - EPOCH) // MICROSECOND,
                encode((message.tags, message.metadata)),
                message.hidden,
            ),
        )

    def messages(self, organisation: str, thread: str, after: int = 0) -> list[Message]:
        return self._messages("id > ? ORDER BY id", organisation, thread, after)

    def said(self, organisation: str, thread: str, name: str, value: str) -> Message | None:
        # As it is written in the row; a quote inside of any value there is escaped.
        written = encode({name: value})[1:-1]
        where = "role = ? AND instr(extra, ?) ORDER BY id LIMIT 1"
        found = self._messages(where, organisation, thread, Role.CUSTOMER.value, written)
        return found[0] if found else None

    def _messages(self, where: str, organisation: str, thread: str, *given: Any) -> list[Message]:
        rows = self._run(
            "SELECT id, role, sender_id, sender_name, text, created, extra, hidden FROM messages"
            f" WHERE organisation = ? AND thread = ? AND {where}",
            (organisation, thread, *given),
        )
        return [
            Message(
                id,
                thread,
                Role(role),
                sender,
                name,
                text,
                EPOCH + created * MICROSECOND,
                *read_extra(extra),
                hidden=bool(hidden),
            )
            for id, role, sender, name, text, created, extra, hidden in rows
        ]

    def last_message(self, organisation: str) -> int:
        (last,) = self._run(
            "SELECT max(id) FROM messages WHERE organisation = ?", (organisation,)
        ).fetchone()
        return last or 0

    def append_trace(self, organisation: str, conversation: str, trace: Trace) -> None:
        self._run(
            "INSERT INTO traces (organisation, conversation, body) VALUES (?, ?, ?)",
            (organisation, conversation, encode(trace)),
        )

    def traces(self, organisation: str, conversation: str) -> list[Trace]:
        rows = self._run(
            "SELECT body FROM traces WHERE organisation = ? AND conversation = ? ORDER BY number",
            (organisation, conversation),
        )
        return [read_trace(body) for (body,) in rows]

    def put_dialogue(self, organisation: str, conversation: str, state: bytes) -> None:
        self._run("REPLACE INTO dialogues VALUES (?, ?, ?)", (organisation, conversation, state))

    def dialogue(self, organisation: str, conversation: str) -> bytes | None:
        row = self._run(
            "SELECT state FROM dialogues WHERE organisation = ? AND conversation = ?",
            (organisation, conversation),
        ).fetchone()
        return row[0] if row else None

    def put_file(self, organisation: str, id: str, content: bytes) -> None:
        self._run("REPLACE INTO files VALUES (?, ?, ?)", (organisation, id, content))

    def file(self, organisation: str, id: str) -> bytes | None:
        row = self._run(
            "SELECT content FROM files WHERE organisation = ? AND id = ?", (organisation, id)
        ).fetchone()
        return row[0] if row else None

    def setting(self, name: str, default: str) -> str:
        self._run("INSERT INTO settings VALUES (?, ?) ON CONFLICT DO NOTHING", (name, default))
        (value,) = self._run("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return str(value)

    def close(self) -> None:
        self._database.close()


def _folded(name: str | None) -> str | None:
    return name and name.casefold()
