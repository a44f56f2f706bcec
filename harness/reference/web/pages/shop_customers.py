"""The demo's shop for customers who have signed in there: it vouches for them (4.6, docs C12).

It does what a customer's own site does: its page has a function that gives a token, signed with a
key whose public half the administrator gives to the widget. Whoever opens the page is whom they
say; so only a demo has it.
"""

from __future__ import annotations

import json
from datetime import timedelta
from functools import cache

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from harness.reference.domain.errors import DomainError
from harness.reference.domain.identities import CONTEXTS
from harness.reference.operations.organisations import Organisation, World
from harness.reference.operations.words import named
from harness.reference.web.pages.rendering import rendered
from harness.reference.web.pages.shop import SURFACE, Embed, shown
from harness.reference.web.pages.sites import Refusal, problem
from harness.reference.web.problems import status_of

HOUR = timedelta(hours=1)
ISSUER = "Alpine Outfitters"


def start(world: World) -> list[BaseRoute]:
    """The shop as somebody, the token that it gives them, and its public key."""

    async def shop(request: Request) -> Response:
        try:
            organisation, customer = _visit(world, request)
        except DomainError as error:
            return problem(request, SURFACE, status_of(error), Refusal.of(error))
        page = shown(organisation, Embed.WIDGET, customer)
        return rendered(request, "shop.html", page, policy="")

    async def token(request: Request) -> Response:
        return PlainTextResponse(_token(*_visit(world, request)))

    async def key(request: Request) -> Response:
        world.find(request.path_params["org"])
        public = _key().public_key()
        pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        return PlainTextResponse(pem)

    return [
        Route("/shop/{org}/as/{name}", shop, methods=["GET"]),
        Route("/shop/{org}/as/{name}/token", token, methods=["GET"]),
        Route("/shop/{org}/key", key, methods=["GET"]),
    ]


def _visit(world: World, request: Request) -> tuple[Organisation, str]:
    """The organisation and who is signed in to its shop; raises NotFound, MalformedBody."""
    path = request.path_params
    return world.find(path["org"]), named(path["name"], "Who signs in")


@cache
def _key() -> rsa.RSAPrivateKey:
    """The shop's key, made when it is first needed, and gone with the process."""
    return rsa.generate_private_key(65537, 2048)


def _token(organisation: Organisation, customer: str) -> str:
    now = organisation.clock.now()
    contexts = json.dumps({"Name": customer})
    claims = {"iss": ISSUER, "sub": customer, "iat": now, "exp": now + HOUR, CONTEXTS: contexts}
    return jwt.encode(claims, _key(), algorithm="RS256")
