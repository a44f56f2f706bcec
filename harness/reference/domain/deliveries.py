"""Bringing activities to a bot that runs elsewhere (wire notes 4): where, and what its answer says.

The order is the conversation's. An activity counts as delivered when the bot has taken it, so one
whose answer got lost comes again, with the id that it had.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any, Final
from urllib.parse import urlsplit

from harness.reference.domain.errors import MalformedBody

LONGEST: Final = 2_000
"""Characters of a messaging endpoint."""

UNREADABLE: Final = frozenset({400, 413, 415, 422})
"""Statuses with which a bot refuses this one activity: it would never take it."""


class Outcome(Enum):
    """What became of one attempt."""

    TAKEN = "taken"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Delivery:
    """How many activities of a conversation a bot has had; the id says which of both."""

    id: str
    done: int = 0


@dataclass(frozen=True, slots=True)
class Errand:
    """The next activity that a bot shall get, and where."""

    conversation: str
    bot: str
    number: int
    endpoint: str
    activity: dict[str, Any]


def delivery_of(conversation: str, bot: str) -> str:
    """The id of what is known of the deliveries of a conversation to a bot."""
    return f"{conversation}|{bot}"


def outcome(status: int) -> Outcome:
    """What an HTTP status of a bot means for the activity that it was given."""
    if 200 <= status < 300:
        return Outcome.TAKEN
    return Outcome.REFUSED if status in UNREADABLE else Outcome.FAILED


def checked(endpoint: str) -> str:
    """A messaging endpoint, empty for none; raises MalformedBody for what nobody can post to."""
    if not endpoint:
        return ""
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        raise MalformedBody(f"The messaging endpoint {endpoint[:100]!r} is no URL.") from None
    plain = parts.username is None and not parts.fragment and endpoint.isprintable()
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0 or not plain:
        raise MalformedBody(
            f"The messaging endpoint {endpoint[:100]!r} is none that can be posted to. Write"
            " http(s)://host/path, without a user, a fragment or blanks."
        )
    if len(endpoint) > LONGEST or " " in endpoint:
        raise MalformedBody(
            f"A messaging endpoint has at most {LONGEST} characters, and no blanks."
        )
    return endpoint
