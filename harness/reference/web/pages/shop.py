"""The shop that customers chat from: a page of its own that carries the documented snippet."""

from __future__ import annotations

from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from harness.reference.domain.errors import NotFound
from harness.reference.operations.organisations import World
from harness.reference.web.pages.rendering import rendered
from harness.reference.web.pages.sites import Refusal, problem


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


def routes(world: World) -> list[BaseRoute]:
    """The shop of each organisation; nobody signs in."""

    async def shop(request: Request) -> Response:
        try:
            organisation = world.find(request.path_params["org"])
        except NotFound as error:
            return problem(request, "Shop", 404, Refusal.of(error))
        # No policy: the published widget brings styles and blobs of its own.
        return rendered(
            request,
            "shop.html",
            {
                "products": PRODUCTS,
                "url": organisation.url,
                "org": organisation.id,
                "widget": organisation.tenant.widget,
            },
            policy="",
        )

    return [Route("/shop/{org}", shop, methods=["GET"])]
