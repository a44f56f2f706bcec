"""What was seen of a bot and its surroundings; None is what nobody could look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.protocol.conversations import Generation
from harness.protocol.portal import ConnectionState

PUSH, MESSAGES = "Push", "Messaging"
"""The mode in which bots get work, and the type that the widget's conversations have."""


@dataclass(frozen=True, slots=True)
class Place:
    """An environment."""

    id: str
    name: str
    region: str = ""
    omnichannel: bool = True
    licences: tuple[str, ...] | None = None
    extensions: tuple[str, ...] | None = None
    is_home: bool = False


@dataclass(frozen=True, slots=True)
class BotUser:
    """The application user that stands for the bot."""

    name: str
    disabled: bool
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """The bot with its connection; `environment` and `chosen` are ids of environments.

    `chosen` is the environment that it was connected to, `managed` and `layered` what Power Apps
    says of it, None when nobody asked; a bot `lags` when a later version was not imported.
    """

    id: str
    name: str
    generation: Generation
    published: bool | None = None
    voice: bool = False
    environment: str = ""
    state: ConnectionState | None = None
    chosen: str = ""
    user: BotUser | None = None
    teams_channel: bool | None = None
    looks_unconfigured: bool = False
    cannot_determine: bool = False
    managed: bool | None = None
    layered: bool | None = None
    lags: bool = False
    exported_without: bool = False


@dataclass(frozen=True, slots=True)
class Stream:
    """A workstream; bot and queue by id."""

    id: str
    name: str
    type: str
    mode: str
    bot: str | None
    queue: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """A queue; members by name, the bot by id."""

    id: str
    name: str
    members: tuple[str, ...] = ()
    bot: str | None = None


@dataclass(frozen=True, slots=True)
class World:
    """Everything that was seen. `home` is the id of the environment that has the desk.

    `fed` is the workstream that the widget's conversations come into, `people` everybody's roles,
    `refused` whom their own surface turned away, with its words.
    """

    home: str = ""
    bot: Seen | None = None
    places: Mapping[str, Place] = field(default_factory=dict)
    streams: tuple[Stream, ...] | None = None
    queues: tuple[Line, ...] | None = None
    fed: str | None = None
    people: Mapping[str, tuple[str, ...]] | None = None
    refused: Mapping[str, str] = field(default_factory=dict)

    def name_of(self, place: str) -> str:
        """An environment as a person knows it: its name, or its id where the name is not known."""
        return self.places[place].name if place in self.places else place
