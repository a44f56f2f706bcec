"""A desk whose chats come to a bot that runs elsewhere, in a process with a published SDK."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar

from tests.clients.programs import Program
from tests.wire.chat import Chat, Desk


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


class Posted(Protocol):
    """A bot that takes activities somewhere."""

    endpoint: str


B = TypeVar("B", bound=Posted)


class Stage(Generic[B]):
    """A desk whose widget leads to one bot that runs elsewhere, and its customer."""

    def __init__(self, desk: Desk, bot: B) -> None:
        self.desk = desk
        self.bot = bot
        made = self._as("Mia", "POST", "portal/{org}/api/bots", self._creation())
        self.id = made["id"]
        self._as("Mia", "PUT", f"portal/{{org}}/api/bots/{self.id}/connection", {})
        stream = self._as("Olga", "GET", "admin/{org}/api/workstreams")["value"][0]["id"]
        self._as("Olga", "PATCH", f"admin/{{org}}/api/workstreams/{stream}", {"bot": self.id})
        desk.agent("PUT", "presence", {"presence": "Available"})
        self.chat: Chat = desk.start()
        # Time does not pass, but this answers when the bot has greeted.
        desk.advance("PT0S")

    def _creation(self) -> dict[str, str]:
        return {"name": "Outside Helper", "origin": "azure", "endpoint": self.bot.endpoint}

    def _as(self, who: str, method: str, path: str, body: Any = None) -> Any:
        url = "/" + path.format(org=self.desk.id)
        headers = self.desk.as_user(who)
        answer = self.desk.client.request(method, url, json=body, headers=headers)
        assert answer.status_code < 300, answer.text
        return answer.json()

    def rings(self) -> str:
        """The conversation that rings at Ben."""
        [ringing] = self.desk.agent("GET", "notifications")["value"]
        return str(ringing["conversation"])

    def as_agent(self, conversation: str, act: str, body: Any = None) -> Any:
        return self.desk.agent("POST", f"conversations/{conversation}/{act}", body or {})


class Spoken(Stage[Bot]):
    """The same with a bot that tells what it was posted."""

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
