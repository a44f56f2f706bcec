"""Who may do what over Direct Line: secrets open conversations, a token is for exactly one.

A token's `line` is `custom` for the desk's own channel; otherwise `bot` names the bot whose website
it is for. `talk` is the conversation, empty in a secret.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from starlette.requests import HTTPConnection

from harness.reference.domain.errors import InsufficientRole, NotSignedIn
from harness.reference.operations.custom import LINE
from harness.reference.operations.organisations import Organisation, World
from harness.reference.operations.tokens import Claims, issue, read
from harness.reference.operations.views import Shown

LIFETIME = timedelta(minutes=30)
WEBSITE = timedelta(hours=1)
"""Of a token that the bot's website gives out."""


@dataclass(frozen=True, slots=True)
class Pass:
    """What a token or secret opens; `conversation` is empty for a secret.

    `user` is empty unless whoever asked for the token said for whom it is.
    """

    organisation: Organisation
    conversation: str
    user: str
    bot: str

    @property
    def is_of_desk(self) -> bool:
        """Whether its conversations reach the desk."""
        return not self.bot


def shown(world: World, connection: HTTPConnection, *, in_address: bool = False) -> Pass:
    """The token or secret of a request, which a WebSocket has in its address (`t`).

    Raises NotSignedIn, InsufficientRole, TokenExpired.
    """
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if in_address:
        scheme, token = "bearer", connection.query_params.get("t", "")
    if scheme.lower() != "bearer" or not token.strip():
        raise NotSignedIn("Missing token or secret: send Authorization: Bearer <token or secret>.")
    return _opened(read(world, token.strip()))


def _opened(claims: Claims) -> Pass:
    extra = claims.extra
    if extra.get("line") != LINE and "talk" not in extra:
        raise InsufficientRole("This token is of another surface. Ask for one of Direct Line.")
    bot = "" if extra.get("line") == LINE else str(extra["bot"])
    return Pass(claims.organisation, str(extra.get("talk", "")), str(extra.get("user", "")), bot)


def fresh(holder: Pass, user: str = "") -> Pass:
    """The pass of a conversation that is still to start."""
    return Pass(holder.organisation, str(uuid4()), user, holder.bot)


def token(world: World, held: Pass, lifetime: timedelta = LIFETIME) -> Shown:
    """A token for the one conversation of a pass, as every call of Direct Line answers it."""
    extra = {"talk": held.conversation} | ({"user": held.user} if held.user else {})
    extra |= {"bot": held.bot} if held.bot else {"line": LINE}
    # The user is whoever the client says, who is never somebody of the desk's.
    issued = issue(world, held.organisation, "anybody", lifetime=lifetime, extra=extra)
    lasts = int(lifetime.total_seconds())
    return {"conversationId": held.conversation, "token": issued, "expires_in": lasts}
