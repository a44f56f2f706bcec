"""Files of chats as the clients' attachment service takes and gives them (wire notes 2d).

A chat token opens the files of its own thread. What is given is never shown by a browser itself:
clients make of it what the message says that it is.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from harness.protocol.conversations import Role
from harness.reference.domain.attachments import MEGABYTE
from harness.reference.domain.errors import InsufficientRole, NotSignedIn
from harness.reference.operations import attachments, customers, widgets
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web import bodies, tokens
from harness.reference.web.replies import file_of, json

SCHEME = "skype_token"
PATIENCE = 60.0
"""Seconds of real time that a file may take to arrive."""


class Announced(msgspec.Struct):
    """The body that announces a file; `permissions` names the threads that may read it."""

    filename: str
    type: str = "sharing/file"
    permissions: dict[str, list[str]] = {}


Handler = Callable[[World, Organisation, str, Request], Awaitable[Response]]


def routes(world: World) -> list[BaseRoute]:
    """The routes of `/v1`."""
    one, view = "/v1/objects/{id}", "/v1/objects/{id}/views/{view}"
    return [
        Route("/v1/skypetokenauth", _own(world, admit), methods=["POST"]),
        Route("/v1/objects", _own(world, announce), methods=["POST"]),
        Route(f"{one}/content/{{view}}", _own(world, fill), methods=["PUT"]),
        Route(f"{view}/status", _own(world, status), methods=["GET"]),
        Route(view, _own(world, give), methods=["GET"]),
    ]


def _own(world: World, handle: Handler) -> Callable[[Request], Awaitable[Response]]:
    """Lets a customer in with the token of their chat; raises NotSignedIn, TokenExpired."""

    async def endpoint(request: Request) -> Response:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != SCHEME or not token:
            raise NotSignedIn(f"No chat token came along. Send Authorization: {SCHEME} <token>.")
        claims = tokens.read(world, token.strip())
        thread = claims.extra.get("thread")
        if not isinstance(thread, str):
            raise InsufficientRole("This token is not of a chat.")
        return await handle(world, claims.organisation, thread, request)

    return endpoint


async def admit(
    world: World, organisation: Organisation, thread: str, request: Request
) -> Response:
    """The token is good; clients ask once, as they load."""
    await bodies.read(request)
    return json({})


async def announce(
    world: World, organisation: Organisation, thread: str, request: Request
) -> Response:
    """A place for a file, in the caller's own thread and in no other one."""
    wanted = await bodies.read_as(request, Announced)
    if set(wanted.permissions) - {thread}:
        raise InsufficientRole("A file is for the thread of the token that sends it.")
    customers.writable(organisation, thread)
    return json(
        {"id": attachments.announce(organisation, thread, wanted.filename, Role.CUSTOMER).id}, 201
    )


async def fill(world: World, organisation: Organisation, thread: str, request: Request) -> Response:
    """The bytes of the file."""
    id = request.path_params["id"]
    attachments.found(organisation, thread, id)
    largest = widgets.of(organisation).largest_file * MEGABYTE
    content = await bodies.read(request, PATIENCE, largest)
    attachments.fill(organisation, thread, id, content)
    return json({}, 201)


async def status(
    world: World, organisation: Organisation, thread: str, request: Request
) -> Response:
    """Where to get the file; it is ready as soon as it is there."""
    id = request.path_params["id"]
    file, content = attachments.opened(organisation, thread, id)
    return json(
        {
            "content_length": len(content),
            "content_full_length": len(content),
            "content_state": "ready",
            "original_filename": file.name,
            "view_length": len(content),
            "view_location": f"{world.url}/v1/objects/{id}/views/{request.path_params['view']}",
            "view_state": "ready",
        }
    )


async def give(world: World, organisation: Organisation, thread: str, request: Request) -> Response:
    """The file itself."""
    file, content = attachments.opened(organisation, thread, request.path_params["id"])
    return file_of(file.name, content)
