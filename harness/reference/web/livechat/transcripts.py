"""The conversation as its customer may keep it; the chat token names the organisation."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from harness.protocol.conversations import Role
from harness.reference.domain.errors import InsufficientRole
from harness.reference.domain.messages import Message
from harness.reference.operations import customers
from harness.reference.operations.organisations import World
from harness.reference.web import tokens, translation


def transcript(world: World, request: Request) -> Response:
    """The whole conversation as the customer may see it; only for the token of its chat."""
    chat_token = request.headers.get("authorization", "").removeprefix("Bearer ")
    claims = tokens.read(world, chat_token)
    thread = request.path_params["thread"]
    if claims.extra.get("thread") != thread:
        raise InsufficientRole(f"This token does not open the thread {thread!r}.")
    told = [
        _transcribed(message)
        for message in reversed(customers.history(claims.organisation, thread))
    ]
    return JSONResponse({"chatMessagesJson": json.dumps(told)})


def _transcribed(message: Message) -> dict[str, Any]:
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
    }
