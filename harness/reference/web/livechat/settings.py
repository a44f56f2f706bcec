"""What a widget needs to know of itself before anybody chats."""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse, Response

from harness.reference.domain import attachments
from harness.reference.domain.widgets import ENGLISH, ChatWidget
from harness.reference.operations import openings, widgets
from harness.reference.operations.organisations import Organisation
from harness.reference.web.livechat import feedback
from harness.reference.web.livechat.visits import Visit

REGULAR, PERSISTENT = "192350000", "192350001"
"""Modes of a conversation."""


async def config(visit: Visit) -> Response:
    """What the widget needs to know of itself; booleans are words, as in the product."""
    widget = widgets.of(visit.organisation)
    return JSONResponse(
        {
            "LiveChatVersion": 2,
            "ChatWidgetLanguage": {"msdyn_localeid": str(_language(visit.organisation))},
            "LiveChatConfigAuthSettings": _authentication(widget),
            "DataMaskingInfo": _masking(widget),
            "LiveWSAndLiveChatEngJoin": {
                "msdyn_widgetappid": widget.id,
                "msdyn_callingoptions": "192350000",
                "msdyn_requestvisitorlocation": "false",
                **_beginning(visit.organisation),
                **_conversation(widget),
                **_files(widget),
                **_afterwards(widget),
            },
            "allowedFileExtensions": ",".join(f".{kind}" for kind in attachments.kinds(widget)),
            "maxUploadFileSize": str(widget.largest_file),
        }
    )


def _language(organisation: Organisation) -> int:
    """The LCID of the widget's own words; Arabic and Hebrew turn it round (specification 4.9)."""
    if organisation.faults.deviates("widget_speaks_english_only"):
        return ENGLISH
    return widgets.of(organisation).language


def _authentication(widget: ChatWidget) -> dict[str, Any] | None:
    """Which function of the page gives the customer's token; none when nobody signs in."""
    if widget.authentication is None:
        return None
    return {
        "msdyn_authsettingname": widget.authentication.name,
        "msdyn_javascriptclientfunction": widget.authentication.client_function,
    }


def _masking(widget: ChatWidget) -> dict[str, Any]:
    """What the client hides before it sends; the rules by their names."""
    rules = {rule.name: rule.pattern for rule in widget.masking}
    return {
        "setting": {
            "msdyn_maskforcustomer": widget.mask_for_customers,
            "msdyn_maskforagent": widget.mask_for_agents,
        },
        "dataMaskingRules": rules,
    }


def _beginning(organisation: Organisation) -> dict[str, Any]:
    """What is shown before a chat."""
    card = openings.card(organisation)
    return {
        "msdyn_prechatenabled": "true" if card else "false",
        "PreChatSurvey": card or None,
        "OutOfOperatingHours": "False" if openings.in_hours(organisation) else "True",
        "ShowWidget": "True" if openings.is_shown(organisation) else "False",
    }


def _conversation(widget: ChatWidget) -> dict[str, Any]:
    """How long a conversation is kept, and how a customer comes back to it."""
    return {
        "msdyn_conversationmode": PERSISTENT if widget.persistent else REGULAR,
        "msdyn_enablechatreconnect": "true" if widget.reconnection else "false",
    }


def _files(widget: ChatWidget) -> dict[str, Any]:
    return {
        "msdyn_enablefileattachmentsforcustomers": "true"
        if widget.files_from_customers
        else "false",
        "msdyn_enablefileattachmentsforagents": "true" if widget.files_from_agents else "false",
    }


def _afterwards(widget: ChatWidget) -> dict[str, Any]:
    """What is offered when a chat is over; the names for transcripts are ours."""
    return {
        **feedback.told(widget),
        "msdyn_enabletranscriptdownload": "true" if widget.transcript_download else "false",
        "msdyn_enabletranscriptemail": "true" if widget.transcript_email else "false",
    }


async def masking(visit: Visit) -> Response:
    """The rules by which private data is hidden, for older clients."""
    return JSONResponse(_masking(widgets.of(visit.organisation)))
