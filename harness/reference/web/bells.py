"""Wakes whoever follows a conversation or talk: they are told that there is something, and look.

Nothing is queued for a follower, so one that reads slowly holds nothing up and loses nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from harness.reference.operations.notifications import Event, Typing

MOST = 16
"""Followers of one conversation; the one that has followed longest gives way."""


class Bell:
    """One follower's; `gone` is set when nobody is to follow any longer."""

    def __init__(self) -> None:
        self.gone = asyncio.Event()
        self.idle = asyncio.Event()
        self._rung = asyncio.Event()
        self._typing: Typing | None = None
        # What is there already is to be looked at before anything new comes.
        self._rung.set()

    def ring(self, event: Event) -> None:
        """There is something new; of typing only the last is kept."""
        if isinstance(event, Typing):
            self._typing = event
        self.idle.clear()
        self._rung.set()

    async def rung(self) -> Typing | None:
        """Waits for something new; who types, if that is it. `idle` is set while this waits."""
        if not self._rung.is_set():
            self.idle.set()
            await self._rung.wait()
        self._rung.clear()
        typing, self._typing = self._typing, None
        return typing

    def fall_silent(self) -> None:
        """Nobody rings it any more."""
        self.gone.set()
        self.idle.set()


class Bells:
    """The bells of every thread or talk."""

    def __init__(self) -> None:
        self._hung: dict[tuple[str, str], list[Bell]] = {}

    @contextmanager
    def hang(self, organisation: str, thread: str) -> Iterator[Bell]:
        """A bell that rings, beginning now, for as long as its follower is there."""
        bell, key = Bell(), (organisation, thread)
        bells = self._hung.setdefault(key, [])
        bells.append(bell)
        if len(bells) > MOST:
            bells.pop(0).fall_silent()
        try:
            yield bell
        finally:
            bell.fall_silent()
            if bell in bells:
                bells.remove(bell)
            if not bells:
                self._hung.pop(key, None)

    def publish(self, organisation: str, thread: str, event: Event) -> None:
        """Rings for everybody who follows the thread."""
        for bell in self._hung.get((organisation, thread), ()):
            bell.ring(event)

    async def flush(self, organisation: str, patience: float) -> None:
        """Waits until everybody has looked; lets go of a follower that does not for too long."""
        for bell in self._of(organisation):
            try:
                await asyncio.wait_for(bell.idle.wait(), patience)
            except TimeoutError:
                bell.fall_silent()

    def forget(self, organisation: str) -> None:
        """Lets go of everybody of an organisation."""
        for bell in self._of(organisation):
            bell.fall_silent()

    def _of(self, organisation: str) -> list[Bell]:
        return [
            bell
            for (owner, _), bells in self._hung.items()
            if owner == organisation
            for bell in bells
        ]
