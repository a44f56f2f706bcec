"""How a scenario's bot comes to speak in silences: what Given says in one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from harness.cast import MAKERS, Cast
from harness.durations import duration
from harness.errors import Inconclusive
from harness.protocol.portal import Topic
from harness.protocol.roles import Maker
from harness.staging import topics

COLUMNS = ("after", "says", "priority", "channel", "ends")
"""What a table of inactivity topics may say of each; it must say the first two."""

HELPED = "No more questions"
"""Asks the bot to ask whether it has helped."""

CLOSES = "We are done"
"""Asks the bot for the transfer that only closes (INA-17)."""


def removes_topics(cast: Cast) -> None:
    """The bot has no topic that starts from silence, and is published so."""
    maker = cast.maker(MAKERS[0])
    _removes(maker)
    maker.publishes()


def has_topics(cast: Cast, table: Sequence[Sequence[str]]) -> None:
    """The bot has these inactivity topics and no others, and is published so."""
    maker = cast.maker(MAKERS[0])
    _removes(maker)
    saves_topics(maker, table)
    maker.publishes()


def saves_topics(maker: Maker, table: Sequence[Sequence[str]]) -> None:
    """The maker saves these inactivity topics and publishes nothing; they are named by number."""
    for number, row in enumerate(_rows(table), 1):
        maker.writes_topic(f"Silence {number}", _written(row))


def reminds_after(cast: Cast, length: timedelta) -> None:
    """The topic that speaks in a silence and ends nothing waits so long; published."""
    _waits(cast, length, ends=False)


def gives_up_after(cast: Cast, length: timedelta) -> None:
    """The topic that ends a silent conversation waits so long; published."""
    _waits(cast, length, ends=True)


def asks_whether_it_helped(cast: Cast) -> None:
    """The bot asks whether it has helped when it is told that this is all."""
    asked = {
        "kind": "Question",
        "id": "question_helped",
        "conversationOutcome": "ResolvedImplied",
        "alwaysPrompt": True,
        "variable": "init:Topic.Helped",
        "prompt": "Did that answer your question?",
        "entity": "BooleanPrebuiltEntity",
    }
    _publishes(cast, "End of conversation", topics.on_phrase(HELPED, asked))


def closes_by_transfer(cast: Cast) -> None:
    """The bot ends a conversation by the transfer that is only to close it (INA-17)."""
    told = topics.remembers("CloseOmnichannelConversation", True)
    _publishes(cast, "Close", topics.on_phrase(CLOSES, told, topics.HAND_OVER))


def _publishes(cast: Cast, name: str, content: str) -> None:
    maker = cast.maker(MAKERS[0])
    maker.writes_topic(name, content)
    maker.publishes()


def _waits(cast: Cast, length: timedelta, *, ends: bool) -> None:
    maker = cast.maker(MAKERS[0])
    topic = next((topic for topic in _silent(maker) if topics.ends(topic.content) is ends), None)
    if topic is None:
        kind = "ends the conversation" if ends else "only reminds"
        raise Inconclusive(f"the bot has no inactivity topic that {kind}")
    _publishes(cast, topic.name, topics.waiting_for(topic.content, length))


def _removes(maker: Maker) -> None:
    for topic in _silent(maker):
        maker.deletes_topic(topic.name)


def _silent(maker: Maker) -> list[Topic]:
    return [topic for topic in maker.topics() if topic.trigger == topics.INACTIVITY]


def _rows(table: Sequence[Sequence[str]]) -> list[Mapping[str, str]]:
    head, *rows = table
    wrong = [column for column in head if column not in COLUMNS]
    missing = [column for column in COLUMNS[:2] if column not in head]
    if wrong or missing:
        raise Inconclusive(
            f"a table of inactivity topics has the columns {', '.join(COLUMNS)}, the first two "
            f"always; this one has {', '.join(head)}"
        )
    return [dict(zip(head, row, strict=True)) for row in rows]


def _written(row: Mapping[str, str]) -> str:
    actions = [topics.says(row["says"])]
    if row.get("ends") == "yes":
        actions.append(topics.END)
    return topics.on_silence(
        duration(row["after"]),
        *actions,
        channel=row.get("channel", ""),
        priority=int(row["priority"]) if row.get("priority") else None,
    )
