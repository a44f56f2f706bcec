"""The workspace's JSON, for agents and supervisors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.routing import BaseRoute

from harness.protocol.conversations import Presence
from harness.reference.domain.desk import SecurityRole, User
from harness.reference.operations import agents, enclosures, metrics
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web.desks import Desk
from harness.reference.web.replies import File, file_of


class Mood(msgspec.Struct):
    """The body that sets a presence."""

    presence: Presence


class Target(msgspec.Struct):
    """The body that gives a conversation to a queue, by id or name."""

    queue: str


class Text(msgspec.Struct):
    """The body of a message to the customer."""

    text: str


Verb = Callable[[Organisation, User, str], object]


def routes(world: World) -> list[BaseRoute]:
    """Everything under /workspace/{org}/api."""
    desk = Desk(world, "/workspace/{org}/api")
    one = "/conversations/{id}"
    return [
        desk.get("/presence", lambda org, who, _: {"presence": agents.presence(org, who)}),
        desk.change("PUT", "/presence", Mood, _set_presence),
        desk.get("/notifications", lambda org, who, _: {"value": agents.notifications(org, who)}),
        desk.get("/conversations", lambda org, who, _: {"value": agents.conversations(org, who)}),
        desk.get("/waiting", lambda org, who, _: {"value": agents.waiting(org, who)}),
        desk.get(one, lambda org, who, r: agents.read(org, who, r.path_params["id"])),
        _verb(desk, f"{one}/accept", agents.accept),
        _verb(desk, f"{one}/reject", agents.reject),
        _verb(desk, f"{one}/pick", agents.pick),
        _verb(desk, f"{one}/end", agents.end),
        _verb(desk, f"{one}/close", agents.close),
        desk.change("POST", f"{one}/messages", Text, _say, 201),
        desk.upload(f"{one}/files", bytes, _enclose, enclosures.LARGEST, (SecurityRole.AGENT,)),
        desk.download(f"{one}/files/{{file}}", _file, file_of),
        _verb(desk, f"{one}/typing", agents.typing, 204),
        desk.change("POST", f"{one}/transfer", Target, _transfer),
        desk.get("/ongoing", lambda org, who, _: {"value": agents.ongoing(org, who)}),
        _verb(desk, "/ongoing/{id}/close", agents.force_close),
        desk.get("/metrics", lambda org, who, _: metrics.metrics(org, who)),
    ]


def _verb(desk: Desk, path: str, verb: Verb, status: int = 200) -> BaseRoute:
    def act(organisation: Organisation, who: User, request: Request, _: dict[str, Any]) -> object:
        return verb(organisation, who, request.path_params["id"])

    return desk.change("POST", path, dict[str, Any], act, status)


def _set_presence(organisation: Organisation, who: User, request: Request, body: Mood) -> object:
    return {"presence": agents.set_presence(organisation, who, body.presence)}


def _transfer(organisation: Organisation, who: User, request: Request, body: Target) -> object:
    return agents.transfer(organisation, who, request.path_params["id"], body.queue)


def _enclose(organisation: Organisation, who: User, request: Request, content: bytes) -> object:
    name = request.query_params.get("name", "")
    message = enclosures.send(organisation, who, request.path_params["id"], name, content)
    return {"id": str(message.id)}


def _file(organisation: Organisation, who: User, request: Request) -> File:
    path = request.path_params
    return enclosures.opened(organisation, who, path["id"], path["file"])


def _say(organisation: Organisation, who: User, request: Request, body: Text) -> object:
    message = agents.say(organisation, who, request.path_params["id"], body.text)
    return {"id": str(message.id)}
