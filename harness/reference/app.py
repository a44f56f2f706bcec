"""The application: every surface's routes over one world, and one table of refusals."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from functools import partial

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from harness.reference.operations import firing, openings
from harness.reference.operations.organisations import World
from harness.reference.web import (
    acs,
    admin,
    attachments,
    azure,
    connector,
    control,
    dataverse,
    directline,
    engine,
    livechat,
    loader,
    pages,
    platform,
    portal,
    power_apps,
    problems,
    realtime,
    signing,
    telephony,
    workspace,
)
from harness.reference.web.cross_origin import CrossOrigin

LOOK = timedelta(seconds=0.05)
"""How long a new alarm may go unnoticed on a real clock."""


def application(world: World, *, with_control: bool = False, demo: bool = False) -> Starlette:
    """The ASGI application; `with_control` mounts the control surface, `demo` the start page."""
    # The customer's wire first: routes are tried in order, and its message path is measured.
    customers = [acs, realtime, livechat, attachments, loader, directline, engine, signing]
    surfaces = [*customers, portal, platform, azure, power_apps]
    surfaces += [admin, workspace, telephony, connector, dataverse]
    if with_control:
        surfaces.append(control)
    routes: list[BaseRoute] = [route for surface in surfaces for route in surface.routes(world)]
    return Starlette(
        routes=[*routes, *pages.routes(world, demo=demo)],
        middleware=[Middleware(CrossOrigin, takes=partial(openings.path_takes, world))],
        exception_handlers=problems.HANDLERS,
    )


async def keep_time(world: World) -> None:
    """Fires what is due on a real clock, each at its instant; runs until it is cancelled."""
    while True:
        wait = LOOK
        for organisation in world:
            now = organisation.clock.now()
            try:
                firing.fire_due(organisation, now)
            except Exception:
                # A defect of ours in one alarm; time goes on for everybody else.
                logging.getLogger(__name__).exception("organisation %s", organisation.id)
            if (due := organisation.timers.due()) is not None:
                wait = min(wait, (due - now) / world.pace)
        await asyncio.sleep(max(wait.total_seconds(), 0))
