"""A bot as the portal keeps it: its draft, what was published, and its connection."""

from __future__ import annotations

from dataclasses import dataclass, field

from harness.protocol.conversations import Generation
from harness.protocol.portal import ConnectionState


@dataclass(frozen=True, slots=True)
class BotUser:
    """The application user that stands for a bot in Omnichannel."""

    id: str
    name: str
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class BotConnection:
    """A bot's connection; `connects` counts how often it was made, `voice` whether with voice."""

    state: ConnectionState = ConnectionState.NOT_CONFIGURED
    user: BotUser | None = None
    connects: int = 0
    voice: bool = False


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot; topics are AdaptiveDialog YAML by name, `live` is None until it is published."""

    id: str
    name: str
    generation: Generation
    environment: str
    origin: str = "portal"
    voice_enabled: bool = False
    draft: dict[str, str] = field(default_factory=dict)
    live: dict[str, str] | None = None
    connection: BotConnection = BotConnection()
