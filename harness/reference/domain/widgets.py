"""The chat widget as its administrator sets it up (specification 4.5 to 4.10, docs C10, C13).

Each type reads itself from JSON, and refuses keys that it has not: a new setting is a new field
here, and the plan, the admin centre's API and the store have it. What no type can say is in
`widget_rules`.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

ENGLISH = 1033

WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""Days in the order in which Python numbers them."""


class AnswerType(StrEnum):
    """How a question of the pre-chat survey is answered (docs C13)."""

    SINGLE_LINE = "Single line"
    MULTIPLE_LINES = "Multiple lines"
    OPTION_SET = "Option set"
    USER_CONSENT = "User consent"


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question before the chat; `name` is the context variable that its answer becomes."""

    name: str
    text: str
    type: AnswerType = AnswerType.SINGLE_LINE
    required: bool = False
    options: tuple[str, ...] = ()


class Hours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When the widget is in operation: local wall time of an IANA zone, `HH:MM`.

    An end that is not after its start is on the next day; `days` are those on which it starts.
    """

    time_zone: str = "UTC"
    start: str = "08:00"
    end: str = "17:00"
    days: tuple[str, ...] = WEEK


class Authentication(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who signs customers' tokens: a public key (PEM) or where it is, and the page's function."""

    name: str
    public_key: str = ""
    public_key_url: str = ""
    client_function: str = ""


class Reconnection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long a customer may come back by a link, where to, and where to when it is too late."""

    minutes: int
    portal_url: str = ""
    redirect_url: str = ""


class SurveyMode(StrEnum):
    """Where a post-chat survey is shown: in the conversation, or behind a link (docs C13)."""

    EMBED = "embed"
    LINK = "link"


class SurveyAnswer(StrEnum):
    """How a question of a survey is answered: by a number from 1 to 5, by words, by an option."""

    RATING = "Rating"
    TEXT = "Text"
    CHOICE = "Choice"


class SurveyQuestion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question after the chat."""

    name: str
    text: str
    type: SurveyAnswer = SurveyAnswer.RATING
    required: bool = False
    options: tuple[str, ...] = ()


USUAL = (
    SurveyQuestion("satisfaction", "How satisfied are you with this chat?", required=True),
    SurveyQuestion("comment", "What could we do better?", SurveyAnswer.TEXT),
)


class BotSurvey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a customer is asked after a chat with the bot alone, where that has its own settings."""

    mode: SurveyMode = SurveyMode.EMBED
    title: str = "How did our bot do?"
    message: str = "Please tell us how our bot did:"
    questions: tuple[SurveyQuestion, ...] = USUAL


class Survey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a customer is asked after the chat; `message` introduces a link to it.

    Without `bot` it is the same after a chat with the bot alone (specification 4.10, docs C13).
    """

    mode: SurveyMode = SurveyMode.EMBED
    title: str = "How did we do?"
    message: str = "Please tell us how we did:"
    questions: tuple[SurveyQuestion, ...] = USUAL
    bot: BotSurvey | None = None


SLOT = "{conversation.transcript}"
TEMPLATE = f"Thank you for chatting with us. This is what was said:\n\n{SLOT}\n"
"""The letter that brings a customer the transcript; the slot becomes what was said."""


class MaskingRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is hidden in messages: everything that the pattern (a regular expression) finds."""

    name: str
    pattern: str


class ChatWidget(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All settings of an organisation's widget; `id` is the one that the snippet names.

    `language` is an LCID. Empty `domains` are all. `largest_file` is in MB. `mask_for_customers`
    hides what customers send, `mask_for_agents` what agents send (specification 4.10, docs C13).
    """

    id: str
    name: str = "Live chat"
    language: int = ENGLISH
    pre_chat: tuple[Question, ...] = ()
    hours: Hours | None = None
    shown_in_hours: bool = True
    shown_out_of_hours: bool = False
    domains: tuple[str, ...] = ()
    authentication: Authentication | None = None
    persistent: bool = False
    reconnection: Reconnection | None = None
    survey: Survey | None = None
    transcript_download: bool = False
    transcript_email: bool = False
    transcript_template: str = TEMPLATE
    files_from_customers: bool = False
    files_from_agents: bool = False
    extensions: tuple[str, ...] = (".txt", ".png")
    largest_file: int = 5
    masking: tuple[MaskingRule, ...] = ()
    mask_for_customers: bool = True
    mask_for_agents: bool = True
    queue_position: bool = True
    average_wait: bool = True
