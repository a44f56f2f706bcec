"""Surveys after a chat: whom to ask, the customer's own copy of it, and what came back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

from harness.protocol.conversations import Role
from harness.reference.domain import feedback
from harness.reference.domain.conversations import Channel, Conversation
from harness.reference.domain.desk import User
from harness.reference.domain.errors import NotFound, NotOffered
from harness.reference.domain.feedback import Form, Invitation
from harness.reference.domain.widgets import Survey, SurveyMode
from harness.reference.operations import widgets
from harness.reference.operations.organisations import Organisation
from harness.reference.operations.users import ADMINISTRATORS, require

HOST = "https://customervoice.microsoft.com"
"""Where the product's surveys are: the widget shows no survey of another host in itself."""

PAGE = "/Pages/ResponsePage.aspx"

Shown = dict[str, Any]


def can_be_asked(organisation: Organisation, conversation: Conversation) -> bool:
    """`CanRenderPostChat`: there is a survey, and somebody whom it could be about (EMB-31)."""
    if _survey(organisation, conversation) is None:
        return False
    if feedback.subject(conversation) is None:
        return organisation.faults.deviates("survey_offered_to_unserved")
    return not organisation.faults.deviates("survey_withheld")


def invite(organisation: Organisation, conversation: Conversation, about: Role) -> Invitation:
    """The customer's own copy of the survey about bot or agent; raises NotOffered."""
    if _survey(organisation, conversation) is None:
        raise NotOffered("This chat has no survey. Its administrator can set one up.")
    with organisation.command():
        for known in _of(organisation, conversation):
            if known.about is about:
                return known
        id = f"{organisation.id.replace('-', '')}-{uuid4().hex}"
        made = Invitation(id, conversation.id, about)
        organisation.store.put(organisation.id, made)
        return made


def address(organisation: Organisation, invitation: Invitation, mode: SurveyMode) -> str:
    """Where the customer answers: in the widget, or on a page of its own."""
    host = HOST if mode is SurveyMode.EMBED else organisation.url
    return f"{host}{PAGE}?id={invitation.id}"


def farewell(organisation: Organisation, conversation: Conversation) -> str:
    """The words with the link, where the survey is sent as one and has not been; else nothing."""
    survey = _survey(organisation, conversation)
    if survey is None or feedback.subject(conversation) is None:
        return ""
    about = feedback.kind(survey, conversation)
    form = feedback.form(survey, about)
    if form.mode is not SurveyMode.LINK or organisation.faults.deviates("survey_link_missing"):
        return ""
    invitation = invite(organisation, conversation, about)
    if invitation.is_sent:
        return ""
    organisation.store.put(organisation.id, replace(invitation, is_sent=True))
    return f"{form.message} {address(organisation, invitation, form.mode)}"


def asked(organisation: Organisation, id: str) -> tuple[Invitation, Form]:
    """A copy of the survey and its questions; raises NotFound."""
    invitation = organisation.store.get(organisation.id, Invitation, id)
    survey = widgets.of(organisation).survey
    if invitation is None or survey is None:
        raise NotFound("There is no such survey. The link may be incomplete.")
    return invitation, feedback.form(survey, invitation.about)


def answer(organisation: Organisation, id: str, answers: Mapping[str, str]) -> Invitation:
    """The customer answers; raises NotFound, MalformedBody, and IllegalState for a second time."""
    with organisation.command():
        invitation, form = asked(organisation, id)
        given = feedback.answered(invitation, form, answers, organisation.clock.now())
        if not organisation.faults.deviates("survey_answers_lost"):
            organisation.store.put(organisation.id, given)
        return given


def _about(organisation: Organisation, invitation: Invitation) -> Role:
    """Who served the customer: the general survey may be about the bot, where that has no own."""
    survey = widgets.of(organisation).survey
    conversation = organisation.store.conversation(organisation.id, invitation.conversation)
    if survey is None or survey.bot or conversation is None:
        return invitation.about
    return feedback.subject(conversation) or invitation.about


def responses(organisation: Organisation, who: User) -> list[Shown]:
    """Everything that came back, for administrators."""
    require(who, *ADMINISTRATORS)
    known = organisation.store.all(organisation.id, Invitation)
    return [_shown(organisation, each) for each in known if each.answered]


def of_conversation(organisation: Organisation, conversation: Conversation) -> list[Shown]:
    """What the customer of a conversation answered."""
    return [_shown(organisation, each) for each in _of(organisation, conversation) if each.answered]


def _survey(organisation: Organisation, conversation: Conversation) -> Survey | None:
    """Only live chat has one (docs C13)."""
    is_chat = conversation.channel is Channel.LIVE_CHAT
    return widgets.of(organisation).survey if is_chat else None


def _of(organisation: Organisation, conversation: Conversation) -> list[Invitation]:
    return organisation.store.find(organisation.id, Invitation, "conversation", conversation.id)


def _shown(organisation: Organisation, invitation: Invitation) -> Shown:
    return {
        "conversation": invitation.conversation,
        "about": _about(organisation, invitation),
        "answered": invitation.answered,
        "answers": invitation.answers,
    }
