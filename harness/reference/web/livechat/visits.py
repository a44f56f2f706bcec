"""A call of a customer's client: for which organisation and widget, under which request id."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from harness.reference.domain.conversations import Conversation
from harness.reference.domain.errors import NotFound
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web.problems import body_of

WIDGET_NOT_FOUND = "701"


@dataclass(frozen=True, slots=True)
class Visit:
    """One call of a customer's client: which organisation, which request id of the client."""

    world: World
    organisation: Organisation
    request_id: str
    request: Request


Handler = Callable[[Visit], Awaitable[Response]]


def of_organisation(world: World, handle: Handler) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint for the handler: 404 with 701 when its path names no widget that is here."""

    async def endpoint(request: Request) -> Response:
        path = request.path_params
        try:
            organisation = world.find(path["org"])
            if path.get("widget", organisation.tenant.widget) != organisation.tenant.widget:
                raise NotFound(f"The organisation has no widget {path['widget']!r}.")
        except NotFound as error:
            return JSONResponse(
                body_of("NotFound", str(error)), 404, headers={"errorcode": WIDGET_NOT_FOUND}
            )
        request_id = path.get("request") or request.headers.get("request-id", "")
        return await handle(Visit(world, organisation, request_id, request))

    return endpoint


def session(conversation: Conversation) -> dict[str, str]:
    """The header that names the conversation; clients send it back."""
    return {"Oc-Sessionid": conversation.id}
