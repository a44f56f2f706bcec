"""Somebody on the customer's side: in a chat, before a widget, on the phone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from harness.protocol.conversations import Call, Line


class Customer(Protocol):
    """Somebody who chats from a web page."""

    name: str

    def brings(self, name: str, value: str) -> None:
        """Custom context: what the page tells the service when the chat starts (EMB-12)."""

    def starts_chat(self) -> None: ...
    def says(self, text: str) -> None: ...
    def types(self) -> None: ...
    def ends_chat(self) -> None: ...
    def comes_back(self) -> None:
        """The page is loaded anew; the widget finds the chat again (EMB-27)."""

    def conversation_id(self) -> str:
        """The desk's id of this customer's conversation; raises when none was created."""

    def transcript(self) -> Sequence[Line]:
        """What this customer sees, oldest first; nothing that is hidden from the customer."""

    def sees_agent_typing(self) -> bool: ...
    def can_write(self) -> bool:
        """Whether the customer still has somewhere to write (EMB-30)."""


class Widget(Customer, Protocol):
    """A customer whose page is looked at; every question is a look, none of them waits."""

    def opens_page(self) -> None:
        """Load the page that carries the snippet, and touch nothing on it."""

    def is_shown(self) -> bool:
        """Whether the launcher can be seen."""

    def is_minimised(self) -> bool:
        """Whether the chat is folded away behind its launcher."""

    def minimises(self) -> None:
        """Fold the open chat away behind its launcher."""

    def unread(self) -> int:
        """The number of unread messages on the launcher; 0 without one, `99+` counts as 100."""

    def selects_close(self) -> None:
        """Select the close button of the open chat, and answer nothing."""

    def asks_to_confirm_closing(self) -> bool: ...
    def raised(self) -> Sequence[str]:
        """Names of the `lcw:` events that the page was told since it was loaded, in order."""


class Caller(Protocol):
    """Somebody on the phone."""

    name: str

    def calls(self) -> None: ...
    def says(self, text: str) -> None: ...
    def presses(self, digits: str) -> None: ...
    def hangs_up(self) -> None: ...
    def call(self) -> Call: ...
