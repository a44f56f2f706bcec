"""Where customers sign in to a bot: the page does it for them, or they do it themselves (4.6)."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from harness.reference.domain import signing as cards
from harness.reference.operations import signing
from harness.reference.operations.organisations import World
from harness.reference.web import bodies


class Posted(msgspec.Struct):
    """The body that a page posts; pages may say more."""

    token: Any = None


def routes(world: World) -> list[BaseRoute]:
    """The address of every sign-in card; 200 has the page hide the card."""

    async def post(request: Request) -> Response:
        state = request.query_params.get("state", "")
        body = await bodies.read_as(request, Posted)
        signing.posted(signing.organisation_of(world, state), state, body.token)
        return JSONResponse({})

    return [Route(cards.POST, post, methods=["POST"])]
