"""The live chat connector: how a widget finds its settings and starts a chat (wire notes 2).

Statuses matter more than bodies here: the SDK tries a 5xx again for a minute and a 404 of the
details for three, so an unknown conversation is 204, as in the product.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from harness.reference.operations.organisations import World
from harness.reference.web.livechat import (
    availability,
    chats,
    feedback,
    returns,
    settings,
    transcripts,
)
from harness.reference.web.livechat.visits import Handler, of_organisation


def routes(world: World) -> list[BaseRoute]:
    """The connector's routes; each also with `auth/`, which signed-in customers use."""
    widget = "{org}/{widget}"
    chat = f"{widget}/{{request}}"
    table: list[tuple[str, str, Handler]] = [
        ("GET", f"config/{widget}", settings.config),
        ("POST", "organization/{org}/widgetApp/{widget}/conversation", chats.begin),
        ("POST", f"sessioninit/{chat}", chats.begin_session),
        ("GET", f"getchattoken/{chat}", chats.token),
        ("GET", f"getliveworkitemdetails/{chat}", chats.details),
        ("POST", f"sessionclose/{chat}", chats.close),
        ("POST", f"getagentavailability/{chat}", availability.availability),
        ("GET", f"reconnectablechats/{chat}", returns.reconnectable),
        ("GET", f"reconnect/{widget}/{{reconnect}}", returns.reconnect),
        ("GET", f"validateauthchatmaprecord/{widget}/{{thread}}/{{request}}", returns.validate),
        ("GET", "organization/{org}/widgetapp/{widget}/conversation/history", returns.history),
        ("POST", "getsurveyinvite/{org}/{owner}", feedback.invite),
        ("POST", f"secondarychannelevent/{chat}", chats.accepted),
        ("GET", "fetchdatamaskinginfo/{org}", settings.masking),
        ("GET", "lcwfcsdetails/{org}", chats.accepted),
    ]
    found: list[BaseRoute] = []
    for method, path, handle in table:
        endpoint = of_organisation(world, handle)
        for prefix in _prefixes(path):
            found.append(Route(f"/livechatconnector/{prefix}{path}", endpoint, methods=[method]))
            if "/{request}" in path:
                again = f"/livechatconnector/{prefix}{path}/{{reconnect}}"
                found.append(Route(again, endpoint, methods=[method]))
    submit = of_organisation(world, feedback.submit)
    for auth in ("", "auth/"):
        found.append(Route(f"/survey/{auth}submitpostchat/{chat}", submit, methods=["POST"]))
    return found + _by_chat_token(world)


def _prefixes(path: str) -> list[str]:
    """Where a call may live: versions of the connector, with or without a signed-in customer."""
    versions = ("", "v2/", "v3/", "v4/") if path.startswith(("getchattoken", "lcwfcs")) else ("",)
    return [f"{version}{auth}" for version in versions for auth in ("", "auth/")]


def _by_chat_token(world: World) -> list[BaseRoute]:
    """The calls that name no organisation in their path: the chat token does."""

    async def tell_typing(request: Request) -> Response:
        return Response(status_code=200)

    async def told(request: Request) -> Response:
        return transcripts.transcript(world, request)

    async def mail(request: Request) -> Response:
        return await transcripts.mail(world, request)

    found: list[BaseRoute] = [
        Route(
            "/inbound/typingindicator/livechat/sendtypingindicator/{request}",
            tell_typing,
            methods=["POST"],
        )
    ]
    for auth in ("", "auth/"):
        path = f"/livechatconnector/v2/{auth}getchattranscripts/{{thread}}/{{request}}"
        found.append(Route(path, told, methods=["GET"]))
        path = f"/livechatconnector/{auth}createemailrequest/{{request}}"
        found.append(Route(path, mail, methods=["POST"]))
    return found
