"""The live chat connector: how a widget finds its settings and starts a chat (wire notes 2).

Statuses matter more than bodies here: the SDK tries a 5xx again for a minute and a 404 of the
details for three, so an unknown conversation is 204, as in the product.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from harness.protocol.conversations import Role, State
from harness.reference.domain.conversations import Conversation
from harness.reference.domain.errors import InsufficientRole, MalformedBody, NotFound
from harness.reference.domain.messages import Message
from harness.reference.operations import customers
from harness.reference.operations.organisations import Organisation, World
from harness.reference.web import bodies, tokens, translation
from harness.reference.web.problems import body_of

CHAT_TOKEN = timedelta(days=1)
WIDGET_NOT_FOUND = "701"

STATES = {State.WRAP_UP: "WrapUp"}
"""How the connector spells a state, where the desk spells it differently."""


class Beginning(msgspec.Struct):
    """What a client says of itself when it starts a chat; all its other keys are passed over."""

    locale: str | None = None
    preChatResponse: dict[str, Any] | str | None = None
    customContextData: dict[str, Any] | None = None
    reconnectId: str | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """One call of a customer's client: which organisation, which request id of the client."""

    world: World
    organisation: Organisation
    request_id: str
    request: Request


Handler = Callable[[Visit], Awaitable[Response]]


def routes(world: World) -> list[BaseRoute]:
    """The connector's routes; each also with `auth/`, which signed-in customers use."""
    widget = "{org}/{widget}"
    chat = f"{widget}/{{request}}"
    table: list[tuple[str, str, Handler]] = [
        ("GET", f"config/{widget}", config),
        ("POST", "organization/{org}/widgetApp/{widget}/conversation", begin),
        ("POST", f"sessioninit/{chat}", begin_session),
        ("GET", f"getchattoken/{chat}", token),
        ("GET", f"getliveworkitemdetails/{chat}", details),
        ("POST", f"sessionclose/{chat}", close),
        ("POST", f"getagentavailability/{chat}", availability),
        ("GET", f"reconnectablechats/{chat}", nothing),
        ("GET", f"reconnect/{widget}/{{reconnect}}", reconnect),
        ("POST", f"secondarychannelevent/{chat}", accepted),
        ("GET", "fetchdatamaskinginfo/{org}", masking),
        ("GET", "lcwfcsdetails/{org}", accepted),
    ]
    found: list[BaseRoute] = []
    for method, path, handle in table:
        endpoint = _of_organisation(world, handle)
        for prefix in _prefixes(path):
            found.append(Route(f"/livechatconnector/{prefix}{path}", endpoint, methods=[method]))
            if "/{request}" in path:
                again = f"/livechatconnector/{prefix}{path}/{{reconnect}}"
                found.append(Route(again, endpoint, methods=[method]))
    return found + _by_chat_token(world)


def _prefixes(path: str) -> list[str]:
    """Where a call may live: versions of the connector, with or without a signed-in customer."""
    versions = ("", "v2/", "v3/", "v4/") if path.startswith(("getchattoken", "lcwfcs")) else ("",)
    return [f"{version}{auth}" for version in versions for auth in ("", "auth/")]


def _by_chat_token(world: World) -> list[BaseRoute]:
    """The calls that name no organisation in their path: the chat token does."""

    async def tell_typing(request: Request) -> Response:
        return Response(status_code=200)

    async def transcripts(request: Request) -> Response:
        return transcript(world, request)

    async def mail(request: Request) -> Response:
        await bodies.read_object(request)
        return Response(status_code=200)

    found: list[BaseRoute] = [
        Route(
            "/inbound/typingindicator/livechat/sendtypingindicator/{request}",
            tell_typing,
            methods=["POST"],
        )
    ]
    for auth in ("", "auth/"):
        path = f"/livechatconnector/v2/{auth}getchattranscripts/{{thread}}/{{request}}"
        found.append(Route(path, transcripts, methods=["GET"]))
        path = f"/livechatconnector/{auth}createemailrequest/{{request}}"
        found.append(Route(path, mail, methods=["POST"]))
    return found


def _of_organisation(world: World, handle: Handler) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        path = request.path_params
        try:
            organisation = world.find(path["org"])
            if path.get("widget", organisation.tenant.widget) != organisation.tenant.widget:
                raise NotFound(f"The organisation has no widget {path['widget']!r}.")
        except NotFound as error:
            return JSONResponse(
                body_of("NotFound", str(error)), 404, headers={"errorcode": WIDGET_NOT_FOUND}
            )
        request_id = path.get("request") or request.headers.get("request-id", "")
        return await handle(Visit(world, organisation, request_id, request))

    return endpoint


async def config(visit: Visit) -> Response:
    """What the widget needs to know of itself; booleans are words, as in the product."""
    return JSONResponse(
        {
            "LiveChatVersion": 2,
            "ChatWidgetLanguage": {"msdyn_localeid": "1033"},
            "LiveChatConfigAuthSettings": None,
            "DataMaskingInfo": {
                "setting": {"msdyn_maskforcustomer": False},
                "dataMaskingRules": {},
            },
            "LiveWSAndLiveChatEngJoin": {
                "msdyn_widgetappid": visit.organisation.tenant.widget,
                "msdyn_prechatenabled": "false",
                "PreChatSurvey": None,
                "msdyn_conversationmode": "192350000",
                "msdyn_enablechatreconnect": "false",
                "msdyn_callingoptions": "192350000",
                "OutOfOperatingHours": "False",
                "msdyn_requestvisitorlocation": "false",
                "msdyn_enablefileattachmentsforcustomers": "false",
                "msdyn_enablefileattachmentsforagents": "false",
                "msdyn_postconversationsurveyenable": "false",
                "ShowWidget": "True",
            },
            "allowedFileExtensions": ".txt,.png",
            "maxUploadFileSize": "5",
        }
    )


async def begin(visit: Visit) -> Response:
    """Starts a chat and answers its token in one call (since SDK 1.10)."""
    conversation = await _start(visit)
    return JSONResponse(_chat_token(visit), headers=_session(conversation))


async def begin_session(visit: Visit) -> Response:
    """Starts a chat; its token was fetched before, by a call of its own (the older flow)."""
    return Response(status_code=200, headers=_session(await _start(visit)))


async def _start(visit: Visit) -> Conversation:
    if not 0 < len(visit.request_id) <= 100:
        raise MalformedBody("The header Request-Id names the chat: it has 1 to 100 characters.")
    beginning = await bodies.read_as(visit.request, Beginning)
    opening = customers.Opening(
        locale=beginning.locale or "en-us",
        pre_chat=_answers(beginning.preChatResponse),
        custom_context=beginning.customContextData or {},
        reconnect=beginning.reconnectId or "",
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
    """A chat token, also before the chat: what the customer brings along comes as it begins."""
    conversation = customers.find(visit.organisation, visit.request_id)
    return JSONResponse(
        _chat_token(visit), headers=_session(conversation) if conversation else None
    )


def _chat_token(visit: Visit) -> dict[str, Any]:
    resource = visit.organisation.id.replace("-", "")
    thread, visitor = customers.names(visit.organisation, visit.request_id)
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


def _session(conversation: Conversation) -> dict[str, str]:
    return {"Oc-Sessionid": conversation.id}


async def details(visit: Visit) -> Response:
    """Where the conversation stands; 204 for one that was never started."""
    conversation = customers.find(visit.organisation, visit.request_id)
    if conversation is None:
        return Response(status_code=204)
    by_bot = conversation.agent_accepted is None
    answer: dict[str, Any] = {
        "State": _told_state(visit.organisation, conversation),
        "ConversationId": conversation.id,
        "CanRenderPostChat": "False",
        "ParticipantType": "Bot" if by_bot else "User",
    }
    if conversation.agent_accepted:
        answer["AgentAcceptedOn"] = translation.written(conversation.agent_accepted)
    return JSONResponse(answer, headers=_session(conversation))


def _told_state(organisation: Organisation, conversation: Conversation) -> str:
    over = conversation.state in (State.WRAP_UP, State.CLOSED)
    with_agent = conversation.agent_accepted is not None
    if over and with_agent and organisation.faults.deviates("agent_end_not_told"):
        return State.ACTIVE.value
    return STATES.get(conversation.state, conversation.state.value)


async def close(visit: Visit) -> Response:
    """The customer ends the chat."""
    customers.end(visit.organisation, visit.request_id)
    return Response(status_code=200)


async def availability(visit: Visit) -> Response:
    """Whether somebody could take a chat; the optional fields are not known of the product."""
    await bodies.read_object(visit.request)
    return JSONResponse(
        {"queueId": None, "isQueueAvailable": True, "isAgentAvailable": True, "averageWaitTime": 0}
    )


async def nothing(visit: Visit) -> Response:
    """There is no chat to come back to."""
    return Response(status_code=204)


async def reconnect(visit: Visit) -> Response:
    """Reconnect links are not offered, so none leads back."""
    link = visit.request.path_params["reconnect"]
    return JSONResponse(
        {"reconnectId": link, "isReconnectAvailable": False, "reconnectRedirectionURL": ""}
    )


async def accepted(visit: Visit) -> Response:
    """Taken and not kept."""
    return JSONResponse({})


async def masking(visit: Visit) -> Response:
    """No masking rules."""
    return JSONResponse({"dataMaskingRules": {}})


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
