"""What came of chats that are over: the letters that were sent, and what customers answered."""

from __future__ import annotations

from starlette.requests import Request
from starlette.routing import BaseRoute

from harness.reference.domain.desk import User
from harness.reference.operations import feedback, letters
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web.pages.sites import Page, Shown, Site


def routes(world: World) -> list[BaseRoute]:
    """The page of the admin centre; nothing on it can be changed."""
    site = Site(world, "Omnichannel admin centre", "/admin/{org}", opened_from="/portal/{org}")
    return [site.shows("/after-the-chat", Page("admin/after_the_chat.html", _show))]


def _show(organisation: Organisation, who: User, request: Request) -> Shown:
    return {
        "letters": letters.kept(organisation, who),
        "responses": feedback.responses(organisation, who),
    }
