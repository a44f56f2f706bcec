"""Requests to a target: httpx with a lean transport, one client for a worker and a target.

Every exchange is recorded, and httpx's errors are translated here and nowhere else.
"""

from __future__ import annotations

import json
import ssl
from collections.abc import Mapping
from functools import lru_cache
from time import perf_counter, time
from typing import Any

import httpx

from harness.errors import NotReachable, Refused
from harness.transport.exchanges import Exchange, current, record
from harness.transport.keepalive import KeepAlive

Response = httpx.Response
"""An answer, for those who may not import httpx."""


ARCHIVE = "application/zip"
BINARY = (ARCHIVE, "application/octet-stream")


class Client:
    """Asks a target and records what was said.

    `context` is the trust that every connection shares, sockets too: making one takes 50 ms.
    """

    def __init__(self, context: ssl.SSLContext, transport: httpx.BaseTransport | None = None):
        self.context = context
        # httpx's requests and answers, straight to the transport: redirects, cookies and
        # authentication, which its client adds for 0.2 ms a call, are nothing we want followed.
        self._transport = transport or KeepAlive(context)

    def request(
        self,
        method: str,
        url: str,
        *,
        json: object = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        who: str = "",
    ) -> httpx.Response:
        """Ask, whatever the answer; raises NotReachable when there is none.

        `json` is sent as the body unless it is None, `content` as it is; `who` names the actor in
        the evidence.
        """
        at, began = time(), perf_counter()
        try:
            request = httpx.Request(method, _url(url), json=json, content=content, headers=headers)
            response = self._transport.handle_request(request)
        except (httpx.HTTPError, httpx.InvalidURL) as problem:
            raise NotReachable(f"{method} {url}: {problem or type(problem).__name__}") from problem
        response.request = request
        exchange = Exchange(
            at=at,
            who=who,
            kind="http",
            method=method,
            url=url,
            status=response.status_code,
            request_headers=headers or {},
            response_headers=response.headers,
            request=_told(request),
            response=_told(response),
            duration=perf_counter() - began,
        )
        record(exchange, current.get())
        return response

    def call(
        self,
        method: str,
        url: str,
        *,
        json: object = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        who: str = "",
    ) -> Any:
        """Ask; the answer's JSON, None for an empty one. Raises Refused from status 400 on."""
        response = self.request(method, url, json=json, content=content, headers=headers, who=who)
        if response.status_code >= 400:
            raise refusal(response)
        return body_of(response)

    def close(self) -> None:
        """Close every connection."""
        self._transport.close()


def _told(message: httpx.Request | httpx.Response) -> str:
    """What is recorded of a body: the bytes of a package or a file tell nobody anything."""
    if message.headers.get("content-type") not in BINARY:
        try:
            return message.content.decode()
        except UnicodeDecodeError:
            pass
    return f"({len(message.content):,} bytes)"


@lru_cache(maxsize=1024)
def _url(url: str) -> httpx.URL:
    """An address taken apart; pollers ask the same ones again and again."""
    return httpx.URL(url)


def trust(ca: str | None) -> ssl.SSLContext:
    """The certificates to trust: the machine's, and the file `ca` when the target names one."""
    context = ssl.create_default_context()
    if ca:
        context.load_verify_locations(ca)
    return context


def body_of(response: httpx.Response) -> Any:
    """The body as JSON, None when it is empty; raises Refused when it is not JSON."""
    if not response.content:
        return None
    try:
        return response.json()
    except ValueError:
        said = f"{_asked(response)}: not JSON: {response.text[:200]}"
        raise Refused(response.status_code, None, "NotJson", said) from None


def refusal(response: httpx.Response) -> Refused:
    """The refusal that an answer is, in the one shape of docs/reference-api.md or in any other."""
    status = response.status_code
    try:
        error = json.loads(response.text)["error"]
        return Refused(status, error.get("code"), error.get("name") or "", error.get("message", ""))
    except (ValueError, LookupError, TypeError, AttributeError):
        code = response.headers.get("errorcode")
        return Refused(status, code, "", f"{_asked(response)}: {response.text[:200]}")


def _asked(response: httpx.Response) -> str:
    return f"{response.request.method} {response.request.url.path}"
