"""The page's script: our loader with the published widget in it, under the product's own path.

The loader's faults belong to the process. The script learns of them from a line in front of it, and
says through a beacon when its deviating code runs: that is when a fault counts as reached.
"""

from __future__ import annotations

import hashlib
import html
import json
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from harness.reference.domain.errors import NotFound
from harness.reference.operations.organisations import World

BUNDLE = Path(__file__).parent.parent / "widget" / "dist" / "LiveChatBootstrapper.js"
SCRIPT = "/livechatwidget/scripts/LiveChatBootstrapper.js"
BEACON = "/livechatwidget/faults/"
FAULTS = frozenset(
    {
        "loader_ignores_snippet",
        "loader_raises_no_chat_queued",
        "loader_opens_widget",
        "loader_closes_without_asking",
    }
)


def routes(world: World) -> list[BaseRoute]:
    """The script, its beacon, and a page that carries the snippet."""

    async def script(request: Request) -> Response:
        return serve(world, request)

    async def reached(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in FAULTS or not world.faults.deviates(name):
            raise NotFound(f"The loader has no fault {name!r} that is on.")
        return Response(status_code=204)

    async def shop(request: Request) -> Response:
        organisation = world.find(request.path_params["org"])
        return HTMLResponse(page(world.url, organisation.id, organisation.tenant.widget))

    return [
        Route(SCRIPT, script, methods=["GET"]),
        Route(f"{BEACON}{{name}}", reached, methods=["POST"]),
        Route("/shop/{org}", shop, methods=["GET"]),
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


def snippet(url: str, organisation: str, widget: str) -> str:
    """The documented script tag (specification 4.1) of an organisation's widget."""
    attributes = {
        "id": "Microsoft_Omnichannel_LCWidget",
        "src": url + SCRIPT,
        "data-app-id": widget,
        "data-lcw-version": "prod",
        "data-org-id": organisation,
        "data-org-url": url,
    }
    written = " ".join(f'{name}="{html.escape(value)}"' for name, value in attributes.items())
    return f"<script v2 {written}></script>"


def page(url: str, organisation: str, widget: str) -> str:
    """The least page that carries the snippet."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>'
        '<link rel="icon" href="data:,"></head><body><main><h1>Shop</h1></main>'
        f"{snippet(url, organisation, widget)}</body></html>"
    )
