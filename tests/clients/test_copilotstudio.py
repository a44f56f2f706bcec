"""Microsoft's Copilot Studio client, unmodified, direct to the engine: alone and with the desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.clients.elsewhere import Bot, Stage
from tests.clients.programs import Program
from tests.wire.chat import PERSON, Desk

Line = dict[str, Any]


class Talk:
    """One client in a process of its own, and what it got for each order."""

    def __init__(self, program: Program) -> None:
        self._program = program

    def gets(self, **order: object) -> list[Line]:
        """The activities that answer an order."""
        self._program.does(**order)
        *activities, _over = self._program.until(lambda line: "over" in line)
        return activities

    def follows(self, conversation: str, last: str | None = None) -> None:
        self._program.does(subscribe=conversation, last=last)

    def is_pushed(self) -> Line:
        return self._program.says()


@pytest.fixture
def channel(desk: Desk, program: Callable[..., Program]) -> Talk:
    """With the desk's own messaging channel."""
    address = f"{desk.description['url']}/copilotstudio/{desk.id}/channel"
    return Talk(program("copilotstudio", address, desk.description["channel"]["secret"]))


@pytest.fixture
def engine(desk: Desk, program: Callable[..., Program]) -> Talk:
    """With the bot alone."""
    bot = desk.description["bot"]["id"]
    address = f"{desk.description['url']}/copilotstudio/{desk.id}/bots/{bot}/conversations"
    token = desk.as_user("Noah")["authorization"].removeprefix("Bearer ")
    return Talk(program("copilotstudio", address, token))


def texts(activities: list[Line]) -> list[str]:
    return [activity.get("text") or activity["type"] for activity in activities]


def test_the_bot_greets_and_answers(engine: Talk) -> None:
    greeting = engine.gets(start=True)
    assert [line["from"]["role"] for line in greeting] == ["bot"]
    answer = engine.gets(say="opening hours")
    assert len(answer) == 1
    assert answer[0]["from"]["name"] == "Alpine Helper"


def test_a_start_without_the_event_is_not_greeted(engine: Talk) -> None:
    assert engine.gets(start=False) == []


def test_the_bot_alone_hands_over_to_nobody(engine: Talk, desk: Desk) -> None:
    engine.gets(start=True)
    event = engine.gets(say="talk to agent")[-1]
    assert (event["type"], event["name"]) == ("event", "handoff.initiate")
    assert desk.agent("GET", "ongoing", name="Sam")["value"] == []
    assert "refused" in engine.gets(say="hello?")[0]


def test_a_hand_off_an_agents_reply_and_the_end(channel: Talk, desk: Desk) -> None:
    desk.agent("PUT", "presence", {"presence": "Available"})
    [greeting] = channel.gets(start=True)
    channel.gets(say=PERSON)
    [ringing] = desk.agent("GET", "notifications")["value"]
    work = f"conversations/{ringing['conversation']}"
    desk.agent("POST", f"{work}/accept", {})
    desk.agent("POST", f"{work}/messages", {"text": "Ben here"})
    # Nobody listened meanwhile: it comes with the next turn.
    missed = channel.gets(say="hello?")
    assert texts(missed) == ["Ben has joined the conversation", "Ben here"]
    assert missed[-1]["from"] == {"id": missed[-1]["from"]["id"], "name": "Ben", "role": "bot"}
    channel.follows(greeting["conversation"]["id"])
    desk.agent("POST", f"{work}/messages", {"text": "How can I help?"})
    assert channel.is_pushed()["text"] == "How can I help?"
    desk.agent("POST", f"{work}/end", {})
    assert channel.is_pushed()["text"] == "Ben has ended the conversation"
    assert channel.is_pushed()["type"] == "endOfConversation"
    assert channel.is_pushed() == {"unsubscribed": True}
    assert "refused" in channel.gets(say="anybody?")[0]


def test_what_a_broken_stream_lost_is_asked_for_by_its_id(channel: Talk, desk: Desk) -> None:
    [greeting] = channel.gets(start=True)
    first, *rest = channel.gets(say=PERSON)
    assert rest
    channel.follows(greeting["conversation"]["id"], last=first["id"])
    again = [channel.is_pushed() for _ in rest]
    assert [line["id"] for line in again] == [line["id"] for line in rest]
    assert [line["pushed"] for line in again] == [line["id"] for line in rest]


def test_a_bot_that_runs_elsewhere_answers_in_the_same_turn(
    channel: Talk, desk: Desk, program: Callable[..., Program]
) -> None:
    Stage(desk, Bot(program("botbuilder")))
    assert texts(channel.gets(start=True)) == ["Hello, this is the SDK."]
    assert texts(channel.gets(say="hello")) == ["You said: hello"]


@pytest.mark.parametrize("token", ["nonsense", "of a person"])
def test_the_channel_is_for_its_secret_alone(
    desk: Desk, program: Callable[..., Program], token: str
) -> None:
    if token == "of a person":
        token = desk.as_user("Mia")["authorization"].removeprefix("Bearer ")
    address = f"{desk.description['url']}/copilotstudio/{desk.id}/channel"
    assert "401" in Talk(program("copilotstudio", address, token)).gets(start=True)[0]["refused"]
