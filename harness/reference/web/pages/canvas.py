"""The bot's own chat, on a page of its own: Web Chat as it is published, over Direct Line.

Nobody signs in, and the desk knows nothing of it (hand-off-specification 4.2).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from harness.reference.domain.bots import Bot
from harness.reference.domain.errors import DomainError, NotFound
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web.pages.rendering import rendered
from harness.reference.web.pages.sites import Refusal, problem
from harness.reference.web.problems import status_of

BUNDLE = Path(__file__).parents[2] / "widget" / "dist" / "webchat.js"
HIDES = "canvas_draws_nothing"


def routes(world: World) -> list[BaseRoute]:
    """The chat of each bot, and the script that draws it."""

    async def canvas(request: Request) -> Response:
        try:
            organisation, bot = _found(world, request.path_params["bot"])
        except DomainError as error:
            return problem(request, "Chat", status_of(error), Refusal.of(error))
        website = f"/website/{organisation.id}/powervirtualagents/botsbyschema/{bot.id}"
        shown = {
            "bot": bot.name,
            "token": f"{website}/directline/token",
            "hides": organisation.faults.deviates(HIDES),
        }
        # No policy: Web Chat brings styles of its own, and any page may frame it.
        return rendered(request, "canvas.html", shown, policy="")

    async def script(request: Request) -> Response:
        headers = {"cache-control": "max-age=3600"}
        return Response(_bundle(), headers=headers, media_type="text/javascript; charset=utf-8")

    return [
        Route("/environments/{environment}/bots/{bot}/webchat", canvas, methods=["GET"]),
        Route("/webchat/webchat.js", script, methods=["GET"]),
    ]


def _found(world: World, id: str) -> tuple[Organisation, Bot]:
    """The bot of an id, in whatever organisation it is; raises NotFound."""
    for organisation in world:
        bot = organisation.store.get(organisation.id, Bot, id)
        if bot is not None:
            return organisation, bot
    raise NotFound(f"There is no bot {id[:50]!r} here. Look at the address of the frame.")


@cache
def _bundle() -> bytes:
    try:
        return BUNDLE.read_bytes()
    except FileNotFoundError:
        raise NotFound(
            "Web Chat is not there. Run: node harness/reference/widget/build.mjs"
        ) from None
