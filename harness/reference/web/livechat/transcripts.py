"""The conversation as its customer may keep it; the chat token names the organisation."""

from __future__ import annotations

import json
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from harness.protocol.conversations import Role
from harness.reference.domain.attachments import metadata_of
from harness.reference.domain.errors import InsufficientRole
from harness.reference.domain.messages import Message
from harness.reference.operations import attachments, customers, letters
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web import bodies, tokens, translation


class Wanted(msgspec.Struct):
    """The body that asks for a transcript by e-mail; keys as the SDK sends them."""

    ChatId: str
    EmailAddress: str
    DefaultAttachmentMessage: str = ""
    CustomerLocale: str = ""


def transcript(world: World, request: Request) -> Response:
    """The whole conversation as the customer may see it; only for the token of its chat."""
    thread = request.path_params["thread"]
    organisation = _admitted(world, request, thread)
    told = [
        _transcribed(organisation, message)
        for message in reversed(customers.history(organisation, thread))
    ]
    return JSONResponse({"chatMessagesJson": json.dumps(told)})


async def mail(world: World, request: Request) -> Response:
    """The transcript is to go to an address, when the chat is over (EMB-35)."""
    wanted = await bodies.read_as(request, Wanted)
    organisation = _admitted(world, request, wanted.ChatId)
    conversation = customers.by_thread(organisation, wanted.ChatId)
    letters.request(
        organisation, conversation, wanted.EmailAddress, wanted.DefaultAttachmentMessage
    )
    return Response(status_code=200)


def _admitted(world: World, request: Request, thread: str) -> Organisation:
    """The organisation of a chat token that opens this thread; raises InsufficientRole."""
    chat_token = request.headers.get("authorization", "").removeprefix("Bearer ")
    claims = tokens.read(world, chat_token)
    if claims.extra.get("thread") != thread:
        raise InsufficientRole(f"This token does not open the thread {thread[:100]!r}.")
    return claims.organisation


def _transcribed(organisation: Organisation, message: Message) -> dict[str, Any]:
    """A message as a transcript has it; the keys are those that the widget's download reads."""
    of_customer = message.role is Role.CUSTOMER
    return {
        "id": str(message.id),
        "created": translation.instant(message.id),
        "createdDateTime": translation.instant(message.id),
        "content": message.text,
        "isControlMessage": False,
        "from": {"application": {"displayName": "Customer"}}
        if of_customer
        else {"user": {"displayName": message.sender_name}},
        "tags": ",".join(message.tags),
        **_files(organisation, message),
    }


def _files(organisation: Organisation, message: Message) -> dict[str, Any]:
    """The names of the files, for a transcript that only names them, and where to get them."""
    files = attachments.shown(organisation, message.thread, message.metadata)
    if not files:
        return {}
    return {"attachments": [{"name": file.name} for file in files], **metadata_of(*files)}
