"""A chat from its start to its end."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import msgspec
from starlette.responses import JSONResponse, Response

from harness.protocol.conversations import State
from harness.reference.domain.conversations import Conversation
from harness.reference.domain.errors import MalformedBody, NotFound
from harness.reference.operations import customers, feedback
from harness.reference.operations.organisations import Organisation
from harness.reference.web import bodies, tokens, translation
from harness.reference.web.livechat.visits import Visit, session

CHAT_TOKEN = timedelta(days=1)


STATES = {State.WRAP_UP: "WrapUp"}


class Beginning(msgspec.Struct):
    """What a client says of itself when it starts a chat; all its other keys are passed over."""

    locale: str | None = None
    preChatResponse: dict[str, Any] | str | None = None
    customContextData: dict[str, Any] | None = None
    reconnectId: str | None = None


async def begin(visit: Visit) -> Response:
    """Starts a chat and answers its token in one call (since SDK 1.10)."""
    conversation = await _start(visit)
    return JSONResponse(_chat_token(visit), headers=session(conversation))


async def begin_session(visit: Visit) -> Response:
    """Starts a chat; its token was fetched before, by a call of its own (the older flow)."""
    return Response(status_code=200, headers=session(await _start(visit)))


async def _start(visit: Visit) -> Conversation:
    if not 0 < len(visit.request_id) <= 100:
        raise MalformedBody("The header Request-Id names the chat: it has 1 to 100 characters.")
    visit.refuse_unknown()
    beginning = await bodies.read_as(visit.request, Beginning)
    opening = customers.Opening(
        locale=beginning.locale or "en-us",
        pre_chat=_answers(beginning.preChatResponse),
        custom_context=beginning.customContextData or {},
        reconnect=beginning.reconnectId or visit.reconnect,
        signed_in=visit.subject,
        vouched=visit.customer.context if visit.customer else {},
    )
    return customers.start(visit.organisation, visit.request_id, opening)


def _answers(response: dict[str, Any] | str | None) -> dict[str, Any]:
    """The pre-chat answers: the SDK passes an object on, some pages its JSON."""
    return (
        bodies.decoded(response.encode(), dict[str, Any])
        if isinstance(response, str)
        else (response or {})
    )


async def token(visit: Visit) -> Response:
    """A chat token, also before the chat: what the customer brings along comes as it begins.

    204 for a chat that the customer may not come back to.
    """
    visit.refuse_unknown()
    conversation = visit.conversation()
    if conversation is None and (visit.reconnect or visit.is_of_somebody_else()):
        return Response(status_code=204)
    return JSONResponse(_chat_token(visit), headers=session(conversation) if conversation else None)


def _chat_token(visit: Visit) -> dict[str, Any]:
    resource = visit.organisation.id.replace("-", "")
    going_on = visit.conversation()
    thread, visitor = (
        (going_on.thread, going_on.visitor)
        if going_on
        else customers.names(visit.organisation, visit.request_id)
    )
    chat_token = tokens.issue(
        visit.world,
        visit.organisation,
        visitor,
        lifetime=CHAT_TOKEN,
        extra={
            "skypeid": visitor.removeprefix("8:"),
            "resourceId": resource,
            "thread": thread,
        },
    )
    here = visit.world.url
    return {
        "ChatId": thread,
        "Token": chat_token,
        "ExpiresIn": str(int(CHAT_TOKEN.total_seconds()) - 1),
        "VisitorId": visitor,
        "Region": "noam",
        "RegionGtms": json.dumps({"ams": here}),
        "ACSEndpoint": here,
        "AttachmentConfiguration": {"AttachmentServiceEndpoint": here},
        "VoiceVideoCallToken": None,
    }


async def details(visit: Visit) -> Response:
    """Where the conversation stands; 204 for one that was never started."""
    conversation = visit.conversation()
    if conversation is None:
        return Response(status_code=204)
    by_bot = conversation.agent_accepted is None
    answer: dict[str, Any] = {
        "State": _told_state(visit.organisation, conversation),
        "ConversationId": conversation.id,
        "CanRenderPostChat": str(feedback.can_be_asked(visit.organisation, conversation)),
        "ParticipantType": "Bot" if by_bot else "User",
    }
    if conversation.agent_accepted:
        answer["AgentAcceptedOn"] = translation.written(conversation.agent_accepted)
    return JSONResponse(answer, headers=session(conversation))


def _told_state(organisation: Organisation, conversation: Conversation) -> str:
    over = conversation.state in (State.WRAP_UP, State.CLOSED)
    with_agent = conversation.agent_accepted is not None
    if over and with_agent and organisation.faults.deviates("agent_end_not_told"):
        return State.ACTIVE.value
    return STATES.get(conversation.state, conversation.state.value)


async def close(visit: Visit) -> Response:
    """The customer ends the chat."""
    if visit.is_of_somebody_else():
        raise NotFound("This request began no chat of yours.")
    customers.end(visit.organisation, visit.request_id)
    return Response(status_code=200)


async def accepted(visit: Visit) -> Response:
    """Taken and not kept."""
    return JSONResponse({})
