"""What a refusal looks like on every surface: one table from condition to status."""

from __future__ import annotations

import logging

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from harness.reference.domain import errors

STATUS: dict[type[errors.DomainError], int] = {
    errors.NotFound: 404,
    errors.NotSignedIn: 401,
    errors.InsufficientRole: 403,
    errors.Malformed: 400,
    errors.TooLarge: 413,
    errors.TooSlow: 408,
    errors.NotConnectable: 409,
    errors.NotNow: 409,
    errors.AnalyticsUnavailable: 409,
    errors.IllegalState: 409,
    errors.NotMovable: 409,
    errors.InstallOrder: 409,
    errors.NameTaken: 409,
    errors.LastAdministrator: 409,
    errors.OriginNotListed: 403,
    errors.TooManyCalls: 429,
    errors.WidgetUseOutsideOperatingHour: 400,
    errors.VoiceUnavailable: 409,
    errors.TimeRunsForward: 400,
}
"""A condition that has no row of its own has its parent's."""

NAMES = {404: "NotFound", 405: "MethodNotAllowed", 413: "BodyTooLarge"}


def status_of(error: errors.DomainError) -> int:
    """The HTTP status of a refusal."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def headers_of(error: errors.DomainError) -> dict[str, str]:
    """What a refusal says in its head: when to ask again, in seconds."""
    return {"retry-after": str(error.wait)} if isinstance(error, errors.TooManyCalls) else {}


def body_of(
    name: str, message: str, code: int | None = None, reason: str = "", **details: str
) -> dict[str, object]:
    """The one shape of an error; `reason` is its name unless a document has another word."""
    said = {"code": code, "name": name, "reason": reason or name, "message": message}
    return {"error": said | details}


async def refused(request: Request, error: Exception) -> JSONResponse:
    """The answer to a request that the domain refuses."""
    assert isinstance(error, errors.DomainError)
    name = type(error).__name__
    body = body_of(name, str(error), error.code, error.word, **error.details)
    return JSONResponse(body, status_code=status_of(error), headers=headers_of(error))


async def unroutable(request: Request, error: Exception) -> JSONResponse:
    """The answer where no route or no method fits."""
    assert isinstance(error, HTTPException)
    name = NAMES.get(error.status_code, error.detail.replace(" ", ""))
    message = f"{error.detail}: {request.method} {request.url.path}. See docs/reference-api.md."
    return JSONResponse(
        body_of(name, message), status_code=error.status_code, headers=error.headers
    )


async def broken(request: Request, error: Exception) -> JSONResponse:
    """The answer when the reference itself is wrong; the log has the trace."""
    logging.getLogger(__name__).exception("%s %s", request.method, request.url.path)
    return JSONResponse(
        body_of("ReferenceBroken", "A defect of the reference; see its log."), status_code=500
    )


HANDLERS = {errors.DomainError: refused, HTTPException: unroutable, Exception: broken}
"""For the application: which handler answers for which exception."""
