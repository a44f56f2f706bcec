"""The lean transport under httpx: one connection for each origin, which stays open.

httpx keeps its API; its own transport is more than half of the 1.3 ms that a call takes
(docs/decisions/0007-http-transport.md). This one speaks HTTP/1.1 with the parser that the reference
has anyway. Proxies and compressed bodies are not its business.
"""

from __future__ import annotations

import socket
import ssl
from contextlib import suppress

import httptools
import httpx

ANSWER_WITHIN = 30.0
"""Seconds after which a silent target counts as not reachable."""

Origin = tuple[bytes, bytes, int]
"""Scheme, host and port."""


class KeepAlive(httpx.BaseTransport):
    """Sends requests over connections that stay open; not for more than one thread at a time."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        self._lines: dict[Origin, _Line] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer; raises httpx's errors when there is none."""
        url = request.url
        secure = url.raw_scheme == b"https"
        origin = (url.raw_scheme, url.raw_host, url.port or (443 if secure else 80))
        message = _written(request)
        try:
            return self._ask(origin, message)
        except TimeoutError as problem:
            self._drop(origin)
            raise httpx.ReadTimeout(f"no answer in {ANSWER_WITHIN:.0f} s") from problem
        except httptools.HttpParserError as problem:
            self._drop(origin)
            raise httpx.RemoteProtocolError(str(problem)) from problem
        except OSError as problem:
            self._drop(origin)
            raise httpx.ReadError(str(problem)) from problem
        except BaseException:
            # Whatever cut it off, Ctrl-C too: the answer still on its way is not the next one's.
            self._drop(origin)
            raise

    def close(self) -> None:
        for line in self._lines.values():
            line.close()
        self._lines.clear()

    def _ask(self, origin: Origin, message: bytes) -> httpx.Response:
        line = self._line(origin)
        try:
            answer = line.ask(message)
        except _Unanswered:
            # A connection that lay idle may have been closed just now: browsers ask once more, too.
            if not line.used:
                raise
            self._drop(origin)
            line = self._line(origin)
            answer = line.ask(message)
        line.used = True
        if not answer.keeps_open:
            self._drop(origin)
        return httpx.Response(
            answer.status, headers=answer.headers, content=b"".join(answer.chunks)
        )

    def _line(self, origin: Origin) -> _Line:
        line = self._lines.get(origin)
        if line is None:
            try:
                line = self._lines[origin] = _Line(origin, self._context)
            except OSError as problem:
                raise httpx.ConnectError(str(problem)) from problem
        return line

    def _drop(self, origin: Origin) -> None:
        line = self._lines.pop(origin, None)
        if line is not None:
            line.close()


class _Unanswered(ConnectionError):
    """The connection ended before the first byte of an answer."""


class _Answer:
    """What the parser finds in one answer."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: list[tuple[bytes, bytes]] = []
        self.chunks: list[bytes] = []
        self.is_complete = False
        self.keeps_open = False
        self.parser = httptools.HttpResponseParser(self)

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name, value))

    def on_body(self, body: bytes) -> None:
        self.chunks.append(body)

    def on_message_complete(self) -> None:
        # Asked here, while the parser still knows: afterwards it is ready for the next answer.
        self.is_complete = True
        self.status = self.parser.get_status_code()
        self.keeps_open = self.parser.should_keep_alive()


class _Line:
    """One open connection to one origin."""

    def __init__(self, origin: Origin, context: ssl.SSLContext) -> None:
        scheme, host, port = origin
        name = host.decode("ascii")
        plain = socket.create_connection((name, port), timeout=ANSWER_WITHIN)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        secure = scheme == b"https"
        self._socket = context.wrap_socket(plain, server_hostname=name) if secure else plain
        self.used = False

    def ask(self, message: bytes) -> _Answer:
        """Send a whole request, read the whole answer."""
        answer = _Answer()
        try:
            self._socket.sendall(message)
            data = self._socket.recv(65536)
        except (ConnectionError, ssl.SSLEOFError) as ended:
            raise _Unanswered(str(ended)) from ended
        if not data:
            raise _Unanswered("the connection was closed without an answer")
        while data:
            answer.parser.feed_data(data)
            if answer.is_complete:
                del answer.parser  # they know each other: a cycle would wait for the collector
                return answer
            data = self._socket.recv(65536)
        raise ConnectionError("the connection was closed in the middle of an answer")

    def close(self) -> None:
        with suppress(OSError):
            self._socket.close()


def _written(request: httpx.Request) -> bytes:
    """A request as it goes over the wire, in one piece."""
    head = b"%b %b HTTP/1.1\r\n" % (request.method.encode("ascii"), request.url.raw_path)
    fields = b"".join(b"%b: %b\r\n" % field for field in request.headers.raw)
    return head + fields + b"\r\n" + request.read()
