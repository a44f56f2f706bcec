"""A file that somebody sends with a form, read within bounds; nothing of it touches the disk."""

from __future__ import annotations

import re

from starlette.exceptions import HTTPException
from starlette.requests import Request

from harness.reference.domain.errors import MalformedBody
from harness.reference.web import bodies

HEADS = 4_096
"""Bytes that a form's boundaries and heads may add to its file."""

_BOUNDARY = re.compile(r'multipart/form-data\s*;.*\bboundary="?([^";,\s]{1,70})"?', re.IGNORECASE)
_FILE = re.compile(rb'content-disposition:[^\r\n]*\bname="file"', re.IGNORECASE)
_NAME = re.compile(rb'\bfilename="([^"\r\n]*)"', re.IGNORECASE)


def refuse_foreign(request: Request) -> None:
    """Raises HTTPException for a form that is not from this site's own pages."""
    if request.headers.get("origin") != f"{request.url.scheme}://{request.url.netloc}":
        raise HTTPException(403, "A form is taken from this site's own pages only")


async def uploaded(request: Request, largest: int) -> bytes:
    """The field `file` of a form; raises MalformedBody, BodyTooLarge, TooSlow, HTTPException.

    What the file is called is `request.state.file_name` from then on.
    """
    refuse_foreign(request)
    boundary = _BOUNDARY.match(request.headers.get("content-type", ""))
    body = await bodies.read(request, largest=largest + HEADS)
    if boundary is None:
        raise MalformedBody("The form does not carry a file.")
    request.state.file_name, content = chosen(body, boundary[1])
    return content


def chosen(body: bytes, boundary: str) -> tuple[str, bytes]:
    """Name and content of the field `file` (RFC 7578); raises MalformedBody without one."""
    # The boundary never occurs in what it separates, so a plain search finds the parts.
    _, *parts = (b"\r\n" + body).split(f"\r\n--{boundary}".encode())
    for part in parts:
        head, _, content = part.partition(b"\r\n\r\n")
        if _FILE.search(head) and content:
            return _name(head), content
    raise MalformedBody("Choose a file first.")


def _name(head: bytes) -> str:
    """As browsers write it: UTF-8, and a quotation mark as %22."""
    found = _NAME.search(head)
    return found[1].decode(errors="replace").replace("%22", '"') if found else ""
