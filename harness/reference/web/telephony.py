"""The exchange's JSON for callers. No token: the number they call from is who they are."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from harness.reference.operations import callers, views
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web.bodies import read_as
from harness.reference.web.replies import json


class Dialled(msgspec.Struct, rename={"origin": "from", "destination": "to"}):
    """The body that begins a call: two telephone numbers."""

    origin: str
    destination: str


class Speech(msgspec.Struct):
    """The body of what a caller says."""

    text: str


class Tones(msgspec.Struct):
    """The body of the keys that a caller presses."""

    digits: str


def routes(world: World) -> list[BaseRoute]:
    """Everything under /telephony/{org}/api."""

    def organisation(request: Request) -> Organisation:
        return world.find(request.path_params["org"])

    def id(request: Request) -> str:
        return str(request.path_params["id"])

    async def dial(request: Request) -> Response:
        scope = organisation(request)
        body = await read_as(request, Dialled)
        return json(views.call(callers.dial(scope, body.origin, body.destination)), 201)

    async def show(request: Request) -> Response:
        return json(views.call(callers.find(organisation(request), id(request))))

    async def speak(request: Request) -> Response:
        scope = organisation(request)
        body = await read_as(request, Speech)
        return json(views.call(callers.speak(scope, id(request), body.text)))

    async def press(request: Request) -> Response:
        scope = organisation(request)
        body = await read_as(request, Tones)
        return json(views.call(callers.press(scope, id(request), body.digits)))

    async def hang_up(request: Request) -> Response:
        scope = organisation(request)
        await read_as(request, dict[str, Any])
        return json(views.call(callers.hang_up(scope, id(request))))

    calls = "/telephony/{org}/api/calls"
    return [
        Route(calls, dial, methods=["POST"]),
        Route(calls + "/{id}", show, methods=["GET"]),
        Route(calls + "/{id}/speech", speak, methods=["POST"]),
        Route(calls + "/{id}/tones", press, methods=["POST"]),
        Route(calls + "/{id}/hang-up", hang_up, methods=["POST"]),
    ]
