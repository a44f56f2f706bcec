"""The page's script: our loader with the published widget in it, under the product's own path.

The loader's faults belong to the process. The script learns of them from a line in front of it, and
says through a beacon when its deviating code runs: that is when a fault counts as reached.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from harness.reference.domain.errors import NotFound
from harness.reference.operations.organisations import World

BUNDLE = Path(__file__).parent.parent / "widget" / "dist" / "LiveChatBootstrapper.js"
SCRIPT = "/livechatwidget/scripts/LiveChatBootstrapper.js"
BEACON = "/livechatwidget/faults/"
FAULTS = frozenset(
    {
        "loader_ignores_snippet",
        "loader_raises_no_start_chat",
        "loader_raises_no_chat_queued",
        "loader_raises_no_chat_retrieved",
        "loader_raises_no_thread_update",
        "loader_opens_widget",
        "loader_closes_without_asking",
        "loader_counts_no_unread",
    }
)


def routes(world: World) -> list[BaseRoute]:
    """The script and its beacon; the page that carries the snippet is pages/shop.py."""

    async def script(request: Request) -> Response:
        return serve(world, request)

    async def reached(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in FAULTS or not world.faults.deviates(name):
            raise NotFound(f"The loader has no fault {name!r} that is on.")
        return Response(status_code=204)

    return [
        Route(SCRIPT, script, methods=["GET"]),
        Route(f"{BEACON}{{name}}", reached, methods=["POST"]),
    ]


def serve(world: World, request: Request) -> Response:
    """The script; a browser that has it already is told so. Raises NotFound before it is built."""
    body, tag = _bundle()
    active = sorted(FAULTS & world.faults.active)
    if active:
        settings = {"faults": active, "reached": world.url + BEACON}
        body = f"window.HandoffLoader={json.dumps(settings)};\n".encode() + body
    elif request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"etag": tag})
    return Response(
        body,
        media_type="text/javascript; charset=utf-8",
        headers={"cache-control": "no-cache"} | ({} if active else {"etag": tag}),
    )


@cache
def _bundle() -> tuple[bytes, str]:
    try:
        body = BUNDLE.read_bytes()
    except FileNotFoundError:
        raise NotFound(
            "The widget is not built. Run: node harness/reference/widget/build.mjs"
        ) from None
    return body, f'"{hashlib.sha256(body).hexdigest()[:32]}"'
