"""The Azure portal: `App registrations`, and of each its `Overview`."""

from __future__ import annotations

from starlette.requests import Request
from starlette.routing import BaseRoute

from harness.reference.domain.desk import User
from harness.reference.operations import registrations
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web.pages.sites import Form, Page, Shown, Site, field
from harness.reference.web.paging import PAGE, wanted


def routes(world: World) -> list[BaseRoute]:
    """Everything under /azure/{org} that is a page."""
    site = Site(world, "Azure portal", "/azure/{org}", opened_from="/portal/{org}")
    listed = Page("azure/registrations.html", _listed)
    place = "/app-registrations"
    return [
        site.shows("", listed),
        site.shows(place, listed),
        site.takes(f"{place}/new", _register, listed, "The application was not registered"),
        site.shows(f"{place}/{{id}}", Page("azure/registration.html", _overview)),
    ]


def _listed(organisation: Organisation, who: User, request: Request) -> Shown:
    written = {"name": ""} | getattr(request.state, "form", {})
    asked = wanted(request, PAGE)
    listed = registrations.listed(organisation, who, asked)
    return {"registrations": listed, "wanted": asked, "written": written}


def _overview(organisation: Organisation, who: User, request: Request) -> Shown:
    return {"registration": registrations.seen(organisation, who, request.path_params["id"])}


def _register(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    made = registrations.create(organisation, who, field(form, "name"))
    return f"/azure/{organisation.id}/app-registrations/{made['id']}"
