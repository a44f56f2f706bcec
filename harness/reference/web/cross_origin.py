"""Lets pages of any origin speak the customer's wire, as the product does (wire notes 2 and 2d).

The answer names the caller's own origin, because some clients send credentials; the desk's own
pages and interfaces are left alone, so no foreign page can act with their cookie. A widget with a
list of domains speaks to pages of these alone (EMB-23).
"""

from __future__ import annotations

from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

OPEN = (
    "/livechatconnector/",
    "/livechatwidget/",
    "/inbound/",
    "/api/sas/",
    "/survey/",
    "/chat/",
    "/v1/",
    "/v3/directline/",
    "/copilotstudio/",
    "/v3/registrations",
    "/website/",
    "/v4/",
    "/socket.io/",
)
"""Where the customer's wire begins."""

EXPOSED = "Oc-Sessionid, authcodenonce, errorcode, date, transaction-id, retry-after"
METHODS = "GET, POST, PUT, PATCH, DELETE, OPTIONS"


class CrossOrigin:
    """An ASGI layer: answers preflights of the customer's wire and signs its answers.

    `takes` says of a path and an origin whether pages of that origin may read what is there.
    """

    def __init__(self, app: ASGIApp, takes: Callable[[str, str], bool]) -> None:
        self._app = app
        self._takes = takes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(OPEN):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if origin is None or not self._takes(scope["path"], origin):
            await self._app(scope, receive, send)
        elif scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await _preflight(origin, headers.get("access-control-request-headers", ""), send)
        else:
            await self._app(scope, receive, _signed(send, origin))


def _signed(send: Send, origin: str) -> Send:
    async def signing(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["access-control-allow-origin"] = origin
            headers["access-control-allow-credentials"] = "true"
            headers["access-control-expose-headers"] = EXPOSED
            headers.add_vary_header("Origin")
        await send(message)

    return signing


async def _preflight(origin: str, wanted: str, send: Send) -> None:
    answer = {
        "access-control-allow-origin": origin,
        "access-control-allow-credentials": "true",
        "access-control-allow-methods": METHODS,
        "access-control-allow-headers": wanted or "*",
        "access-control-max-age": "600",
        "vary": "Origin, Access-Control-Request-Headers",
        "content-length": "0",
    }
    encoded = [(name.encode(), value.encode("latin-1")) for name, value in answer.items()]
    await send({"type": "http.response.start", "status": 204, "headers": encoded})
    await send({"type": "http.response.body"})
