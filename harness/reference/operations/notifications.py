"""What happens in a thread, told to whoever listens: the port that realtime implements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from harness.protocol.conversations import Role
from harness.reference.domain.messages import Message


@dataclass(frozen=True, slots=True)
class MessageStored:
    """A message that the customer may see was stored."""

    message: Message


@dataclass(frozen=True, slots=True)
class Typing:
    """Somebody types; the customer's own typing is told too, edges drop the echo."""

    role: Role
    name: str


@dataclass(frozen=True, slots=True)
class ParticipantsAdded:
    """These people joined the thread."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParticipantsRemoved:
    """These people left the thread."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThreadDeleted:
    """The conversation is over and its thread with it."""


@dataclass(frozen=True, slots=True)
class TalkContinued:
    """A talk outside the desk has something new."""


Event = (
    MessageStored | Typing | ParticipantsAdded | ParticipantsRemoved | ThreadDeleted | TalkContinued
)


class Hub(Protocol):
    """Carries events to the sockets of the customers of a thread."""

    def publish(self, organisation: str, thread: str, event: Event) -> None:
        """Enqueues; never blocks, never raises for a thread that nobody listens to."""

    async def flush(self, organisation: str) -> None:
        """Returns when everything published so far is written to the sockets."""

    def forget(self, organisation: str) -> None:
        """Drops what is kept of an organisation that was deleted."""


class Silence:
    """A hub that nobody listens to; `told` keeps what was published, newest last."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str, Event]] = []

    def publish(self, organisation: str, thread: str, event: Event) -> None:
        self.told.append((organisation, thread, event))
        del self.told[:-1000]

    async def flush(self, organisation: str) -> None:
        return

    def forget(self, organisation: str) -> None:
        self.told = [told for told in self.told if told[0] != organisation]


class Courier(Protocol):
    """Brings activities to the bots that run elsewhere and have a messaging endpoint.

    `serve` tells it of the world, inside the running loop; until then it stays at home.
    """

    def serve(self, world: Any) -> None: ...
    def call(self, organisation: str, conversation: str) -> None:
        """There is something for the bot of a conversation; never blocks, never raises."""

    async def flush(self, organisation: str, conversation: str = "") -> None:
        """Returns when every bot has got what there is for it, or has not answered in time.

        With a `conversation` it waits for the bots of that one alone.
        """

    def forget(self, organisation: str) -> None:
        """Stays at home for an organisation that was deleted."""


class NoCourier:
    """For a world whose bots that run elsewhere all ask for what there is."""

    def serve(self, world: Any) -> None:
        return

    def call(self, organisation: str, conversation: str) -> None:
        return

    async def flush(self, organisation: str, conversation: str = "") -> None:
        return

    def forget(self, organisation: str) -> None:
        return
