"""A Direct Line client reduced to its wire."""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from websockets.sync.client import ClientConnection, connect

from tests.wire.chat import Desk

ROOT = "/v3/directline"


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def website_token(desk: Desk) -> str:
    """What the bot's own website gives out to whoever opens it."""
    bot = desk.description["bot"]["id"]
    place = f"/website/{desk.id}/powervirtualagents/botsbyschema/{bot}/directline/token"
    answer = desk.client.get(place)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["token"])


def secret(desk: Desk) -> str:
    """What opens conversations of the desk's own messaging channel."""
    return str(desk.description["channel"]["secret"])


def code(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a refusal, which has a message for people, too."""
    error = answer.json()["error"]
    assert sorted(error) == ["code", "message"]
    assert error["message"]
    return answer.status_code, error["code"]


def start(desk: Desk, token: str, **body: Any) -> Line:
    answer = desk.client.post(f"{ROOT}/conversations", headers=bearer(token), json=body)
    assert answer.status_code == 201, answer.text
    return Line(desk, answer.json())


@dataclass
class Line:
    """One conversation over Direct Line; `begun` is what its start answered."""

    desk: Desk
    begun: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.begun["conversationId"])

    @property
    def path(self) -> str:
        return f"{ROOT}/conversations/{self.id}"

    @property
    def headers(self) -> dict[str, str]:
        return bearer(self.begun["token"])

    def post(self, activity: Any) -> httpx.Response:
        url = f"{self.path}/activities"
        return self.desk.client.post(url, json=activity, headers=self.headers)

    def says(self, text: str, **more: Any) -> httpx.Response:
        return self.post({"type": "message", "from": {"id": "u"}, "text": text, **more})

    def get(self, watermark: str = "") -> httpx.Response:
        url = f"{self.path}/activities?watermark={watermark}"
        return self.desk.client.get(url, headers=self.headers)

    def sees(self, watermark: str = "") -> dict[str, Any]:
        answer = self.get(watermark)
        assert answer.status_code == 200, answer.text
        seen: dict[str, Any] = answer.json()
        return seen

    def texts(self) -> list[str]:
        return [each["text"] for each in self.sees()["activities"] if "text" in each]

    def again(self, watermark: str = "") -> httpx.Response:
        return self.desk.client.get(f"{self.path}?watermark={watermark}", headers=self.headers)

    @contextmanager
    def stream(self, url: str = "") -> Iterator[Stream]:
        trust = ssl.create_default_context()
        trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
        with connect(url or self.begun["streamUrl"], ssl=trust, close_timeout=1) as socket:
            yield Stream(socket)


@dataclass
class Stream:
    """The socket of a conversation."""

    socket: ClientConnection
    watermark: str = ""

    def next(self) -> list[dict[str, Any]]:
        told = json.loads(self.socket.recv(timeout=5))
        self.watermark = told["watermark"]
        activities: list[dict[str, Any]] = told["activities"]
        return activities
