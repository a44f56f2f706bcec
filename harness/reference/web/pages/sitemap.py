"""Every page of every site, in one list of routes."""

from __future__ import annotations

from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from harness.reference.operations.organisations import World
from harness.reference.web.pages import (
    admin,
    analytics,
    azure,
    bot_sign_in,
    canvas,
    chat_widget,
    correspondence,
    phone,
    platform,
    portal,
    power_apps,
    rehearsal,
    shop,
    shop_customers,
    signing_in,
    survey,
    topics,
    transfers,
    workspace,
)
from harness.reference.web.pages.rendering import ROOT

SITES = (
    *(shop, canvas, portal, transfers, topics, rehearsal, analytics),
    *(admin, chat_widget, correspondence, platform, azure, power_apps),
    *(workspace, phone, survey, bot_sign_in, signing_in),
)


def routes(world: World, *, demo: bool = False) -> list[BaseRoute]:
    """Every page; with `demo` also those that take people for whom they say: start page, shop."""
    pages = [route for site in SITES for route in site.routes(world)]
    static = Mount("/static", StaticFiles(directory=ROOT / "static"), name="static")
    demos = [*signing_in.start(world), *shop_customers.start(world)] if demo else []
    return [*pages, *demos, static]
