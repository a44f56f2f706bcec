"""Many customers at once, on the wire: a page's calls reduced to what they cost the server.

Each has a connection for its calls, a socket for what it is told, and a ledger: what it said under
which id, and every notification as it came. Nothing here waits longer than the server makes it.
"""

from __future__ import annotations

import asyncio
import json
import ssl
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode, urlsplit
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

VERSION = "api-version=2024-03-07"
WITHIN = 120.0
"""Seconds until a call that gets no answer counts as hung."""


class Refused(Exception):
    """The server said no: its status and what it said."""


@dataclass(slots=True)
class Server:
    """Where the reference is, and how to trust it."""

    ready: Mapping[str, Any]
    trust: ssl.SSLContext = field(init=False)
    host: str = field(init=False)
    port: int = field(init=False)

    def __post_init__(self) -> None:
        address = urlsplit(self.ready["url"])
        self.trust = ssl.create_default_context(cafile=self.ready["ca"])
        self.host, self.port = address.hostname or "", address.port or 443


class Line:
    """One connection that stays open: a call at a time, opened anew when it was cut."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._open: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        """The answer's JSON (text when it is none); raises Refused, ConnectionError."""
        content = b"" if body is None else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [f"{method} {path} HTTP/1.1", f"host: {self._server.host}"]
        lines += [f"{name}: {value}" for name, value in named.items()]
        lines += ["content-type: application/json", f"content-length: {len(content)}", "", ""]
        async with asyncio.timeout(WITHIN):
            reader, writer = await self._opened()
            try:
                writer.write("\r\n".join(lines).encode() + content)
                status, answer = await _read(reader)
            except (asyncio.IncompleteReadError, OSError) as error:
                self.cut()
                raise ConnectionError(f"{method} {path}: {error!r}") from None
        if status >= 400:
            raise Refused(f"{method} {path}: {status} {answer[:300]!r}")
        return _decoded(answer)

    def cut(self) -> None:
        """Breaks the connection off in the middle of whatever it does."""
        if self._open:
            self._open[1].transport.abort()
            self._open = None

    async def _opened(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._open is None:
            place = self._server
            self._open = await asyncio.open_connection(place.host, place.port, ssl=place.trust)
        return self._open


async def _read(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = int(head.split(b" ", 2)[1])
    length = 0
    if b"content-length:" in head:
        length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
    return status, await reader.readexactly(length)


def _decoded(answer: bytes) -> Any:
    try:
        return json.loads(answer) if answer else None
    except ValueError:
        return answer.decode()


@dataclass(slots=True)
class Told:
    """A notification of a message: its number, the message's id, from whom, and the text."""

    number: int
    id: int
    sender: str
    text: str


class Customer:
    """One customer's page."""

    def __init__(self, server: Server, widget: Mapping[str, str], name: str) -> None:
        self.name = name
        self.said: list[tuple[str, str]] = []
        self.told: list[Told] = []
        self.took: list[float] = []
        self.patience = 0.0
        self._server = server
        self._widget = widget
        self._line = Line(server)
        self._request = str(uuid4())
        self._epid = str(uuid4())
        self._token: dict[str, Any] = {}
        self._socket: ClientConnection | None = None
        self._listening: asyncio.Task[None] | None = None
        self._changed = asyncio.Condition()

    @property
    def visitor(self) -> str:
        return str(self._token["VisitorId"])

    @property
    def thread(self) -> str:
        return f"/chat/threads/{quote(self._token['ChatId'], safe='')}"

    async def arrives(self) -> None:
        """Starts a chat and listens."""
        org, app = self._widget["org_id"], self._widget["app_id"]
        path = f"/livechatconnector/organization/{org}/widgetApp/{app}/conversation"
        body = {"locale": "en-us", "preChatResponse": {"Name": self.name}}
        self._token = await self._line.ask("POST", path, body, request_id=self._request)
        await self.listens()

    async def listens(self) -> None:
        """Connects its socket, or connects it anew: the endpoint is that of its page."""
        path = f"/v4/a?epid={self._epid}"
        place = await self._line.ask("POST", path, x_skypetoken=self._token["Token"])
        query = urlencode(place["connectparams"])
        session = str(await self._line.ask("GET", f"/socket.io/1/?{query}")).partition(":")[0]
        where = f"wss://{self._server.host}:{self._server.port}/socket.io/1/websocket/{session}"
        self._socket = await connect(
            where, ssl=self._server.trust, compression=None, ping_interval=None, proxy=None
        )
        self._listening = asyncio.create_task(self._listen(self._socket))

    async def says(self, text: str, client_id: str = "") -> str:
        """Sends a message until it is known to have arrived; gives its id."""
        own = client_id or str(uuid4())
        metadata = {"tags": "ChannelId-lcw,FromCustomer", "clientMessageId": own}
        body = {"content": text, "senderDisplayName": "Customer", "metadata": metadata}
        start = time.perf_counter()
        while True:
            with suppress(ConnectionError):
                answer = await self._call("POST", f"messages?{VERSION}", body)
                break
        self.took.append(time.perf_counter() - start)
        if not client_id:
            self.said.append((str(answer["id"]), text))
        return str(answer["id"])

    async def fetches(self) -> list[dict[str, Any]]:
        """The whole thread as the server has it, oldest first, page by page."""
        found: list[dict[str, Any]] = []
        path = f"messages?{VERSION}&maxPageSize=50"
        while path:
            page = await self._call("GET", path)
            found += page["value"]
            path = page.get("nextLink", "").partition("/messages")[2]
            path = f"messages{path}" if path else ""
        return found[::-1]

    async def has_heard(self, enough: Callable[[Customer], bool]) -> None:
        """Waits until it was told enough."""
        async with asyncio.timeout(WITHIN), self._changed:
            await self._changed.wait_for(lambda: enough(self))

    def loses_its_socket(self) -> None:
        """The network breaks it off: nothing is said goodbye."""
        if self._socket:
            self._socket.transport.abort()

    def loses_its_line(self) -> None:
        """The same for whatever call is under way."""
        self._line.cut()

    async def leaves(self) -> None:
        if self._socket:
            await self._socket.close()
        if self._listening:
            await self._listening
        self._line.cut()

    async def _call(self, method: str, path: str, body: object = None) -> Any:
        bearer = f"Bearer {self._token['Token']}"
        return await self._line.ask(method, f"{self.thread}/{path}", body, authorization=bearer)

    async def _listen(self, socket: ClientConnection) -> None:
        """Notes what it is told, and confirms it; a slow reader takes its time for each."""
        with suppress(ConnectionClosed):
            async for frame in socket:
                if self.patience:
                    await asyncio.sleep(self.patience)
                kind, _, rest = str(frame).partition(":")
                if kind == "3":
                    told = json.loads(rest.lstrip(":"))
                    await self._note(told)
                    await socket.send("3:::" + json.dumps({"id": told["id"], "status": 200}))
                elif kind == "2":
                    await socket.send("2::")

    async def _note(self, told: dict[str, Any]) -> None:
        body = json.loads(told["body"])
        if body["eventId"] != 200:
            return
        line = Told(told["id"], int(body["messageId"]), body["senderId"], body["messageBody"])
        async with self._changed:
            self.told.append(line)
            self._changed.notify_all()
