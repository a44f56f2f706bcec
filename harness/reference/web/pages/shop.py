"""The shop that customers chat from: a page of its own that carries the documented snippet.

The loader is one script for everybody, so it is the page that tells it which of its faults are on
in this organisation. They count as reached when the deviating code runs: the script says so.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from harness.reference.domain.conversations import Channel
from harness.reference.domain.errors import DomainError, NotFound
from harness.reference.operations import customers
from harness.reference.operations.organisations import Organisation, World
from harness.reference.operations.words import chosen
from harness.reference.web.pages.rendering import rendered
from harness.reference.web.pages.sites import Refusal, problem
from harness.reference.web.problems import status_of

OF_LOADER = "loader_"
"""What the name of each fault begins with whose code runs in the page."""

SURFACE = "Shop"


class Product(NamedTuple):
    """Something on sale; `drawing` is an SVG path in a field of 120 by 64."""

    name: str
    price: str
    drawing: str


PRODUCTS = (
    Product("Ridge tent for two", "€ 189", "M24 52 60 12l36 40zM60 12v40M60 26 48 52M60 26l12 26"),
    Product("Scree boots", "€ 139", "M44 10h16v24l22 6q6 2 6 8v4H44zM44 44h44M60 18h-8M60 26h-8"),
    Product(
        "Bivouac lamp", "€ 32", "M52 18h16l4 26H48zM50 50h20M60 18v-6M54 12h12M60 26v10M56 32h8"
    ),
)


class Embed(StrEnum):
    """What brings the chat into the page: the documented snippet, or a mistake to demonstrate."""

    WIDGET = "widget"
    BOT = "bot"
    """The bot's own embed code: a frame with its canvas, which never reaches the desk (4.2)."""
    OTHER = "other"
    """The snippet of a widget that the organisation does not have."""
    NONE = "none"


def routes(world: World) -> list[BaseRoute]:
    """The shop of each organisation; nobody signs in."""

    async def shop(request: Request) -> Response:
        try:
            organisation = world.find(request.path_params["org"])
            embed = chosen(Embed, request.query_params.get("embed", Embed.WIDGET), "embed code")
        except DomainError as error:
            return problem(request, SURFACE, status_of(error), Refusal.of(error))
        # No policy: the published widget brings styles and blobs of its own.
        return rendered(request, "shop.html", shown(organisation, embed), policy="")

    async def reached(request: Request) -> Response:
        name = request.path_params["name"]
        organisation = world.find(request.path_params["org"])
        if not name.startswith(OF_LOADER) or not organisation.faults.deviates(name):
            raise NotFound(f"The loader has no fault {name[:50]!r} that is on.")
        return Response(status_code=204)

    return [
        Route("/shop/{org}", shop, methods=["GET"]),
        Route("/shop/{org}/faults/{name}", reached, methods=["POST"]),
    ]


def shown(organisation: Organisation, embed: Embed, customer: str = "") -> dict[str, Any]:
    """What the shop's page shows, perhaps to somebody who has signed in to the shop."""
    tenant, deviates = organisation.tenant, organisation.faults.deviates
    bot = customers.workstream_of(organisation, Channel.LIVE_CHAT).bot
    return {
        "products": PRODUCTS,
        "url": organisation.url,
        "org": "" if deviates("snippet_without_organisation") else organisation.id,
        "embed": embed,
        "customer": customer,
        "place": f"/shop/{organisation.id}",
        "faults": sorted(name for name in organisation.faults.active if name.startswith(OF_LOADER)),
        "widget": tenant.widget if embed is Embed.WIDGET else uuid5(UUID(tenant.widget), embed),
        "canvas": f"{organisation.url}/environments/{tenant.environment}/bots/{bot}/webchat",
    }
