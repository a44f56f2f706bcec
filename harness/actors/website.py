"""Somebody on the bot's own website: Direct Line 3.0, polled; the desk knows nothing of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from harness.errors import Inconclusive, NotApplicable
from harness.protocol.conversations import Line, Role
from harness.transport import exchanges
from harness.transport.http import Client

CONVERSATIONS = "v3/directline/conversations"
TRANSFER = "handoff.initiate"
NOWHERE = "on the bot's own website nobody of the desk is there, so there is no {what}"


class Visitor:
    """A customer who meets the bot outside Omnichannel (protocol.roles.Customer).

    `endpoint` is where the website gets its tokens, `service` where Direct Line is.
    """

    def __init__(self, client: Client, endpoint: str, service: str, name: str) -> None:
        self.name = name
        self._client = client
        self._endpoint = endpoint
        self._service = service.rstrip("/")
        self._conversation = ""
        self._token = ""
        self._lines: dict[str, Line] = {}
        self._transferred = False

    def __repr__(self) -> str:
        return self.name

    def starts_chat(self) -> None:
        self._keeps(self._client.call("GET", self._endpoint, who=self.name))
        self._keeps(self._ask("POST", CONVERSATIONS, {}))

    def says(self, text: str) -> None:
        activity = {"type": "message", "from": {"id": self.name}, "text": text}
        self._ask("POST", self._activities(), activity)

    def transcript(self) -> Sequence[Line]:
        for activity in self._ask("GET", self._activities())["activities"]:
            if activity["type"] == "message":
                self._lines[activity["id"]] = _line(activity)
            elif activity.get("name") == TRANSFER:
                self._transferred = True
        return tuple(self._lines.values())

    def is_transferred(self) -> bool:
        self.transcript()
        return self._transferred

    def comes_back(self) -> None:
        """Forgets what was shown; the conversation goes on."""
        self._lines.clear()

    def can_write(self) -> bool:
        return True

    def types(self) -> None:
        raise NotApplicable(NOWHERE.format(what="typing that anybody sees"))

    def ends_chat(self) -> None:
        raise NotApplicable(NOWHERE.format(what="conversation to end"))

    def conversation_id(self) -> str:
        raise NotApplicable(NOWHERE.format(what="conversation of the desk"))

    def sees_agent_typing(self) -> bool:
        raise NotApplicable(NOWHERE.format(what="agent"))

    def _activities(self) -> str:
        if not self._conversation:
            raise Inconclusive(f"{self.name} has not started a chat on the bot's own website")
        return f"{CONVERSATIONS}/{self._conversation}/activities"

    def _keeps(self, given: dict[str, Any]) -> None:
        self._token, self._conversation = given["token"], given["conversationId"]
        exchanges.secret(self._token)

    def _ask(self, method: str, path: str, body: object = None) -> Any:
        headers = {"authorization": f"Bearer {self._token}"}
        url = f"{self._service}/{path}"
        return self._client.call(method, url, json=body, headers=headers, who=self.name)


def _line(activity: dict[str, Any]) -> Line:
    sender = activity["from"]
    role = Role.BOT if sender.get("role") == "bot" else Role.CUSTOMER
    return Line(role, activity.get("text") or "", sender.get("name") or "", activity["id"])
