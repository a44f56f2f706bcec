"""The bot's own chat on a page with its own embed code: Web Chat in a frame, as a visitor uses it.

What the frame is told it is told over Direct Line, by a WebSocket or by polling; what it draws is
looked at apart from that.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error, TimeoutError

from harness.errors import Inconclusive, NotApplicable, Refused
from harness.pages.browser import Window
from harness.pages.component import Component
from harness.protocol.conversations import Line, Role

if TYPE_CHECKING:
    from playwright.sync_api import Response, WebSocket

READY = 20_000
"""Milliseconds that the page may take to load and the bot to greet."""

TAKEN = 10_000
"""Milliseconds that the target may take to answer to what the visitor does."""

NOTICE = "No renderer for this activity"
TRANSFER = "handoff.initiate"
LINES = """(bubbles) => bubbles.map((bubble) => [
  bubble.classList.contains('webchat__bubble--from-user'),
  bubble.querySelector('.webchat__bubble__content')?.innerText.trim() ?? '',
])"""
OUTSIDE = "on the bot's own website nobody of the desk is there, so there is no {what}"


class CanvasPage(Component):
    """One visitor before the bot's own chat (protocol.roles.Canvas). The window is its caller's."""

    def __init__(self, window: Window, name: str, url: str) -> None:
        super().__init__(window.page)
        self.name = name
        self.url = url
        self._told: list[dict[str, Any]] = []
        self.chat = self.page.frame_locator("iframe")
        self.send_box = self.chat.locator("[data-id='webchat-sendbox-input']")
        self.bubbles = self.chat.locator("article .webchat__bubble")
        self.page.on("websocket", self._listens)
        self.page.on("response", self._reads)

    def __repr__(self) -> str:
        return self.name

    # What the visitor does

    def starts_chat(self) -> None:
        """Loads the page, whose chat begins by itself, and waits for its first words."""
        self.page.goto(self.url, wait_until="load", timeout=READY)
        try:
            self.bubbles.first.wait_for(timeout=READY)
        except TimeoutError as error:
            raise Inconclusive(f"{self.name}'s page has no chat of the bot: {error}") from None

    def says(self, text: str) -> None:
        """Writes and sends; raises Refused when the target refuses."""
        if not self.can_write():
            raise Inconclusive(f"{self.name} has not started a chat on the bot's own website")
        try:
            with self.page.expect_response(_is_post, timeout=TAKEN) as answer:
                self.send_box.fill(text)
                self.send_box.press("Enter")
        except Error as error:
            raise Inconclusive(f"{self.name}'s chat posted nothing: {error}") from None
        if answer.value.status >= 400:
            status = answer.value.status
            raise Refused(status, None, "MessageRefused", f"{self.name} said {text!r}")

    def comes_back(self) -> None:
        """Loads the page anew, which begins another chat."""
        self._told.clear()
        self.starts_chat()

    def types(self) -> None:
        raise NotApplicable(OUTSIDE.format(what="typing that anybody sees"))

    def ends_chat(self) -> None:
        raise NotApplicable(OUTSIDE.format(what="conversation to end"))

    def conversation_id(self) -> str:
        raise NotApplicable(OUTSIDE.format(what="conversation of the desk"))

    # What the visitor sees

    def transcript(self) -> Sequence[Line]:
        """Every bubble that is drawn, oldest first."""
        drawn: list[tuple[bool, str]] = self.bubbles.evaluate_all(LINES)
        return tuple(Line(Role.CUSTOMER if own else Role.BOT, text, "") for own, text in drawn)

    def can_write(self) -> bool:
        return self.is_visible(self.send_box)

    def sees_agent_typing(self) -> bool:
        raise NotApplicable(OUTSIDE.format(what="agent"))

    def is_transferred(self) -> bool:
        """Whether the chat was told that the bot hands over."""
        # A look at the page lets what has arrived since the last one be read.
        self.can_write()
        return any(activity.get("name") == TRANSFER for activity in self._told)

    def says_it_cannot_draw(self) -> bool:
        return self.is_visible(self.bubbles.filter(has_text=NOTICE))

    def _listens(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: self._hears(str(frame)))

    def _reads(self, response: Response) -> None:
        if response.request.method == "GET" and "/activities" in response.url:
            with suppress(Error):
                self._hears(response.text())

    def _hears(self, told: str) -> None:
        with suppress(ValueError):
            heard = json.loads(told)
            self._told += heard.get("activities", ()) if isinstance(heard, dict) else ()


def _is_post(response: Response) -> bool:
    return response.request.method == "POST" and "/activities" in response.url
