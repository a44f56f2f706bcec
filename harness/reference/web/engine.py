"""Direct to the engine: the Copilot Studio client's calls, answered as a stream of events (SSE).

A turn's stream ends when the bot has answered. What an agent says later comes with the next turn,
or at once to who has subscribed.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from typing import Any
from uuid import UUID, uuid4

import msgspec
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from harness.protocol.conversations import Role
from harness.reference.domain.activities import Activity
from harness.reference.domain.errors import MalformedBody, NotSignedIn
from harness.reference.operations import custom, engine, feeds, talks
from harness.reference.operations.custom import Words
from harness.reference.operations.engine import Client
from harness.reference.operations.feeds import Followed
from harness.reference.operations.organisations import World
from harness.reference.web import bodies, desks, tokens
from harness.reference.web.bells import Bell, Bells
from harness.reference.web.switchboard import Switchboard

HEARTBEAT = 15.0
"""Seconds of real time after which a silent subscription says that it is still there."""

STREAM = "text/event-stream"
END = b"event: end\ndata: end\n\n"
STILL = b": still here\n\n"

encode = msgspec.json.Encoder().encode


class Opening(msgspec.Struct, rename="camel"):
    """The body that starts a conversation."""

    emit_start_conversation_event: bool = True
    locale: str | None = None
    conversation_id: str | None = None


class Said(msgspec.Struct):
    """An activity of the client; what it does not need for the bot is passed over."""

    type: str
    text: str | None = None
    name: str | None = None
    value: Any = None


class Turn(msgspec.Struct):
    """The body of a turn."""

    activity: Said


Calling = Callable[[World, Request], Client]


def routes(world: World) -> list[BaseRoute]:
    """Each bot's engine, for people of the organisation; and the desk's channel, for its secret."""
    places: dict[str, Calling] = {
        "/copilotstudio/{org}/bots/{bot}/conversations": _with_bot,
        "/copilotstudio/{org}/channel/conversations": _of_channel,
    }
    return [route for place, who in places.items() for route in _routes(world, place, who)]


def _routes(world: World, place: str, who: Calling) -> list[BaseRoute]:
    async def start(request: Request) -> Response:
        who(world, request)
        asked = await bodies.read_as(request, Opening)
        id = _id(asked.conversation_id)
        locale, greeted = asked.locale or "en-us", asked.emit_start_conversation_event
        client = who(world, request)
        said = engine.begin(client, id, locale, greeted=greeted)
        if greeted and not said:
            said = await _from_elsewhere(world, client, id)
        return _stream(id, _all_of(said))

    async def turn(request: Request) -> Response:
        who(world, request)
        given = (await bodies.read_as(request, Turn)).activity
        if given.type == "message" and not given.text and given.value is None:
            raise MalformedBody("A message needs a text or a value.")
        id = str(request.path_params["id"])
        words = Words(given.text or "", given.value)
        client = who(world, request)
        said = engine.turn(client, id, given.type, given.name or "", words)
        return _stream(id, _all_of(said or await _from_elsewhere(world, client, id)))

    async def subscribe(request: Request) -> Response:
        client, id = who(world, request), str(request.path_params["id"])
        followed = engine.find(client, id)
        missed: list[Activity] = []
        if last := request.headers.get("last-event-id", ""):
            missed = engine.again(client.organisation, followed, last)
        assert isinstance(world.hub, Switchboard), "the route is there with it only"
        return _stream(id, _follow(client, followed, world.hub.bells, missed))

    one = f"{place}/{{id}}"
    listed: list[BaseRoute] = [
        Route(place, start, methods=["POST"]),
        Route(one, turn, methods=["POST"]),
    ]
    if isinstance(world.hub, Switchboard):
        listed.append(Route(f"{one}/subscribe", subscribe, methods=["GET"]))
    return listed


async def _from_elsewhere(world: World, client: Client, id: str) -> list[Activity]:
    """The answer of a bot that runs elsewhere, which is posted to: awaited as far as it comes."""
    followed = engine.find(client, id)
    await world.courier.flush(client.organisation.id, followed.id)
    return engine.unseen(client.organisation, followed)


def _with_bot(world: World, request: Request) -> Client:
    """Somebody of the organisation, with a bot; raises NotSignedIn, TokenExpired, NotFound."""
    organisation, user = desks.signed_in(world, request)
    bot = talks.named(organisation, str(request.path_params["bot"]))
    return Client(organisation, user.id, bot.id)


def _of_channel(world: World, request: Request) -> Client:
    """Who holds the channel's secret; raises NotSignedIn for any other token."""
    organisation = world.find(request.path_params["org"])
    claims = tokens.caller(world, request)
    is_secret = claims.extra.get("line") == custom.LINE and not claims.extra.get("talk")
    if claims.organisation is not organisation or not is_secret:
        raise NotSignedIn("This is not the secret of the organisation's own channel.")
    return Client(organisation)


def _id(wanted: str | None) -> str:
    """A conversation's id, of the client's making or ours; raises MalformedBody."""
    if not wanted:
        return str(uuid4())
    try:
        return str(UUID(wanted))
    except ValueError:
        raise MalformedBody(f"conversationId {wanted[:50]!r} is no GUID.") from None


def _stream(id: str, events: AsyncIterator[bytes]) -> Response:
    headers = {"x-ms-conversationid": id, "cache-control": "no-store"}
    return StreamingResponse(events, headers=headers, media_type=STREAM)


async def _all_of(said: Iterable[Activity]) -> AsyncIterator[bytes]:
    yield b"".join(map(_event, said)) + END


def _event(activity: Activity) -> bytes:
    id = f"id: {activity['id']}\n".encode() if "id" in activity else b""
    return id + b"event: activity\ndata: " + encode(activity) + b"\n\n"


async def _follow(
    client: Client, followed: Followed, bells: Bells, missed: list[Activity]
) -> AsyncIterator[bytes]:
    """Everything that nobody has had yet, until the conversation is over or the client goes."""
    organisation, id = client.organisation, feeds.id_of(followed)
    yield STILL + b"".join(map(_event, missed))
    with bells.hang(organisation.id, feeds.key_of(followed)) as bell:
        async for typing in _rings(bell):
            if typing is None:
                yield STILL
                continue
            now = engine.find(client, id)
            said = engine.unseen(organisation, now)
            shown = [feeds.typing(now, typing), *said] if typing else said
            yield b"".join(map(_event, shown)) or STILL
            if feeds.is_over(now):
                yield END
                return


async def _rings(bell: Bell) -> AsyncIterator[str | None]:
    """Who types, empty when there is something else to see; None when it has long been quiet."""
    gone = asyncio.create_task(bell.gone.wait())
    rung = asyncio.create_task(bell.rung())
    try:
        while not gone.done():
            await asyncio.wait({gone, rung}, timeout=HEARTBEAT, return_when="FIRST_COMPLETED")
            if rung.done():
                who = rung.result()
                rung = asyncio.create_task(bell.rung())
                yield who.name if who and who.role is not Role.CUSTOMER else ""
            elif not gone.done():
                yield None
    finally:
        for task in (gone, rung):
            task.cancel()
        await asyncio.gather(gone, rung, return_exceptions=True)
