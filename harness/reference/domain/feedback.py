"""The survey after a chat: who is asked what, and which answers can be (specification 4.10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from harness.protocol.conversations import Role
from harness.reference.domain.conversations import Conversation
from harness.reference.domain.errors import IllegalState, MalformedBody
from harness.reference.domain.widgets import BotSurvey, Survey, SurveyAnswer, SurveyQuestion

RATINGS = ("1", "2", "3", "4", "5")
LONGEST = 4_000
"""Characters of an answer."""

Form = Survey | BotSurvey


@dataclass(frozen=True, slots=True)
class Invitation:
    """A customer's own copy of a survey; `about` says which: the bot's own, or the agents'.

    Clients ask for it as a chat begins, so that it does not say who served the customer.

    `answers` are by the names of the questions; `is_sent` when its link stands in the chat.
    """

    id: str
    conversation: str
    about: Role
    answers: dict[str, str] = field(default_factory=dict)
    answered: datetime | None = None
    is_sent: bool = False


def subject(conversation: Conversation) -> Role | None:
    """Who served the customer: an agent, or else the bot; None for nobody (EMB-31)."""
    if conversation.agent_accepted is not None:
        return Role.AGENT
    return Role.BOT if conversation.bot else None


def kind(survey: Survey, conversation: Conversation) -> Role:
    """Which survey a customer gets: the bot's own after a chat with it alone, else the agents'."""
    alone = survey.bot is not None and subject(conversation) is Role.BOT
    return Role.BOT if alone else Role.AGENT


def form(survey: Survey, about: Role) -> Form:
    """The survey about an agent or the bot; the bot has its own only where it is set up."""
    return survey.bot if about is Role.BOT and survey.bot else survey


def answered(
    invitation: Invitation, asked: Form, answers: Mapping[str, str], now: datetime
) -> Invitation:
    """The invitation with its answers; raises MalformedBody, and IllegalState for a second time."""
    if invitation.answered is not None:
        raise IllegalState("This survey has been answered already.")
    known = {question.name for question in asked.questions}
    if strange := sorted(set(answers) - known):
        raise MalformedBody(f"The survey has no question {strange[0][:50]!r}.")
    given = {name: text.strip() for name, text in answers.items() if text.strip()}
    for question in asked.questions:
        _refuse(question, given.get(question.name, ""))
    return replace(invitation, answers=given, answered=now)


def _refuse(question: SurveyQuestion, answer: str) -> None:
    if question.required and not answer:
        raise MalformedBody(f"{question.text!r} needs an answer.")
    if len(answer) > LONGEST:
        raise MalformedBody(f"The answer to {question.text!r} has over {LONGEST} characters.")
    offered = choices(question)
    if answer and offered and answer not in offered:
        raise MalformedBody(f"{question.text!r} is answered by one of {', '.join(offered)}.")


def choices(question: SurveyQuestion) -> tuple[str, ...]:
    """What a question offers to choose from; nothing for one that is answered by words."""
    return RATINGS if question.type is SurveyAnswer.RATING else question.options
