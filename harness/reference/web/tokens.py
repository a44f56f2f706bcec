"""Who is calling: the bearer token or the page's cookie of a request."""

from __future__ import annotations

from starlette.requests import Request

from harness.reference.domain.errors import NotSignedIn
from harness.reference.operations.organisations import World
from harness.reference.operations.tokens import Claims, issue, read

__all__ = ["COOKIE", "Claims", "caller", "issue", "read"]

COOKIE = "handoff"
"""The cookie that pages sign in with."""


def caller(world: World, request: Request) -> Claims:
    """The claims of a request's token; raises NotSignedIn or TokenExpired."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        token = request.cookies.get(COOKIE, "")
    if not token:
        raise NotSignedIn("No token came with the request. Send Authorization: Bearer <token>.")
    return read(world, token.strip())
