"""The customer's messages: Azure Communication Services chat over REST (wire notes 2b).

A chat token opens exactly one thread, its own. `createdOn` and the ids of messages are one
number, so that what was pushed and what was fetched never show two orders.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from harness.reference.domain.errors import (
    ConversationClosed,
    InsufficientRole,
    MalformedBody,
    NotFound,
)
from harness.reference.operations import customers, presences
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web import bodies, tokens, translation
from harness.reference.web.switchboard import Switchboard

PAGE = 200
"""Messages in one page of a thread, unless the client asks for fewer."""

DIGITS = 15
"""Of a number in a query or an id: enough for every millisecond of the calendar."""

LAST = 10**DIGITS
"""After every message."""

encode = msgspec.json.Encoder().encode


class Said(msgspec.Struct):
    """The body of a message that is sent."""

    content: str
    metadata: dict[str, str] | None = None


Handler = Callable[[World, Organisation, str, Request], Awaitable[Response]]


def routes(world: World) -> list[BaseRoute]:
    """The routes of `/chat/threads`."""
    thread = "/chat/threads/{thread}"
    return [
        Route(f"{thread}/messages", _own(world, send), methods=["POST"]),
        Route(f"{thread}/messages", _own(world, messages), methods=["GET"]),
        Route(f"{thread}/messages/{{message}}", _own(world, message), methods=["GET"]),
        Route(f"{thread}/typing", _own(world, typing), methods=["POST"]),
        Route(f"{thread}/readReceipts", _own(world, receipts), methods=["GET", "POST"]),
        Route(f"{thread}/participants", _own(world, participants), methods=["GET"]),
        Route(f"{thread}/participants/:remove", _own(world, leave), methods=["POST"]),
        Route(thread, _own(world, properties), methods=["GET"]),
    ]


def _own(world: World, handle: Handler) -> Callable[[Request], Awaitable[Response]]:
    """Lets only the customer of a thread in; raises NotSignedIn, TokenExpired, InsufficientRole."""

    async def endpoint(request: Request) -> Response:
        claims = tokens.caller(world, request)
        thread = request.path_params["thread"]
        if claims.extra.get("thread") != thread:
            raise InsufficientRole(f"This token does not open the thread {thread!r}.")
        presences.seen(claims.organisation, thread)
        return await handle(world, claims.organisation, thread, request)

    return endpoint


def _answer(content: object, status: int = 200) -> Response:
    return Response(encode(content), status, media_type="application/json")


async def send(world: World, organisation: Organisation, thread: str, request: Request) -> Response:
    """Keeps a message; 201 as the product, for a 200 makes its clients throw."""
    said = await bodies.read_as(request, Said)
    metadata = said.metadata or {}
    tags = tuple(tag for tag in metadata.get("tags", "").split(",") if tag)
    try:
        kept = customers.say(organisation, thread, said.content, tags, metadata)
    except ConversationClosed as error:
        # The product has removed the customer from the thread by then.
        raise InsufficientRole(str(error)) from None
    return _answer({"id": str(kept.id)}, 201)


async def messages(
    world: World, organisation: Organisation, thread: str, request: Request
) -> Response:
    """A page of what the customer may see, newest first; polling clients live on this call."""
    query = request.query_params
    since = _milliseconds(query.get("startTime"))
    size = _size(query.get("maxPageSize"))
    before = _size(query.get("before"), 0)
    after = max(since - 1, _lost(world, organisation, thread))
    told = customers.history(organisation, thread, after)
    seen = [message for message in told if message.id < before] if before else told
    page = seen[-size:][::-1]
    answer: dict[str, Any] = {"value": [translation.chat_message(organisation, m) for m in page]}
    if len(seen) > size:
        start = f"&startTime={quote(query['startTime'])}" if since else ""
        answer["nextLink"] = (
            f"{world.url}/chat/threads/{quote(thread, safe='')}/messages"
            f"?api-version={query.get('api-version', '2024-03-07')}"
            f"&maxPageSize={size}&before={page[-1].id}{start}"
        )
    return _answer(answer)


async def message(
    world: World, organisation: Organisation, thread: str, request: Request
) -> Response:
    """One message; raises NotFound."""
    wanted: str = request.path_params["message"]
    after = int(wanted) - 1 if wanted.isdecimal() and len(wanted) <= DIGITS else LAST
    for told in customers.history(organisation, thread, after):
        if str(told.id) == wanted:
            return _answer(translation.chat_message(organisation, told))
    raise NotFound(f"The thread has no message {wanted[:50]!r}.")


async def typing(
    world: World, organisation: Organisation, thread: str, request: Request
) -> Response:
    """The customer types."""
    customers.typing(organisation, thread)
    return _answer({})


async def receipts(
    world: World, organisation: Organisation, thread: str, request: Request
) -> Response:
    """Read receipts are taken and not kept: nothing of the desk shows them."""
    return _answer({"value": []} if request.method == "GET" else {})


async def participants(
    world: World, organisation: Organisation, thread: str, request: Request
) -> Response:
    """The customer, and everybody who has written so far."""
    conversation = customers.by_thread(organisation, thread)
    names = {conversation.visitor: conversation.customer}
    for told in customers.history(organisation, thread):
        names.setdefault(translation.sender(organisation, told), told.sender_name)
    return _answer(
        {
            "value": [
                {"communicationIdentifier": translation.identifier(id), "displayName": name}
                for id, name in names.items()
            ]
        }
    )


async def leave(
    world: World, organisation: Organisation, thread: str, request: Request
) -> Response:
    """The client leaves the thread after it has ended the conversation elsewhere."""
    return Response(status_code=204)


async def properties(
    world: World, organisation: Organisation, thread: str, request: Request
) -> Response:
    """What the thread is; raises NotFound."""
    conversation = customers.by_thread(organisation, thread)
    return _answer(
        {
            "id": thread,
            "topic": conversation.id,
            "createdOn": translation.written(conversation.started),
            "createdByCommunicationIdentifier": translation.identifier(conversation.visitor),
        }
    )


def _lost(world: World, organisation: Organisation, thread: str) -> int:
    """The last message that a reloaded page no longer gets: 0, but for the fault."""
    if not isinstance(world.hub, Switchboard):
        return 0
    reloaded = world.hub.reloaded(organisation.id, thread)
    return reloaded if reloaded and organisation.faults.deviates("reload_loses_history") else 0


def _milliseconds(instant: str | None) -> int:
    """An ISO 8601 instant as milliseconds since 1970, 0 for none; raises MalformedBody."""
    if not instant:
        return 0
    try:
        parsed = datetime.fromisoformat(instant)
    except ValueError:
        raise MalformedBody(f"startTime {instant!r} is not an ISO 8601 instant.") from None
    aware = parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    return max(0, round(aware.timestamp() * 1000))


def _size(number: str | None, default: int = PAGE) -> int:
    """A whole number of a query, `default` for none or for less than 1; raises MalformedBody."""
    if not number:
        return default
    if not number.isdecimal() or len(number) > DIGITS:
        raise MalformedBody(f"{number!r} is not a whole number.")
    return int(number) or default
