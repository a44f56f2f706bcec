"""The verbs of each role: an actor speaks them over the wire, a page through a browser.

A step does not know which of the two it got. Every verb returns when the target has taken the
request; what follows from it is for a check to wait for. A refused verb raises `Refused`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from harness.protocol.conversations import Call, Conversation, Line, Presence
from harness.protocol.portal import ApplicationUser, Bot, Connection, Topic


class Customer(Protocol):
    """Somebody who chats from a web page."""

    name: str

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


class Agent(Protocol):
    """A person at the desk."""

    name: str

    def sets_presence(self, presence: Presence) -> None: ...
    def notifications(self) -> Sequence[str]:
        """Ids of the conversations ringing at this agent."""

    def accepts(self, conversation: str) -> None: ...
    def rejects(self, conversation: str) -> None: ...
    def says(self, conversation: str, text: str) -> None: ...
    def types(self, conversation: str) -> None: ...
    def ends(self, conversation: str) -> None: ...
    def closes(self, conversation: str) -> None: ...
    def forces_closed(self, conversation: str) -> None:
        """What only a supervisor may (OCA-15): it is refused, or there is no way to do it."""

    def reads(self, conversation: str) -> Conversation: ...


class Supervisor(Protocol):
    """A person who oversees the desk."""

    name: str

    def ongoing(self) -> Sequence[Conversation]: ...
    def reads(self, conversation: str) -> Conversation: ...
    def closes(self, conversation: str) -> None: ...


class Maker(Protocol):
    """A person who builds a bot in the portal and connects it."""

    name: str
    works_on: str

    def bot(self) -> Bot: ...
    def makes_bot(self, name: str) -> None:
        """A new bot from Dynamics 365, to work on from now: neither published nor connected."""

    def moves_bot(self, environment: str) -> None:
        """Put the bot into another environment."""

    def renames_bot(self, name: str) -> None: ...
    def connects(self) -> None: ...
    def disconnects(self) -> None: ...
    def connection(self) -> Connection: ...
    def topics(self) -> Sequence[Topic]: ...
    def writes_topic(self, name: str, content: str) -> None: ...
    def deletes_topic(self, name: str) -> None: ...
    def publishes(self) -> None: ...


class Administrator(Protocol):
    """A person who runs Omnichannel."""

    name: str

    def application_users(self) -> Sequence[ApplicationUser]: ...
    def assigns_bot(self, bot: str) -> None:
        """Let the bot take the conversations of the messaging workstream."""


class Caller(Protocol):
    """Somebody on the phone."""

    name: str

    def calls(self) -> None: ...
    def says(self, text: str) -> None: ...
    def presses(self, digits: str) -> None: ...
    def hangs_up(self) -> None: ...
    def call(self) -> Call: ...


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


class Reader(Protocol):
    """Anybody at the desk who can look at a conversation."""

    def reads(self, conversation: str) -> Conversation: ...
