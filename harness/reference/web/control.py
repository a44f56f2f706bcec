"""The control surface: sets the stage for scenarios, and is never what a Then reads."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from harness.reference.domain.errors import MalformedBody
from harness.reference.faults import CATALOGUE
from harness.reference.operations import firing, setup
from harness.reference.operations.organisations import Organisation, World
from harness.reference.operations.views import instant
from harness.reference.web.bodies import read_as
from harness.reference.web.replies import json

LONGEST = timedelta(days=400)
"""How far one request may move a clock."""


class Passing(msgspec.Struct, forbid_unknown_fields=True):
    """The body that lets time pass: an ISO 8601 duration."""

    advance: timedelta


def routes(world: World) -> list[BaseRoute]:
    """Everything under /control."""
    control = Control(world)
    one = "/control/organisations/{org}"
    return [
        Route("/control/organisations", control.create, methods=["POST"]),
        Route(one, control.delete, methods=["DELETE"]),
        Route(f"{one}/clock", control.advance, methods=["POST"]),
        Route(f"{one}/faults", control.switch, methods=["PUT"]),
        Route(f"{one}/faults", control.faults, methods=["GET"]),
        Route("/control/faults", control.catalogue, methods=["GET"]),
    ]


class Control:
    """The handlers, over one world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def _organisation(self, request: Request) -> Organisation:
        return self._world.find(request.path_params["org"])

    async def create(self, request: Request) -> Response:
        """A fresh organisation: 201 and everything that one needs to use it."""
        plan = await read_as(request, setup.Plan)
        return json(setup.describe(self._world, setup.create(self._world, plan)), 201)

    async def delete(self, request: Request) -> Response:
        """Forgets an organisation."""
        self._world.remove(self._organisation(request).id)
        return Response(status_code=204)

    async def advance(self, request: Request) -> Response:
        """Lets time pass; answers when the resulting pushes are written."""
        organisation = self._organisation(request)
        duration = (await read_as(request, Passing)).advance
        if abs(duration) > LONGEST:
            raise MalformedBody(f"advance is at most {LONGEST.days} days at a time.")
        fired = firing.advance(organisation, duration)
        await self._world.courier.flush(organisation.id)
        await self._world.hub.flush(organisation.id)
        return json({"now": instant(organisation.clock.now()), "fired": fired})

    async def switch(self, request: Request) -> Response:
        """Makes these the organisation's faults."""
        organisation = self._organisation(request)
        setup.switch(self._world, organisation, await read_as(request, tuple[str, ...]))
        return json({"active": sorted(organisation.faults.active)})

    async def faults(self, request: Request) -> Response:
        """Which faults are on, and which were reached; those of the process in both."""
        faults = self._organisation(request).faults
        reached = faults.reached | self._world.faults.reached
        return json({"active": sorted(faults.active), "reached": sorted(reached)})

    async def catalogue(self, request: Request) -> Response:
        """Every fault there is."""
        return json({"value": [asdict(fault) for fault in CATALOGUE.values()]})
