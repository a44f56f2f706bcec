"""Bots on Microsoft's two Python SDKs, unmodified, stand behind the desk as its bot.

The desk plays the Bot Connector: it posts to the bot's messaging endpoint, the bot answers at the
service URL that came with it. The customer speaks the wire, the agent the workspace.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.clients.elsewhere import Bot, Spoken
from tests.clients.programs import Program
from tests.wire.chat import Desk

SDKS = ("botbuilder", "agents")


@pytest.fixture(scope="module", params=SDKS)
def bot(request: pytest.FixtureRequest, reference: dict[str, Any]) -> Iterator[Bot]:
    program = Program(request.param, reference["ca"])
    yield Bot(program)
    program.ends()


@pytest.fixture
def stage(desk: Desk, bot: Bot) -> Spoken:
    return Spoken(desk, bot)


def test_a_bot_is_added_told_the_context_and_then_spoken_to(stage: Spoken) -> None:
    added, context = stage.bot.says(stage.id), stage.bot.says(stage.id)
    assert added["type"] == "conversationUpdate"
    assert added["recipient"] == stage.id
    assert (context["type"], context["name"]) == ("event", "startConversation")
    heard = stage.says("opening hours")
    assert heard["service_url"].startswith("https://127.0.0.1:")
    assert stage.chat.texts() == [
        "Hello, this is the SDK.",
        "opening hours",
        "You said: opening hours",
    ]


def test_a_hand_off_event_brings_an_agent_and_the_bot_is_told_how_it_goes(stage: Spoken) -> None:
    stage.says("a person")
    conversation = stage.rings()
    shown = stage.as_agent(conversation, "accept")
    assert shown["private_message"] == "Label failed twice"
    assert shown["context"]["Topic"]["value"] == "Parcels"
    accepted = stage.is_told("accepted")
    assert accepted["value"]["message"] == {"queue": "Support", "agent": "Ben"}
    stage.as_agent(conversation, "messages", {"text": "Ben here, hello"})
    assert stage.chat.texts()[-1] == "Ben here, hello"
    assert stage.chat.say("thank you").status_code == 201
    assert stage.as_agent(conversation, "end")["state"] == "Wrap-up"
    # The status is the next thing that it hears: what customer and agent said is not for it.
    assert stage.bot.says(stage.id)["value"] == {"state": "completed"}


def test_a_hand_off_that_nobody_takes_has_failed(stage: Spoken) -> None:
    stage.desk.agent("PUT", "presence", {"presence": "Away"})
    stage.says("a person")
    stage.desk.advance("PT25M")
    assert stage.chat.details().json()["State"] == "Closed"
    stage.is_told("failed")


def test_a_command_escalates_aloud(stage: Spoken) -> None:
    stage.says("escalate")
    assert "One moment." in stage.chat.texts()
    shown = stage.as_agent(stage.rings(), "accept")
    assert shown["context"]["Topic"]["value"] == "Parcels"
    assert shown["private_message"] is None


def test_a_command_ends_the_conversation(stage: Spoken) -> None:
    stage.says("bye")
    assert "Bye!" in stage.chat.texts()
    assert stage.chat.details().json()["State"] == "Closed"


def test_words_arrive_in_order_and_once(stage: Spoken) -> None:
    words = [f"word {number}" for number in range(30)]
    for word in words:
        assert stage.chat.say(word).status_code == 201
    heard = stage.bot.until(stage.id, lambda said: said["text"] == words[-1])
    assert [said["text"] for said in heard if said["type"] == "message"] == words
    stage.desk.advance("PT0S")
    echoes = [text for text in stage.chat.texts() if text.startswith("You said")]
    assert echoes == [f"You said: {word}" for word in words]
