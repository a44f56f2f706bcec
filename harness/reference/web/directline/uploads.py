"""Files with or without an activity: a form of several parts, or one file as the whole body."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from email.message import Message

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from harness.reference.domain.errors import MalformedBody
from harness.reference.operations.files import LARGEST, Upload
from harness.reference.web import bodies

ACTIVITY = "activity"
HEADS = 8_192
"""Bytes that boundaries and heads may add."""

MOST = 10
"""Files of one upload."""


async def uploaded(request: Request) -> tuple[bytes, list[Upload]]:
    """The activity, empty without one, and the files.

    Raises MalformedBody, BodyTooLarge, TooSlow.
    """
    body = await bodies.read(request, largest=LARGEST + HEADS)
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await _parts(request, body)
    if not body:
        raise MalformedBody("An upload needs a file.")
    return b"", [Upload(_name_of(request.headers.get("content-disposition", "")), body)]


async def _parts(request: Request, body: bytes) -> tuple[bytes, list[Upload]]:
    async def stream() -> AsyncGenerator[bytes, None]:
        yield body

    parser = MultiPartParser(request.headers, stream(), max_files=MOST + 1, max_part_size=LARGEST)
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError) as error:
        raise MalformedBody(f"The form cannot be read: {error}.") from None
    activity, files = b"", []
    for name, part in form.multi_items():
        content = await part.read() if isinstance(part, UploadFile) else part.encode()
        if name == ACTIVITY:
            activity = content
        elif isinstance(part, UploadFile):
            files.append(Upload(part.filename or "file", content))
    await form.close()
    if not files:
        raise MalformedBody("An upload needs a file.")
    if len(files) > MOST:
        raise MalformedBody(f"An upload has at most {MOST} files, not {len(files)}.")
    return activity, files


def _name_of(disposition: str) -> str:
    head = Message()
    head["content-disposition"] = disposition
    return head.get_filename() or "file"
