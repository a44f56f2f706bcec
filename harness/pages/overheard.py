"""What a page and its service tell each other, as far as it is messages."""

from __future__ import annotations

from functools import partial
from time import time
from typing import TYPE_CHECKING, Protocol

from harness.transport.exchanges import Exchange

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request, WebSocket

_SENT = ("/chat/threads/", "/activities")
"""Addresses that messages are posted to; nobody waits for the answers to other calls."""


class Hears(Protocol):
    """Whoever keeps the exchanges of a scenario."""

    def exchanged(self, exchange: Exchange) -> None: ...


def overhear(page: Page, who: str, recorder: Hears) -> None:
    """Note every message that the page sends, and every frame that is pushed to it.

    Answers to its calls are left out: a browser hands them out one by one, and pushes have them.
    """
    page.on("request", partial(_asks, who, recorder))
    page.on("websocket", partial(_opens, who, recorder))


def _asks(who: str, recorder: Hears, request: Request) -> None:
    if request.method == "POST" and any(part in request.url for part in _SENT):
        # Files are sent in parts that are no text.
        body = (request.post_data_buffer or b"").decode("utf-8", "replace")
        asked = Exchange(time(), who, "http", "POST", request.url, request=body, by_page=True)
        recorder.exchanged(asked)


def _opens(who: str, recorder: Hears, socket: WebSocket) -> None:
    socket.on("framereceived", partial(_hears, who, recorder, socket.url))


def _hears(who: str, recorder: Hears, url: str, frame: str | bytes) -> None:
    if isinstance(frame, str):
        heard = Exchange(time(), who, "socket", "", url, "received", response=frame, by_page=True)
        recorder.exchanged(heard)
