"""The page of a survey, where a customer answers: in the widget, or opened by its link.

Whoever has the link may answer; its id is a secret of one customer. The widget shows it in a frame,
and hears from it what the product's survey pages tell: that it was loaded, and answered.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from harness.reference.domain.errors import DomainError, NotFound
from harness.reference.domain.feedback import LONGEST, choices
from harness.reference.operations import feedback
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web.pages.rendering import POLICY, rendered
from harness.reference.web.pages.sites import Refusal, filled, problem
from harness.reference.web.problems import status_of

ANYWHERE = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
SURFACE = "Survey"


def routes(world: World) -> list[BaseRoute]:
    """The page and its form, at the address that the product has."""

    async def show(request: Request) -> Response:
        try:
            return _page(_organisation(world, request), request)
        except DomainError as error:
            return problem(request, SURFACE, status_of(error), Refusal.of(error))

    async def take(request: Request) -> Response:
        id = _id(request)
        try:
            organisation, answers = _organisation(world, request), await filled(request)
            try:
                feedback.answer(organisation, id, answers)
            except DomainError as error:
                refusal = Refusal.of(error, "Your answers were not sent")
                return _page(organisation, request, status_of(error), refusal, answers)
            return RedirectResponse(f"{feedback.PAGE}?id={id}", 303)
        except DomainError as error:
            return problem(request, SURFACE, status_of(error), Refusal.of(error))

    return [
        Route(feedback.PAGE, show, methods=["GET"]),
        Route(feedback.PAGE, take, methods=["POST"]),
    ]


def _id(request: Request) -> str:
    return request.query_params.get("id", "")[:100]


def _organisation(world: World, request: Request) -> Organisation:
    """The organisation that the link's id names; raises NotFound."""
    try:
        return world.find(_id(request).partition("-")[0])
    except NotFound:
        raise NotFound("There is no such survey. The link may be incomplete.") from None


def _page(
    organisation: Organisation,
    request: Request,
    status: int = 200,
    refusal: Refusal | None = None,
    answers: dict[str, str] | None = None,
) -> Response:
    invitation, form = feedback.asked(organisation, _id(request))
    shown = {
        "surface": SURFACE,
        "refusal": refusal,
        "address": f"{feedback.PAGE}?id={invitation.id}",
        "title": form.title,
        "questions": [(question, choices(question)) for question in form.questions],
        "given": answers or {},
        "is_answered": invitation.answered is not None,
        "longest": LONGEST,
    }
    return rendered(request, "survey.html", shown, status, ANYWHERE)
