"""The application: every surface's routes over one world, and one table of refusals."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from starlette.applications import Starlette
from starlette.routing import BaseRoute

from harness.reference.operations.organisations import World
from harness.reference.web import problems

# The customer's wire first: its message path is the one that is measured.
SURFACES = ("acs", "realtime", "livechat", "attachments", "loader")
DESKS = ("portal", "admin", "workspace", "telephony")


def application(world: World, *, control: bool = False, demo: bool = False) -> Starlette:
    """The ASGI application; `control` mounts the control surface, `demo` the start page."""
    names = [*SURFACES, *DESKS, *(["control"] if control else [])]
    routes: list[BaseRoute] = []
    for name in names:
        if find_spec(f"harness.reference.web.{name}"):
            routes += import_module(f"harness.reference.web.{name}").routes(world)
    return Starlette(routes=routes, exception_handlers=problems.HANDLERS)
