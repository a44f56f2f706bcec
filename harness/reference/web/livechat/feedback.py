"""The survey after a chat, as clients ask for it; its page is `web/pages/survey.py`."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.responses import JSONResponse, Response

from harness.protocol.conversations import Role
from harness.reference.domain.errors import NotFound
from harness.reference.domain.feedback import form, kind
from harness.reference.domain.widgets import ChatWidget, Survey, SurveyMode
from harness.reference.operations import feedback, widgets
from harness.reference.web import bodies
from harness.reference.web.livechat.visits import Visit

FORM, BOT_FORM = "survey", "bot-survey"
"""The surveys by the ids that clients name them with."""

OWNER, BOT_OWNER = "survey-owner", "bot-survey-owner"
MODES = {SurveyMode.EMBED: "192350000", SurveyMode.LINK: "192350001"}
CUSTOMER_VOICE = "600990000"


class Wanted(msgspec.Struct):
    """The body that asks for a survey; keys as the SDK sends them."""

    ConversationId: str
    FormId: str = FORM
    OCLocaleCode: str = "en-us"


def told(widget: ChatWidget) -> dict[str, Any]:
    """What `config` says of the survey; booleans are words."""
    survey = widget.survey
    if survey is None:
        return {"msdyn_postconversationsurveyenable": "false"}
    return {
        "msdyn_postconversationsurveyenable": "true",
        "msdyn_postconversationsurveymode": MODES[survey.mode],
        "msdyn_postconversationsurveybotsurveymode": MODES[form(survey, Role.BOT).mode],
        "msdyn_surveyprovider": CUSTOMER_VOICE,
        "msfp_sourcesurveyidentifier": FORM,
        "postConversationSurveyOwnerId": OWNER,
        "msfp_botsourcesurveyidentifier": BOT_FORM if survey.bot else None,
        "postConversationBotSurveyOwnerId": BOT_OWNER if survey.bot else None,
    }


async def invite(visit: Visit) -> Response:
    """Where the customer answers; only for the conversation that their own request began."""
    wanted = await bodies.read_as(visit.request, Wanted)
    conversation = visit.conversation()
    if conversation is None or conversation.id != wanted.ConversationId:
        raise NotFound("This request began no such conversation.")
    survey = widgets.of(visit.organisation).survey or Survey()
    about = Role.BOT if survey.bot and wanted.FormId == BOT_FORM else Role.AGENT
    invitation = feedback.invite(visit.organisation, conversation, about)
    link = feedback.address(visit.organisation, invitation, form(survey, about).mode)
    return JSONResponse(
        {"inviteList": [{"invitationLink": link}], "formsProLocaleCode": wanted.OCLocaleCode}
    )


async def submit(visit: Visit) -> Response:
    """Answers without a page, as older clients send them: by the names of the questions."""
    answers = await bodies.read_object(visit.request)
    conversation = visit.conversation()
    if conversation is None:
        raise NotFound("This request began no conversation.")
    about = kind(widgets.of(visit.organisation).survey or Survey(), conversation)
    invitation = feedback.invite(visit.organisation, conversation, about)
    given = {name: str(each) for name, each in answers.items() if isinstance(each, str | int)}
    feedback.answer(visit.organisation, invitation.id, given)
    return Response(status_code=200)
