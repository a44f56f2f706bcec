"""The maker's portal: the list of bots, a bot, and its settings."""

from __future__ import annotations

from starlette.requests import Request
from starlette.routing import BaseRoute

from harness.reference.domain.desk import User
from harness.reference.operations import connecting, makers
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web.pages.sites import Form, Page, Shown, Site, field
from harness.reference.web.pages.wording import words
from harness.reference.web.paging import PAGE, wanted

TITLE, PREFIX = "Bot portal", "/portal/{org}"
BOT_PATH = "/bots/{bot}"


def routes(world: World) -> list[BaseRoute]:
    """Everything under /portal/{org} that is a page, but for topics, connection and analytics."""
    site = Site(world, TITLE, PREFIX)
    return [
        site.shows("", BOTS),
        site.shows("/bots", BOTS),
        site.takes("/bots/new", _create, BOTS, "The bot was not created"),
        site.takes(f"{BOT_PATH}/details", _change, BOT, "The bot was not changed"),
        site.shows(BOT_PATH, BOT),
        site.takes(f"{BOT_PATH}/publish", _publish, BOT, "The bot was not published"),
        site.shows(f"{BOT_PATH}/settings", SETTINGS),
        site.takes(
            f"{BOT_PATH}/settings/authentication", _secure, SETTINGS, "Nothing was switched"
        ),
        site.takes(f"{BOT_PATH}/settings/teams", _switch, SETTINGS, "The channel was not switched"),
    ]


def identity(request: Request) -> str:
    """The id of the bot that an address names."""
    return str(request.path_params["bot"])


def address(organisation: Organisation, request: Request, rest: str = "") -> str:
    """Where a page of this bot is."""
    return f"/portal/{organisation.id}/bots/{identity(request)}{rest}"


def written(request: Request) -> Form:
    """What a refused form says, so that it need not be written again."""
    form: Form = getattr(request.state, "form", {})
    return form


def shown_bot(organisation: Organisation, who: User, request: Request) -> Shown:
    """What the pages of a bot show: the bot, where it could be, the words of its generation."""
    bot = makers.bot(organisation, who, identity(request))
    environments = connecting.choices(organisation, who)
    own = (each["name"] for each in environments if each["id"] == bot["environment"])
    return {
        "bot": bot,
        "environments": environments,
        "own_environment": next(own, bot["environment"]),
        "words": words(organisation.generation, organisation.faults.deviates),
    }


# What is shown


def _bots(organisation: Organisation, who: User, request: Request) -> Shown:
    asked = wanted(request, PAGE)
    names = {each["id"]: each["name"] for each in connecting.choices(organisation, who)}
    return {
        "bots": makers.tiles(organisation, who, asked),
        "wanted": asked,
        "environment_names": names,
    }


def _bot(organisation: Organisation, who: User, request: Request) -> Shown:
    shown = shown_bot(organisation, who, request)
    bot = shown["bot"]
    kept = {"name": bot["name"], "environment": bot["environment"]}
    values = kept | {"endpoint": bot.get("endpoint", "")} | written(request)
    return shown | {"written": values}


BOTS = Page("portal/bots.html", _bots)
BOT = Page("portal/bot.html", _bot)
SETTINGS = Page("portal/settings.html", shown_bot)


# What is done


def _create(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    origin = form.get("origin") or "d365"
    bot = makers.create(organisation, who, field(form, "name"), origin, None)
    return f"/portal/{organisation.id}/bots/{bot['id']}"


def _change(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    changes = makers.Changes(
        field(form, "name"), field(form, "environment"), endpoint=form.get("endpoint")
    )
    makers.change(organisation, who, identity(request), changes)
    return address(organisation, request)


def _publish(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    makers.publish(organisation, who, identity(request))
    return address(organisation, request)


def _secure(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    """Manual authentication, on or off."""
    changes = makers.Changes(manual_authentication=form.get("on") == "true")
    makers.change(organisation, who, identity(request), changes)
    return address(organisation, request, "/settings")


def _switch(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    """Microsoft Teams, on or off."""
    changes = makers.Changes(teams_channel=form.get("on") == "true")
    makers.change(organisation, who, identity(request), changes)
    return address(organisation, request, "/settings")
