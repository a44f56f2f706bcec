"""Direct Line 3.0, as web clients and channels speak it (wire notes 1).

Two kinds of conversation: one that a token of the bot's website opens is with the bot alone, and
nothing of it reaches the desk, which is why the product's own embed code hands nothing over
(hand-off-specification 4.2); one of the desk's own messaging channel is handed over like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4, uuid5

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from harness.reference.domain.attachments import Attachment, media_type
from harness.reference.domain.errors import InsufficientRole, MalformedBody, NotFound
from harness.reference.operations import custom, directline, feeds, files, talks
from harness.reference.operations.custom import Words
from harness.reference.operations.organisations import World
from harness.reference.operations.views import Shown
from harness.reference.web import bodies
from harness.reference.web.directline import access, activities, marks, streams, uploads
from harness.reference.web.directline.access import Pass
from harness.reference.web.directline.activities import Account, Activity
from harness.reference.web.directline.refusals import told
from harness.reference.web.replies import json
from harness.reference.web.switchboard import Switchboard

LONGEST_ID = 100


class Opening(msgspec.Struct):
    """Who begins, as the body of a start or of a new token says it."""

    user: Account | None = None
    locale: str | None = None

    @property
    def id(self) -> str:
        """The user's, empty unless they say."""
        return (self.user and self.user.id) or ""

    @property
    def name(self) -> str:
        """The user's, empty unless they say."""
        return (self.user and self.user.name) or ""


def routes(world: World) -> list[BaseRoute]:
    """The token endpoint of each bot, and Direct Line."""
    line, root = DirectLine(world), "/v3/directline"
    one = f"{root}/conversations/{{id}}"
    website = "/website/{org}/powervirtualagents/botsbyschema/{bot}/directline/token"
    listed: list[BaseRoute] = [
        Route(website, line.website, methods=["GET"]),
        Route(f"{root}/tokens/generate", told(line.generate), methods=["POST"]),
        Route(f"{root}/tokens/refresh", told(line.refresh), methods=["POST"]),
        Route(f"{root}/session/getsessionid", told(line.session), methods=["GET"]),
        Route(f"{root}/conversations", told(line.start), methods=["POST"]),
        Route(one, told(line.again), methods=["GET"]),
        Route(f"{one}/activities", told(line.say), methods=["POST"]),
        Route(f"{one}/activities", told(line.activities), methods=["GET"]),
        Route(f"{one}/upload", told(line.upload), methods=["POST"]),
        Route(f"{files.PLACE}/{{file}}", told(line.file), methods=["GET"]),
    ]
    hub = world.hub
    if isinstance(hub, Switchboard):

        async def stream(websocket: WebSocket) -> None:
            await streams.listen(world, hub.bells, websocket)

        listed.append(WebSocketRoute(f"{one}/stream", stream))
    return listed


class DirectLine:
    """The handlers, over one world."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def website(self, request: Request) -> Response:
        """A token for whoever opens the bot's website; nobody signs in."""
        organisation = self._world.find(request.path_params["org"])
        bot = talks.named(organisation, str(request.path_params["bot"]))
        holder = Pass(organisation, "", "", bot.id)
        return json(access.token(self._world, access.fresh(holder), access.WEBSITE))

    async def generate(self, request: Request) -> Response:
        """A token for one conversation that is still to start, for who has the secret."""
        holder = access.shown(self._world, request)
        if holder.conversation:
            raise InsufficientRole("Only a secret opens further conversations. This is a token.")
        given = await _opening(request)
        return json(access.token(self._world, access.fresh(holder, given.id)))

    async def refresh(self, request: Request) -> Response:
        """A new token for the same conversation, as long as that goes on."""
        held = access.shown(self._world, request)
        if not held.conversation:
            raise InsufficientRole("A secret does not expire, so there is nothing to refresh.")
        with suppress(NotFound):
            # A token may be kept alive before its conversation has begun.
            directline.refuse_over(feeds.find(held.organisation, held.conversation))
        return json(access.token(self._world, held))

    async def session(self, request: Request) -> Response:
        """The id that ties a signing-in to this browser: the same for one conversation."""
        held = access.shown(self._world, request)
        session = uuid5(UUID(held.organisation.id), f"session {held.conversation}").hex
        kept = f"webchat_session_v2={session}; Path=/; Secure; HttpOnly; SameSite=None"
        return json({"sessionId": session}, headers={"set-cookie": kept})

    async def start(self, request: Request) -> Response:
        """The conversation starts and the bot greets: 201, or 200 when it had started before."""
        holder = access.shown(self._world, request)
        given = await _opening(request)
        held = holder if holder.conversation else access.fresh(holder, given.id)
        status = 200
        try:
            feeds.find(held.organisation, held.conversation)
        except NotFound:
            status = 201
            _begin(held, given)
        return json(self._joined(held, ""), status)

    async def again(self, request: Request) -> Response:
        """A client comes back: where to listen from its watermark on.

        404 once the conversation is over and the client has seen that.
        """
        held = self._held(request)
        given = request.query_params.get("watermark", "")
        followed = feeds.find(held.organisation, held.conversation)
        if not feeds.since(held.organisation, followed, marks.read(given)).activities:
            directline.refuse_over(followed)
        return json(self._joined(held, given))

    async def say(self, request: Request) -> Response:
        """The user's activity, which is answered when the bot has heard it."""
        held = self._held(request)
        body = await bodies.read(request)
        return json({"id": self._taken(held, *activities.read(body))})

    async def upload(self, request: Request) -> Response:
        """The user's files, with the activity that they belong to."""
        held = self._held(request)
        body, uploaded = await uploads.uploaded(request)
        user = request.query_params.get("userId", "")[:LONGEST_ID]
        alone = msgspec.json.encode({"type": "message", "from": {"id": user}})
        activity, raw = activities.read(body or alone)
        if activity.type != "message":
            raise MalformedBody(f"Files come with a message, not with {activity.type[:50]!r}.")
        followed = feeds.find(held.organisation, held.conversation)
        directline.refuse_over(followed)
        kept = files.keep(held.organisation, feeds.key_of(followed), uploaded)
        return json({"id": self._taken(held, activity, raw, kept)})

    async def activities(self, request: Request) -> Response:
        """What was said since the watermark, the user's own words too."""
        held = self._held(request)
        followed = feeds.find(held.organisation, held.conversation)
        mark = marks.read(request.query_params.get("watermark"))
        feed = feeds.since(held.organisation, followed, mark)
        return json({"activities": feed.activities, "watermark": str(feed.mark)})

    async def file(self, request: Request) -> Response:
        """A file that somebody sent; whoever has its address may have it, as pictures are drawn."""
        key = request.query_params.get("t", "")
        name, content = files.opened(self._world, request.path_params["file"], key)
        headers = {
            "content-disposition": f"attachment; filename*=UTF-8''{quote(name)}",
            "x-content-type-options": "nosniff",
        }
        return Response(content, headers=headers, media_type=media_type(name))

    def _held(self, request: Request) -> Pass:
        """What the request's token opens, which must be the conversation of its path."""
        holder, id = access.shown(self._world, request), str(request.path_params["id"])
        if holder.conversation == id:
            return holder
        if holder.conversation:
            raise InsufficientRole("The token is for another conversation. Use that of its start.")
        custom.find(holder.organisation, id)
        return Pass(holder.organisation, id, "", "")

    def _joined(self, held: Pass, mark: str) -> Shown:
        joined = access.token(self._world, held)
        address = self._world.url.replace("http", "ws", 1)
        place = f"/v3/directline/conversations/{held.conversation}/stream"
        query = f"?watermark={quote(mark) or '-'}&t={quote(joined['token'])}"
        return {**joined, "streamUrl": f"{address}{place}{query}"}

    def _taken(
        self, held: Pass, activity: Activity, raw: dict[str, Any], kept: Sequence[Attachment] = ()
    ) -> str:
        """Raises NotFound, ConversationClosed, MalformedBody, MessageTooLarge."""
        organisation = held.organisation
        shown = [files.described(organisation, file) for file in kept]
        said = replace(
            activities.words(activity, raw, held.user, shown), files=tuple(f.id for f in kept)
        )
        followed = feeds.find(organisation, held.conversation)
        name = activity.name or ""
        return directline.take(organisation, followed, activity.type, name, said)


async def _opening(request: Request) -> Opening:
    """The body of a start, which may be empty; raises MalformedBody."""
    given = await bodies.read_as(request, Opening)
    if len(given.id) > LONGEST_ID or len(given.name) > LONGEST_ID:
        raise MalformedBody(f"The user's id and name have at most {LONGEST_ID} characters.")
    return given


def _begin(held: Pass, given: Opening) -> None:
    words = Words(given.name, carried={"locale": given.locale or "en-us"})
    user = held.user or f"dl_{uuid4().hex}"
    directline.begin(held.organisation, held.conversation, held.bot, user, words)
