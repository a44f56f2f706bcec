"""Whether somebody could take a chat."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from harness.reference.web import bodies
from harness.reference.web.livechat.visits import Visit


async def availability(visit: Visit) -> Response:
    """Whether somebody could take a chat; the optional fields are not known of the product."""
    await bodies.read_object(visit.request)
    return JSONResponse(
        {"queueId": None, "isQueueAvailable": True, "isAgentAvailable": True, "averageWaitTime": 0}
    )
