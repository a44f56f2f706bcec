"""A call without audio: what would be heard, when, and what cuts it (specification 7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from harness.protocol.conversations import CallEvent, Role


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something the bot has yet to say, or the hang-up that follows it (`text` None)."""

    text: str | None
    interruptible: bool = True


@dataclass(frozen=True, slots=True)
class Call:
    """A call; `pending` is what will be spoken, first one at this moment, until `until`."""

    id: str
    conversation: str
    origin: str
    destination: str
    state: str = "connected"
    held_by: Role | None = None
    ended_by: Role | None = None
    events: tuple[CallEvent, ...] = ()
    pending: tuple[Utterance, ...] = ()
    until: datetime | None = None
