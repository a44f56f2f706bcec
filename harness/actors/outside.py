"""A bot that runs elsewhere: what it says to the desk's connector (docs/reference-api.md)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from harness.protocol.portal import Connector
from harness.transport import exchanges
from harness.transport.http import Client

BRIDGED = {"deliveryMode": "bridged"}
"""Marks what a customer may read (hand-off-specification 10.3)."""


class OutsideBot:
    """A bot behind the Bot Connector (protocol.roles.OutsideBot)."""

    def __init__(self, client: Client, connector: Connector, name: str) -> None:
        self.name = name
        self._client = client
        self._place = f"{connector.service_url.rstrip('/')}/v3/conversations"
        self._headers = {"authorization": f"Bearer {connector.token}"}
        exchanges.secret(connector.token)

    def __repr__(self) -> str:
        return self.name

    def takes(self, conversation: str) -> bool:
        held = self._ask("GET", "", None)["conversations"]
        return any(item["id"] == conversation for item in held)

    def says(self, conversation: str, text: str) -> None:
        self._sends(conversation, {"type": "message", "text": text, "channelData": BRIDGED})

    def tells_agents(self, conversation: str, text: str) -> None:
        self._sends(conversation, {"type": "message", "text": text})

    def escalates(self, conversation: str, text: str, context: dict[str, Any]) -> None:
        self._commands(conversation, text, {"type": "Escalate", "context": context})

    def initiates_hand_off(self, conversation: str, extra: Sequence[dict[str, Any]] = ()) -> None:
        spoken = self._ask("GET", f"/{conversation}/activities?watermark=0", None)["activities"]
        messages = [activity for activity in spoken if activity["type"] == "message"]
        transcript = {
            "contentType": "application/json",
            "name": "Transcript",
            "content": {"activities": messages},
        }
        event = {
            "type": "event",
            "name": "handoff.initiate",
            "conversation": {"id": conversation},
            "value": {"va_Scope": "bot", "va_BotName": self.name},
            "attachments": [*extra, transcript],
        }
        self._sends(conversation, event)

    def ends(self, conversation: str) -> None:
        self._commands(conversation, "", {"type": "EndConversation", "context": {}})

    def _commands(self, conversation: str, text: str, command: dict[str, Any]) -> None:
        # The tags are a text of JSON, not an object: that is the canonical form (10.3).
        tags = {"tags": json.dumps(command, ensure_ascii=False)}
        self._sends(conversation, {"type": "message", "text": text, "channelData": tags})

    def _sends(self, conversation: str, activity: dict[str, Any]) -> None:
        self._ask("POST", f"/{conversation}/activities", activity)

    def _ask(self, method: str, path: str, body: object) -> Any:
        url = f"{self._place}{path}"
        return self._client.call(method, url, json=body, headers=self._headers, who=self.name)
