"""How Direct Line says no: `{error: {code, message}}`, and the status that its clients act on.

An expired token is 403, for a client takes a 401 for a passing trouble; a conversation that is over
is 404, at which it stops; a 502 would leave a message on its way for ever (wire notes 1, trap 5).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from harness.reference.domain import errors
from harness.reference.web.problems import headers_of, status_of
from harness.reference.web.replies import json

Handler = Callable[[Request], Awaitable[Response]]

SAID: dict[type[errors.DomainError], tuple[int, str]] = {
    errors.TokenExpired: (403, "TokenExpired"),
    errors.NotSignedIn: (401, "Unauthorized"),
    errors.InsufficientRole: (403, "BadArgument"),
    errors.ConversationClosed: (404, "ConversationNotFound"),
    errors.NotFound: (404, "ConversationNotFound"),
    errors.TooLarge: (413, "MessageSizeTooBig"),
    errors.Malformed: (400, "BadArgument"),
}
"""Status and code of each condition; the first that fits: special ones come before their kind."""


def told(handle: Handler) -> Handler:
    """A handler whose refusals are Direct Line's own."""

    async def endpoint(request: Request) -> Response:
        try:
            return await handle(request)
        except errors.DomainError as error:
            return refusal(error)

    return endpoint


def refusal(error: errors.DomainError) -> Response:
    """The answer to what the domain refuses."""
    fitting = (said for kind, said in SAID.items() if isinstance(error, kind))
    status, code = next(fitting, (status_of(error), type(error).__name__))
    return json({"error": {"code": code, "message": str(error)}}, status, headers_of(error))
