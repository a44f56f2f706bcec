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


class Survey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a customer is asked after the chat; `bot` is the mode after a chat with the bot alone.

    Without `bot` both kinds of chat have the same.
    """

    mode: SurveyMode = SurveyMode.EMBED
    bot: SurveyMode | None = None


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
    files_from_customers: bool = False
    files_from_agents: bool = False
    extensions: tuple[str, ...] = (".txt", ".png")
    largest_file: int = 5
    masking: tuple[MaskingRule, ...] = ()
    mask_for_customers: bool = True
    mask_for_agents: bool = True
    queue_position: bool = True
    average_wait: bool = True
