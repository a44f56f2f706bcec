"""Signing in by a link, and the start page of a demo that has a link for everybody."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from harness.protocol.conversations import Generation
from harness.reference.domain.errors import DomainError, MalformedBody
from harness.reference.operations import setup
from harness.reference.operations.organisations import World
from harness.reference.web.pages.rendering import rendered
from harness.reference.web.pages.sites import Handler, Refusal, problem, signed_in, token_of
from harness.reference.web.problems import status_of
from harness.reference.web.tokens import COOKIE
from harness.reference.web.tokens import read as claims_of

NEIGHBOURS = ("admin", "azure", "platform", "power-apps")
"""The sites that links of the portal lead to."""


class Door(NamedTuple):
    """A link of the start page: into which page somebody goes."""

    title: str
    purpose: str
    label: str
    href: str


CAST = (
    Door("Shop", "A customer chats with the bot in the widget.", "Open the shop", "/shop/{org}"),
    Door(
        "Shop, signed in",
        "The shop vouches for Ada, to the chat and to a bot that asks.",
        "Open the shop for Ada",
        "/shop/{org}/as/Ada",
    ),
    Door(
        "Shop with the wrong chat",
        "The bot's own embed code: nobody is handed over from there.",
        "Open that shop",
        "/shop/{org}?embed=bot",
    ),
    Door(
        "Agent workspace",
        "Ben answers the conversations that the bot hands over.",
        "Open as Ben",
        "/workspace/{org}",
    ),
    Door(
        "Ongoing conversations",
        "Sam, a supervisor, sees everything that goes on.",
        "Open as Sam",
        "/workspace/{org}/ongoing",
    ),
    Door(
        "Portal",
        "Mia connects the bot and disconnects it.",
        "Open as Mia",
        "/portal/{org}/bots/{bot}/settings/agent-transfers",
    ),
    Door(
        "Topic editor",
        "Mia builds topics, and tries the draft before customers meet it.",
        "Edit topics as Mia",
        "/portal/{org}/bots/{bot}/topics",
    ),
    Door(
        "Admin centre",
        "Olga sets up the chat widget, workstreams, queues and the bot's user.",
        "Open as Olga",
        "/admin/{org}",
    ),
    Door(
        "Power Platform admin centre",
        "Pia sets environments, licences, extensions and who has which role.",
        "Open as Pia",
        "/platform/{org}",
    ),
    Door(
        "Azure portal",
        "Mia registers applications, by which bots are known in preview and classic.",
        "Register as Mia",
        "/azure/{org}",
    ),
    Door(
        "Power Apps",
        "Mia moves bots between environments, in solutions.",
        "Move bots as Mia",
        "/power-apps/{org}",
    ),
    Door("Phone", "A caller speaks to the bot.", "Open the phone", "/phone/{org}"),
)
"""Doors by whose name ends their label; a name that has no token needs none."""


TITLES = {
    Generation.PREVIEW: "Preview generation",
    Generation.CLASSIC: "Classic generation, with a phone",
    Generation.WEB_APP: "Web app generation",
}


def routes(world: World) -> list[BaseRoute]:
    """The sign-in link."""

    async def sign_in(request: Request) -> Response:
        token = request.path_params["token"]
        try:
            claims = claims_of(world, token)
            target = _local(
                request.query_params.get("next") or f"/workspace/{claims.organisation.id}"
            )
        except DomainError as error:
            return problem(request, "Sign in", status_of(error), Refusal.of(error))
        return _admitted(target, token)

    return [
        Route("/sign-in/{token}", sign_in, methods=["GET"]),
        Route("/portal/{org}/pass", passes(world), methods=["GET"]),
    ]


def passes(world: World) -> Handler:
    """From the portal to a neighbour of it, as the same person.

    A cookie holds for one site; whoever follows a link from the portal need not sign in again.
    """

    async def handle(request: Request) -> Response:
        try:
            organisation, _ = signed_in(world, request)
            target = _local(request.query_params.get("next", ""))
            home = scope(target)
            if home not in {f"/{site}/{organisation.id}" for site in NEIGHBOURS}:
                raise MalformedBody("`next` has to be a page that the portal leads to.")
        except DomainError as error:
            return problem(request, "Bot portal", status_of(error), Refusal.of(error))
        return _admitted(target, token_of(request))

    return handle


def _admitted(target: str, token: str) -> Response:
    """To a page, with the cookie of its site."""
    answer = RedirectResponse(target, 303)
    answer.set_cookie(
        COOKIE, token, path=scope(target), secure=True, httponly=True, samesite="strict"
    )
    return answer


def scope(path: str) -> str:
    """The path that a cookie is for: one site of one organisation, a supervisor's list apart.

    One browser can so be several people, each on a site of their own.
    """
    parts = urlsplit(path).path.split("/")
    depth = 4 if parts[3:4] == ["ongoing"] else 3
    return "/".join(parts[:depth]) or "/"


def _local(path: str) -> str:
    """A path of this server; raises MalformedBody for an address that leads elsewhere."""
    if not path.startswith("/") or path.startswith(("//", "/\\")):
        raise MalformedBody("`next` has to be a path of this server.")
    return path


def start(world: World) -> list[BaseRoute]:
    """The start page; only a demo has one, because its links sign in whoever presses them."""

    async def handle(request: Request) -> Response:
        described = [setup.describe(world, organisation) for organisation in world]
        groups = [
            {"title": TITLES[each["generation"]], "doors": _doors(each)} for each in described
        ]
        return rendered(request, "start.html", {"surface": "Hand-off reference", "groups": groups})

    return [Route("/", handle, methods=["GET"])]


def _doors(described: dict[str, Any]) -> list[Door]:
    """A door for each of `CAST`, and one for the phone where the organisation has a number."""
    tokens = {user["name"]: user["token"] for user in described["users"]}
    known = {"org": described["id"], "bot": described["bot"]["id"]}

    def opened(name: str, path: str) -> str:
        path = path.format(**known)
        return f"/sign-in/{tokens[name]}?next={quote(path)}" if name in tokens else path

    doors = CAST if described["phone"] else CAST[:-1]
    return [door._replace(href=opened(door.label.split()[-1], door.href)) for door in doors]
