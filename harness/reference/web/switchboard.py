"""Who listens to which thread, and what they have not confirmed yet: the hub behind realtime.

Each page has an endpoint of its own. A notification stays pending until the page confirms it, and
everything pending is sent again when the page connects anew: nothing is lost with a socket.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from secrets import token_urlsafe

import msgspec

from harness.reference.operations.notifications import Event
from harness.reference.operations.organisations import Organisation
from harness.reference.web import translation
from harness.reference.web.bells import Bells

PATIENCE = 5.0
"""Seconds of real time that a flush waits for one socket: a page that hangs holds nobody up."""

ENDPOINTS_A_THREAD = 16
"""Pages of one thread that are remembered; those longest gone are forgotten first."""

encode = msgspec.json.Encoder().encode


class Line:
    """What is to be written to one socket, in order; `idle` is set while nothing waits."""

    def __init__(self) -> None:
        self._frames: deque[str] = deque()
        self._waiting = asyncio.Event()
        self.idle = asyncio.Event()
        self.idle.set()
        self.gone = asyncio.Event()

    def write(self, frame: str) -> None:
        """Enqueues a frame; nothing happens on a line that is closed."""
        if not self.gone.is_set():
            self._frames.append(frame)
            self.idle.clear()
            self._waiting.set()

    async def next(self) -> str:
        """The next frame to write; `idle` is set when it is asked for and there is none."""
        while not self._frames:
            self.idle.set()
            self._waiting.clear()
            await self._waiting.wait()
        return self._frames.popleft()

    def close(self) -> None:
        """Nobody writes here any more."""
        self.gone.set()
        self._frames.clear()
        self.idle.set()


@dataclass(eq=False)
class Endpoint:
    """One page's place in the realtime service, across all of its sockets."""

    epid: str
    organisation: Organisation
    thread: str
    visitor: str
    name: str = field(default_factory=lambda: token_urlsafe(18))
    line: Line | None = None
    was_connected: bool = False
    _pending: dict[int, str] = field(default_factory=dict)
    _last: int = 0

    @property
    def is_gone(self) -> bool:
        """Whether the page was there and has left."""
        return self.was_connected and self.line is None

    def connect(self) -> Line:
        """A new socket: takes over from the last one, and gets all that was never confirmed."""
        self.disconnect()
        self.line = Line()
        self.was_connected = True
        self.line.write("1::")
        self.line.write(frame("trouter.connected", {"dur": "5", "ttl": 86400}))
        for pending in self._pending.values():
            self.line.write(pending)
        return self.line

    def disconnect(self, line: Line | None = None) -> None:
        """Closes the line, or the one given when it still is the newest."""
        if self.line and line in (None, self.line):
            self.line.close()
            self.line = None
        elif line:
            line.close()

    def notify(self, event: Event) -> None:
        """Keeps a notification until it is confirmed, and writes it when somebody listens."""
        body = translation.notification(self.organisation, self.thread, self.visitor, event)
        if body is None:
            return
        self._last += 1
        request = {
            "id": self._last,
            "method": "POST",
            "url": f"/v4/f/{self.name}/",
            "headers": {},
            "body": encode(body).decode(),
        }
        self._pending[self._last] = sent = f"3:::{encode(request).decode()}"
        if self.line:
            self.line.write(sent)

    def confirm(self, number: int) -> None:
        """The page has taken a notification."""
        self._pending.pop(number, None)


class Switchboard:
    """The hub: finds the endpoints of a thread and waits for their sockets."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self.bells = Bells()
        """Whoever follows by looking, beside the pages that everything is sent to."""
        self._patience = patience
        self._threads: dict[tuple[str, str], dict[str, Endpoint]] = {}
        self._names: dict[str, Endpoint] = {}
        self._reloads: dict[tuple[str, str], int] = {}

    def allocate(
        self, organisation: Organisation, thread: str, visitor: str, epid: str
    ) -> Endpoint:
        """The endpoint of a page; the same one for as long as the page lives."""
        key = (organisation.id, thread)
        endpoints = self._threads.setdefault(key, {})
        if epid in endpoints:
            return endpoints[epid]
        if endpoints and all(known.is_gone for known in endpoints.values()):
            messages = organisation.store.messages(organisation.id, thread)
            self._reloads[key] = messages[-1].id if messages else 0
        self._make_room(endpoints)
        endpoint = endpoints[epid] = Endpoint(epid, organisation, thread, visitor)
        self._names[endpoint.name] = endpoint
        return endpoint

    def find(self, name: str) -> Endpoint | None:
        """The endpoint of a name that `allocate` gave out."""
        return self._names.get(name)

    def release(self, organisation: str, thread: str, epid: str) -> None:
        """A page says goodbye; releasing twice is releasing once."""
        endpoint = self._threads.get((organisation, thread), {}).pop(epid, None)
        if endpoint:
            self._drop(endpoint)

    def reloaded(self, organisation: str, thread: str) -> int:
        """The last message of the thread when its page was last loaded anew; 0 if it never was."""
        return self._reloads.get((organisation, thread), 0)

    def is_listening(self, organisation: str, thread: str) -> bool:
        """Whether any page of a thread is connected."""
        endpoints = self._threads.get((organisation, thread), {}).values()
        return any(endpoint.line is not None for endpoint in endpoints)

    def publish(self, organisation: str, thread: str, event: Event) -> None:
        """Tells every page of a thread, and whoever else follows it."""
        self.bells.publish(organisation, thread, event)
        for endpoint in tuple(self._threads.get((organisation, thread), {}).values()):
            endpoint.notify(event)

    async def flush(self, organisation: str) -> None:
        """Waits until everything is written; gives up a socket that takes nothing for too long."""
        for endpoint in tuple(self._of(organisation)):
            if (line := endpoint.line) is None:
                continue
            try:
                await asyncio.wait_for(line.idle.wait(), self._patience)
            except TimeoutError:
                endpoint.disconnect(line)
        await self.bells.flush(organisation, self._patience)

    def forget(self, organisation: str) -> None:
        """Hangs up on everybody of an organisation."""
        self.bells.forget(organisation)
        for endpoint in tuple(self._of(organisation)):
            self._drop(endpoint)
        self._threads = {key: v for key, v in self._threads.items() if key[0] != organisation}
        self._reloads = {key: v for key, v in self._reloads.items() if key[0] != organisation}

    def _of(self, organisation: str) -> Iterator[Endpoint]:
        for (owner, _), endpoints in self._threads.items():
            if owner == organisation:
                yield from endpoints.values()

    def _make_room(self, endpoints: dict[str, Endpoint]) -> None:
        gone = [epid for epid, endpoint in endpoints.items() if endpoint.line is None]
        for epid in gone[: max(0, len(endpoints) - ENDPOINTS_A_THREAD + 1)]:
            self._drop(endpoints.pop(epid))

    def _drop(self, endpoint: Endpoint) -> None:
        endpoint.disconnect()
        self._names.pop(endpoint.name, None)


def frame(name: str, argument: object) -> str:
    """A socket.io 0.9 event."""
    return f"5:1::{encode({'name': name, 'args': [argument]}).decode()}"
