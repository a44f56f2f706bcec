"""What the portal and the admin centre show about a bot and its connection (CON, DIS)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from harness.protocol.conversations import Generation


class ConnectionState(StrEnum):
    """Where a bot's connection to Omnichannel stands."""

    NOT_CONFIGURED = "not configured"
    CONNECTED = "connected"
    DISABLED = "disabled"
    DISCONNECTED = "disconnected"


@dataclass(frozen=True, slots=True)
class ApplicationUser:
    """The user that stands for a bot in Omnichannel (CON-40)."""

    id: str
    name: str
    disabled: bool
    security_roles: tuple[str, ...] = ()
    bot: str = ""


@dataclass(frozen=True, slots=True)
class Connection:
    """A bot's connection as its maker sees it."""

    state: ConnectionState
    application_user: ApplicationUser | None = None
    view_url: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the draft: its name, trigger kind and YAML."""

    name: str
    trigger: str
    content: str = ""


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot as its maker sees it."""

    id: str
    name: str
    generation: Generation
    published: bool
    connection: Connection
