"""The page's script: our loader with the published widget in it, under the product's own path."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from harness.reference.domain.errors import NotFound
from harness.reference.operations.organisations import World

BUNDLE = Path(__file__).parent.parent / "widget" / "dist" / "LiveChatBootstrapper.js"
SCRIPT = "/livechatwidget/scripts/LiveChatBootstrapper.js"
TELEMETRY = "/livechatwidget/telemetry/{org}"


def routes(world: World) -> list[BaseRoute]:
    """The script, and where it says that it runs; a page that carries its tag is pages/shop.py."""

    async def telemetry(request: Request) -> Response:
        world.find(request.path_params["org"])
        return Response(status_code=204)

    return [
        Route(SCRIPT, script, methods=["GET"]),
        Route(TELEMETRY, telemetry, methods=["POST"]),
    ]


async def script(request: Request) -> Response:
    """The script; a browser that has it already is told so. Raises NotFound before it is built."""
    body, tag = _bundle()
    headers = {"cache-control": "no-cache", "etag": tag}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="text/javascript; charset=utf-8", headers=headers)


@cache
def _bundle() -> tuple[bytes, str]:
    try:
        body = BUNDLE.read_bytes()
    except FileNotFoundError:
        raise NotFound(
            "The widget is not built. Run: node harness/reference/widget/build.mjs"
        ) from None
    return body, f'"{hashlib.sha256(body).hexdigest()[:32]}"'
