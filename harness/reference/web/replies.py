"""What goes back: JSON, written by msgspec, and files."""

from __future__ import annotations

from urllib.parse import quote

import msgspec
from starlette.responses import Response

File = tuple[str, bytes]
"""A file's name, and what is in it."""

encode = msgspec.json.Encoder().encode


def json(content: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A JSON answer; durations and instants become ISO 8601, enums their values."""
    return Response(encode(content), status, headers, media_type="application/json")


def attachment(name: str, content: bytes) -> Response:
    """A zip archive to be kept under that name."""
    return file_of(name, content, "application/zip")


def file_of(name: str, content: bytes, media_type: str = "application/octet-stream") -> Response:
    """A file to be kept under that name: no browser shows it or guesses what it is."""
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "x-content-type-options": "nosniff",
    }
    return Response(content, headers=headers, media_type=media_type)
