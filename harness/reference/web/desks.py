"""What the JSON surfaces of the desks share: organisation in the path, signed-in user, answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from harness.reference.domain.desk import SecurityRole, User
from harness.reference.domain.errors import NotSignedIn
from harness.reference.operations import users
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web import bodies
from harness.reference.web.bodies import read_as
from harness.reference.web.replies import File, attachment, json
from harness.reference.web.tokens import caller

Answer = Callable[[Organisation, User, Request], object]
B = TypeVar("B")


def signed_in(world: World, request: Request) -> tuple[Organisation, User]:
    """The organisation in the path and the user of the token, who must be of that organisation."""
    organisation = world.find(request.path_params["org"])
    claims = caller(world, request)
    if claims.organisation is not organisation:
        raise NotSignedIn("The token is of another organisation. Sign in here.")
    return organisation, users.known(organisation, claims.subject)


class Desk:
    """Makes the routes of one surface: `path` below it, and a function from user to answer."""

    def __init__(self, world: World, prefix: str) -> None:
        self._world = world
        self._prefix = prefix

    def get(self, path: str, answer: Answer) -> Route:
        """A question; its answer is JSON."""

        async def handle(request: Request) -> Response:
            organisation, who = signed_in(self._world, request)
            return json(answer(organisation, who, request))

        return Route(self._prefix + path, handle, methods=["GET"])

    def download(
        self,
        path: str,
        answer: Callable[[Organisation, User, Request], File],
        wrap: Callable[[str, bytes], Response] = attachment,
    ) -> Route:
        """A question whose answer is a file: its name and its bytes, a zip archive or `wrap`ped."""

        async def handle(request: Request) -> Response:
            organisation, who = signed_in(self._world, request)
            return wrap(*answer(organisation, who, request))

        return Route(self._prefix + path, handle, methods=["GET"])

    def change(
        self,
        method: str,
        path: str,
        kind: type[B],
        act: Callable[[Organisation, User, Request, B], object],
        status: int = 200,
    ) -> Route:
        """A change; its body is read as `kind`. 204 answers nothing."""

        async def handle(request: Request) -> Response:
            signed_in(self._world, request)
            body = await read_as(request, kind)
            # Asked again: while the body came in, time may have passed and the user changed.
            organisation, who = signed_in(self._world, request)
            answer = act(organisation, who, request, body)
            return Response(status_code=204) if status == 204 else json(answer, status)

        return Route(self._prefix + path, handle, methods=[method])

    def upload(
        self,
        path: str,
        read: Callable[[bytes], B],
        act: Callable[[Organisation, User, Request, B], object],
        largest: int,
        roles: Sequence[SecurityRole],
    ) -> Route:
        """A change made by a file of at most `largest` bytes: 201, and its answer is JSON.

        Of somebody who has none of the roles, the file is not even read.
        """

        async def handle(request: Request) -> Response:
            users.require(signed_in(self._world, request)[1], *roles)
            body = await bodies.read(request, bodies.PATIENCE, largest)
            # In a thread: what a big file says takes a second to find out, and others wait.
            content = await run_in_threadpool(read, body)
            organisation, who = signed_in(self._world, request)
            return json(act(organisation, who, request, content), 201)

        return Route(self._prefix + path, handle, methods=["POST"])
