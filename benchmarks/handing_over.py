"""The calls of one hand-off over the wire, whoever makes them: a bare client, or a peer's steps."""

from __future__ import annotations

import json
import ssl
import uuid
from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import quote, urlencode

from websockets.sync.client import ClientConnection, connect

VERSION = "api-version=2024-03-07"


class Ask(Protocol):
    """One request; the answer's text. Raises for an answer of 400 and above."""

    def __call__(self, method: str, path: str, body: object, headers: Mapping[str, str]) -> str: ...


class HandOff:
    """One organisation, one customer, one agent: each verb is what its step does."""

    def __init__(self, ask: Ask, trust: ssl.SSLContext) -> None:
        self._ask = ask
        self._trust = trust
        self._organisation = self._json("POST", "/control/organisations", {"generation": "web-app"})
        self._socket: ClientConnection | None = None
        self._request = str(uuid.uuid4())

    @property
    def page(self) -> str:
        """The shop page with the widget."""
        return str(self._organisation["widget"]["page"])

    @property
    def now(self) -> str:
        """The organisation's time: its tokens are expired in any other."""
        return str(self._organisation["now"])

    def chats(self) -> None:
        """Ada starts a chat, listens for pushes and fetches what is there."""
        widget = self._organisation["widget"]
        self._widget = f"{widget['org_id']}/{widget['app_id']}"
        self._connector("GET", f"config/{self._widget}?requestId={self._request}&channelId=lcw")
        path = f"organization/{widget['org_id']}/widgetApp/{widget['app_id']}/conversation"
        begun = self._connector("POST", path, {"locale": "en-us", "channelId": "lcw"})
        self._thread = f"/chat/threads/{quote(begun['ChatId'])}"
        self._bearer = {"authorization": f"Bearer {begun['Token']}"}
        self._listen(begun["Token"])
        self.reads()

    def is_available(self) -> None:
        """Ben sets his presence."""
        self._desk("PUT", "presence", {"presence": "Available"})

    def asks_for_a_person(self) -> None:
        """Ada says so."""
        body = {"content": "talk to a person", "senderDisplayName": "Customer", "metadata": {}}
        self._json("POST", f"{self._thread}/messages?{VERSION}", body, self._bearer)

    def accepts(self) -> None:
        """Ben sees it ring, and accepts."""
        path = f"getliveworkitemdetails/{self._widget}/{self._request}?channelId=lcw"
        self.conversation = self._connector("GET", path)["ConversationId"]
        ringing = self._desk("GET", "notifications")["value"]
        assert self.conversation in {item["conversation"] for item in ringing}
        self._desk("POST", f"conversations/{self.conversation}/accept", {})

    def accepts_whoever_rings(self) -> None:
        """Ben waits until a conversation rings, and accepts it."""
        ringing: list[dict[str, Any]] = []
        while not ringing:
            ringing = self._desk("GET", "notifications")["value"]
        self.conversation = ringing[0]["conversation"]
        self._desk("POST", f"conversations/{self.conversation}/accept", {})

    def state(self) -> str:
        """The state of Ada's conversation, as Ben reads it."""
        return str(self._desk("GET", f"conversations/{self.conversation}")["state"])

    def agent_says(self, text: str) -> None:
        """Ben answers."""
        self._desk("POST", f"conversations/{self.conversation}/messages", {"text": text})

    def hears(self, text: str) -> bool:
        """Whether Ada was pushed the text; waits until she is."""
        assert self._socket
        while True:
            kind, _, rest = str(self._socket.recv(5)).partition(":")
            if kind == "3":
                push = json.loads(rest.split(":", 2)[2])
                self._socket.send("3:::" + json.dumps({"id": push["id"], "status": 200}))
                if json.loads(push["body"]).get("messageBody") == text:
                    return True

    def reads(self) -> list[dict[str, Any]]:
        """Ada's thread."""
        path = f"{self._thread}/messages?{VERSION}"
        listed: list[dict[str, Any]] = self._json("GET", path, None, self._bearer)["value"]
        return listed

    def ends(self) -> None:
        """Leave nothing behind."""
        if self._socket:
            self._socket.close()
        self._json("DELETE", f"/control/organisations/{self._organisation['id']}")

    def _listen(self, token: str) -> None:
        key = {"x-skypetoken": token}
        path = "/chat/config/realTimeNotifications?api-version=2024-09-01"
        addresses = self._json("GET", path, None, self._bearer)
        trouter = _path(addresses["trouterServiceUrl"])
        session = self._json("POST", f"{trouter}/v4/a?epid={self._request}", None, key)
        query = urlencode({**session["connectparams"], "v": "v4", "epid": self._request})
        base = session["socketio"].rstrip("/") + "/socket.io/1/"
        greeting = self._ask("GET", f"{_path(base)}/?{query}", None, key)
        address = f"{base}websocket/{greeting.partition(':')[0]}?{query}".replace("http", "ws", 1)
        self._socket = connect(
            address, ssl=self._trust, compression=None, ping_interval=None, legacy=True
        )
        while "trouter.connected" not in str(self._socket.recv(5)):
            pass
        way = {"context": "", "path": session["surl"], "ttl": 86400}
        body = {"registrationId": self._request, "transports": {"TROUTER": [way]}}
        self._json("POST", f"{_path(addresses['registrarServiceUrl'])}/v3/registrations", body, key)

    def _connector(self, method: str, path: str, body: object = None) -> Any:
        return self._json(method, f"/livechatconnector/{path}", body, {"request-id": self._request})

    def _desk(self, method: str, path: str, body: object = None) -> Any:
        users = self._organisation["users"]
        token = next(user["token"] for user in users if user["name"] == "Ben")
        surface = f"/workspace/{self._organisation['id']}/api"
        return self._json(method, f"{surface}/{path}", body, {"authorization": f"Bearer {token}"})

    def _json(
        self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> Any:
        text = self._ask(method, path, body, headers or {})
        return json.loads(text) if text else None


def _path(url: str) -> str:
    """Everything of an address after host and port; here all services are on one host."""
    return "/" + url.split("/", 3)[3].rstrip("/") if url.count("/") > 2 else ""
