"""Requests over connections that stay open: one client for a worker and a target.

httpx takes 1.3 ms for a call, its parser and pools more than half of it, and 0.3 s to import
(docs/decisions/http-client.md): this speaks HTTP/1.1 with the parser that the reference has anyway.
Proxies, redirects and compressed bodies are not its business.
"""

from __future__ import annotations

import json
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from time import perf_counter, time
from typing import Any
from urllib.parse import urlsplit

import httptools

from harness.errors import NotReachable, Refused
from harness.transport.exchanges import Exchange, current, record

ANSWER_WITHIN = 30.0
"""Seconds after which a silent target counts as not reachable."""


@dataclass(slots=True)
class Response:
    """An answer: status, headers by lower-case name, and the body."""

    status: int
    headers: Mapping[str, str]
    text: str

    def json(self) -> Any:
        """The body as JSON; None when it is empty. Raises Refused when it is not JSON."""
        if not self.text:
            return None
        try:
            return json.loads(self.text)
        except ValueError:
            raise Refused(
                self.status, None, "NotJson", f"a body of JSON, not {self.text[:80]!r}"
            ) from None


@lru_cache(maxsize=4096)
def _parts(url: str) -> tuple[tuple[str, str, int], str]:
    """Origin (scheme, host, port) and request target of an address."""
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    origin = (parts.scheme, parts.hostname or "", parts.port or (443 if secure else 80))
    return origin, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


@dataclass(slots=True)
class _Answer:
    """Collects what the parser finds in one answer."""

    headers: dict[str, str] = field(default_factory=dict)
    chunks: list[bytes] = field(default_factory=list)
    complete: bool = False

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_body(self, body: bytes) -> None:
        self.chunks.append(body)

    def on_message_complete(self) -> None:
        self.complete = True


class _Unanswered(ConnectionError):
    """The connection ended before the first byte of an answer."""


class _Line:
    """One open connection to one origin."""

    def __init__(self, origin: tuple[str, str, int], context: ssl.SSLContext) -> None:
        scheme, host, port = origin
        plain = socket.create_connection((host, port), timeout=ANSWER_WITHIN)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        secure = scheme == "https"
        self.socket = context.wrap_socket(plain, server_hostname=host) if secure else plain
        self.used = False
        self.reusable = True

    def ask(self, request: bytes) -> tuple[int, _Answer]:
        """Send a whole request, read the whole answer."""
        answer = _Answer()
        parser = httptools.HttpResponseParser(answer)
        try:
            self.socket.sendall(request)
            data = self.socket.recv(65536)
        except (ConnectionError, ssl.SSLEOFError) as ended:
            raise _Unanswered(str(ended)) from ended
        if not data:
            raise _Unanswered("it closed the connection without an answer")
        while data:
            parser.feed_data(data)
            if answer.complete:
                self.used = True
                self.reusable = parser.should_keep_alive()
                return parser.get_status_code(), answer
            data = self.socket.recv(65536)
        raise ConnectionError("it closed the connection in the middle of an answer")

    def close(self) -> None:
        with suppress(OSError):
            self.socket.close()


class Client:
    """Asks a target, over one connection for each of its origins, and records what was said.

    `context` is the trust that every connection shares: making one takes 50 ms.
    """

    def __init__(self, context: ssl.SSLContext) -> None:
        self.context = context
        self._lines: dict[tuple[str, str, int], _Line] = {}

    def request(
        self,
        method: str,
        url: str,
        *,
        json: object = None,
        headers: Mapping[str, str] | None = None,
        who: str = "",
    ) -> Response:
        """Ask, whatever the answer; raises NotReachable when there is none.

        `json` is sent as the body unless it is None; `who` names the actor in the evidence.
        """
        origin, target = _parts(url)
        body = b"" if json is None else _dump(json)
        request = _compose(method, target, origin, body, headers or {})
        at, began = time(), perf_counter()
        try:
            status, answer = self._ask(origin, request)
        except (OSError, httptools.HttpParserError) as failure:
            self._drop(origin)
            raise NotReachable(f"{method} {url}: {failure or type(failure).__name__}") from failure
        response = Response(
            status, answer.headers, b"".join(answer.chunks).decode("utf-8", "replace")
        )
        record(
            Exchange(
                at=at,
                who=who,
                kind="http",
                method=method,
                url=url,
                status=status,
                request_headers=headers or {},
                response_headers=response.headers,
                request=body.decode(),
                response=response.text,
                duration=perf_counter() - began,
            ),
            current.get(),
        )
        return response

    def call(
        self,
        method: str,
        url: str,
        *,
        json: object = None,
        headers: Mapping[str, str] | None = None,
        who: str = "",
    ) -> Response:
        """Ask, and raise Refused for an answer of 400 and above."""
        response = self.request(method, url, json=json, headers=headers, who=who)
        if response.status >= 400:
            raise refusal(response, f"{method} {url}")
        return response

    def close(self) -> None:
        """Close every connection."""
        for line in self._lines.values():
            line.close()
        self._lines.clear()

    def _ask(self, origin: tuple[str, str, int], request: bytes) -> tuple[int, _Answer]:
        line = self._line(origin)
        try:
            status, answer = line.ask(request)
        except _Unanswered:
            # A connection that lay idle may have been closed just now: browsers ask once more, too.
            if not line.used:
                raise
            self._drop(origin)
            line = self._line(origin)
            status, answer = line.ask(request)
        if not line.reusable:
            self._drop(origin)
        return status, answer

    def _line(self, origin: tuple[str, str, int]) -> _Line:
        line = self._lines.get(origin)
        if line is None:
            line = self._lines[origin] = _Line(origin, self.context)
        return line

    def _drop(self, origin: tuple[str, str, int]) -> None:
        line = self._lines.pop(origin, None)
        if line is not None:
            line.close()


def trust(ca: str | None) -> ssl.SSLContext:
    """The certificates to trust: the machine's, and the file `ca` when the target names one."""
    context = ssl.create_default_context()
    if ca:
        context.load_verify_locations(ca)
    return context


def refusal(response: Response, asked: str) -> Refused:
    """The refusal that an answer says, in the one shape of docs/reference-api.md or any other."""
    try:
        error = json.loads(response.text)["error"]
        return Refused(
            response.status,
            error.get("code"),
            error.get("name") or "",
            error.get("message") or asked,
        )
    except (ValueError, LookupError, TypeError, AttributeError):
        code = response.headers.get("errorcode")
        return Refused(response.status, code, "", f"{asked}: {response.text[:200]}")


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _compose(
    method: str,
    target: str,
    origin: tuple[str, str, int],
    body: bytes,
    headers: Mapping[str, str],
) -> bytes:
    lines = [f"{method} {target} HTTP/1.1", f"host: {origin[1]}:{origin[2]}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if body or method in ("POST", "PUT", "PATCH"):
        lines += ["content-type: application/json", f"content-length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body
