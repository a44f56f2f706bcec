"""Whether somebody could take a chat."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.responses import JSONResponse, Response

from harness.reference.operations import availabilities
from harness.reference.web import bodies
from harness.reference.web.livechat.visits import Visit


class Asking(msgspec.Struct):
    """What a client says when it asks; all its other keys are passed over."""

    customContextData: dict[str, Any] | None = None


async def availability(visit: Visit) -> Response:
    """Whether somebody could take a chat; 429 after a hundred questions in a minute."""
    asking = await bodies.read_as(visit.request, Asking)
    custom = asking.customContextData or {}
    return JSONResponse(availabilities.shown(visit.organisation, custom))
