"""A customer's client reduced to its wire, and the desk behind it: what the tests here speak."""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

PERSON = "I want to talk to a person"


@dataclass
class Desk:
    """One organisation of a running reference, and everybody's token in it."""

    client: httpx.Client
    description: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.description["id"])

    @property
    def app(self) -> str:
        return str(self.description["widget"]["app_id"])

    def as_user(self, name: str) -> dict[str, str]:
        token = next(u["token"] for u in self.description["users"] if u["name"] == name)
        return {"authorization": f"Bearer {token}"}

    def agent(self, method: str, path: str, body: Any = None, name: str = "Ben") -> Any:
        """A call of the workspace; the answer's JSON."""
        url = f"/workspace/{self.id}/api/{path}"
        answer = self.client.request(method, url, json=body, headers=self.as_user(name))
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None

    def advance(self, duration: str) -> dict[str, Any]:
        answer = self.client.post(
            f"/control/organisations/{self.id}/clock", json={"advance": duration}
        )
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def deviate(self, *faults: str) -> None:
        answer = self.client.put(f"/control/organisations/{self.id}/faults", json=list(faults))
        assert answer.status_code == 200, answer.text

    def reached(self) -> list[str]:
        answer = self.client.get(f"/control/organisations/{self.id}/faults").json()
        reached: list[str] = answer["reached"]
        return reached

    def start(self) -> Chat:
        """A chat that has begun, as the SDK begins it since 1.10."""
        request = str(uuid4())
        answer = self.client.post(
            f"/livechatconnector/organization/{self.id}/widgetApp/{self.app}/conversation",
            headers={"Request-Id": request},
            json={"locale": "en-us", "channelId": "lcw"},
        )
        assert answer.status_code == 200, answer.text
        return Chat(self, request, answer.json())

    def connector(self, call: str, request: str) -> str:
        return f"/livechatconnector/{call}/{self.id}/{self.app}/{request}?channelId=lcw"


@dataclass
class Chat:
    """One customer's chat."""

    desk: Desk
    request: str
    token: dict[str, Any]

    @property
    def thread(self) -> str:
        return f"/chat/threads/{quote(self.token['ChatId'], safe='')}"

    @property
    def headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token['Token']}"}

    def post(self, path: str, body: Any) -> httpx.Response:
        url = f"{self.thread}/{path}?api-version=2024-03-07"
        return self.desk.client.post(url, json=body, headers=self.headers)

    def get(self, path: str, **query: Any) -> httpx.Response:
        url = f"{self.thread}/{path}".rstrip("/")
        return self.desk.client.get(url, params=query, headers=self.headers)

    def say(self, text: str) -> httpx.Response:
        metadata = {"deliveryMode": "bridged", "tags": "ChannelId-lcw,FromCustomer"}
        return self.post("messages", {"content": text, "metadata": metadata})

    def texts(self) -> list[str]:
        """What is stored for the customer, oldest first."""
        value = self.get("messages").json()["value"]
        return [message["content"]["message"] for message in reversed(value)]

    def details(self) -> httpx.Response:
        url = self.desk.connector("getliveworkitemdetails", self.request)
        return self.desk.client.get(url)

    def conversation(self) -> str:
        return str(self.details().json()["ConversationId"])

    def hand_over(self) -> str:
        """Asks for a person, whom Ben then is; answers the conversation's id."""
        self.desk.agent("PUT", "presence", {"presence": "Available"})
        self.say(PERSON)
        conversation = self.conversation()
        self.desk.agent("POST", f"conversations/{conversation}/accept", {})
        return conversation

    def allocate(self, epid: str) -> dict[str, Any]:
        answer = self.desk.client.post(
            f"/v4/a?epid={epid}", headers={"x-skypetoken": self.token["Token"]}
        )
        assert answer.status_code == 200, answer.text
        allocated: dict[str, Any] = answer.json()
        return allocated

    @contextmanager
    def listening(self, epid: str = "page-1") -> Iterator[Page]:
        """A page's socket, shaken hands and said hello."""
        query = httpx.QueryParams(self.allocate(epid)["connectparams"])
        name = self.desk.client.get(f"/socket.io/1/?{query}").text.split(":")[0]
        base = str(self.desk.client.base_url).rstrip("/").replace("https", "wss")
        trust = ssl.create_default_context()
        trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
        url = f"{base}/socket.io/1/websocket/{name}?{query}"
        with connect(url, ssl=trust, close_timeout=1) as socket:
            assert socket.recv(timeout=5) == "1::"
            assert '"trouter.connected"' in str(socket.recv(timeout=5))
            yield Page(socket)


@dataclass
class Page:
    """The socket of a page."""

    socket: ClientConnection

    def next(self, *, confirm: bool = True, within: float = 5) -> dict[str, Any]:
        """The next notification's body, confirmed unless told otherwise."""
        while not (frame := str(self.socket.recv(timeout=within))).startswith("3:::"):
            pass
        notification = json.loads(frame[4:])
        if confirm:
            answer = {"id": notification["id"], "status": 200, "headers": {}, "body": ""}
            self.socket.send(f"3:::{json.dumps(answer)}")
        body: dict[str, Any] = json.loads(notification["body"])
        return body

    def leaves(self) -> None:
        """Says goodbye; once this answers, the server knows that the page is gone."""
        self.socket.send("0::")
        with suppress(ConnectionClosed):
            while True:
                self.socket.recv(timeout=5)

    def until(self, wanted: Callable[[dict[str, Any]], bool]) -> list[dict[str, Any]]:
        """Notifications up to and with the wanted one."""
        seen = [self.next()]
        while not wanted(seen[-1]):
            seen.append(self.next())
        return seen
