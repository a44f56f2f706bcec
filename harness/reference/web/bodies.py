"""What a request carries: its body, read within bounds of size and time."""

from __future__ import annotations

import asyncio
from typing import Any, TypeVar

import msgspec
from starlette.requests import ClientDisconnect, Request

from harness.reference.domain.errors import BodyTooLarge, MalformedBody, TooSlow

LARGEST = 1024 * 1024
"""Bytes of a body."""

PATIENCE = 10.0
"""Seconds of real time that a body may take to arrive: a transport timer, not a product's."""

T = TypeVar("T")


async def read(request: Request, patience: float = PATIENCE, largest: int = LARGEST) -> bytes:
    """The whole body; raises BodyTooLarge, TooSlow, or MalformedBody when the caller goes away."""
    announced = request.headers.get("content-length", "0")
    if announced.isdigit() and int(announced) > largest:
        raise BodyTooLarge(f"The body has {announced} bytes; {largest} are allowed.")
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(patience):
            async for part in request.stream():
                size += len(part)
                if size > largest:
                    raise BodyTooLarge(f"The body has more than {largest} bytes.")
                parts.append(part)
    except TimeoutError:
        raise TooSlow(f"The body did not arrive within {patience:g} s.") from None
    except ClientDisconnect:
        raise MalformedBody("The caller went away before the body was complete.") from None
    return b"".join(parts)


async def read_as(request: Request, kind: type[T]) -> T:
    """The JSON body as a type; raises MalformedBody. An empty body reads as `{}`."""
    return decoded(await read(request), kind)


def decoded(body: bytes, kind: type[T]) -> T:
    """JSON text as a type; raises MalformedBody, which says where it went wrong."""
    try:
        # As text first: msgspec does not look into values that nobody asked for.
        return msgspec.json.decode(body.decode() or "{}", type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise MalformedBody(f"The body is not the JSON that is expected here: {error}.") from None


async def read_object(request: Request) -> dict[str, Any]:
    """The JSON body as an object; raises MalformedBody for anything else."""
    return await read_as(request, dict[str, Any])
