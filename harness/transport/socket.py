"""A WebSocket read on a thread of its own: everything that judges is synchronous.

websockets.sync reads and writes one TLS connection from two threads, which Python before 3.13 does
not guard: about one opening in a thousand hung. Here one thread does both, over the same library's
protocol without I/O.
"""

from __future__ import annotations

import select
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from time import time
from urllib.parse import urlsplit

from websockets.client import ClientProtocol
from websockets.exceptions import InvalidHandshake, InvalidURI
from websockets.frames import Frame, Opcode
from websockets.protocol import Event
from websockets.uri import parse_uri

from harness.errors import NotReachable
from harness.transport.exchanges import Exchange, Recorder, current, record

OPENS_WITHIN = 10.0
"""Seconds that a socket may take to open, and to take a frame."""


class Socket:
    """One open socket: `hears` gets each text frame, `ended` is called once when it closes.

    Both are called on the socket's own thread. Raises NotReachable when it cannot be opened.
    """

    def __init__(
        self,
        url: str,
        context: ssl.SSLContext,
        hears: Callable[[str], None],
        ended: Callable[[], None],
        who: str = "",
    ) -> None:
        self.url = url
        self.who = who
        self._hears = hears
        self._ended = ended
        self._recorder: Recorder | None = current.get()
        # What other threads want said; a byte on the pipe wakes the thread that says it.
        self._outgoing: SimpleQueue[str | None] = SimpleQueue()
        self._wakes, self._woken = socket.socketpair()
        self._arrived: list[Event] = []
        try:
            self._protocol = ClientProtocol(parse_uri(url))
            self._wire = _connected(url, context)
            self._shakes_hands()
        except (OSError, InvalidHandshake, InvalidURI) as failure:
            raise NotReachable(f"{url}: {failure or type(failure).__name__}") from failure
        self._wire.setblocking(False)
        self._thread = Thread(target=self._runs, name=f"socket of {who}", daemon=True)
        self._thread.start()

    def send(self, frame: str) -> None:
        """Have a text frame sent; a socket that has just closed swallows it, `ended` tells."""
        self._note("sent", frame)
        self._outgoing.put(frame)
        self._wake()

    def close(self) -> None:
        """Close and wait until the thread has ended."""
        self._outgoing.put(None)
        self._wake()
        self._thread.join(timeout=OPENS_WITHIN)
        self._wakes.close()

    def _wake(self) -> None:
        # A thread that has ended, because the other side was gone, needs no waking.
        with suppress(OSError):
            self._wakes.send(b".")

    def _shakes_hands(self) -> None:
        self._protocol.send_request(self._protocol.connect())
        self._writes()
        while not self._arrived:
            self._reads(self._wire.recv(65536))
        if self._protocol.handshake_exc is not None:
            raise self._protocol.handshake_exc

    def _runs(self) -> None:
        try:
            while not self._protocol.close_expected():
                self._takes_in()
                select.select([self._wire, self._woken], [], [])
                self._gives_out()
        except OSError:
            # The other side is gone; whoever wants to know is told below.
            pass
        finally:
            self._wire.close()
            self._woken.close()
            self._ended()

    def _takes_in(self) -> None:
        """Read what is there, TLS's own buffer included, and hand on every text frame."""
        self._hands_on()
        with suppress(ssl.SSLWantReadError, BlockingIOError):
            while True:
                self._reads(self._wire.recv(65536))
                self._hands_on()

    def _hands_on(self) -> None:
        arrived, self._arrived = self._arrived, []
        for event in arrived:
            # The first event is the answer to the handshake; it may come with frames behind it.
            if isinstance(event, Frame) and event.opcode is Opcode.TEXT:
                text = bytes(event.data).decode("utf-8", "replace")
                self._note("received", text)
                self._hears(text)
        self._writes()

    def _gives_out(self) -> None:
        with suppress(BlockingIOError):
            self._woken.setblocking(False)
            self._woken.recv(4096)
        while not self._outgoing.empty():
            frame = self._outgoing.get()
            if frame is None:
                self._protocol.send_close(1000)
            else:
                self._protocol.send_text(frame.encode())
        self._writes()

    def _reads(self, data: bytes) -> None:
        if not data:
            self._protocol.receive_eof()
            raise ConnectionError("the socket was closed")
        self._protocol.receive_data(data)
        self._arrived += self._protocol.events_received()

    def _writes(self) -> None:
        for data in self._protocol.data_to_send():
            _send_all(self._wire, data)

    def _note(self, direction: str, frame: str) -> None:
        exchange = Exchange(
            at=time(),
            who=self.who,
            kind="socket",
            method="",
            url=self.url,
            direction=direction,
            request=frame if direction == "sent" else "",
            response=frame if direction == "received" else "",
        )
        record(exchange, self._recorder)


def _connected(url: str, context: ssl.SSLContext) -> socket.socket:
    """An open connection to the address, secured for `wss`."""
    address = urlsplit(url)
    secure = address.scheme == "wss"
    host = address.hostname or ""
    plain = socket.create_connection((host, address.port or (443 if secure else 80)), OPENS_WITHIN)
    plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return context.wrap_socket(plain, server_hostname=host) if secure else plain


def _send_all(wire: socket.socket, data: bytes) -> None:
    """Send everything, waiting where the other side is slow; b"" asks for the end of writing."""
    while data:
        try:
            data = data[wire.send(data) :]
        except (ssl.SSLWantWriteError, ssl.SSLWantReadError, BlockingIOError):
            select.select([wire], [wire], [], OPENS_WITHIN)
