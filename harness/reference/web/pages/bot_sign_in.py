"""Where customers sign in to a bot by themselves: behind the button of the card that asks (4.6).

No identity provider is behind it: whoever opens it says who they are. The address has the card's
id, which its customer alone was given.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from harness.reference.domain.errors import DomainError
from harness.reference.domain.signing import PAGE
from harness.reference.operations import signing
from harness.reference.operations.organisations import World
from harness.reference.web.pages.rendering import rendered
from harness.reference.web.pages.sites import Refusal, filled, problem
from harness.reference.web.problems import status_of

SURFACE = "Sign in to the bot"


def routes(world: World) -> list[BaseRoute]:
    """The page and its form, below the name by which widgets know such an address."""

    async def show(request: Request) -> Response:
        try:
            return _page(world, request)
        except DomainError as error:
            return problem(request, SURFACE, status_of(error), Refusal.of(error))

    async def take(request: Request) -> Response:
        id = _id(request)
        try:
            form, organisation = await filled(request), signing.organisation_of(world, id)
            signing.asked(organisation, id)
            try:
                signing.by_hand(organisation, id, form.get("name", ""))
            except DomainError as error:
                refusal = Refusal.of(error, "You were not signed in")
                return _page(world, request, status_of(error), refusal)
            return RedirectResponse(f"{PAGE}?signin={id}", 303)
        except DomainError as error:
            return problem(request, SURFACE, status_of(error), Refusal.of(error))

    return [Route(PAGE, show, methods=["GET"]), Route(PAGE, take, methods=["POST"])]


def _id(request: Request) -> str:
    return request.query_params.get("signin", "")


def _page(
    world: World, request: Request, status: int = 200, refusal: Refusal | None = None
) -> Response:
    id = _id(request)
    asked = signing.asked(signing.organisation_of(world, id), id)
    shown = {
        "surface": SURFACE,
        "refusal": refusal,
        "address": f"{PAGE}?signin={id}",
        "is_done": asked.is_done,
    }
    return rendered(request, "bot_sign_in.html", shown, status)
