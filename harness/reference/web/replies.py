"""What goes back: JSON, written by msgspec."""

from __future__ import annotations

import msgspec
from starlette.responses import Response

encode = msgspec.json.Encoder().encode


def json(content: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A JSON answer; durations and instants become ISO 8601, enums their values."""
    return Response(encode(content), status, headers, media_type="application/json")
