"""A telephone for people: a call with the bot by what would be heard, without sound (Classic)."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from harness.reference.domain.calls import Call
from harness.reference.domain.errors import DomainError
from harness.reference.operations import callers, views
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web.pages.rendering import rendered
from harness.reference.web.pages.sites import Form, Refusal, field, filled, problem
from harness.reference.web.problems import status_of

Act = Callable[[Organisation, str, Form], Call]


def routes(world: World) -> list[BaseRoute]:
    """Everything under /phone/{org}; nobody signs in: the number is who a caller is."""
    calls = "/phone/{org}/calls"
    return [
        _page(world, "/phone/{org}"),
        _page(world, calls + "/{id}"),
        _form(world, calls, lambda org, id, form: _dial(org, form)),
        _form(world, calls + "/{id}/speech", _speak),
        _form(world, calls + "/{id}/tones", _press),
        _form(world, calls + "/{id}/hang-up", lambda org, id, form: callers.hang_up(org, id)),
    ]


def _dial(organisation: Organisation, form: Form) -> Call:
    return callers.dial(organisation, field(form, "from"), field(form, "to"))


def _speak(organisation: Organisation, id: str, form: Form) -> Call:
    return callers.speak(organisation, id, field(form, "text"))


def _press(organisation: Organisation, id: str, form: Form) -> Call:
    return callers.press(organisation, id, field(form, "digits"))


def _page(world: World, path: str) -> BaseRoute:
    async def handle(request: Request) -> Response:
        try:
            return _shown(world, request)
        except DomainError as error:
            return problem(request, "Phone", status_of(error), Refusal.of(error))

    return Route(path, handle, methods=["GET"])


def _form(world: World, path: str, act: Act) -> BaseRoute:
    async def handle(request: Request) -> Response:
        try:
            form = await filled(request)
            organisation = world.find(request.path_params["org"])
            call = act(organisation, request.path_params.get("id", ""), form)
            return RedirectResponse(f"/phone/{organisation.id}/calls/{call.id}", 303)
        except DomainError as error:
            refusal = Refusal.of(error, "The telephone says no")
            return problem(request, "Phone", status_of(error), refusal)

    return Route(path, handle, methods=["POST"])


def _shown(world: World, request: Request) -> Response:
    organisation = world.find(request.path_params["org"])
    id = request.path_params.get("id")
    return rendered(
        request,
        "phone.html",
        {
            "surface": "Phone",
            "org": organisation.id,
            "number": organisation.tenant.phone,
            "callers": organisation.tenant.callers,
            "call": views.call(callers.find(organisation, id)) if id else None,
        },
    )
