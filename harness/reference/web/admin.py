"""The admin centre's JSON, for administrators."""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.routing import BaseRoute

from harness.reference.domain.desk import Rule, User
from harness.reference.operations import administrators
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web.desks import Desk


class Settings(msgspec.Struct):
    """The body that changes a workstream."""

    bot: str | None = None
    rules: tuple[Rule, ...] | None = None


class Creation(msgspec.Struct):
    """The body that creates a queue; members by name."""

    name: str
    members: tuple[str, ...] = ()


def routes(world: World) -> list[BaseRoute]:
    """Everything under /admin/{org}/api."""
    desk = Desk(world, "/admin/{org}/api")
    return [
        desk.get(
            "/application-users",
            lambda org, who, _: {"value": administrators.application_users(org, who)},
        ),
        desk.get(
            "/workstreams", lambda org, who, _: {"value": administrators.workstreams(org, who)}
        ),
        desk.change("PATCH", "/workstreams/{id}", Settings, _set),
        desk.get("/queues", lambda org, who, _: {"value": administrators.queues(org, who)}),
        desk.change("POST", "/queues", Creation, _create, 201),
    ]


def _set(organisation: Organisation, who: User, request: Request, body: Settings) -> object:
    id = request.path_params["id"]
    return administrators.set_workstream(organisation, who, id, body.bot, body.rules)


def _create(organisation: Organisation, who: User, request: Request, body: Creation) -> object:
    return administrators.create_queue(organisation, who, body.name, body.members)
