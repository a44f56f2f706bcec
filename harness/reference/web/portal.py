"""The portal's JSON, for makers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.routing import BaseRoute

from harness.reference.bot.exports.packages import Package
from harness.reference.domain.bots import ELSEWHERE
from harness.reference.domain.desk import User
from harness.reference.operations import (
    analytics,
    connecting,
    connector,
    imports,
    makers,
    solutions,
    transcripts,
)
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web.desks import Desk
from harness.reference.web.paging import wanted

LARGEST_EXPORT = 32 * 1024 * 1024
"""Bytes of an archive that brings a bot."""


class Creation(msgspec.Struct):
    """The body that creates a bot."""

    name: str
    origin: str = "portal"
    environment: str | None = None
    endpoint: str = ""


class Content(msgspec.Struct):
    """The body that writes a topic (AdaptiveDialog YAML), or what others answer (stubs)."""

    content: str


class Acknowledgement(msgspec.Struct):
    """The body that enables a connection; the preview asks for `acknowledged`."""

    acknowledged: bool = False


class Choice(msgspec.Struct):
    """The body that names an environment by its id."""

    environment: str


class Commit(msgspec.Struct):
    """The body that connects: with an Application (client) ID, in the web app without."""

    application_id: str | None = None


def routes(world: World) -> list[BaseRoute]:
    """Everything under /portal/{org}/api."""
    desk = Desk(world, "/portal/{org}/api/bots")
    nothing = dict[str, Any]
    return [
        desk.get("", lambda org, who, r: makers.bots(org, who, wanted(r))),
        desk.change("POST", "", Creation, _creates(world), 201),
        desk.upload("/import", imports.read, _keep, LARGEST_EXPORT, makers.AUTHORS),
        desk.get("/{bot}", lambda org, who, r: makers.bot(org, who, _bot(r))),
        desk.change(
            "PATCH",
            "/{bot}",
            makers.Changes,
            lambda org, who, r, changes: makers.change(org, who, _bot(r), changes),
        ),
        *_content(desk),
        desk.change(
            "POST",
            "/{bot}/publish",
            nothing,
            lambda org, who, r, _: makers.publish(org, who, _bot(r)),
        ),
        *_connection(desk),
        desk.get("/{bot}/alm", lambda org, who, r: solutions.status(org, who, _bot(r))),
        *_sessions(desk),
        Desk(world, "/portal/{org}/api/environments").get(
            "", lambda org, who, _: {"value": connecting.choices(org, who)}
        ),
    ]


def _connection(desk: Desk) -> list[BaseRoute]:
    """The steps of connecting (specification 2.6); which of them there are is asked inside."""
    place, nothing = "/{bot}/connection", dict[str, Any]
    return [
        desk.get(place, lambda org, who, r: connecting.read(org, who, _bot(r))),
        desk.change("POST", f"{place}/enable", Acknowledgement, _enable),
        desk.change("PUT", f"{place}/environment", Choice, _choose),
        desk.change("POST", f"{place}/trial", Choice, _try),
        desk.change("PUT", place, Commit, _connect),
        desk.change(
            "POST",
            f"{place}/refresh",
            nothing,
            lambda org, who, r, _: connecting.refresh(org, who, _bot(r)),
        ),
        desk.change(
            "POST",
            f"{place}/disable",
            nothing,
            lambda org, who, r, _: connecting.disable(org, who, _bot(r)),
        ),
        desk.change(
            "DELETE",
            place,
            nothing,
            lambda org, who, r, _: connecting.disconnect(org, who, _bot(r)),
        ),
    ]


def _enable(org: Organisation, who: User, request: Request, body: Acknowledgement) -> object:
    return connecting.enable(org, who, _bot(request), body.acknowledged)


def _choose(org: Organisation, who: User, request: Request, body: Choice) -> object:
    return connecting.choose(org, who, _bot(request), body.environment)


def _try(org: Organisation, who: User, request: Request, body: Choice) -> object:
    return connecting.begin_trial(org, who, _bot(request), body.environment)


def _connect(org: Organisation, who: User, request: Request, body: Commit) -> object:
    return connecting.connect(org, who, _bot(request), body.application_id)


def _sessions(desk: Desk) -> list[BaseRoute]:
    """What the bot's analytics and transcripts say."""
    return [
        desk.get(
            "/{bot}/sessions", lambda org, who, r: {"value": analytics.sessions(org, who, _bot(r))}
        ),
        desk.get("/{bot}/sessions/{conversation}", _session),
        desk.get("/{bot}/analytics", lambda org, who, r: analytics.summary(org, who, _bot(r))),
    ]


def _content(desk: Desk) -> list[BaseRoute]:
    """What a bot says, and what others would answer it."""
    return [
        desk.get("/{bot}/topics", lambda org, who, r: {"value": makers.topics(org, who, _bot(r))}),
        desk.change("PUT", "/{bot}/topics/{name:path}", Content, _write),
        desk.change("DELETE", "/{bot}/topics/{name:path}", dict[str, Any], _delete, 204),
        desk.change("PUT", "/{bot}/stubs", Content, _declare),
    ]


def _keep(
    organisation: Organisation, who: User, request: Request, packages: tuple[Package, ...]
) -> object:
    return imports.keep(organisation, who, packages)


def _bot(request: Request) -> str:
    return str(request.path_params["bot"])


def _creates(world: World) -> Callable[[Organisation, User, Request, Creation], object]:
    def create(organisation: Organisation, who: User, request: Request, body: Creation) -> object:
        made = makers.create(
            organisation, who, body.name, body.origin, body.environment, endpoint=body.endpoint
        )
        if body.origin != ELSEWHERE:
            return made
        return {**made, "connector": connector.access(world, organisation, made["id"])}

    return create


def _session(organisation: Organisation, who: User, request: Request) -> object:
    return transcripts.read(organisation, who, _bot(request), request.path_params["conversation"])


def _write(organisation: Organisation, who: User, request: Request, body: Content) -> object:
    name = request.path_params["name"]
    return makers.write_topic(organisation, who, _bot(request), name, body.content)


def _declare(organisation: Organisation, who: User, request: Request, body: Content) -> object:
    return imports.declare(organisation, who, _bot(request), body.content)


def _delete(organisation: Organisation, who: User, request: Request, _: dict[str, Any]) -> None:
    makers.delete_topic(organisation, who, _bot(request), request.path_params["name"])
