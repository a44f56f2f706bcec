"""The maker's portal: bots, and where their conversations are handed to."""

from __future__ import annotations

from starlette.requests import Request
from starlette.routing import BaseRoute

from harness.reference.domain.desk import User
from harness.reference.operations import makers
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web.pages.sites import Form, Page, Shown, Site, field
from harness.reference.web.pages.wording import WORDS


def routes(world: World) -> list[BaseRoute]:
    """Everything under /portal/{org} that is a page."""
    site = Site(world, "Bot portal", "/portal/{org}")
    bot, transfers = "/bots/{bot}", "/bots/{bot}/settings/agent-transfers"
    return [
        site.shows("", BOTS),
        site.shows("/bots", BOTS),
        site.takes("/bots/new", _create, BOTS, "The bot was not created"),
        site.takes(f"{bot}/details", _change, BOT, "The bot was not changed"),
        site.shows(bot, BOT),
        site.takes(f"{bot}/publish", _publish, BOT, "The bot was not published"),
        site.shows(transfers, TRANSFERS),
        site.takes(f"{transfers}/connect", _connect, TRANSFERS, "The bot was not connected"),
        site.takes(f"{transfers}/disconnect", _leave, TRANSFERS, "The bot was not disconnected"),
    ]


def _id(request: Request) -> str:
    return str(request.path_params["bot"])


def _address(organisation: Organisation, request: Request, rest: str = "") -> str:
    return f"/portal/{organisation.id}/bots/{_id(request)}{rest}"


def _written(request: Request) -> Form:
    """What a refused form says, so that it need not be written again."""
    written: Form = getattr(request.state, "form", {})
    return written


# What is shown


def _bots(organisation: Organisation, who: User, request: Request) -> Shown:
    return {"bots": makers.bots(organisation, who)}


def _bot(organisation: Organisation, who: User, request: Request) -> Shown:
    bot = makers.bot(organisation, who, _id(request))
    written = {"name": bot["name"], "environment": bot["environment"]} | _written(request)
    return {"bot": bot, "words": WORDS[organisation.generation], "written": written}


def _transfers(organisation: Organisation, who: User, request: Request) -> Shown:
    """The tile; its pane is open once it was chosen, and after every form on it."""
    is_open = "tile" in request.query_params or request.method == "POST"
    return _bot(organisation, who, request) | {"open": is_open}


BOTS = Page("portal/bots.html", _bots)
BOT = Page("portal/bot.html", _bot)
TRANSFERS = Page("portal/agent_transfers.html", _transfers)


# What is done


def _create(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    origin = form.get("origin") or "d365"
    bot = makers.create(organisation, who, field(form, "name"), origin, None)
    return f"/portal/{organisation.id}/bots/{bot['id']}"


def _change(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    changes = makers.Changes(field(form, "name"), field(form, "environment"))
    makers.change(organisation, who, _id(request), changes)
    return _address(organisation, request)


def _publish(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    makers.publish(organisation, who, _id(request))
    return _address(organisation, request)


def _connect(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    makers.connect(organisation, who, _id(request))
    return _address(organisation, request, "/settings/agent-transfers?tile=omnichannel")


def _leave(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    makers.disconnect(organisation, who, _id(request))
    return _address(organisation, request, "/settings/agent-transfers?tile=omnichannel")
