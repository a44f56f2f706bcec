"""The words that a sentence may vary, by the type that stands in its braces.

A type turns a word into the value that a step hands on: a name stays a name (the cast knows who it
is), `closed` becomes the check that judges it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pytest_bdd import parsers

from harness import connecting, conversations, examining, scenes, solutions, supervisors
from harness.cast import (
    ADMINISTRATORS,
    AGENTS,
    CALLERS,
    CUSTOMERS,
    MAKERS,
    OUTSIDE_BOTS,
    PLATFORM,
    SUPERVISORS,
)
from harness.durations import PATTERN, duration
from harness.identity import Flaw
from harness.protocol.conversations import Closure, Generation
from harness.staging import boundaries

REASONS = {
    "its name is too long": "BotNameTooLong",
    "Omnichannel is in another environment": "EnvironmentMismatch",
    "a role is missing": "InsufficientRole",
    "a licence is missing": "LicenceMissing",
    "an extension is missing": "ExtensionMissing",
    "the regions differ": "RegionMismatch",
    "its application is in use": "DuplicateBotAppId",
    "its application is not registered": "ApplicationNotRegistered",
    "its application id is malformed": "ApplicationIdMalformed",
    "it is not enabled": "NotEnabled",
    "no environment is chosen": "EnvironmentNotSelected",
    "privacy is not acknowledged": "PrivacyNotAcknowledged",
}
STATES = {
    "open": conversations.is_open,
    "active": conversations.is_active,
    "in wrap-up": conversations.is_in_wrap_up,
    "closed": conversations.is_closed,
}
CLOSERS = {
    "the bot": Closure.BOT_END,
    "the customer": Closure.CUSTOMER_END,
    "a supervisor": Closure.FORCE_CLOSE,
    "the transfer": Closure.VIRTUAL_AGENT_CLOSED,
    "itself": Closure.AUTO_CLOSE,
}
GENERATIONS = {
    "preview": Generation.PREVIEW,
    "classic": Generation.CLASSIC,
    "web app": Generation.WEB_APP,
}
ROLES = ("OC_Admin", "Bot Author", "System Administrator", "Omnichannel administrator")
NO_ROLE = "no role"
EXTENSIONS = {
    "telephony": connecting.TELEPHONY,
    "Omnichannel": connecting.OMNICHANNEL,
    "voice": connecting.VOICE,
}
FORMS: Mapping[str, Callable[[str], str]] = {
    "in capitals": str.upper,
    "in braces": "{{{}}}".format,
    "between blanks": "  {}  ".format,
}
"""Ways to write one application id."""

OUTCOMES = ("escalated", "resolved", "abandoned", "undecided")
EXPORTS = {"with Omnichannel": True, "without Omnichannel": False}
KINDS = {"managed": True, "unmanaged": False}
NOTICES = {"shown": solutions.shows_notice, "hidden": solutions.hides_notice}
RECORDS = {"contact": "contact", "account": "account", "case": "incident"}
KEYS = {"e-mail": "email", "phone number": "phone", "case number": "case_number"}
LANGUAGES = {"English": 1033, "Arabic": 1025, "Hebrew": 1037}
"""Languages of the widget by their LCID."""

VARIABLES = {
    "store location": "StoreLocation",
    "parcel number": "ParcelNumber",
    "last topic": "va_LastTopic",
    "bot name": "va_BotName",
    "scope": "va_Scope",
}


class Word:
    """A type for the gap of a sentence: the texts that fit, and the value each one means."""

    regex_group_count = 0

    def __init__(self, pattern: str, read: Callable[[str], Any] = str) -> None:
        self.pattern = pattern
        self._read = read

    def __call__(self, text: str) -> Any:
        return self._read(text)


def _one_of(words: Iterable[str] | Mapping[str, Any]) -> Word:
    """One of these words: itself, or what the mapping says that it means."""
    read = words.__getitem__ if isinstance(words, Mapping) else str
    return Word("|".join(words), read)


def _roles(words: str) -> tuple[str, ...]:
    """The roles that are enumerated, as in `OC_Admin, Bot Author and System Administrator`."""
    return () if words == NO_ROLE else tuple(words.replace(" and ", ", ").split(", "))


_A_ROLE = f"(?:{'|'.join(ROLES)})"

TYPES = {
    "Customer": _one_of(CUSTOMERS),
    "Agent": _one_of(AGENTS),
    "Supervisor": _one_of(SUPERVISORS),
    "Maker": _one_of(MAKERS),
    "Administrator": _one_of(ADMINISTRATORS),
    "Platform": _one_of(PLATFORM),
    "Generation": _one_of(GENERATIONS),
    "Roles": Word(rf"{NO_ROLE}|{_A_ROLE}(?:(?:, | and ){_A_ROLE})*", _roles),
    "Extension": _one_of(EXTENSIONS),
    "Form": _one_of(FORMS),
    "Switch": _one_of({"on": True, "off": False}),
    "Letters": _one_of(tuple(boundaries.BOT_NAMES)),
    "Caller": _one_of(CALLERS),
    "OutsideBot": _one_of(OUTSIDE_BOTS),
    "Record": _one_of(RECORDS),
    "Key": _one_of(KEYS),
    "Value": Word(boundaries.PATTERN, boundaries.value),
    "Made": Word(boundaries.MADE, boundaries.value),
    "Text": Word('[^"]*'),
    "Number": Word(r"\d+", int),
    "Export": _one_of(EXPORTS),
    "Kind": _one_of(KINDS),
    "Notice": _one_of(NOTICES),
    "Path": Word('[^"]*', lambda text: tuple(text.split(" > "))),
    "Time": Word(r"\d\d:\d\d"),
    "Duration": Word(PATTERN, duration),
    "Reason": _one_of(REASONS),
    "State": _one_of(STATES),
    "Holder": _one_of((supervisors.BOT, *AGENTS)),
    "Closer": _one_of(CLOSERS),
    "Outcome": _one_of(OUTCOMES),
    "Variable": _one_of(VARIABLES),
    "View": _one_of(examining.VIEW),
    "Part": _one_of(examining.PART),
    "Scene": _one_of(tuple(scenes.SCENES)),
    "Keys": Word(r"Ctrl\+/|Escape|Enter|Space", examining.KEYS.__getitem__),
    "Language": _one_of(LANGUAGES),
    "Answer": _one_of(("an error", "nothing", "nonsense")),
    "Flaw": _one_of({flaw.value: flaw for flaw in Flaw}),
}


def sentence(text: str) -> parsers.parse:
    """A sentence with typed gaps, as in `{customer:Customer} says "{text:Text}"`."""
    return parsers.parse(text, extra_types=TYPES)
