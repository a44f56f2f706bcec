"""The admin centre's JSON, for administrators."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.routing import BaseRoute

from harness.reference.domain.desk import User
from harness.reference.domain.records import CustomerRecord, RecordType
from harness.reference.operations import (
    administrators,
    analytics,
    feedback,
    letters,
    records,
    widget_settings,
    workstreams,
)
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web.desks import Desk
from harness.reference.web.paging import wanted


class Creation(msgspec.Struct):
    """The body that creates a queue; members by name, its bot by id."""

    name: str
    members: tuple[str, ...] = ()
    bot: str | None = None


class Ability(msgspec.Struct):
    """The body that disables an application user, or enables it again."""

    disabled: bool


class Entry(msgspec.Struct):
    """The body that creates a record."""

    type: RecordType
    name: str
    email: str = ""
    phone: str = ""
    case_number: str = ""
    active: bool = True


def routes(world: World) -> list[BaseRoute]:
    """Everything under /admin/{org}/api."""
    desk = Desk(world, "/admin/{org}/api")
    return [
        desk.get(
            "/application-users",
            lambda org, who, r: administrators.application_users(org, who, wanted(r)),
        ),
        desk.get(
            "/bots/{bot}",
            lambda org, who, r: administrators.bot(org, who, r.path_params["bot"]),
        ),
        desk.get(
            "/bots/{bot}/analytics",
            lambda org, who, r: analytics.in_omnichannel(org, who, r.path_params["bot"]),
        ),
        desk.get(
            "/workstreams", lambda org, who, _: {"value": administrators.workstreams(org, who)}
        ),
        desk.change("POST", "/workstreams", workstreams.Planned, _begin, 201),
        desk.change("PATCH", "/application-users/{id}", Ability, _disable),
        desk.change("DELETE", "/application-users/{id}", dict[str, Any], _delete, 204),
        desk.change("PATCH", "/workstreams/{id}", administrators.Settings, _set),
        desk.get("/queues", lambda org, who, _: {"value": administrators.queues(org, who)}),
        desk.change("POST", "/queues", Creation, _create, 201),
        desk.get("/records", lambda org, who, _: {"value": records.kept(org, who)}),
        desk.change("POST", "/records", Entry, _record, 201),
        *_widget(desk),
    ]


def _widget(desk: Desk) -> list[BaseRoute]:
    """The chat widget: its settings, and what comes of them after a chat."""
    return [
        desk.get("/widget", lambda org, who, _: widget_settings.shown(org, who)),
        desk.change(
            "PATCH",
            "/widget",
            dict[str, Any],
            lambda org, who, _, body: widget_settings.change(org, who, body),
        ),
        desk.change(
            "PUT",
            "/widget",
            workstreams.Feeding,
            lambda org, who, _, body: workstreams.feed(org, who, body),
        ),
        desk.get("/emails", lambda org, who, _: {"value": letters.kept(org, who)}),
        desk.get("/survey-responses", lambda org, who, _: {"value": feedback.responses(org, who)}),
    ]


def _set(
    organisation: Organisation, who: User, request: Request, body: administrators.Settings
) -> object:
    return administrators.set_workstream(organisation, who, request.path_params["id"], body)


def _begin(
    organisation: Organisation, who: User, request: Request, body: workstreams.Planned
) -> object:
    return workstreams.create(organisation, who, body)


def _disable(organisation: Organisation, who: User, request: Request, body: Ability) -> object:
    id = request.path_params["id"]
    return administrators.disable_application_user(organisation, who, id, body.disabled)


def _delete(organisation: Organisation, who: User, request: Request, _: dict[str, Any]) -> None:
    administrators.delete_application_user(organisation, who, request.path_params["id"])


def _create(organisation: Organisation, who: User, request: Request, body: Creation) -> object:
    return administrators.create_queue(organisation, who, body.name, body.members, body.bot)


def _record(organisation: Organisation, who: User, request: Request, body: Entry) -> object:
    return records.create(organisation, who, CustomerRecord("", **msgspec.structs.asdict(body)))
