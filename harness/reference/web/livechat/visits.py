"""A call of a customer's client: for which organisation and widget, under which request id."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from harness.reference.domain.conversations import Channel, Conversation
from harness.reference.domain.errors import NotFound, NotSignedIn, WidgetUseOutsideOperatingHour
from harness.reference.domain.identities import Identity
from harness.reference.operations import customers, identities, openings, returning
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web.livechat.keys import Keys
from harness.reference.web.problems import body_of

WIDGET_NOT_FOUND = "701"


KEYS = Keys()

AUTHENTICATED = "/auth/"
"""What the path of a signed-in customer's calls has in it."""

TOKEN = "authenticatedusertoken"
"""The header with the token that the customer's site has signed."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One call of a customer's client: which organisation, which request id of the client.

    `customer` is who has signed in, None for somebody unknown; `reconnect` the id of a conversation
    that the client wants to come back to.
    """

    world: World
    organisation: Organisation
    request_id: str
    request: Request
    customer: Identity | None = None
    reconnect: str = ""

    @property
    def subject(self) -> str:
        """The site's id of who has signed in; empty for somebody unknown."""
        return self.customer.subject if self.customer else ""

    def conversation(self) -> Conversation | None:
        """The caller's conversation; None for one that is not there, or is somebody else's."""
        found = customers.find(self.organisation, self.request_id)
        if found is None and self.reconnect:
            found = returning.led_to(self.organisation, self.reconnect, self.subject)
        return found if found and self._owns(found) else None

    def is_of_somebody_else(self) -> bool:
        """Whether another customer's conversation goes by this request."""
        found = customers.find(self.organisation, self.request_id)
        return found is not None and not self._owns(found)

    def _owns(self, conversation: Conversation) -> bool:
        # The ids of other channels are no secrets of their customers.
        is_chat = conversation.channel is Channel.LIVE_CHAT
        return is_chat and conversation.signed_in == self.subject

    def refuse_unknown(self) -> None:
        """Raises NotSignedIn for somebody unknown where customers have to sign in."""
        if self.customer is None and identities.authentication(self.organisation):
            raise NotSignedIn("Chats of this widget need signing in. Call auth/ with a token.")


Handler = Callable[[Visit], Awaitable[Response]]


def of_organisation(world: World, handle: Handler) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint for the handler: 404 with 701 when its path names no widget that is here."""

    async def endpoint(request: Request) -> Response:
        path = request.path_params
        try:
            organisation = world.find(path["org"])
            widget = organisation.tenant.widget
            if path.get("widget", widget).lower() != widget:
                raise NotFound(f"The organisation has no widget {path['widget']!r}.")
        except NotFound as error:
            return JSONResponse(
                body_of("NotFound", str(error)), 404, headers={"errorcode": WIDGET_NOT_FOUND}
            )
        openings.refuse_origin(organisation, _page(request))
        request_id = path.get("request") or request.headers.get("request-id", "")
        reconnect = path.get("reconnect") or request.query_params.get("sig", "")
        customer = await _customer(organisation, request)
        visit = Visit(world, organisation, request_id, request, customer, reconnect)
        try:
            return await handle(visit)
        except WidgetUseOutsideOperatingHour as error:
            # Clients know it by this header; by the status alone they would say that it is broken.
            said = body_of(type(error).__name__, str(error), error.code)
            return JSONResponse(said, 400, headers={"errorcode": str(error.code)})

    return endpoint


def _page(request: Request) -> str:
    """The origin of the page that calls; browsers leave it out where it is the target's own."""
    return request.headers.get("origin") or request.headers.get("referer", "")


async def _customer(organisation: Organisation, request: Request) -> Identity | None:
    """Who has signed in; raises NotSignedIn, TokenExpired for a token that cannot be trusted.

    Elsewhere than in calls of signed-in customers the header is left over from one, and not read.
    """
    authentication = identities.authentication(organisation)
    path: str = request.scope["path"]
    if authentication is None or AUTHENTICATED not in path:
        return None
    token = request.headers.get(TOKEN, "")
    # Clients ask for the availability of agents by this path before anybody has signed in.
    if not token and "/getagentavailability/" in path:
        return None
    return identities.signed_in(organisation, token, await KEYS.of(authentication))


def session(conversation: Conversation) -> dict[str, str]:
    """The header that names the conversation; clients send it back."""
    return {"Oc-Sessionid": conversation.id}
