"""Many customers at once, on the wire: a page's calls reduced to what they cost the server.

Each has a connection for its calls, a socket for what it is told, and a ledger: what it said under
which id, and every notification as it came. Nothing here waits longer than the server makes it.
"""

from __future__ import annotations

import asyncio
import json
import resource
import ssl
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode, urlsplit
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

MESSAGE = 200
"""The event id of a notification that somebody has said something."""

VERSION = "api-version=2024-03-07"
FILES = 4_096
"""Open sockets that a crowd may need."""

PLAN = {"generation": "web-app", "messages_a_minute": 1_000_000}
"""An organisation for a crowd: the product's bots take 800 messages a minute, unless asked."""

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
        # Two connections for each customer: more than a process has unasked on most machines.
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
        if soft < wanted:
            with suppress(OSError, ValueError):
                resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


class Line:
    """One connection that stays open: a call at a time, opened anew when it was cut."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._open: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._turn = asyncio.Lock()

    async def insist(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        """Asks again for as long as the connection breaks: for what may be asked twice."""
        while True:
            with suppress(ConnectionError):
                return await self.ask(method, path, body, **headers)

    async def ask(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        """The answer's JSON (text when it is none); raises Refused, ConnectionError."""
        content = b"" if body is None else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [f"{method} {path} HTTP/1.1", f"host: {self._server.host}"]
        lines += [f"{name}: {value}" for name, value in named.items()]
        lines += ["content-type: application/json", f"content-length: {len(content)}", "", ""]
        async with asyncio.timeout(WITHIN), self._turn:
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
    """One customer's page. `said` holds id and text of each message, `told` every notification."""

    def __init__(self, server: Server, widget: Mapping[str, str], name: str) -> None:
        self.name = name
        self.said: list[tuple[int, str]] = []
        self.told: list[Told] = []
        self.took: list[float] = []
        self.losses = 0
        self.reads = asyncio.Event()
        self.reads.set()
        self.visitor = self.conversation = ""
        self._server = server
        self._widget = widget
        self._line = Line(server)
        self._ids = {"request": str(uuid4()), "epid": str(uuid4())}
        self._token = ""
        self._thread = ""
        self._socket: ClientConnection | None = None
        self._listening: asyncio.Task[None] | None = None
        self._heard = asyncio.Event()

    async def arrives(self) -> None:
        """Starts a chat and listens."""
        org, app = self._widget["org_id"], self._widget["app_id"]
        path = f"/livechatconnector/organization/{org}/widgetApp/{app}/conversation"
        body, request = {"locale": "en-us", "channelId": "lcw"}, self._ids["request"]
        given = await self._line.insist("POST", path, body, request_id=request)
        self.visitor, self._token = given["VisitorId"], given["Token"]
        self._thread = f"/chat/threads/{quote(given['ChatId'], safe='')}"
        path = f"/livechatconnector/getliveworkitemdetails/{org}/{app}/{request}?channelId=lcw"
        self.conversation = (await self._line.insist("GET", path))["ConversationId"]
        await self._connects()
        self._listening = asyncio.create_task(self._listen())

    async def says(self, text: str, *, twice: bool = False) -> None:
        """Sends a message until it is known to have arrived; `twice` once more after that."""
        metadata = {"tags": "ChannelId-lcw,FromCustomer", "clientMessageId": str(uuid4())}
        body = {"content": text, "senderDisplayName": "Customer", "metadata": metadata}
        start = time.perf_counter()
        answers = [await self._call("POST", f"messages?{VERSION}", body) for _ in range(1 + twice)]
        self.took.append(time.perf_counter() - start)
        self.said.append((int(answers[0]["id"]), text))
        if len({answer["id"] for answer in answers}) != 1:
            raise Refused(f"{text!r} was kept twice: {answers}")

    async def fetches(self) -> list[dict[str, Any]]:
        """The whole thread as the server has it, oldest first, page by page."""
        found: list[dict[str, Any]] = []
        path = f"messages?{VERSION}&maxPageSize=50"
        while path:
            page = await self._call("GET", path)
            found += page["value"]
            rest = page.get("nextLink", "").partition("/messages")[2]
            path = f"messages{rest}" if rest else ""
        return found[::-1]

    async def has_heard(self, message: int) -> None:
        """Waits until it was told of a message."""
        async with asyncio.timeout(WITHIN):
            while all(told.id != message for told in self.told):
                self._heard.clear()
                await self._heard.wait()

    def loses_its_socket(self) -> None:
        """The network breaks it off: nothing is said goodbye."""
        if self._socket:
            self.losses += 1
            self._socket.transport.abort()

    def loses_its_line(self) -> None:
        """The same for whatever call is under way."""
        self._line.cut()

    async def leaves(self) -> None:
        """Closes the page."""
        socket, self._socket = self._socket, None
        if socket and self._listening:
            await socket.close()
            await self._listening
        self._line.cut()

    async def _call(self, method: str, path: str, body: object = None) -> Any:
        bearer = f"Bearer {self._token}"
        path = f"{self._thread}/{path}"
        return await self._line.insist(method, path, body, authorization=bearer)

    async def _connects(self) -> None:
        """Connects its socket, or connects it anew: the endpoint is that of its page."""
        path = f"/v4/a?epid={self._ids['epid']}"
        place = await self._line.insist("POST", path, x_skypetoken=self._token)
        query = urlencode(place["connectparams"])
        shaken = str(await self._line.insist("GET", f"/socket.io/1/?{query}"))
        where = f"wss://{self._server.host}:{self._server.port}/socket.io/1/websocket/"
        self._socket = await connect(
            where + shaken.partition(":")[0],
            ssl=self._server.trust,
            compression=None,
            ping_interval=None,
            proxy=None,
        )

    async def _listen(self) -> None:
        """Notes what it is told, and connects anew whenever its socket was lost."""
        while self._socket:
            with suppress(ConnectionClosed):
                await self._notes(self._socket)
            if self._socket:
                with suppress(ConnectionError, ConnectionClosed):
                    await self._connects()

    async def _notes(self, socket: ClientConnection) -> None:
        async for frame in socket:
            await self.reads.wait()
            kind, _, rest = str(frame).partition(":")
            if kind == "3":
                told = json.loads(rest.lstrip(":"))
                self._note(told)
                await socket.send("3:::" + json.dumps({"id": told["id"], "status": 200}))
            elif kind == "2":
                await socket.send("2::")

    def _note(self, told: dict[str, Any]) -> None:
        body = json.loads(told["body"])
        if body["eventId"] == MESSAGE:
            said = (int(body["messageId"]), body["senderId"], body["messageBody"])
            self.told.append(Told(told["id"], *said))
            self._heard.set()


class Agent:
    """One agent at the workspace; `said` holds id and text of each message, by conversation."""

    def __init__(self, server: Server, organisation: str, token: str) -> None:
        self.said: dict[str, list[tuple[int, str]]] = {}
        self._line = Line(server)
        self._place = f"/workspace/{organisation}/api"
        self._headers = {"authorization": f"Bearer {token}"}

    async def is_available(self) -> None:
        await self._asks("PUT", "presence", {"presence": "Available"})

    async def accepts(self) -> list[str]:
        """Takes everything that rings; gives the conversations."""
        ringing = (await self._asks("GET", "notifications"))["value"]
        taken = [str(each["conversation"]) for each in ringing]
        for conversation in taken:
            await self._asks("POST", f"conversations/{conversation}/accept", {})
            self.said[conversation] = []
        return taken

    async def says(self, conversation: str, text: str) -> None:
        path = f"conversations/{conversation}/messages"
        answer = await self._asks("POST", path, {"text": text})
        self.said[conversation].append((int(answer["id"]), text))

    async def reads(self, conversation: str) -> list[int]:
        """The ids of the transcript as the workspace shows it."""
        shown = await self._asks("GET", f"conversations/{conversation}")
        return [int(line["id"]) for line in shown["transcript"]]

    async def ends(self, conversation: str) -> None:
        for act in ("end", "close"):
            await self._asks("POST", f"conversations/{conversation}/{act}", {})

    def goes(self) -> None:
        self._line.cut()

    async def _asks(self, method: str, path: str, body: object = None) -> Any:
        return await self._line.ask(method, f"{self._place}/{path}", body, **self._headers)
