"""Coming back: which chats a customer can go on with, and what was said in them."""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse, Response

from harness.protocol.conversations import Role
from harness.reference.domain.messages import Message
from harness.reference.operations import returning, widgets
from harness.reference.web import translation
from harness.reference.web.livechat.visits import Visit


async def reconnectable(visit: Visit) -> Response:
    """The chat that a signed-in customer can go on with; 204 for none."""
    visit.refuse_unknown()
    found = returning.reconnectable(visit.organisation, visit.subject) if visit.subject else None
    return JSONResponse({"reconnectid": found.request}) if found else Response(status_code=204)


async def reconnect(visit: Visit) -> Response:
    """Whether a link leads back, and where to send a customer whom it does not."""
    found = returning.led_to(visit.organisation, visit.reconnect, "")
    settings = widgets.of(visit.organisation).reconnection
    return JSONResponse(
        {
            "reconnectId": visit.reconnect,
            "isReconnectAvailable": found is not None,
            "reconnectRedirectionURL": "" if found or not settings else settings.redirect_url,
        }
    )


async def validate(visit: Visit) -> Response:
    """Whether a chat is this signed-in customer's; the page asks before it goes on with it."""
    visit.refuse_unknown()
    chat = visit.conversation()
    thread = visit.request.path_params["thread"]
    return JSONResponse({"authChatExist": chat is not None and chat.thread == thread})


async def history(visit: Visit) -> Response:
    """A page of what a signed-in customer and the desk have said in persistent chats."""
    visit.refuse_unknown()
    headers, query = visit.request.headers, visit.request.query_params
    size, before = query.get("pageSize", ""), headers.get("pagetoken", "")
    page = returning.history(visit.organisation, visit.subject, size, before)
    return JSONResponse(
        {
            "chatMessages": [_remembered(chat, message) for chat, message in page.messages],
            "nextPageToken": page.following or None,
        }
    )


def _remembered(chat: str, message: Message) -> dict[str, Any]:
    """A message as the history has it; the keys are those that newer widgets read."""
    of_customer = message.role is Role.CUSTOMER
    return {
        "id": str(message.id),
        "transcriptOriginalMessageId": str(message.id),
        "created": translation.instant(message.id),
        "content": message.text,
        "from": {"application": {"displayName": "Customer"}}
        if of_customer
        else {"user": {"displayName": message.sender_name}},
        "attachments": [],
        "additionalData": {"ConversationId": chat, "tags": ",".join(message.tags)},
    }
