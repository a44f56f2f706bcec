"""What a widget needs to know of itself before anybody chats."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from harness.reference.web.livechat.visits import Visit


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


async def masking(visit: Visit) -> Response:
    """No masking rules."""
    return JSONResponse({"dataMaskingRules": {}})
