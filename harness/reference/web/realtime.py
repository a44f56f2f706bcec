"""Pushes to the customer's page: trouter over socket.io 0.9 (wire notes 2c).

A page asks where to go, allocates an endpoint with its chat token, shakes hands, and opens one
WebSocket. These timers are transport: they run on the machine's time, never on an organisation's.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import timedelta

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from harness.reference.domain.errors import MalformedBody, NotFound, NotSignedIn
from harness.reference.operations import presences
from harness.reference.operations.organisations import Organisation, World
from harness.reference.operations.tokens import Claims
from harness.reference.web import bodies, tokens
from harness.reference.web.switchboard import Endpoint, Line, Switchboard

HEARTBEAT = 40
"""Seconds between heartbeats; a client that hears nothing for 60 s connects anew."""

LIFETIME = timedelta(days=1)


class Confirmation(msgspec.Struct):
    """What a page answers to a notification."""

    id: int
    status: int = 0


confirmation = msgspec.json.Decoder(Confirmation)


def routes(world: World) -> list[BaseRoute]:
    """The realtime service; none when the world tells nobody."""
    switchboard = world.hub
    if not isinstance(switchboard, Switchboard):
        return []

    def with_token(
        handle: Callable[[World, Switchboard, Claims, Request], Awaitable[Response]],
    ) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            return await handle(world, switchboard, _customer(world, request), request)

        return endpoint

    async def shake(request: Request) -> Response:
        return handshake(switchboard, request)

    async def socket(websocket: WebSocket) -> None:
        await listen(switchboard, websocket)

    return [
        Route("/chat/config/realTimeNotifications", with_token(configuration)),
        Route("/v4/a", with_token(allocate), methods=["POST"]),
        Route("/v3/registrations", with_token(register), methods=["POST"]),
        Route("/v3/registrations/{epid}", with_token(unregister), methods=["DELETE"]),
        Route("/socket.io/1/", shake, methods=["GET"]),
        WebSocketRoute("/socket.io/1/websocket/{name}", socket),
    ]


def _customer(world: World, request: Request) -> Claims:
    """The chat token of a page, in either of its two headers; raises NotSignedIn, TokenExpired."""
    token = request.headers.get("x-skypetoken")
    claims = tokens.read(world, token) if token else tokens.caller(world, request)
    if "thread" not in claims.extra:
        raise NotSignedIn("This is not a chat token. Start a conversation to get one.")
    return claims


async def configuration(
    world: World, switchboard: Switchboard, claims: Claims, request: Request
) -> Response:
    """Where the services are: all of them here."""
    return JSONResponse(
        {"trouterServiceUrl": world.url, "registrarServiceUrl": world.url, "cloudType": "Public"}
    )


async def allocate(
    world: World, switchboard: Switchboard, claims: Claims, request: Request
) -> Response:
    """An endpoint for a page; one that comes back gets the endpoint that it had."""
    epid = request.query_params.get("epid", "")
    if not epid or len(epid) > 100:
        raise MalformedBody("epid names the page: it has 1 to 100 characters.")
    organisation = claims.organisation
    endpoint = switchboard.allocate(organisation, claims.extra["thread"], claims.subject, epid)
    ends = organisation.clock.now() + LIFETIME
    inbox = f"{world.url}/v4/f/{endpoint.name}/"
    return JSONResponse(
        {
            "socketio": f"{world.url}/",
            "url": inbox,
            "surl": inbox,
            "curlb": world.url,
            "ccid": endpoint.name,
            "id": endpoint.name,
            "ttl": str(int(LIFETIME.total_seconds())),
            "connectparams": {
                "sr": endpoint.name,
                "issuer": "reference",
                "sp": "connect",
                "se": str(int(ends.timestamp() * 1000)),
                "st": str(int(organisation.clock.now().timestamp() * 1000)),
                "sig": endpoint.name,
            },
        }
    )


async def register(
    world: World, switchboard: Switchboard, claims: Claims, request: Request
) -> Response:
    """Which notifications a page wants: always those of its thread, so nothing is kept."""
    await bodies.read_object(request)
    return Response(status_code=202)


async def unregister(
    world: World, switchboard: Switchboard, claims: Claims, request: Request
) -> Response:
    """A page that leaves."""
    thread = claims.extra["thread"]
    switchboard.release(claims.organisation.id, thread, request.path_params["epid"])
    _gone(switchboard, claims.organisation, thread)
    return Response(status_code=202)


def _gone(switchboard: Switchboard, organisation: Organisation, thread: str) -> None:
    """A page is gone: the desk waits for its customer once no other page of theirs is there."""
    if not switchboard.is_listening(organisation.id, thread):
        presences.left(organisation, thread)


def handshake(switchboard: Switchboard, request: Request) -> Response:
    """The first step of socket.io 0.9: a session, its heartbeat, its time-out, its transports."""
    name = request.query_params.get("sr", "")
    if switchboard.find(name) is None:
        raise NotFound("This connection was never allocated, or is long gone. Allocate anew.")
    return PlainTextResponse(f"{name}:{HEARTBEAT}:{HEARTBEAT + 20}:websocket")


async def listen(switchboard: Switchboard, websocket: WebSocket) -> None:
    """One page's socket, from hello to goodbye."""
    endpoint = switchboard.find(websocket.path_params["name"])
    if endpoint is None:
        await websocket.close(4404)
        return
    await websocket.accept()
    line = endpoint.connect()
    presences.arrived(endpoint.organisation, endpoint.thread)
    tasks = [
        asyncio.create_task(_write(websocket, line)),
        asyncio.create_task(_read(websocket, endpoint, line)),
        asyncio.create_task(_beat(line)),
        asyncio.create_task(line.gone.wait()),
    ]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        endpoint.disconnect(line)
        _gone(switchboard, endpoint.organisation, endpoint.thread)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        with contextlib.suppress(RuntimeError, WebSocketDisconnect):
            await websocket.close()


async def _write(websocket: WebSocket, line: Line) -> None:
    while True:
        await websocket.send_text(await line.next())


async def _beat(line: Line) -> None:
    while True:
        await asyncio.sleep(HEARTBEAT / 2)
        line.write("2::")


async def _read(websocket: WebSocket, endpoint: Endpoint, line: Line) -> None:
    """Answers what the page says; what cannot be understood is passed over, as the product does."""
    while True:
        said = await websocket.receive_text()
        kind, _, rest = said.partition(":")
        if kind == "0":
            return
        if kind == "3":
            with contextlib.suppress(msgspec.DecodeError):
                endpoint.confirm(confirmation.decode(rest.split(":", 2)[-1]).id)
        elif kind == "5" and (number := rest.partition(":")[0]).endswith("+"):
            line.write(f'6:::{number}["pong"]')
