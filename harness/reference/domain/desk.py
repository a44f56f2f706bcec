"""Who works at the desk and how it is set up: users, workstreams, queues."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from harness.protocol.conversations import Generation, Presence


class SecurityRole(StrEnum):
    """Security roles that the documents name."""

    OC_ADMIN = "OC_Admin"
    BOT_AUTHOR = "Bot Author"
    SYSTEM_ADMINISTRATOR = "System Administrator"
    OMNICHANNEL_ADMINISTRATOR = "Omnichannel administrator"
    AGENT = "Omnichannel agent"
    SUPERVISOR = "Omnichannel supervisor"


@dataclass(frozen=True, slots=True)
class Tenant:
    """An organisation as it is kept: what it is, when it began, where its clock stood last.

    `workstream` (id) takes what comes from the widget; empty is the first one for messages.
    `messages_a_minute` is what the bots of one environment take (specification 5.5).
    """

    id: str
    generation: Generation
    environment: str
    widget: str
    started: datetime
    now: datetime
    phone: str = ""
    callers: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    workstream: str = ""
    messages_a_minute: int = 800


@dataclass(frozen=True, slots=True)
class User:
    """A person with security roles; `assigned` is when something last rang at them."""

    id: str
    name: str
    roles: tuple[str, ...]
    presence: Presence = Presence.OFFLINE
    assigned: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A route-to-queue rule: when the variable has this value, this queue (id) gets the work."""

    variable: str
    equals: str
    queue: str


class Kind(StrEnum):
    """What a context variable of a workstream holds (specification 5.5)."""

    TEXT = "Text"
    NUMBER = "Number"


@dataclass(frozen=True, slots=True)
class Declared:
    """A context variable that a workstream declares; names are case-sensitive (ESC-18)."""

    name: str
    type: Kind = Kind.TEXT


class Mode(StrEnum):
    """How work is distributed: it rings at somebody, or waits until somebody picks it (3.2)."""

    PUSH = "Push"
    PICK = "Pick"


@dataclass(frozen=True, slots=True)
class Workstream:
    """Where conversations of one channel come in; at most one bot (OCA-02).

    The mode is what it was made with. In pick mode its bot gets nothing (OCA-01).
    """

    id: str
    name: str
    type: str
    bot: str | None
    queue: str
    rules: tuple[Rule, ...] = ()
    mode: Mode = Mode.PUSH
    context_variables: tuple[Declared, ...] = ()


@dataclass(frozen=True, slots=True)
class Queue:
    """Agents (ids) who take work of one kind, and the bot (id) that is asked before them."""

    id: str
    name: str
    members: tuple[str, ...] = ()
    bot: str | None = None
