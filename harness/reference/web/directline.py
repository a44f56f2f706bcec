"""A bot's own website: the token endpoint and Direct Line 3.0, polled, as web clients speak it.

Nothing of it reaches the desk; that is why the product's own embed code hands nothing over
(hand-off-specification 4.2), and what a topic for Omnichannel alone must tell apart.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from harness.protocol.conversations import Role
from harness.reference.domain.errors import MalformedBody, NotSignedIn
from harness.reference.domain.talks import Channel, Said, Talk
from harness.reference.operations import talks
from harness.reference.operations.organisations import Organisation, World
from harness.reference.operations.views import Shown, instant
from harness.reference.web.bodies import read_as
from harness.reference.web.replies import json
from harness.reference.web.tokens import Claims, caller, issue

LIFETIME = timedelta(hours=1)
ROLES = {Role.CUSTOMER: "user", Role.BOT: "bot", Role.SYSTEM: "bot"}


class Activity(msgspec.Struct):
    """An activity of the user: a message, an event, or something that no bot need answer."""

    type: str
    text: str = ""
    name: str = ""
    value: Any = None


def routes(world: World) -> list[BaseRoute]:
    """The token endpoint of each bot, and the conversations that its tokens open."""
    line = DirectLine(world)
    one = "/v3/directline/conversations/{id}"
    token = "/website/{org}/powervirtualagents/botsbyschema/{bot}/directline/token"
    return [
        Route(token, line.token, methods=["GET"]),
        Route("/v3/directline/conversations", line.start, methods=["POST"]),
        Route(f"{one}/activities", line.say, methods=["POST"]),
        Route(f"{one}/activities", line.activities, methods=["GET"]),
    ]


class DirectLine:
    """The handlers, over one world. A token is for one user and one conversation."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def token(self, request: Request) -> Response:
        """A token for whoever opens the page; nobody signs in."""
        organisation = self._world.find(request.path_params["org"])
        claims = {"bot": str(request.path_params["bot"]), "talk": ""}
        return json(self._issued(organisation, f"dl_{uuid4().hex}", claims))

    async def start(self, request: Request) -> Response:
        """The conversation starts, the bot greets: 201 and a token for it."""
        claims = self._claims(request)
        organisation, bot = claims.organisation, str(claims.extra["bot"])
        talk = talks.begin(organisation, bot, Channel.DIRECT_LINE, draft=False, user=claims.subject)
        return json(self._issued(organisation, talk.user, {"bot": bot, "talk": talk.id}), 201)

    async def say(self, request: Request) -> Response:
        """The user's activity, which is answered when the bot has heard it."""
        organisation, talk = self._talk(request)
        activity = await read_as(request, Activity)
        if activity.type == "message":
            if not activity.text and activity.value is None:
                raise MalformedBody("A message needs a text or a value.")
            talk = talks.hear(organisation, talk.id, activity.text, activity.value)
        elif activity.type == "event":
            talk = talks.tell(organisation, talk.id, activity.name, activity.value)
        return json({"id": f"{talk.id}|{talk.lines[-1].id if talk.lines else 0:07}"})

    async def activities(self, request: Request) -> Response:
        """What was said since the watermark, the user's own words too."""
        organisation, talk = self._talk(request)
        seen = request.query_params.get("watermark") or "0"
        if not seen.isdecimal():
            raise MalformedBody("A watermark is what the answer before said.")
        name = talks.bot_name(organisation, talk)
        new = [_activity(talk, said, name) for said in talk.lines if said.id >= int(seen)]
        mark = talk.lines[-1].id + 1 if talk.lines else 0
        return json({"activities": new, "watermark": str(mark)})

    def _issued(self, organisation: Organisation, user: str, claims: dict[str, str]) -> Shown:
        token = issue(self._world, organisation, user, lifetime=LIFETIME, extra=claims)
        lasts = int(LIFETIME.total_seconds())
        return {"conversationId": claims["talk"], "token": token, "expires_in": lasts}

    def _claims(self, request: Request) -> Claims:
        claims = caller(self._world, request)
        if "talk" not in claims.extra:
            raise NotSignedIn("This token is not of the bot's website. Ask its token endpoint.")
        return claims

    def _talk(self, request: Request) -> tuple[Organisation, Talk]:
        claims, id = self._claims(request), str(request.path_params["id"])
        if claims.extra["talk"] != id:
            raise NotSignedIn("The token is for another conversation. Use the one of its start.")
        return claims.organisation, talks.find(claims.organisation, id)


def _activity(talk: Talk, said: Said, bot: str) -> Shown:
    own = said.role is Role.CUSTOMER
    sender = {"id": talk.user, "name": ""} if own else {"id": talk.bot, "name": bot}
    activity: Shown = {
        "type": "endOfConversation" if said.event == "endOfConversation" else "message",
        "id": f"{talk.id}|{said.id:07}",
        "timestamp": instant(said.at),
        "channelId": talk.channel,
        "from": {**sender, "role": ROLES[said.role]},
        "conversation": {"id": talk.id},
    }
    if said.event == "handoff.initiate":
        return activity | {"type": "event", "name": said.event, "value": said.value}
    if said.event:
        return activity
    buttons = [{"type": "imBack", "title": word, "value": word} for word in said.suggestions]
    return activity | {
        "text": said.text,
        "attachments": list(said.cards),
        "suggestedActions": {"actions": buttons},
    }
