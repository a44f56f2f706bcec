"""What a bot does in one turn, in order: the whole vocabulary between the bot and the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from harness.reference.bot.expressions import Value

SIGN_IN = "application/vnd.microsoft.card.oauth"
"""The type of a card that asks the customer to sign in; whoever shows it says where."""


@dataclass(frozen=True, slots=True)
class Say:
    """A message to the customer; `suggestions` are the choices it offers as buttons.

    `cards` are attachments in Bot Framework form (`{contentType, content}`), `speak` what a call
    says in place of `text`, None for the text itself.

    In a call an `interruptible` message stops when the caller speaks or presses a key; one sent by
    *Send uninterruptible voice message* is heard to its end (hand-off-specification 7.2).
    """

    text: str
    suggestions: tuple[str, ...] = ()
    interruptible: bool = True
    cards: tuple[Mapping[str, Any], ...] = ()
    speak: str | None = None


@dataclass(frozen=True, slots=True)
class Transfer:
    """The transfer node was reached: hand the conversation to a person.

    `message` is the private message to the agent, None when the node has none; `variables` are the
    user's variables without scope (`ParcelNumber`), merged over topics, newest value (spec 5.3).
    The bookkeeping for `va_*` is in the turn's dialogue: `phrases`, `topics`, `last_topic`.
    """

    message: str | None = None
    variables: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class End:
    """*End conversation* was reached: close the conversation, after what was said before it."""


@dataclass(frozen=True, slots=True)
class HangUp:
    """The voice action *Hang up* was reached: end the call."""


@dataclass(frozen=True, slots=True)
class PhoneTransfer:
    """A transfer to a telephone number was reached: hand a call over to it."""

    number: str


@dataclass(frozen=True, slots=True)
class Failed:
    """The content could not go on: the customer gets the generic apology with this code.

    `code` is the product's number (spec 2.4: 2022 too many messages, 2102 message too large, 3000
    unexpected); `detail` names the cause for the maker (topic, line, kind) and is never shown to
    the customer. Not `apologise`: the bot's own *On Error* topic has told the customer.
    """

    code: int
    detail: str
    apologise: bool = True


@dataclass(frozen=True, slots=True)
class Traced:
    """One thing that the engine did, as the product's transcript tells it.

    `kind` is the transcript's value type: `IntentRecognition`, `DialogRedirect`,
    `VariableAssignment` (`{name, value, scope, topic}`), and what docs/bot-content.md lists.
    """

    kind: str
    value: Mapping[str, Any]


Output = Say | Transfer | PhoneTransfer | End | HangUp | Failed
