"""Where a bot is connected to Omnichannel: the tile, its pane, and every button (CON, DIS)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.routing import BaseRoute

from harness.protocol.portal import ConnectionState
from harness.reference.domain.desk import User
from harness.reference.operations import connecting, makers
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web.pages.portal import (
    BOT_PATH,
    PREFIX,
    TITLE,
    address,
    identity,
    shown_bot,
    written,
)
from harness.reference.web.pages.sites import Act, Form, Page, Shown, Site, field
from harness.reference.web.pages.wording import HINT, Words

SETTINGS = "/settings/agent-transfers"
CONNECTING, MANAGING = "omnichannel", "connection"
"""The tiles as an address names them; in preview a connection is managed under one of its own."""

GUID = r"\s*\{?[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}?\s*"
"""What the box lets through before anybody is asked (CON-30); the operation looks again."""

MADE = (ConnectionState.CONNECTED, ConnectionState.DISABLED)


def routes(world: World) -> list[BaseRoute]:
    """The tiles with their pane, and a form for each button."""
    site = Site(world, TITLE, PREFIX)
    home = BOT_PATH + SETTINGS
    forms = [
        site.takes(f"{home}/{name}", act, TRANSFERS, title) for name, (act, title) in ACTS.items()
    ]
    return [site.shows(home, TRANSFERS), site.shows(f"{home}/application", APPLICATION), *forms]


# What is shown


def _transfers(organisation: Organisation, who: User, request: Request) -> Shown:
    shown = shown_bot(organisation, who, request)
    bot, words = shown["bot"], shown["words"]
    connection, tile = bot["connection"], _tile(request, words)
    return shown | {
        "tile": tile,
        "tiles": _tiles(connection, words),
        "stage": _deviating(organisation, connection) or _stage(connection),
        "invited": _invited(shown["environments"], connection, request) if words.trial else None,
        "written": _filled_in(connection) | written(request),
        "pattern": "" if _takes_anything(organisation) else GUID,
        "hint": HINT,
        "home": address(organisation, request, SETTINGS),
    }


def _application(organisation: Organisation, who: User, request: Request) -> Shown:
    return shown_bot(organisation, who, request) | {
        "home": address(organisation, request, SETTINGS)
    }


TRANSFERS = Page("portal/agent_transfers.html", _transfers)
APPLICATION = Page("portal/application.html", _application)


def _tile(request: Request, words: Words) -> str:
    """Which tile is open, if any: it was chosen, or a form on its pane was sent."""
    if request.method == "GET":
        return request.query_params.get("tile", "")
    button = request.url.path.rpartition("/")[2]
    return MANAGING if words.managed and button == "disconnect" else CONNECTING


def _tiles(connection: Shown, words: Words) -> dict[str, str]:
    """The name of each tile: in preview a connection that was made has one of its own."""
    is_managed = bool(words.managed) and connection["state"] in MADE
    return {CONNECTING: words.tile} | ({MANAGING: words.managed} if is_managed else {})


def _stage(connection: Shown) -> str:
    """What the pane shows: the `begin`, the `steps`, or the connection that was `made`."""
    if connection["legacy_display"]:
        return "begin"
    if connection["state"] in MADE:
        return "made"
    following = connection["next"]
    return "steps" if "environment" in following and "enable" not in following else "begin"


REOPENED = {
    "preview_reopens_in_the_middle": "steps",
    "disconnected_bot_has_no_way_back": "made",
    "reconnect_begins_anew": "begin",
}
"""Deviations: what the pane of a disconnected bot shows."""


def _deviating(organisation: Organisation, connection: Shown) -> str:
    """The wrong stage that a fault shows of a disconnected bot; empty without one."""
    if connection["state"] != ConnectionState.DISCONNECTED:
        return ""
    deviates = organisation.faults.deviates
    return next((stage for fault, stage in REOPENED.items() if deviates(fault)), "")


def _invited(environments: list[Shown], connection: Shown, request: Request) -> Shown | None:
    """The environment in which a trial could begin: the chosen one, without Omnichannel (F7)."""
    chosen = written(request).get("environment") or connection["environment"]
    lacking = (each for each in environments if not each["omnichannel"])
    return next((each for each in lacking if each["id"] == chosen), None)


def _filled_in(connection: Shown) -> Form:
    """What the boxes hold at first: what was chosen before, or before the last disconnect."""
    return {
        "environment": connection["environment"] or "",
        "application_id": connection["application_id"] or "",
    }


def _takes_anything(organisation: Organisation) -> bool:
    return organisation.faults.deviates("application_box_takes_anything")


# What is done


def _enable(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    acknowledged = form.get("acknowledged") == "yes"
    connecting.enable(organisation, who, identity(request), acknowledged)
    return _pane(organisation, request)


def _choose(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    """Where an id was written on the same form (preview), the page stays and keeps it."""
    connecting.choose(organisation, who, identity(request), field(form, "environment"))
    return "" if form.get("application_id") else _pane(organisation, request)


def _begin_trial(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    connecting.begin_trial(organisation, who, identity(request), field(form, "environment"))
    return _pane(organisation, request)


def _connect(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    """The commit; an environment that is on the same form (preview) is chosen first."""
    bot = identity(request)
    if form.get("environment"):
        connecting.choose(organisation, who, bot, form["environment"])
    connecting.connect(organisation, who, bot, form.get("application_id"))
    return _pane(organisation, request)


def _refresh(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    connecting.refresh(organisation, who, identity(request))
    return _pane(organisation, request)


def _disable(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    connecting.disable(organisation, who, identity(request))
    return _pane(organisation, request)


def _disconnect(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    connecting.disconnect(organisation, who, identity(request))
    return _pane(organisation, request)


def _voice(organisation: Organisation, who: User, request: Request, form: Form) -> str:
    changes = makers.Changes(voice_enabled=form.get("on") == "true")
    makers.change(organisation, who, identity(request), changes)
    return _pane(organisation, request)


def _pane(organisation: Organisation, request: Request) -> str:
    return address(organisation, request, f"{SETTINGS}?tile={CONNECTING}#pane")


ACTS: dict[str, tuple[Act, str]] = {
    "enable": (_enable, "This was not begun"),
    "environment": (_choose, "The environment was not chosen"),
    "trial": (_begin_trial, "The trial was not begun"),
    "connect": (_connect, "The bot was not connected"),
    "refresh": (_refresh, "The connection was not tested"),
    "disable": (_disable, "The connection was not disabled"),
    "disconnect": (_disconnect, "The bot was not disconnected"),
    "voice": (_voice, "Voice was not switched"),
}
"""What each button does, by the end of its form's address, and what a refusal is headed with."""
