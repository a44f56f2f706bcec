"""What the pages of a desk share: who is signed in, forms, and refusals as pages.

A form is taken from this site's own pages only: the cookie is `SameSite=Strict`, and the request
must name this origin. A form that was taken answers with the address to look at next; a refused
one with the page that it was on and a message, so that nothing written is lost.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import parse_qsl, quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from harness.reference.domain.desk import SecurityRole, User
from harness.reference.domain.errors import DomainError, MalformedBody, NotSignedIn
from harness.reference.operations import users
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web.bodies import LARGEST, read
from harness.reference.web.pages.rendering import rendered
from harness.reference.web.pages.uploads import refuse_foreign, uploaded
from harness.reference.web.problems import status_of
from harness.reference.web.replies import File, attachment
from harness.reference.web.tokens import COOKIE
from harness.reference.web.tokens import read as claims_of

TITLES = {
    401: "You are not signed in",
    403: "You may not do this",
    404: "There is no such page",
    409: "This is not possible now",
}
FIELDS = 20
"""More fields than any form of ours has."""

Shown = dict[str, Any]
Form = dict[str, str]
Show = Callable[[Organisation, User, Request], Shown]
Act = Callable[[Organisation, User, Request, Form], str]
B = TypeVar("B")
Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Page:
    """A template and the function that says what it shows."""

    template: str
    show: Show


@dataclass(frozen=True, slots=True)
class Upload(Generic[B]):
    """What a form's file is read as, by whom, and what is done with it."""

    read: Callable[[bytes], B]
    act: Callable[[Organisation, User, Request, B], str]
    roles: Sequence[SecurityRole]


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a page says when something was refused."""

    title: str
    name: str
    code: int | None
    message: str

    @classmethod
    def of(cls, error: DomainError, title: str = "") -> Refusal:
        """The refusal of an error of the domain."""
        title = title or TITLES.get(status_of(error), "This was refused")
        return cls(title, type(error).__name__, error.code, str(error))


def signed_in(world: World, request: Request) -> tuple[Organisation, User]:
    """The organisation in the path and the person in the cookie; raises NotSignedIn, NotFound."""
    organisation = world.find(request.path_params["org"])
    claims = claims_of(world, token_of(request))
    if claims.organisation is not organisation:
        raise NotSignedIn("You are signed in elsewhere, not in this organisation.")
    return organisation, users.known(organisation, claims.subject)


def token_of(request: Request) -> str:
    """The first cookie of our name: browsers send that of the longest path first (RFC 6265, 5.4).

    So an agent's workspace and a supervisor's list below it can be open in one browser.
    """
    for part in request.headers.get("cookie", "").split(";"):
        name, _, value = part.strip().partition("=")
        if name == COOKIE:
            return value
    raise NotSignedIn("Open a sign-in link to say who you are.")


class Site:
    """Makes the routes of one site: its `surface` is the name in the bar.

    `largest` is how many bytes a form of it may have. `opened_from` is the site whose links lead
    here: who is signed in there comes in as the same person.
    """

    def __init__(
        self,
        world: World,
        surface: str,
        prefix: str,
        *,
        largest: int = LARGEST,
        opened_from: str = "",
    ) -> None:
        self._world = world
        self._opened_from = opened_from
        self._largest = largest
        self._surface = surface
        self._prefix = prefix

    def shows(self, path: str, page: Page) -> Route:
        """A page to look at."""

        async def handle(request: Request) -> Response:
            return self._rendered(request, page)

        return Route(self._prefix + path, self.guarded(handle), methods=["GET"])

    def takes(self, path: str, act: Act, page: Page, title: str) -> Route:
        """A form; `page` is where it stands, `title` what a refusal is headed with.

        An act that answers with no address is shown on that page itself.
        """

        async def handle(request: Request) -> Response:
            if request.method == "GET":  # A reload or a bookmark of where a form was sent.
                return RedirectResponse(request.url.path.rpartition("/")[0], 303)
            form = request.state.form = await filled(request, self._largest)
            organisation, who = signed_in(self._world, request)
            try:
                address = act(organisation, who, request, form)
                return RedirectResponse(address, 303) if address else self._rendered(request, page)
            except DomainError as error:
                return self._rendered(request, page, status_of(error), Refusal.of(error, title))

        return Route(self._prefix + path, self.guarded(handle), methods=["GET", "POST"])

    def receives(self, path: str, upload: Upload[B], page: Page, title: str) -> Route:
        """A form with a file of at most `largest` bytes; otherwise as `takes`."""

        async def handle(request: Request) -> Response:
            if request.method == "GET":
                return RedirectResponse(request.url.path.rpartition("/")[0], 303)
            _, who = signed_in(self._world, request)
            body = await uploaded(request, self._largest)
            try:
                users.require(who, *upload.roles)
                # In a thread: what a big file says takes a second to find out, and others wait.
                content = await run_in_threadpool(upload.read, body)
                organisation, who = signed_in(self._world, request)
                return RedirectResponse(upload.act(organisation, who, request, content), 303)
            except DomainError as error:
                return self._rendered(request, page, status_of(error), Refusal.of(error, title))

        return Route(self._prefix + path, self.guarded(handle), methods=["GET", "POST"])

    def gives(
        self,
        path: str,
        answer: Callable[[Organisation, User, Request], File],
        wrap: Callable[[str, bytes], Response] = attachment,
    ) -> Route:
        """A file to be kept: a zip archive, or what `wrap` makes of it."""

        async def handle(request: Request) -> Response:
            return wrap(*answer(*signed_in(self._world, request), request))

        return Route(self._prefix + path, self.guarded(handle), methods=["GET"])

    def _rendered(
        self, request: Request, page: Page, status: int = 200, refusal: Refusal | None = None
    ) -> Response:
        organisation, who = signed_in(self._world, request)
        shown = page.show(organisation, who, request)
        names = {
            "surface": self._surface,
            "org": organisation.id,
            "user": who,
            "deviates": organisation.faults.deviates,
        }
        return rendered(request, page.template, names | shown | {"refusal": refusal}, status)

    def guarded(self, handle: Handler) -> Handler:
        """A handler whose refusals are pages."""

        async def guarded(request: Request) -> Response:
            try:
                return await handle(request)
            except NotSignedIn as error:
                return self._passed(request) or self._problem(request, error)
            except DomainError as error:
                return self._problem(request, error)

        return guarded

    def _passed(self, request: Request) -> Response | None:
        """To the site that leads here, which lets its people pass (`signing_in.passes`).

        Only somebody's browser is sent there, and only to look: who posts or reads by a program
        is told.
        """
        looks = request.method == "GET" and request.headers.get("sec-fetch-mode") == "navigate"
        if not self._opened_from or not looks:
            return None
        door = self._opened_from.format(**request.path_params)
        return RedirectResponse(f"{door}/pass?next={quote(request.url.path)}", 303)

    def _problem(self, request: Request, error: DomainError) -> Response:
        return problem(request, self._surface, status_of(error), Refusal.of(error))


def problem(request: Request, surface: str, status: int, refusal: Refusal) -> Response:
    """A page that says what is wrong, for when there is no other page to say it on."""
    return rendered(request, "problem.html", {"surface": surface, "refusal": refusal}, status)


async def filled(request: Request, largest: int = LARGEST) -> Form:
    """The fields of a form; raises MalformedBody, or HTTPException for one from another site."""
    refuse_foreign(request)
    body = await read(request, largest=largest)
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=FIELDS)
    except ValueError as error:
        raise MalformedBody(f"The form cannot be read: {error}.") from None
    return {name: value.replace("\r\n", "\n") for name, value in pairs}


def field(form: Form, name: str) -> str:
    """A field that has to be there and not blank; raises MalformedBody."""
    value = form.get(name, "")
    if not value.strip():
        raise MalformedBody(f"The field {name!r} is empty.")
    return value
