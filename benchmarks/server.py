"""What the reference costs: storing messages, and letting half an hour pass."""

from __future__ import annotations

import asyncio
import json
import ssl
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote, urlsplit

from benchmarks.measure import Ratio, interleaved
from benchmarks.reference import BARE_SERVER, REFERENCE, Bare, started

MESSAGES = 2000
CONNECTIONS = 8


def messages_against_bare(folder: Path, rounds: int) -> Ratio:
    """Seconds to store `MESSAGES` messages over `CONNECTIONS` connections."""
    with started(REFERENCE) as ours, started(BARE_SERVER) as bare:
        client = Bare(ours)
        organisation = organisation_of(client, connected=False)
        chat = begin_chat(client, organisation)
        thread = f"/chat/threads/{quote(chat['ChatId'])}/messages?api-version=2024-03-07"
        mine = _request(thread, chat["Token"])
        theirs = _request("/chat/threads/1/messages", "")
        return interleaved(lambda: _store(ours, mine), lambda: _store(bare, theirs), rounds)


def half_an_hour_against_empty_request(folder: Path, rounds: int) -> Ratio:
    """Seconds to advance 30 minutes, with a chat whose silence is noticed ÷ to ask for nothing."""
    with started(REFERENCE) as ready:
        client = Bare(ready)

        def advance() -> float:
            organisation = organisation_of(client)
            begin_chat(client, organisation)
            clock = f"/control/organisations/{organisation['id']}/clock"
            return _seconds(lambda: client.json("POST", clock, {"advance": "PT30M"}))

        return interleaved(advance, lambda: nothing(client), rounds * 3)


def nothing(client: Bare) -> float:
    """Seconds of the least that the reference can be asked: a control request for nothing."""
    path = f"/control/organisations/{organisation_of(client)['id']}/faults"
    return median(_seconds(lambda: client.json("GET", path)) for _ in range(20))


def organisation_of(client: Bare, connected: bool = True) -> dict[str, Any]:
    """A fresh organisation, as the control surface answers it."""
    body = {"generation": "web-app", "connected": connected}
    answer: dict[str, Any] = client.json("POST", "/control/organisations", body)
    return answer


def begin_chat(client: Bare, organisation: dict[str, Any]) -> dict[str, Any]:
    """Start a conversation as the widget does; the chat token."""
    widget = organisation["widget"]
    path = f"/livechatconnector/organization/{widget['org_id']}/widgetApp/{widget['app_id']}"
    body = {"locale": "en-us", "channelId": "lcw"}
    token: dict[str, Any] = client.json(
        "POST", f"{path}/conversation", body, request_id=str(uuid.uuid4())
    )
    return token


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _request(path: str, token: str) -> bytes:
    body = json.dumps({"content": "Where is my order 1001?", "senderDisplayName": "Customer"})
    lines = [
        f"POST {path} HTTP/1.1",
        "host: 127.0.0.1",
        "content-type: application/json",
        f"authorization: Bearer {token}",
        f"content-length: {len(body)}",
    ]
    return "\r\n".join([*lines, "", body]).encode()


def _store(ready: dict[str, Any], request: bytes) -> float:
    """Send the same request over several connections, one after the other on each."""
    return asyncio.run(_send_all(ready, request))


async def _send_all(ready: dict[str, Any], request: bytes) -> float:
    address = urlsplit(ready["url"])
    trust = ssl.create_default_context(cafile=ready["ca"])
    lines = [
        await asyncio.open_connection(address.hostname, address.port, ssl=trust)
        for _ in range(CONNECTIONS)
    ]
    start = time.perf_counter()
    await asyncio.gather(*(_send(*line, request) for line in lines))
    seconds = time.perf_counter() - start
    for _, writer in lines:
        writer.close()
    return seconds


async def _send(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> None:
    for _ in range(MESSAGES // CONNECTIONS):
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 201"):
            raise ValueError(head.decode())
        length = head.lower().split(b"content-length:")[1].split(b"\r\n")[0]
        await reader.readexactly(int(length))
