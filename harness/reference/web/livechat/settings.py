"""What a widget needs to know of itself before anybody chats."""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse, Response

from harness.reference.domain.widgets import ChatWidget
from harness.reference.operations import widgets
from harness.reference.web.livechat.visits import Visit

REGULAR, PERSISTENT = "192350000", "192350001"
"""Modes of a conversation."""


async def config(visit: Visit) -> Response:
    """What the widget needs to know of itself; booleans are words, as in the product."""
    widget = widgets.of(visit.organisation)
    return JSONResponse(
        {
            "LiveChatVersion": 2,
            "ChatWidgetLanguage": {"msdyn_localeid": str(widget.language)},
            "LiveChatConfigAuthSettings": None,
            "DataMaskingInfo": _masking(widget),
            "LiveWSAndLiveChatEngJoin": {
                "msdyn_widgetappid": widget.id,
                "msdyn_callingoptions": "192350000",
                "msdyn_requestvisitorlocation": "false",
                **_beginning(widget),
                **_conversation(widget),
                **_files(widget),
                **_afterwards(widget),
            },
            "allowedFileExtensions": ",".join(widget.extensions),
            "maxUploadFileSize": str(widget.largest_file),
        }
    )


def _masking(widget: ChatWidget) -> dict[str, Any]:
    return {"setting": {"msdyn_maskforcustomer": False}, "dataMaskingRules": {}}


def _beginning(widget: ChatWidget) -> dict[str, Any]:
    """What is shown before a chat."""
    return {
        "msdyn_prechatenabled": "false",
        "PreChatSurvey": None,
        "OutOfOperatingHours": "False",
        "ShowWidget": "True",
    }


def _conversation(widget: ChatWidget) -> dict[str, Any]:
    """How long a conversation is kept, and how a customer comes back to it."""
    return {"msdyn_conversationmode": REGULAR, "msdyn_enablechatreconnect": "false"}


def _files(widget: ChatWidget) -> dict[str, Any]:
    return {
        "msdyn_enablefileattachmentsforcustomers": "false",
        "msdyn_enablefileattachmentsforagents": "false",
    }


def _afterwards(widget: ChatWidget) -> dict[str, Any]:
    """What is offered when a chat is over."""
    return {"msdyn_postconversationsurveyenable": "false"}


async def masking(visit: Visit) -> Response:
    """No masking rules."""
    return JSONResponse({"dataMaskingRules": {}})
