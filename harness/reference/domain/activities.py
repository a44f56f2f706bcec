"""What crosses between a bot and the desk, in Bot Framework form (hand-off-specification 10)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec

from harness.protocol.conversations import Role
from harness.reference.domain.conversations import Conversation
from harness.reference.domain.messages import Message
from harness.reference.domain.rich import submitted

Activity = dict[str, Any]

CHANNEL = "directline"
HAND_OFF = "handoff.initiate"
STATUS = "handoff.status"
TRANSCRIPT = "Transcript"
ROLES = {Role.CUSTOMER: "user", Role.BOT: "bot", Role.AGENT: "agent"}
"""Who speaks, in an activity; what the desk announces is no activity."""

MISSING = {
    "name": "hand_off_without_name",
    "conversation": "hand_off_without_conversation",
    "value": "hand_off_without_value",
    "attachments": "hand_off_without_transcript",
}
"""The parts of the hand-off (ESC-21), each with the fault that leaves it out."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What a bot and the desk exchanged beside messages, and what the bot did, in a session.

    `after` is the id of the last message before it. `body` is the activity without the keys that
    all have (`id`, `timestamp`, `channelId`, `conversation`), or with them when it has an `id`.
    `last` ends the bot's part.
    """

    bot: str
    after: int
    at: datetime
    body: Activity
    last: bool = False


def written(instant: datetime) -> str:
    """An instant as an activity has it: ISO 8601, milliseconds, `Z`."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def bot_account(id: str, name: str) -> dict[str, str]:
    """A bot as the sender of an activity."""
    return {"id": id, "name": name, "role": "bot"}


def bot_added(id: str, name: str) -> Activity:
    """The desk tells a bot that it joins a conversation."""
    desk = {"id": "omnichannel", "role": "channel"}
    return {"type": "conversationUpdate", "from": desk, "membersAdded": [bot_account(id, name)]}


def context_set(value: Mapping[str, object]) -> Activity:
    """The desk tells a bot what it may read (10.4); follows `bot_added`, precedes any message."""
    return {
        "type": "event",
        "name": "startConversation",
        "from": {"id": "omnichannel", "role": "channel"},
        "value": dict(value),
        "channelData": {
            "tags": "ChannelId-lcw,OmnichannelContextMessage,Hidden",
            "sourceChannelId": "omnichannel",
        },
    }


def status(state: str, message: Mapping[str, str]) -> Activity:
    """The desk tells a bot what has become of its hand-off (10.2); `message` may be empty."""
    value: Activity = {"state": state}
    if message:
        value["message"] = dict(message)
    desk = {"id": "omnichannel", "role": "channel"}
    return {"type": "event", "name": STATUS, "from": desk, "value": value}


def trace(kind: str, value: Mapping[str, object], sender: Mapping[str, str]) -> Activity:
    """Something that the bot did, as the product's transcripts tell it."""
    return {"type": "trace", "valueType": kind, "from": dict(sender), "value": dict(value)}


def message(conversation: Conversation, said: Message) -> Activity:
    """A message as an activity."""
    activity: Activity = {
        "type": "message",
        "from": {"id": said.sender_id, "name": said.sender_name, "role": ROLES[said.role]},
        "textFormat": "plain",
        "locale": conversation.locale,
        "text": said.text,
    }
    value = submitted(said.text, said.metadata) if said.role is Role.CUSTOMER else None
    if value is not None:
        activity |= {"text": "", "value": value}
    if said.role is Role.BOT:
        # A customer may write any metadata: only the bot's own is ours to read.
        activity |= offered(said.metadata)
    return activity


def offered(metadata: Mapping[str, str]) -> Activity:
    """The cards and choices of a bot's message."""
    offered: Activity = {}
    if "cards" in metadata:
        offered["attachments"] = msgspec.json.decode(metadata["cards"])
    if "suggestions" in metadata:
        titles = msgspec.json.decode(metadata["suggestions"], type=list[str])
        actions = [{"type": "imBack", "title": title, "value": title} for title in titles]
        offered["suggestedActions"] = {"actions": actions}
    return offered


@dataclass(frozen=True, slots=True)
class Exchanged:
    """An activity of a conversation; `bot` is whose session it is in, None for a message."""

    activity: Activity
    bot: str | None = None
    last: bool = False


def exchanged(
    conversation: Conversation, messages: Iterable[Message], traces: Iterable[Trace]
) -> list[Exchanged]:
    """Everything exchanged in a conversation so far, oldest first.

    An activity keeps its number for ever: whatever comes later follows.
    """
    said = [
        (m.id, 0, m.created, message(conversation, m), None, False)
        for m in messages
        if m.role in ROLES and not m.hidden
    ]
    done = [(t.after, i, t.at, t.body, t.bot, t.last) for i, t in enumerate(traces, 1)]
    entries = sorted([*said, *done], key=lambda entry: entry[:2])
    return [
        # The hand-off is kept as it was sent, whatever it lacks.
        Exchanged(
            body if "id" in body else {**_common(conversation, number, at), **body}, bot, last
        )
        for number, (_, _, at, body, bot, last) in enumerate(entries)
    ]


def of_bot(everything: Sequence[Exchanged], bot: str) -> list[Activity]:
    """What one bot took part in: from its first activity to the one with which it let go."""
    own = [i for i, entry in enumerate(everything) if entry.bot == bot]
    if not own:
        return []
    end = next((i for i in own if everything[i].last), len(everything))
    return [entry.activity for entry in everything[own[0] : end + 1] if entry.bot in (None, bot)]


def for_bot(everything: Sequence[Exchanged], bot: str) -> list[Activity]:
    """What the desk has for a bot: all it took part in but its own, then how its hand-off goes."""
    shared = of_bot(everything, bot)
    told = [
        entry.activity
        for entry in everything
        if entry.bot == bot and entry.activity.get("name") == STATUS
    ]
    heard = [a for a in shared if a["from"]["role"] != "bot" and a.get("name") != STATUS]
    return [*heard, *told]


def addressed(activity: Activity, bot: Mapping[str, str], service_url: str) -> Activity:
    """An activity as it is posted to a bot: with whom it is for, and where to answer (4)."""
    return {**activity, "recipient": dict(bot), "serviceUrl": service_url}


def about(
    kind: str, conversation: Conversation, number: int, at: datetime, **value: object
) -> Activity:
    """A fact about a whole session, as the product's transcripts end with one."""
    sender = {"id": "analytics", "role": "bot"}
    return {**_common(conversation, number, at), **trace(kind, value, sender)}


def _common(conversation: Conversation, number: int, at: datetime) -> Activity:
    return {
        "id": f"{conversation.id}|{number:07d}",
        "timestamp": written(at),
        "channelId": CHANNEL,
        "conversation": {"id": conversation.id},
    }


def hand_off(
    conversation: Conversation,
    bot: Mapping[str, str],
    value: Mapping[str, object],
    before: Sequence[Activity],
    now: datetime,
    deviates: Callable[[str], bool],
) -> Activity:
    """The event with which a bot lets go (10.1); `before` is everything exchanged until then."""
    last = before[-1]["id"] if before else ""
    event: Activity = {
        **_common(conversation, len(before), now),
        "type": "event",
        "name": HAND_OFF,
        "from": dict(bot),
        "replyToId": last,
        "value": dict(value),
        "attachments": [_transcript(before, deviates)],
        "entities": [],
        "relatesTo": {
            "activityId": last,
            "channelId": CHANNEL,
            "conversation": {"id": conversation.id},
            "user": {"id": conversation.visitor, "role": "user"},
            "bot": {"id": bot["id"], "role": "bot"},
        },
    }
    return {
        key: part for key, part in event.items() if key not in MISSING or not deviates(MISSING[key])
    }


def _transcript(before: Sequence[Activity], deviates: Callable[[str], bool]) -> Activity:
    said = [activity for activity in before if activity["type"] == "message"]
    if said and deviates("transcript_truncated"):
        said = said[len(said) // 2 :]
    if said and deviates("transcript_altered"):
        said = [*said[:-1], {**said[-1], "text": said[-1]["text"].upper() + "!"}]
    return {
        "contentType": "application/json",
        "name": TRANSCRIPT,
        "content": {"activities": said},
    }
