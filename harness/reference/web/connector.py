"""The Bot Connector's calls, for bots that run elsewhere (wire notes 4).

A bot with a messaging endpoint gets its activities there, as in the product; any other asks for
what was said, by a watermark: that part is ours.
"""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from harness.protocol.messages import Activity
from harness.reference.domain.bots import Bot
from harness.reference.domain.commands import Sent
from harness.reference.domain.errors import MalformedBody, NotSignedIn
from harness.reference.operations import connector
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web import bodies, tokens
from harness.reference.web.replies import json

DIGITS = 9
"""Of a watermark: more than any conversation has activities."""


def routes(world: World) -> list[BaseRoute]:
    """Everything under /connector/{org}."""
    every = "/connector/{org}/v3/conversations"
    one = f"{every}/{{id}}/activities"
    # The address that a bot was posted to with: it holds its right to answer.
    given = "/connector/{org}/by/{key}/v3/conversations/{id}"

    async def held(request: Request) -> Response:
        return json(connector.conversations(*_bot(world, request)))

    async def heard(request: Request) -> Response:
        organisation, bot = _bot(world, request)
        after = _watermark(request.query_params.get("watermark", ""))
        return json(connector.heard(organisation, bot, request.path_params["id"], after))

    async def take(request: Request) -> Response:
        _bot(world, request)
        body = await bodies.read_object(request)
        # Asked again: while the body came in, the bot may have been taken away.
        organisation, bot = _bot(world, request)
        return json({"id": _taken(organisation, bot, request.path_params["id"], body)}, 201)

    async def members(request: Request) -> Response:
        organisation, bot = _bot(world, request)
        return json(connector.members(organisation, bot, request.path_params["id"]))

    return [
        Route(every, held, methods=["GET"]),
        Route(one, heard, methods=["GET"]),
        *(
            Route(f"{place}{rest}", take, methods=["POST"])
            for place in (one, f"{given}/activities")
            for rest in ("", "/{reply}")
        ),
        *(
            Route(f"{place}/members", members, methods=["GET"])
            for place in (f"{every}/{{id}}", given)
        ),
    ]


def _bot(world: World, request: Request) -> tuple[Organisation, Bot]:
    """The organisation in the path and the bot of the token, which must be of it."""
    organisation = world.find(request.path_params["org"])
    claims = _claims(world, request)
    if claims.organisation is not organisation:
        raise NotSignedIn("The token is of another organisation. Use this one's service_url.")
    return organisation, connector.known(organisation, claims.subject)


def _claims(world: World, request: Request) -> tokens.Claims:
    """Those of the token in `Authorization`, or of the address, which is for one conversation."""
    key = request.path_params.get("key")
    claims = tokens.caller(world, request) if key is None else tokens.read(world, key)
    only = claims.extra.get("conversation", "")
    if (key or only) and only != request.path_params.get("id"):
        raise NotSignedIn("This serviceUrl is of another conversation. Answer where it came from.")
    return claims


def _taken(organisation: Organisation, bot: Bot, id: str, body: dict[str, Any]) -> str:
    try:
        sent = msgspec.convert(body, Sent)
        if sent.type == "event":
            # A hand-off is kept as it came, for its maker to read.
            msgspec.convert(body, Activity)
    except msgspec.ValidationError as error:
        raise MalformedBody(f"The body is no activity that is expected here: {error}.") from None
    return connector.take(organisation, bot, id, sent, body)


def _watermark(given: str) -> int:
    if not given:
        return 0
    if not given.isdecimal() or len(given) > DIGITS:
        raise MalformedBody(f"The watermark {given[:20]!r} is none that was given out.")
    return int(given)
