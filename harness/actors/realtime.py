"""How a customer's client is told at once: trouter, as the chat SDK speaks it (socket.io 0.9).

Pushes arrive on the socket's thread and wait in a queue; the actor takes them on its own thread,
and opens a lost connection again there, as the SDK would.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import count
from queue import SimpleQueue
from threading import Event
from time import time
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit
from uuid import uuid4

from harness.errors import NotReachable, Refused
from harness.expect.eventually import delivery
from harness.transport.http import Client, refusal
from harness.transport.socket import Socket

CONFIGURATION = "chat/config/realTimeNotifications?api-version=2024-09-01"


class Realtime:
    """One client's registration for pushes; raises Refused when the service refuses it."""

    def __init__(self, client: Client, endpoint: str, token: str, who: str) -> None:
        self._client = client
        self._token = token
        self._who = who
        self._epid = str(uuid4())
        self._connections = count(1)
        self._pushes: SimpleQueue[dict[str, Any]] = SimpleQueue()
        self._connected = Event()
        self._lost = False
        self._socket: Socket | None = None
        configuration = client.call(
            "GET", f"{endpoint}/{CONFIGURATION}", headers=self._bearer(), who=who
        )
        self._trouter = configuration["trouterServiceUrl"].rstrip("/")
        self._registrar = configuration["registrarServiceUrl"].rstrip("/")
        self._connect()

    def pushes(self) -> tuple[dict[str, Any], ...]:
        """Everything that was pushed since it was asked last, oldest first."""
        arrived = []
        while not self._pushes.empty():
            arrived.append(self._pushes.get_nowait())
        return tuple(arrived)

    def was_lost(self) -> bool:
        """Whether the connection had been lost; it is open again when this answers."""
        if not self._lost:
            return False
        self._connect()
        return True

    def close(self) -> None:
        """Leave the registrar and close the socket."""
        if self._socket is not None:
            self._lost = False
            socket, self._socket = self._socket, None
            socket.close()

    def _bearer(self) -> Mapping[str, str]:
        return {"authorization": f"Bearer {self._token}"}

    def _connect(self) -> None:
        headers = {"x-skypetoken": self._token}
        query = urlencode(
            {"cor_id": self._epid, "con_num": next(self._connections), "epid": self._epid}
        )
        session = self._client.call(
            "POST", f"{self._trouter}/v4/a?{query}", headers=headers, who=self._who
        )
        base = session["socketio"].rstrip("/") + "/socket.io/1/"
        query = urlencode(
            {
                **session["connectparams"],
                "v": "v4",
                "tc": json.dumps({"cv": "1", "ua": "handoff", "hr": "", "v": "1"}),
                "timeout": 40,
                "auth": "true",
                "epid": self._epid,
                "ccid": session.get("ccid", ""),
                "userActivity": "active",
            }
        )
        greeting = self._client.request("GET", f"{base}?{query}", headers=headers, who=self._who)
        if greeting.status_code != 200:
            raise refusal(greeting)
        self._connected.clear()
        self._lost = False
        address = urlsplit(f"{base}websocket/{greeting.text.partition(':')[0]}?{query}")
        address = address._replace(scheme=address.scheme.replace("http", "ws"))
        self._socket = Socket(
            urlunsplit(address), self._client.context, self._hears, self._ends, self._who
        )
        if not self._connected.wait(delivery.get().total_seconds()):
            raise NotReachable(f"{base}: the socket opened, and nothing said trouter.connected")
        self._register(session)

    def _register(self, session: Mapping[str, Any]) -> None:
        body = {
            "clientDescription": {
                "appId": "AcsWeb",
                "languageId": "en-US",
                "platform": "SPOOL",
                "templateKey": "AcsWeb_Chat_1.6",
            },
            "registrationId": self._epid,
            "nodeId": "",
            "transports": {"TROUTER": [{"context": "", "path": session["surl"], "ttl": 86400}]},
        }
        headers = {"x-skypetoken": self._token}
        url = f"{self._registrar}/v3/registrations"
        self._client.call("POST", url, json=body, headers=headers, who=self._who)

    def _hears(self, frame: str) -> None:
        kind, _, rest = frame.partition(":")
        if kind == "2":
            self._answer("2::")
        elif kind == "5":
            self._event(rest)
        elif kind == "3":
            self._push(json.loads(frame.split(":", 3)[3]))

    def _event(self, rest: str) -> None:
        number, _, data = rest.partition(":")
        if number.endswith("+"):
            self._answer(f'6:::{number}["pong"]')
        if '"trouter.connected"' in data:
            self._connected.set()

    def _push(self, request: Mapping[str, Any]) -> None:
        reply = {"id": request["id"], "status": 200, "headers": {}, "body": ""}
        self._pushes.put({"arrived": time(), **json.loads(request["body"])})
        self._answer("3:::" + json.dumps(reply, separators=(",", ":")))

    def _answer(self, frame: str) -> None:
        if self._socket is not None:
            self._socket.send(frame)

    def _ends(self) -> None:
        self._lost = self._socket is not None


def realtime(client: Client, endpoint: str, token: str, who: str) -> Realtime | None:
    """Pushes for this client, or None when the service is off: then the client polls."""
    try:
        return Realtime(client, endpoint, token, who)
    except Refused as refused:
        # The SDK falls back to polling when trouter is out of order, and on nothing else.
        if refused.status < 500:
            raise
        return None
