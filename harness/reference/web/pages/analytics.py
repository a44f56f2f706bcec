"""The page of a bot's analytics, for makers."""

from __future__ import annotations

from starlette.requests import Request
from starlette.routing import BaseRoute

from harness.reference.domain.desk import User
from harness.reference.operations import analytics, makers
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web.pages.sites import Page, Shown, Site
from harness.reference.web.pages.wording import words

FIGURES = (
    ("Engaged", "engaged", "engagement_rate"),
    ("Escalated", "escalated", "escalation_rate"),
    ("Resolved", "resolved", "resolution_rate"),
    ("Abandoned", "abandoned", "abandon_rate"),
)
"""What the page calls a figure; its number and its rate, of all sessions or of those engaged."""


def routes(world: World) -> list[BaseRoute]:
    """One page for each bot."""
    site = Site(world, "Bot portal", "/portal/{org}")
    return [site.shows("/bots/{bot}/analytics", Page("portal/analytics.html", _analytics))]


def _analytics(organisation: Organisation, who: User, request: Request) -> Shown:
    bot = str(request.path_params["bot"])
    summary = analytics.summary(organisation, who, bot)
    return {
        "bot": makers.bot(organisation, who, bot),
        "words": words(organisation.generation, organisation.faults.deviates),
        "summary": summary,
        "sessions": analytics.sessions(organisation, who, bot),
        "figures": [(name, summary[number], summary[rate]) for name, number, rate in FIGURES],
    }
