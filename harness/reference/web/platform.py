"""The platform's JSON, for its administrators: environments, extensions, people and their roles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.routing import BaseRoute

from harness.reference.domain.desk import User
from harness.reference.operations import environments, people
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web.desks import Desk


class Creation(msgspec.Struct, forbid_unknown_fields=True):
    """The body that creates an environment."""

    name: str
    region: str = environments.REGION
    omnichannel: bool = False


class Changes(msgspec.Struct, forbid_unknown_fields=True):
    """The body that changes an environment: what it does not say stays."""

    name: str | None = None
    region: str | None = None
    omnichannel: bool | None = None
    licences: tuple[str, ...] | None = None


class Person(msgspec.Struct, forbid_unknown_fields=True):
    """The body that lets somebody work here."""

    name: str
    roles: tuple[str, ...]


class Roles(msgspec.Struct, forbid_unknown_fields=True):
    """The body that gives somebody roles."""

    roles: tuple[str, ...]


def routes(world: World) -> list[BaseRoute]:
    """Everything under /platform/{org}/api."""
    desk = Desk(world, "/platform/{org}/api")
    extension = "/environments/{id}/extensions/{extension}"
    return [
        desk.get("/environments", lambda org, who, _: {"value": environments.listed(org, who)}),
        desk.change("POST", "/environments", Creation, _create, 201),
        desk.get("/environments/{id}", lambda org, who, r: environments.seen(org, who, _id(r))),
        desk.change("PATCH", "/environments/{id}", Changes, _change),
        desk.change("PUT", extension, dict[str, Any], _install),
        desk.change("DELETE", extension, dict[str, Any], _remove),
        desk.get("/users", lambda org, who, _: {"value": people.listed(org, who)}),
        desk.change("POST", "/users", Person, _employs(world), 201),
        desk.change("PATCH", "/users/{name:path}", Roles, _give),
    ]


def _id(request: Request) -> str:
    return str(request.path_params["id"])


def _create(organisation: Organisation, who: User, request: Request, body: Creation) -> object:
    return environments.create(organisation, who, body.name, body.region, body.omnichannel)


def _change(organisation: Organisation, who: User, request: Request, body: Changes) -> object:
    changes = environments.Changes(**msgspec.structs.asdict(body))
    return environments.change(organisation, who, _id(request), changes)


def _install(organisation: Organisation, who: User, request: Request, _: dict[str, Any]) -> object:
    extension = request.path_params["extension"]
    return environments.install(organisation, who, _id(request), extension)


def _remove(organisation: Organisation, who: User, request: Request, _: dict[str, Any]) -> object:
    extension = request.path_params["extension"]
    return environments.remove(organisation, who, _id(request), extension)


def _employs(world: World) -> Callable[[Organisation, User, Request, Person], object]:
    def employ(organisation: Organisation, who: User, request: Request, body: Person) -> object:
        return people.create(world, organisation, who, body.name, body.roles)

    return employ


def _give(organisation: Organisation, who: User, request: Request, body: Roles) -> object:
    return people.change(organisation, who, request.path_params["name"], body.roles)
