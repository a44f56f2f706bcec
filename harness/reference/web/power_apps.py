"""Power Apps' JSON: the solutions of each environment, and the packages that move them."""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.routing import BaseRoute

from harness.reference.bot.exports.manifests import Parcel
from harness.reference.domain.desk import User
from harness.reference.domain.errors import MalformedBody
from harness.reference.operations import packages, solutions
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web.desks import Desk
from harness.reference.web.replies import File

LARGEST = 32 * 1024 * 1024
"""Bytes of a package."""

WORDS = {"true": True, "false": False}


class Creation(msgspec.Struct):
    """The body that makes a solution."""

    name: str


class Component(msgspec.Struct):
    """The body that puts a bot, by its id, into a solution."""

    bot: str


def routes(world: World) -> list[BaseRoute]:
    """Everything under /power-apps/{org}/api."""
    desk = Desk(world, "/power-apps/{org}/api/environments/{environment}/solutions")
    layers = "/{solution}/components/{bot}/layers"
    return [
        desk.get("", lambda org, who, r: {"value": solutions.listed(org, who, _environment(r))}),
        desk.change("POST", "", Creation, _create, 201),
        desk.upload("/import", packages.read, _import, LARGEST, solutions.MOVERS),
        desk.get("/{solution}", lambda org, who, r: solutions.seen(org, who, *_solution(r))),
        desk.change("DELETE", "/{solution}", dict[str, object], _delete, 204),
        desk.change("POST", "/{solution}/components", Component, _add, 201),
        desk.download("/{solution}/export", _export),
        desk.get(layers, _layers),
        desk.change("DELETE", f"{layers}/unmanaged", dict[str, object], _remove, 204),
    ]


def _environment(request: Request) -> str:
    return str(request.path_params["environment"])


def _solution(request: Request) -> tuple[str, str]:
    return _environment(request), str(request.path_params["solution"])


def _component(request: Request) -> tuple[str, str, str]:
    return *_solution(request), str(request.path_params["bot"])


def _create(organisation: Organisation, who: User, request: Request, body: Creation) -> object:
    return solutions.create(organisation, who, _environment(request), body.name)


def _import(organisation: Organisation, who: User, request: Request, parcel: Parcel) -> object:
    return packages.bring(organisation, who, _environment(request), parcel)


def _add(organisation: Organisation, who: User, request: Request, body: Component) -> object:
    return solutions.add(organisation, who, *_solution(request), body.bot)


def _export(organisation: Organisation, who: User, request: Request) -> File:
    word = request.query_params.get("managed", "false")
    if word not in WORDS:
        raise MalformedBody(f"managed is true or false, not {word[:20]!r}.")
    made = packages.exported(organisation, who, *_solution(request), managed=WORDS[word])
    return made.name, made.content


def _layers(organisation: Organisation, who: User, request: Request) -> object:
    return {"value": solutions.layers(organisation, who, *_component(request))}


def _remove(organisation: Organisation, who: User, request: Request, _: dict[str, object]) -> None:
    solutions.remove_layer(organisation, who, *_component(request))


def _delete(organisation: Organisation, who: User, request: Request, _: dict[str, object]) -> None:
    solutions.delete(organisation, who, *_solution(request))
