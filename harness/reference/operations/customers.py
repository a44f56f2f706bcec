"""What a customer does."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from harness.reference.domain.conversations import Channel, Conversation
from harness.reference.domain.messages import Message
from harness.reference.operations.organisations import Organisation


@dataclass(frozen=True, slots=True)
class Opening:
    """What a customer brings along: answers of the pre-chat survey, `{value, isDisplayable}`s."""

    locale: str = "en-us"
    pre_chat: dict[str, Any] = field(default_factory=dict)
    custom_context: dict[str, Any] = field(default_factory=dict)
    channel: Channel = Channel.LIVE_CHAT
    reconnect: str = ""
    name: str = ""


def start(organisation: Organisation, request: str, opening: Opening) -> Conversation:
    """Starts a conversation, or finds the one that this request started before."""
    raise NotImplementedError


def find(organisation: Organisation, request: str) -> Conversation | None:
    """The conversation that a request started."""
    return organisation.store.by_request(organisation.id, request)


def by_thread(organisation: Organisation, thread: str) -> Conversation:
    """The conversation of a thread; raises NotFound."""
    raise NotImplementedError


def say(
    organisation: Organisation,
    thread: str,
    text: str,
    tags: tuple[str, ...] = (),
    metadata: dict[str, str] | None = None,
) -> Message:
    """Keeps what the customer says, and lets the bot answer when it holds the conversation."""
    raise NotImplementedError


def typing(organisation: Organisation, thread: str) -> None:
    """The customer types."""
    raise NotImplementedError


def end(organisation: Organisation, request: str) -> Conversation:
    """The customer leaves for good; raises NotFound. Ending twice is ending once."""
    raise NotImplementedError


def history(organisation: Organisation, thread: str, after: int = 0) -> list[Message]:
    """What the customer may see of a thread, oldest first."""
    return [m for m in organisation.store.messages(organisation.id, thread, after) if not m.hidden]
