"""The shapes of what people and bots say on the wire: chat messages and activities.

Each type is a schema: `msgspec.convert` holds data against it, and names the place that is wrong.
Keys that no document names are let through, as every client does. Sources: wire notes 1 (Direct
Line), 2b (chat messages), 2c (pushes), 4 (activities); hand-off-specification 10.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

Text = Annotated[str, Meta(min_length=1)]
Digits = Annotated[str, Meta(pattern=r"^\d+$")]
"""A number written as text: ids of messages are milliseconds since 1970, and clients parse them."""

TextFormat = Literal["plain", "markdown", "xml"]
AttachmentLayout = Literal["list", "carousel"]

RICH = "microsoft.azure.communication.chat.bot.contenttype"
CHANNEL_TAG, CUSTOMER_TAG = "ChannelId-lcw", "FromCustomer"


def tags_of(metadata: Mapping[str, str] | None) -> frozenset[str]:
    """The tags of a message, which stand in its metadata with commas between them."""
    written = (metadata or {}).get("tags", "").split(",")
    return frozenset(tag.strip() for tag in written if tag.strip())


class _Wire(Struct, frozen=True, rename="camel", kw_only=True):
    """Something with camel case keys."""


# Chat messages (2b).


class SentMessage(_Wire, frozen=True):
    """A message on its way to the thread; without its metadata the desk would not take it."""

    content: str
    sender_display_name: Text
    metadata: dict[str, str]

    def __post_init__(self) -> None:
        for key in ("deliveryMode", "tags"):
            if not self.metadata.get(key):
                raise ValueError(f"its metadata lacks {key}")


class Created(_Wire, frozen=True):
    """The answer to a message that was taken."""

    id: Digits


class Sender(_Wire, frozen=True):
    """Who a message is from."""

    raw_id: Text


class Content(_Wire, frozen=True):
    """What a message holds: a text, or people who came or went."""

    message: str | None = None
    participants: list[Any] | None = None


class ThreadMessage(_Wire, frozen=True):
    """A message as the thread lists it."""

    id: Digits
    type: Literal["text", "html", "topicUpdated", "participantAdded", "participantRemoved"]
    sequence_id: Digits
    version: Digits
    created_on: datetime
    content: Content | None = None
    sender_display_name: str | None = None
    sender_communication_identifier: Sender | None = None
    metadata: dict[str, str] | None = None

    def __post_init__(self) -> None:
        if self.type in ("text", "html"):
            if self.content is None or self.content.message is None:
                raise ValueError("a text needs content.message")
            hold_rich(self.content.message, self.metadata)


class ThreadMessages(_Wire, frozen=True):
    """A page of a thread, newest first."""

    value: list[ThreadMessage]
    next_link: str | None = None


class RichContent(_Wire, frozen=True):
    """The JSON text of a message with cards or choices."""

    text: str | None = None
    attachments: list[Attachment] | None = None
    suggested_actions: SuggestedActions | None = None


def hold_rich(text: str, metadata: Mapping[str, str] | None) -> None:
    """Raises ValueError for a text that says it is rich content and is none."""
    if RICH in (metadata or {}):
        try:
            msgspec.json.decode(text, type=RichContent)
        except msgspec.DecodeError as problem:
            raise ValueError(f"its rich content: {problem}") from None


class TranscribedMessage(_Wire, frozen=True):
    """A message as a transcript has it."""

    content: str
    created: datetime
    sender: dict[str, Any] = msgspec.field(name="from")


class Transcript(_Wire, frozen=True):
    """What a customer may keep: a list, as JSON in a text."""

    chat_messages_json: str

    def __post_init__(self) -> None:
        try:
            msgspec.json.decode(self.chat_messages_json, type=list[TranscribedMessage])
        except msgspec.DecodeError as problem:
            raise ValueError(f"chatMessagesJson: {problem}") from None


# Pushes of the realtime service (2c).


class PushedMessage(_Wire, frozen=True):
    """Event 200."""

    event_id: Literal[200]
    sender_id: Text
    group_id: Text
    message_id: Digits
    message_type: Text
    message_body: str
    version: Digits
    original_arrival_time: datetime
    sender_display_name: str | None = None
    acs_chat_message_metadata: str | None = None

    def __post_init__(self) -> None:
        hold_rich(self.message_body, self.metadata)

    @property
    def metadata(self) -> dict[str, str]:
        """The metadata, which is JSON in a text; raises ValueError for anything else."""
        try:
            written = self.acs_chat_message_metadata or "{}"
            return msgspec.json.decode(written, type=dict[str, str])
        except msgspec.DecodeError as problem:
            raise ValueError(f"acsChatMessageMetadata: {problem}") from None


class PushedTyping(_Wire, frozen=True):
    """Event 245."""

    event_id: Literal[245]
    sender_id: Text
    group_id: Text
    version: Digits
    original_arrival_time: datetime


class Participant(_Wire, frozen=True):
    """Somebody who came or went."""

    participant_id: Text
    display_name: str | None = None


class PushedArrival(_Wire, frozen=True):
    """Event 260: lists are JSON in a text, in which the client undoes percent signs."""

    event_id: Literal[260]
    thread_id: Text
    version: Digits
    time: datetime
    added_by: str
    participants_added: str


class PushedDeparture(_Wire, frozen=True):
    """Event 261."""

    event_id: Literal[261]
    thread_id: Text
    version: Digits
    time: datetime
    removed_by: str
    participants_removed: str


class PushedEvent(_Wire, frozen=True):
    """Any other event."""

    event_id: int


PUSHES: Mapping[int, type[Struct]] = {
    200: PushedMessage,
    245: PushedTyping,
    260: PushedArrival,
    261: PushedDeparture,
}


# Activities of the Bot Framework (4, and 1 for Direct Line).


class Account(_Wire, frozen=True):
    """A user, bot or channel."""

    id: str
    name: str | None = None
    role: str | None = None


class ConversationAccount(_Wire, frozen=True):
    """The conversation that an activity belongs to."""

    id: Text


class Attachment(_Wire, frozen=True):
    """A card, or a file by its address."""

    content_type: Text
    content: Any = None
    content_url: str | None = None
    name: str | None = None


class Choice(_Wire, frozen=True):
    """Something to press."""

    type: Text
    title: str | None = None
    value: Any = None


class SuggestedActions(_Wire, frozen=True):
    """Choices that go away when one is made."""

    actions: list[Choice]
    to: list[str] | None = None


class Entity(_Wire, frozen=True):
    """What is told about an activity."""

    type: Text


class Reference(_Wire, frozen=True):
    """Another conversation, or this one at a moment."""

    conversation: ConversationAccount
    channel_id: Text
    activity_id: str | None = None
    user: Account | None = None
    bot: Account | None = None


class Activity(_Wire, frozen=True):
    """An activity, by whoever it was sent; an event needs its name."""

    type: Text
    id: Text | None = None
    timestamp: datetime | None = None
    local_timestamp: datetime | None = None
    channel_id: Text | None = None
    service_url: Text | None = None
    sender: Account | None = msgspec.field(default=None, name="from")
    recipient: Account | None = None
    conversation: ConversationAccount | None = None
    reply_to_id: str | None = None
    locale: str | None = None
    text: str | None = None
    text_format: TextFormat | None = None
    speak: str | None = None
    input_hint: str | None = None
    attachment_layout: AttachmentLayout | None = None
    attachments: list[Attachment] | None = None
    suggested_actions: SuggestedActions | None = None
    entities: list[Entity] | None = None
    members_added: list[Account] | None = None
    members_removed: list[Account] | None = None
    channel_data: Any = None
    name: str | None = None
    value: Any = None
    value_type: str | None = None
    code: str | None = None
    relates_to: Reference | None = None

    def __post_init__(self) -> None:
        if self.type == "event" and not self.name:
            raise ValueError("an event needs a name")


class DeliveredActivity(Activity, frozen=True, kw_only=True):
    """An activity as a client or bot gets it: it can be told from every other.

    That somebody types is told in the moment, and never again.
    """

    sender: Account = msgspec.field(name="from")

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.id is None and self.type != "typing":
            raise ValueError("it lacks `id`")


class ActivitySet(_Wire, frozen=True):
    """The activities after a watermark."""

    activities: list[DeliveredActivity]
    watermark: str | None = None


class SessionActivities(_Wire, frozen=True):
    """The activities of a bot's session, as its maker is told them."""

    activities: list[Activity] = []


class Accepted(_Wire, frozen=True):
    """The answer to an activity that was taken."""

    id: Text
