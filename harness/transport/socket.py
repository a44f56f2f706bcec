"""A WebSocket read on a thread of its own: everything that judges is synchronous."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from threading import Thread
from time import time

from websockets.exceptions import ConnectionClosed, WebSocketException
from websockets.sync.client import ClientConnection, connect

from harness.errors import NotReachable
from harness.transport.exchanges import Exchange, Recorder, current, record


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
        self._opened = ExitStack()
        self._connection = self._opened.enter_context(_opening(url, context))
        self._thread = Thread(target=self._read, name=f"socket of {who}", daemon=True)
        self._thread.start()

    def send(self, frame: str) -> None:
        """Send a text frame; a socket that has just closed swallows it, `ended` tells."""
        try:
            self._connection.send(frame)
        except ConnectionClosed:
            return
        self._note("sent", frame)

    def close(self) -> None:
        """Close and wait until the thread has ended."""
        self._opened.close()
        self._thread.join(timeout=5)

    def _read(self) -> None:
        try:
            for frame in self._connection:
                text = frame if isinstance(frame, str) else frame.decode("utf-8", "replace")
                self._note("received", text)
                self._hears(text)
        except ConnectionClosed:
            pass
        finally:
            self._ended()

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


@contextmanager
def _opening(url: str, context: ssl.SSLContext) -> Iterator[ClientConnection]:
    """An open connection; every way in which opening it fails is one error."""
    secure = context if url.startswith("wss:") else None
    try:
        with connect(
            url, ssl=secure, compression=None, proxy=None, ping_interval=None, close_timeout=1
        ) as connection:
            yield connection
    except (OSError, WebSocketException) as failure:
        raise NotReachable(f"{url}: {failure or type(failure).__name__}") from failure
