"""The addresses of the Dataverse Web API: `/dataverse/{org}/{environment}/api/data/v9.2/…`."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from harness.reference.operations.organisations import World

METHODS = ["GET", "POST", "PATCH", "PUT", "DELETE"]


def routes(world: World) -> list[BaseRoute]:
    """Every address of every environment."""

    async def handle(request: Request) -> Response:
        # Loaded by the first who asks: most starts have nobody who does, and it takes a while.
        from harness.reference.web.dataverse.entrance import answer  # noqa: PLC0415

        return await answer(world, request)

    service = "/dataverse/{org}/{environment}/api/data/{version}"
    return [
        Route(service, handle, methods=METHODS),
        Route(service + "/{path:path}", handle, methods=METHODS),
    ]
