"""The portal's JSON, for makers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.routing import BaseRoute

from harness.reference.domain.bots import ELSEWHERE
from harness.reference.domain.desk import User
from harness.reference.operations import analytics, connector, imports, makers, transcripts
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


class Content(msgspec.Struct):
    """The body that writes a topic (AdaptiveDialog YAML), or what others answer (stubs)."""

    content: str


def routes(world: World) -> list[BaseRoute]:
    """Everything under /portal/{org}/api."""
    desk = Desk(world, "/portal/{org}/api/bots")
    nothing = dict[str, Any]
    return [
        desk.get("", lambda org, who, r: makers.bots(org, who, wanted(r))),
        desk.change("POST", "", Creation, _creates(world), 201),
        desk.upload("/import", imports.read, imports.keep, LARGEST_EXPORT),
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
        desk.change(
            "PUT",
            "/{bot}/connection",
            nothing,
            lambda org, who, r, _: makers.connect(org, who, _bot(r)),
        ),
        desk.change(
            "DELETE",
            "/{bot}/connection",
            nothing,
            lambda org, who, r, _: makers.disconnect(org, who, _bot(r)),
        ),
        *_sessions(desk),
    ]


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


def _bot(request: Request) -> str:
    return str(request.path_params["bot"])


def _creates(world: World) -> Callable[[Organisation, User, Request, Creation], object]:
    def create(organisation: Organisation, who: User, request: Request, body: Creation) -> object:
        made = makers.create(organisation, who, body.name, body.origin, body.environment)
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
