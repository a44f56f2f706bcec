"""Figures: what a supervisor counts at the desk, and a maker in the bot's analytics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.protocol.conversations import Closure, Role, State


@dataclass(frozen=True, slots=True)
class Load:
    """What one agent or bot holds; `capacity` in units, None for a bot, which has no limit."""

    role: Role
    name: str
    conversations: int
    units: int = 0
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class Metrics:
    """The desk's conversations by state, by why they closed, and by who holds them (INA-12)."""

    states: Mapping[State, int]
    closures: Mapping[Closure, int] = field(default_factory=dict)
    load: tuple[Load, ...] = ()


@dataclass(frozen=True, slots=True)
class Analytics:
    """A bot's sessions: all, those engaged, and how these ended (specification 6.4)."""

    total: int
    engaged: int
    escalated: int = 0
    resolved: int = 0
    abandoned: int = 0
