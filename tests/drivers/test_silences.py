"""Inactivity topics as tables say them, and what an organisation that stays is left with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import cast

import pytest
import yaml

from harness import tidying
from harness.actors.website import Visitor
from harness.errors import Inconclusive, NotApplicable, Refused
from harness.protocol.conversations import Generation
from harness.protocol.portal import Bot, Connection, ConnectionState, Topic
from harness.protocol.roles import Maker
from harness.staging import silences, topics
from harness.transport.http import Client

TABLE = [
    ["after", "says", "priority", "channel", "ends"],
    ["2 minutes", "Hello?", "1", "Omnichannel", ""],
    ["5 minutes", "Bye.", "", "", "yes"],
]


@dataclass
class Author:
    """A maker whose bot's topics are kept in a dictionary."""

    written: dict[str, str] = field(default_factory=dict)
    works_on: str = "b-1"
    state: ConnectionState = ConnectionState.CONNECTED
    done: list[str] = field(default_factory=list)

    def topics(self) -> Sequence[Topic]:
        return [Topic(name, topics.INACTIVITY, text) for name, text in self.written.items()]

    def writes_topic(self, name: str, content: str) -> None:
        self.written[name] = content

    def deletes_topic(self, name: str) -> None:
        del self.written[name]

    def publishes(self) -> None:
        self.done.append("published")

    def connects(self) -> None:
        self.state = ConnectionState.CONNECTED

    def connection(self) -> Connection:
        return Connection(self.state)

    def bot(self) -> Bot:
        return Bot(self.works_on, "Helper", Generation.WEB_APP, True, self.connection())


def as_maker(author: Author) -> Maker:
    return cast(Maker, author)  # It has the verbs that are asked.


def test_a_row_is_a_topic() -> None:
    author = Author()
    silences.saves_topics(as_maker(author), TABLE)
    first, second = (yaml.safe_load(text)["beginDialog"] for text in author.written.values())
    assert first["durationInSeconds"] == 120
    assert first["priority"] == 1
    assert first["condition"] == '=System.Activity.Channel = "Omnichannel"'
    assert [action["kind"] for action in second["actions"]] == ["SendActivity", "EndConversation"]
    assert second.keys().isdisjoint({"priority", "condition"})


@pytest.mark.parametrize("head", [["after"], ["says", "priority"], ["after", "says", "colour"]])
def test_a_table_of_other_columns_is_refused(head: list[str]) -> None:
    with pytest.raises(Inconclusive, match="after, says, priority, channel, ends"):
        silences.saves_topics(as_maker(Author()), [head])


def test_another_silence_leaves_the_rest_of_a_topic() -> None:
    before = topics.on_silence(timedelta(minutes=5), topics.says("Hm?"), topics.END)
    after = topics.waiting_for(before, timedelta(minutes=1))
    assert yaml.safe_load(after)["beginDialog"]["durationInSeconds"] == 60
    assert after == before.replace("300.0", "60.0")
    assert topics.ends(after)


def test_a_bot_of_others_is_put_back_as_it_was() -> None:
    author = Author({"Kept": "a", "Changed": "b", "Deleted": "c"})
    assigned: list[str] = []
    restore = tidying.restores(as_maker(author), assigned.append)
    author.written = {"Kept": "a", "Changed": "B", "Added": "d"}
    author.works_on, author.state = "b-2", ConnectionState.DISCONNECTED
    restore()
    assert author.written == {"Kept": "a", "Changed": "b", "Deleted": "c"}
    assert (assigned, author.works_on, author.done) == (["b-1"], "b-1", ["published"])
    assert author.state is ConnectionState.CONNECTED


def test_a_bot_that_was_left_alone_is_left_alone() -> None:
    author = Author({"Kept": "a"})
    tidying.restores(as_maker(author), lambda _: pytest.fail("nobody asked for that"))()
    assert author.done == []


def test_what_cannot_be_tidied_up_is_left() -> None:
    def refuses() -> None:
        raise Refused(403, None, "InsufficientRole", "no")

    tidying.quietly(refuses)


def test_a_visitor_of_the_website_has_nobody_of_the_desk() -> None:
    visitor = Visitor(
        cast(Client, None), "https://bot.example.test", "https://dl.example.test", "Ada"
    )
    for verb in (
        visitor.types,
        visitor.ends_chat,
        visitor.conversation_id,
        visitor.sees_agent_typing,
    ):
        with pytest.raises(NotApplicable, match="website"):
            verb()
    with pytest.raises(Inconclusive, match="has not started a chat"):
        visitor.says("hello")
    assert visitor.can_write()
