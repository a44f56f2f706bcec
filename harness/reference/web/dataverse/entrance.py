"""Who asks the Dataverse Web API of which environment, and the answer as HTTP has it."""

from __future__ import annotations

from uuid import uuid4

from starlette.requests import Request
from starlette.responses import Response

from harness.reference.domain.dataverse.refusals import Reason, refused
from harness.reference.domain.errors import NotSignedIn
from harness.reference.operations import environments, users
from harness.reference.operations.dataverse.reading import Dataverse
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web import bodies
from harness.reference.web.dataverse import refusing
from harness.reference.web.dataverse.exchanges import Answer, Ask
from harness.reference.web.dataverse.service import Service
from harness.reference.web.tokens import read

VERSIONS = frozenset({"v9.0", "v9.1", "v9.2"})
LARGEST = 16 * 1024 * 1024
"""Bytes of a body: a batch may bring a thousand rows."""


async def answer(world: World, request: Request) -> Response:
    """The answer to a request of whoever it is."""
    try:
        # Before the body is read: a stranger's is of no interest.
        _service(world, request)
        body = await bodies.read(request, largest=LARGEST)
        # Asked again: while the body came in, time may have passed and the user changed.
        answered = _service(world, request).answer(_ask(request, body))
    except Exception as error:
        answered = refusing.answer(error)
    return _response(answered)


def _service(world: World, request: Request) -> Service:
    """The service of an environment for who asks; raises what the request is refused for."""
    named = request.path_params
    organisation = world.find(named["org"])
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise NotSignedIn("No token came with the request. Send Authorization: Bearer <token>.")
    claims = read(world, token.strip())
    if claims.organisation is not organisation:
        raise refused(Reason.NOT_A_MEMBER, "The user is not a member of the organization.")
    environment = environments.environment(organisation, named["environment"])
    if named["version"] not in VERSIONS:
        raise refused(
            Reason.SEGMENT_UNKNOWN, f"There is no version '{named['version'][:20]}': use v9.2."
        )
    dataverse = Dataverse(organisation, environment, users.known(organisation, claims.subject))
    return Service(dataverse, f"{base(world, organisation, environment.id)}{named['version']}/")


def base(world: World, organisation: Organisation, environment: str) -> str:
    """Where the services of an environment are; the organisation's id is written without hyphens.

    Clients take the first GUID of a row's address for the id of the row.
    """
    digits = organisation.id.replace("-", "")
    return f"{world.url}/dataverse/{digits}/{environment}/api/data/"


def _ask(request: Request, body: bytes) -> Ask:
    headers = {name.lower(): value for name, value in request.headers.items()}
    path = request.path_params.get("path", "")
    # Who asks for the head alone is answered as if for all of it; the server leaves the rest out.
    method = "GET" if request.method == "HEAD" else request.method
    return Ask(method, path, request.url.query, headers, body)


class Spelt(bytes):
    """The name of a header that goes out as it is written: the server writes others in lower case.

    Names are the same in either case, but Microsoft's asynchronous client looks for the product's
    spelling alone.
    """

    def lower(self) -> bytes:
        """Itself: no other spelling is wanted."""
        return self


def _response(answered: Answer) -> Response:
    headers = {
        **answered.headers,
        "OData-Version": "4.0",
        "x-ms-service-request-id": str(uuid4()),
        "Cache-Control": "no-cache",
    }
    media = answered.media if answered.content else None
    response = Response(answered.content, answered.status, media_type=media)
    response.raw_headers += [(Spelt(n.encode()), v.encode("latin-1")) for n, v in headers.items()]
    return response
