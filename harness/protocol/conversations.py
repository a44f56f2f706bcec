"""What both sides of a conversation call things (hand-off-specification 3.5, 3.7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Generation(StrEnum):
    """The three generations of the product that the documents describe."""

    PREVIEW = "preview"
    CLASSIC = "classic"
    WEB_APP = "web-app"


class State(StrEnum):
    """A conversation's state, spelled as the desk spells it."""

    OPEN = "Open"
    ACTIVE = "Active"
    WAITING = "Waiting"
    WRAP_UP = "Wrap-up"
    CLOSED = "Closed"


class Role(StrEnum):
    """Who said something."""

    CUSTOMER = "customer"
    BOT = "bot"
    AGENT = "agent"
    SYSTEM = "system"


class Presence(StrEnum):
    """An agent's presence (OCA-10)."""

    AVAILABLE = "Available"
    BUSY = "Busy"
    BUSY_DND = "Busy-DND"
    AWAY = "Away"
    OFFLINE = "Offline"


class Closure(StrEnum):
    """Why a conversation closed (hand-off-specification 3.7)."""

    AGENT_REJECT = "AgentReject"
    AGENT_TIMEOUT = "AgentTimeout"
    CONVERSATION_TIMEOUT = "ConversationTimeout"
    VIRTUAL_AGENT_CLOSED = "VirtualAgentClosed"
    FORCE_CLOSE = "ForceClose"
    AUTO_CLOSE = "AutoClose"
    CUSTOMER_DISCONNECT = "CustomerDisconnect"
    AGENT_END = "AgentEndConversation"
    CUSTOMER_END = "CustomerEndConversation"
    QUEUE_TRANSFER = "QueueTransfer"
    BOT_TRANSFER_TO_AGENT = "BotTransferToAgent"
    BOT_END = "BotEndConversation"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a conversation as somebody sees it: who said it, and its plain text.

    A private line is for the desk alone; only the desk sees that it is one. `cards` are the words
    of each card that comes with it, where the text does not have them, `files` their names. One
    that `may_be_hidden` asks to sign in: a page that does so for its customer hides it.
    """

    role: Role
    text: str
    name: str = ""
    id: str = ""
    at: datetime | None = None
    is_private: bool = False
    cards: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    may_be_hidden: bool = False

    @property
    def words(self) -> str:
        """All that can be read of it, one a line: the text, and each card's words."""
        return "\n".join(filter(None, (self.text, *self.cards)))


@dataclass(frozen=True, slots=True)
class ContextVariable:
    """A value that travels with the conversation (ESC-07)."""

    name: str
    value: object
    displayable: bool = True


@dataclass(frozen=True, slots=True)
class LinkedRecord:
    """A record of the customer that the desk found for the conversation (ESC-25)."""

    kind: str
    name: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Assignee:
    """Who holds a conversation."""

    role: Role
    name: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a customer answered after a chat, by question; `about` is bot or agent."""

    about: Role
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation as the desk shows it; None for what it does not show.

    `authenticated`: the customer has signed in. `customer_present`: their page is there.
    `reconnect_link` leads them back to it.
    """

    id: str
    state: State
    channel: str
    customer: str
    queue: str | None = None
    assignee: Assignee | None = None
    started: datetime | None = None
    closure: Closure | None = None
    context: tuple[ContextVariable, ...] = ()
    private_message: str | None = None
    transcript: tuple[Line, ...] = ()
    customer_typing: bool = False
    linked: tuple[LinkedRecord, ...] = ()
    authenticated: bool | None = None
    customer_present: bool | None = None
    reconnect_link: str = ""
    feedback: tuple[Feedback, ...] = ()


@dataclass(frozen=True, slots=True)
class CallEvent:
    """Something that happened in a call; there is no audio, only what would have been heard."""

    kind: str
    at: datetime
    text: str = ""
    interruptible: bool = True


@dataclass(frozen=True, slots=True)
class Call:
    """A call as the caller's exchange knows it."""

    id: str
    conversation: str
    state: str
    held_by: Role | None = None
    ended_by: Role | None = None
    events: tuple[CallEvent, ...] = field(default=())
