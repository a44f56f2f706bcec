"""The test pane of the portal: *Test your bot*."""

from __future__ import annotations

from starlette.requests import Request
from starlette.routing import BaseRoute

from harness.reference.bot.cards import readable
from harness.reference.domain.desk import User
from harness.reference.operations import makers, rehearsals
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web.pages.sites import Form, Page, Shown, Site, field
from harness.reference.web.pages.wording import words


def routes(world: World) -> list[BaseRoute]:
    """The pane before a test and during one."""
    site = Site(world, "Bot portal", "/portal/{org}/bots/{bot}/test")
    return [
        site.shows("", PANE),
        site.takes("/start", _start, PANE, "The test was not started"),
        site.shows("/{talk}", PANE),
        site.takes("/{talk}/messages", _say, PANE, "The bot cannot hear this"),
    ]


def _pane(organisation: Organisation, who: User, request: Request) -> Shown:
    bot = str(request.path_params["bot"])
    id = request.path_params.get("talk")
    return {
        "bot": makers.bot(organisation, who, bot),
        "words": words(organisation.generation, organisation.faults.deviates),
        "talk": rehearsals.look(organisation, who, bot, id) if id else None,
        "readable": readable,
    }


PANE = Page("portal/test.html", _pane)


def _start(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    bot = str(request.path_params["bot"])
    talk = rehearsals.start(organisation, who, bot)
    return f"/portal/{organisation.id}/bots/{bot}/test/{talk.id}"


def _say(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    bot, id = str(request.path_params["bot"]), str(request.path_params["talk"])
    rehearsals.say(organisation, who, bot, id, field(form, "text"))
    return f"/portal/{organisation.id}/bots/{bot}/test/{id}"
