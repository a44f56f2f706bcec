"""What the portal and the admin centre show about a bot and its connection (CON, DIS)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from harness.protocol.conversations import Generation

DYNAMICS, PORTAL = "d365", "portal"
"""Where a bot is made: Dynamics 365 brings topics that the portal does not (INA-01, ESC-04)."""


class ConnectionState(StrEnum):
    """Where a bot's connection to Omnichannel stands (specification 2.6)."""

    NOT_CONFIGURED = "not configured"
    PANE_OPEN = "pane open"
    ENVIRONMENT_SELECTED = "environment selected"
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
    application_id: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """What the pane of the connection tells: `missingExtensions` or `cannotDetermine`."""

    id: str
    text: str = ""
    severity: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """What the last `Refresh` found; `at` is None where the target does not tell it."""

    succeeded: bool
    text: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Connection:
    """A bot's connection as its maker sees it.

    `environment` is an id, `next` names the calls that are legal now (enable, environment, trial,
    connect, refresh, disable, disconnect).
    """

    state: ConnectionState
    application_user: ApplicationUser | None = None
    view_url: str = ""
    environment: str = ""
    environment_name: str = ""
    application_id: str = ""
    teams_channel: bool = False
    warnings: tuple[Notice, ...] = ()
    notice: Notice | None = None
    verification: Verification | None = None
    legacy_display: bool = False
    analytics_available: bool = True
    next: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class SessionError:
    """Why a bot apologised: the code that the customer saw, the cause that only the maker sees."""

    code: int | None
    detail: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A bot's share of a conversation, as its maker's analytics keep it.

    `activities` crossed between bot and desk, in Bot Framework form, oldest first; `outcome` is
    None while it is open.
    """

    conversation: str
    outcome: str | None
    engaged: bool
    turns: int
    started: datetime | None = None
    ended: datetime | None = None
    errors: tuple[SessionError, ...] = ()
    activities: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Connector:
    """Where a bot that runs elsewhere speaks to the desk (docs/reference-api.md, Connector)."""

    service_url: str
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Queue:
    """Agents, by name, who take work of one kind."""

    id: str
    name: str
    members: tuple[str, ...] = ()
