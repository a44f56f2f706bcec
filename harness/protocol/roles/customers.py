"""Somebody on the customer's side: in a chat, before a widget, on the phone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from harness.protocol.accessibility import Senses
from harness.protocol.conversations import Call, Line
from harness.protocol.roles.afterwards import Guest
from harness.protocol.roles.embedding import Page


class Customer(Guest, Protocol):
    """Somebody who chats from a web page."""

    name: str

    def brings(self, name: str, value: object) -> None:
        """Custom context: what the page tells the service when the chat starts (EMB-12)."""

    def answers(self, question: str, answer: str | bool) -> None:
        """What the survey before the next chat is answered with, by the question's text (EMB-21).

        A box is ticked or not.
        """

    def signs_in(self, token: str) -> None:
        """The page knows this customer: it gives the token of its own site (EMB-11)."""

    def signs_in_to_bot(self, token: str) -> None:
        """The page posts this token to a bot that asks the customer to sign in (EMB-36)."""

    def starts_chat(self) -> None: ...
    def starts_chat_with_context(self, name: str, value: str) -> None:
        """The page itself starts the chat, and says what it knows there and then (EMB-08)."""

    def says(self, text: str) -> None: ...
    def types(self) -> None: ...
    def ends_chat(self) -> None: ...
    def comes_back(self) -> None:
        """The page is loaded anew; the widget finds the chat again (EMB-27)."""

    def disappears(self) -> None:
        """The page is gone without a word; the customer can come back (EMB-28)."""

    def follows(self, link: str) -> None:
        """Come to the page by a link that may lead back to an earlier chat (EMB-29)."""

    def is_back(self) -> bool:
        """Whether the link did lead back to it."""

    def conversation_id(self) -> str:
        """The desk's id of this customer's conversation; raises when none was created."""

    def transcript(self) -> Sequence[Line]:
        """What this customer sees, oldest first; nothing that is hidden from the customer."""

    def sees_agent_typing(self) -> bool: ...
    def can_write(self) -> bool:
        """Whether the customer still has somewhere to write (EMB-30)."""


class Visitor(Protocol):
    """Somebody who meets the bot on its own website, outside the desk."""

    name: str

    def starts_chat(self) -> None: ...
    def says(self, text: str) -> None: ...
    def transcript(self) -> Sequence[Line]:
        """What this visitor sees, oldest first."""

    def is_transferred(self) -> bool:
        """Whether the bot has handed over to whoever listens; a look, never a wait."""


class Canvas(Visitor, Protocol):
    """A visitor whose page is looked at."""

    def says_it_cannot_draw(self) -> bool:
        """Whether the chat says that it has no renderer for an activity (EMB-03)."""


class Widget(Customer, Page, Protocol):
    """A customer whose page is looked at; every question is a look, none of them waits."""

    @property
    def senses(self) -> Senses:
        """The page for those who see badly, hear it read out, or use no mouse (EMB-26)."""

    def opens_page(self) -> None:
        """Load the page that carries the snippet, and touch nothing on it."""

    def is_shown(self) -> bool:
        """Whether the launcher can be seen."""

    def is_minimised(self) -> bool:
        """Whether the chat is folded away behind its launcher."""

    def invites(self, message: str = "") -> None:
        """The page invites its customer to a chat."""

    def forgets(self) -> None:
        """Come with a browser that knows nothing of the chat, as on another device."""

    def opens_chat(self) -> None:
        """Select the launcher, and see what the widget shows then."""

    def submits_survey(self) -> None:
        """Open the chat, and submit its survey with the answers that there are (EMB-20)."""

    def survey_problems(self) -> Sequence[str]:
        """What the survey says is wrong with its answers."""

    def is_out_of_office(self) -> bool:
        """Whether the chat says that nobody is there now (EMB-22)."""

    def opens_page_on(self, host: str) -> None:
        """Load a page of that host with the snippet in it (EMB-23)."""

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
