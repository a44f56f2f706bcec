"""The admin centre: workstreams, queues, and the entry of each bot."""

from __future__ import annotations

from starlette.requests import Request
from starlette.routing import BaseRoute

from harness.reference.domain.desk import User
from harness.reference.operations import administrators
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web.pages.sites import Page, Shown, Site
from harness.reference.web.paging import PAGE, wanted


def routes(world: World) -> list[BaseRoute]:
    """Everything under /admin/{org} that is a page."""
    site = Site(world, "Admin centre", "/admin/{org}")
    return [
        site.shows("", Page("admin/overview.html", _overview)),
        site.shows("/bots/{bot}", Page("admin/bot.html", _bot)),
    ]


def _overview(organisation: Organisation, who: User, request: Request) -> Shown:
    asked = wanted(request, PAGE)
    queues = administrators.queues(organisation, who)
    return {
        "application_users": administrators.application_users(organisation, who, asked),
        "wanted": asked,
        "workstreams": administrators.workstreams(organisation, who),
        "queues": queues,
        "bot_names": administrators.bot_names(organisation, who),
        "queue_names": {queue["id"]: queue["name"] for queue in queues},
    }


def _bot(organisation: Organisation, who: User, request: Request) -> Shown:
    bot = administrators.bot(organisation, who, request.path_params["bot"])
    workstreams = administrators.workstreams(organisation, who)
    return {"bot": bot, "workstreams": [each for each in workstreams if each["bot"] == bot["id"]]}
