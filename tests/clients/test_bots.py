"""Bots on Microsoft's two Python SDKs, unmodified, stand behind the desk as its bot.

The desk plays the Bot Connector: it posts to the bot's messaging endpoint, the bot answers at the
service URL that came with it. The customer speaks the wire, the agent the workspace.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.clients.programs import Program
from tests.wire.chat import Chat, Desk

SDKS = ("botbuilder", "agents")


class Bot:
    """A bot at work, the same one for every test: lines are told apart by whom they were for."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self.endpoint = program.says()["endpoint"]

    def says(self, id: str) -> dict[str, Any]:
        """The next activity that it had as the bot of an id."""
        return self.until(id, lambda _: True)[-1]

    def until(self, id: str, wanted: Callable[[dict[str, Any]], object]) -> list[dict[str, Any]]:
        """The next activities that it had, up to and with the wanted one."""
        said = self._program.until(lambda line: line["recipient"] == id and wanted(line))
        return [line for line in said if line["recipient"] == id]


class Stage:
    """A desk whose widget leads to one bot that runs elsewhere, and its customer."""

    def __init__(self, desk: Desk, bot: Bot) -> None:
        self.desk = desk
        self.bot = bot
        made = self._as("Mia", "POST", "portal/{org}/api/bots", self._creation())
        self.id = made["id"]
        self._as("Mia", "PUT", f"portal/{{org}}/api/bots/{self.id}/connection", {})
        stream = self._as("Olga", "GET", "admin/{org}/api/workstreams")["value"][0]["id"]
        self._as("Olga", "PATCH", f"admin/{{org}}/api/workstreams/{stream}", {"bot": self.id})
        desk.agent("PUT", "presence", {"presence": "Available"})
        self.chat: Chat = desk.start()

    def _creation(self) -> dict[str, str]:
        return {"name": "Outside Helper", "origin": "azure", "endpoint": self.bot.endpoint}

    def _as(self, who: str, method: str, path: str, body: Any = None) -> Any:
        url = "/" + path.format(org=self.desk.id)
        headers = self.desk.as_user(who)
        answer = self.desk.client.request(method, url, json=body, headers=headers)
        assert answer.status_code < 300, answer.text
        return answer.json()

    def says(self, text: str) -> dict[str, Any]:
        """The customer says something; gives what the bot was posted for it, its reply sent."""
        assert self.chat.say(text).status_code == 201
        heard = self.bot.until(self.id, lambda said: said["text"] == text)[-1]
        self.desk.advance("PT0S")
        return heard

    def is_told(self, state: str) -> dict[str, Any]:
        """The status of its hand-off that the bot was told."""
        said = self.bot.until(self.id, lambda said: said["name"] == "handoff.status")[-1]
        assert said["value"]["state"] == state
        return said

    def rings(self) -> str:
        """The conversation that rings at Ben."""
        [ringing] = self.desk.agent("GET", "notifications")["value"]
        return str(ringing["conversation"])

    def as_agent(self, conversation: str, act: str, body: Any = None) -> Any:
        return self.desk.agent("POST", f"conversations/{conversation}/{act}", body or {})


@pytest.fixture(scope="module", params=SDKS)
def bot(request: pytest.FixtureRequest, reference: dict[str, Any]) -> Iterator[Bot]:
    program = Program(request.param, reference["ca"])
    yield Bot(program)
    program.ends()


@pytest.fixture
def stage(desk: Desk, bot: Bot) -> Stage:
    return Stage(desk, bot)


def test_a_bot_is_added_told_the_context_and_then_spoken_to(stage: Stage) -> None:
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


def test_a_hand_off_event_brings_an_agent_and_the_bot_is_told_how_it_goes(stage: Stage) -> None:
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


def test_a_hand_off_that_nobody_takes_has_failed(stage: Stage) -> None:
    stage.desk.agent("PUT", "presence", {"presence": "Away"})
    stage.says("a person")
    stage.desk.advance("PT25M")
    assert stage.chat.details().json()["State"] == "Closed"
    stage.is_told("failed")


def test_a_command_escalates_aloud(stage: Stage) -> None:
    stage.says("escalate")
    assert "One moment." in stage.chat.texts()
    shown = stage.as_agent(stage.rings(), "accept")
    assert shown["context"]["Topic"]["value"] == "Parcels"
    assert shown["private_message"] is None


def test_a_command_ends_the_conversation(stage: Stage) -> None:
    stage.says("bye")
    assert "Bye!" in stage.chat.texts()
    assert stage.chat.details().json()["State"] == "Closed"


def test_words_arrive_in_order_and_once(stage: Stage) -> None:
    words = [f"word {number}" for number in range(30)]
    for word in words:
        assert stage.chat.say(word).status_code == 201
    heard = stage.bot.until(stage.id, lambda said: said["text"] == words[-1])
    assert [said["text"] for said in heard if said["type"] == "message"] == words
    stage.desk.advance("PT0S")
    echoes = [text for text in stage.chat.texts() if text.startswith("You said")]
    assert echoes == [f"You said: {word}" for word in words]
