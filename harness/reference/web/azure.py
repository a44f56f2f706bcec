"""The Azure portal's JSON: applications that bots are known by (preview and classic)."""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.routing import BaseRoute

from harness.reference.domain.desk import User
from harness.reference.operations import registrations
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web.desks import Desk
from harness.reference.web.paging import wanted


class Creation(msgspec.Struct, forbid_unknown_fields=True):
    """The body that registers an application."""

    name: str


def routes(world: World) -> list[BaseRoute]:
    """Everything under /azure/{org}/api."""
    desk = Desk(world, "/azure/{org}/api/app-registrations")
    return [
        desk.get("", lambda org, who, r: registrations.listed(org, who, wanted(r))),
        desk.change("POST", "", Creation, _register, 201),
        desk.get("/{id}", lambda org, who, r: registrations.seen(org, who, r.path_params["id"])),
    ]


def _register(organisation: Organisation, who: User, request: Request, body: Creation) -> object:
    return registrations.create(organisation, who, body.name)
