"""The control surface: sets the stage for scenarios, and is never what a Then reads."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from harness.protocol.conversations import Generation
from harness.reference.domain.errors import MalformedBody
from harness.reference.faults import CATALOGUE
from harness.reference.operations import firing, setup
from harness.reference.operations.organisations import Organisation, World
from harness.reference.operations.views import instant
from harness.reference.web.bodies import read_as
from harness.reference.web.replies import json

LONGEST = timedelta(days=400)
"""How far one request may move a clock."""


class Creation(msgspec.Struct, forbid_unknown_fields=True):
    """The body that creates an organisation."""

    generation: Generation = Generation.WEB_APP
    id: str | None = None
    now: datetime | None = None
    faults: tuple[str, ...] = ()
    connected: bool = True
    published: bool = True


class Passing(msgspec.Struct, forbid_unknown_fields=True):
    """The body that lets time pass: an ISO 8601 duration."""

    advance: timedelta


def routes(world: World) -> list[BaseRoute]:
    """Everything under /control."""

    def organisation(request: Request) -> Organisation:
        return world.find(request.path_params["org"])

    async def create(request: Request) -> Response:
        body = await read_as(request, Creation)
        if body.now and body.now.tzinfo is None:
            raise MalformedBody("now needs an offset, for example 2026-03-02T09:00:00Z.")
        now = body.now.astimezone(UTC) if body.now else None
        plan = setup.Plan(
            body.generation, body.id, now, body.faults, body.connected, body.published
        )
        return json(setup.describe(world, setup.create(world, plan)), 201)

    async def delete(request: Request) -> Response:
        world.remove(organisation(request).id)
        return Response(status_code=204)

    async def advance(request: Request) -> Response:
        scope = organisation(request)
        duration = (await read_as(request, Passing)).advance
        if abs(duration) > LONGEST:
            raise MalformedBody(f"advance is at most {LONGEST.days} days at a time.")
        fired = firing.advance(scope, duration)
        await world.hub.flush(scope.id)
        return json({"now": instant(scope.clock.now()), "fired": fired})

    async def switch(request: Request) -> Response:
        scope = organisation(request)
        setup.switch(world, scope, await read_as(request, tuple[str, ...]))
        return json({"active": sorted(scope.faults.active)})

    async def faults(request: Request) -> Response:
        scope = organisation(request)
        reached = scope.faults.reached | world.faults.reached
        return json({"active": sorted(scope.faults.active), "reached": sorted(reached)})

    async def catalogue(request: Request) -> Response:
        return json({"value": [asdict(fault) for fault in CATALOGUE.values()]})

    return [
        Route("/control/organisations", create, methods=["POST"]),
        Route("/control/organisations/{org}", delete, methods=["DELETE"]),
        Route("/control/organisations/{org}/clock", advance, methods=["POST"]),
        Route("/control/organisations/{org}/faults", switch, methods=["PUT"]),
        Route("/control/organisations/{org}/faults", faults, methods=["GET"]),
        Route("/control/faults", catalogue, methods=["GET"]),
    ]
