"""The Power Platform admin centre: environments with what they are licensed for, and people."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from urllib.parse import quote

from starlette.requests import Request
from starlette.routing import BaseRoute

from harness.reference.domain.desk import SecurityRole, User
from harness.reference.domain.environments import Extension, Licence
from harness.reference.operations import environments, people
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web.pages.sites import Act, Form, Page, Shown, Site, field

REGIONS = (
    *("Asia", "Australia", "Canada", "Europe", "India", "Japan", "South America"),
    *("Switzerland", "United Kingdom", "United States"),
)
"""What the page proposes; a region may have any other name."""


def routes(world: World) -> list[BaseRoute]:
    """Everything under /platform/{org} that is a page."""
    site = Site(
        world, "Power Platform admin centre", "/platform/{org}", opened_from="/portal/{org}"
    )
    one, person = "/environments/{id}", "/users/{name:path}"
    unchanged = "The environment was not changed"
    return [
        site.shows("", ENVIRONMENTS),
        site.shows("/environments", ENVIRONMENTS),
        site.takes("/environments/new", _create, ENVIRONMENTS, "The environment was not created"),
        site.shows(one, ENVIRONMENT),
        site.takes(f"{one}/details", _change, ENVIRONMENT, unchanged),
        site.takes(f"{one}/omnichannel", _provision, ENVIRONMENT, unchanged),
        site.takes(f"{one}/licences", _license, ENVIRONMENT, unchanged),
        site.takes(f"{one}/extensions", _install, ENVIRONMENT, "The extensions were not changed"),
        site.shows("/users", PEOPLE),
        site.takes("/users/new", _employs(world), PEOPLE, "The user was not added"),
        site.takes(f"{person}/roles", _give, PERSON, "The roles were not changed"),
        site.shows(person, PERSON),
    ]


# What is shown


def _environments(organisation: Organisation, who: User, request: Request) -> Shown:
    written = {"name": "", "region": environments.REGION, "omnichannel": ""} | _written(request)
    return {
        "environments": environments.listed(organisation, who),
        "licences": list(Licence),
        "extensions": list(Extension),
        "regions": REGIONS,
        "written": written,
    }


def _environment(organisation: Organisation, who: User, request: Request) -> Shown:
    shown = environments.seen(organisation, who, request.path_params["id"])
    return {
        "environment": shown,
        "licences": list(Licence),
        "extensions": list(Extension),
        "written": {"name": shown["name"], "region": shown["region"]} | _written(request),
    }


def _people(organisation: Organisation, who: User, request: Request) -> Shown:
    return {
        "people": people.listed(organisation, who),
        "roles": list(SecurityRole),
        "written": {"name": ""} | _written(request),
    }


def _person(organisation: Organisation, who: User, request: Request) -> Shown:
    person = people.seen(organisation, who, request.path_params["name"])
    return {"person": person, "roles": list(SecurityRole)}


def _written(request: Request) -> Form:
    """What a refused form says, so that it need not be written again."""
    written: Form = getattr(request.state, "form", {})
    return written


ENVIRONMENTS = Page("platform/environments.html", _environments)
ENVIRONMENT = Page("platform/environment.html", _environment)
PEOPLE = Page("platform/users.html", _people)
PERSON = Page("platform/user.html", _person)


# What is done


def _create(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    with_it = "omnichannel" in form
    made = environments.create(
        organisation, who, field(form, "name"), field(form, "region"), with_it
    )
    return f"/platform/{organisation.id}/environments/{made['id']}"


def _change(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    changes = environments.Changes(name=field(form, "name"), region=field(form, "region"))
    return _changed(organisation, who, request, changes)


def _provision(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    changes = environments.Changes(omnichannel=field(form, "omnichannel") == "yes")
    return _changed(organisation, who, request, changes)


def _license(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    changes = environments.Changes(licences=_ticked(Licence, form))
    return _changed(organisation, who, request, changes)


def _changed(
    organisation: Organisation, who: User, request: Request, changes: environments.Changes
) -> str:
    environments.change(organisation, who, request.path_params["id"], changes)
    return _address(organisation, request)


def _install(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    act = environments.install if form.get("install") == "yes" else environments.remove
    act(organisation, who, request.path_params["id"], field(form, "extension"))
    return _address(organisation, request)


def _employs(world: World) -> Act:
    def employ(organisation: Organisation, who: User, request: Request, form: Form) -> str:
        roles = _ticked(SecurityRole, form)
        people.create(world, organisation, who, field(form, "name"), roles)
        return f"/platform/{organisation.id}/users"

    return employ


def _give(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    name = request.path_params["name"]
    people.change(organisation, who, name, _ticked(SecurityRole, form))
    return f"/platform/{organisation.id}/users/{quote(name, safe='')}"


def _ticked(kind: Iterable[StrEnum], form: Form) -> tuple[str, ...]:
    """The boxes of a form that have a tick."""
    return tuple(member.value for member in kind if member.value in form)


def _address(organisation: Organisation, request: Request) -> str:
    return f"/platform/{organisation.id}/environments/{request.path_params['id']}"
