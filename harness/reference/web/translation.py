"""Messages and events as the wire has them, translated from the desk's own words.

Fetched messages follow the chat REST interface (wire notes 2b), pushed ones the notifications of
the realtime service (2c); both are made here, so that they cannot disagree.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import msgspec

from harness.protocol.conversations import Role
from harness.protocol.messages import CUSTOMER_TAG
from harness.reference.domain.messages import Message
from harness.reference.domain.rich import CARD, CARDS, CONTENT_TYPE, SUGGESTIONS
from harness.reference.operations.notifications import (
    Event,
    MessageStored,
    ParticipantsAdded,
    ParticipantsRemoved,
    TalkContinued,
    ThreadDeleted,
    Typing,
)
from harness.reference.operations.organisations import Organisation

PUBLIC = "public"
"""The tag of what an agent said: the page is told whose words they are, and which (4.3)."""


def written(instant: datetime) -> str:
    """An instant in the wire's spelling: ISO 8601, milliseconds, `Z`."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def instant(number: int) -> str:
    """The instant that an id stands for: two messages never share one."""
    return written(datetime.fromtimestamp(number / 1000, UTC))


@lru_cache(maxsize=1024)
def _acs_id(organisation: str, sender: str) -> str:
    resource = organisation.replace("-", "")
    return f"8:acs:{resource}_{sender.replace(' ', '-')}"


def acs_id(organisation: Organisation, sender: str) -> str:
    """A sender's id in the form that chat clients know, `8:acs:<resource>_<id>`."""
    return sender if sender.startswith("8:acs:") else _acs_id(organisation.id, sender)


def sender(organisation: Organisation, message: Message) -> str:
    """Who a message is from, as chat clients know them.

    Agents go by their name, as they do when they join and type: clients must see one person.
    """
    known = message.sender_name if message.role is Role.AGENT else message.sender_id
    return acs_id(organisation, known)


def identifier(id: str) -> dict[str, Any]:
    """An ACS user as JSON."""
    return {"rawId": id, "kind": "communicationUser", "communicationUser": {"id": id}}


def _content(organisation: Organisation, message: Message) -> tuple[str, dict[str, str]]:
    """Text and metadata; choices and cards of the bot become the product's rich content."""
    metadata = dict(message.metadata)
    tags = message.tags
    if message.role is Role.CUSTOMER and organisation.faults.deviates("customer_tag_lost"):
        tags = tuple(tag for tag in tags if tag != CUSTOMER_TAG)
    if PUBLIC in tags:
        tags = (*tags, f"client_activity_id:{message.id}")
    if tags:
        metadata["tags"] = ",".join(tags)
    metadata.setdefault("deliveryMode", "bridged")
    # A customer may write any metadata: only the bot's own offers are ours to read.
    if message.role is not Role.BOT or not {SUGGESTIONS, CARDS} & metadata.keys():
        return message.text, metadata
    content: dict[str, Any] = {"text": message.text} if message.text else {}
    if cards := metadata.pop(CARDS, None):
        content |= {"attachments": msgspec.json.decode(cards), "attachmentLayout": "list"}
    if offered := metadata.pop(SUGGESTIONS, None):
        titles = msgspec.json.decode(offered, type=list[str])
        actions = [{"type": "imBack", "title": title, "value": title} for title in titles]
        content["suggestedActions"] = {"actions": actions}
    metadata[CONTENT_TYPE] = CARD
    return _json(content), metadata


def chat_message(organisation: Organisation, message: Message) -> dict[str, Any]:
    """A message as the chat REST interface lists it."""
    text, metadata = _content(organisation, message)
    number = str(message.id)
    listed = {
        "id": number,
        "type": "text",
        "sequenceId": number,
        "version": number,
        "content": {"message": text},
        "senderDisplayName": _shown_name(message),
        "createdOn": instant(message.id),
        "senderCommunicationIdentifier": identifier(sender(organisation, message)),
        "metadata": metadata,
    }
    if organisation.faults.deviates("message_without_sequence"):
        del listed["sequenceId"]
    return listed


def _shown_name(message: Message) -> str:
    """The customer's own messages carry the word that the clients know them by."""
    return "Customer" if message.role is Role.CUSTOMER else message.sender_name


def notification(
    organisation: Organisation, thread: str, visitor: str, event: Event
) -> dict[str, Any] | None:
    """An event as the realtime service pushes it to a visitor; None when it is not pushed."""
    match event:
        case MessageStored(message):
            return None if message.hidden else _pushed_message(organisation, visitor, message)
        case Typing(Role.CUSTOMER, _) | TalkContinued():
            return None
        case Typing(_, name):
            return _pushed_typing(organisation, thread, visitor, name)
        case ParticipantsAdded(names):
            return _participants(organisation, thread, 260, "added", names)
        case ParticipantsRemoved(names):
            return _participants(organisation, thread, 261, "removed", names)
        case ThreadDeleted():
            return _deleted(organisation, thread)


def _now(organisation: Organisation) -> int:
    """A number later than every message's: clients drop typing that seems older than a message."""
    return organisation.next_message(organisation.clock.now())


def _pushed_message(organisation: Organisation, visitor: str, message: Message) -> dict[str, Any]:
    text, metadata = _content(organisation, message)
    return {
        "eventId": 200,
        "senderId": sender(organisation, message),
        "recipientMri": visitor,
        "groupId": message.thread,
        "senderDisplayName": _shown_name(message),
        "messageId": str(message.id),
        "clientMessageId": metadata.get("clientMessageId", ""),
        "messageType": "Text",
        "messageBody": text,
        "version": str(message.id),
        "originalArrivalTime": instant(message.id),
        "acsChatMessageMetadata": _json(metadata),
    }


def _pushed_typing(
    organisation: Organisation, thread: str, visitor: str, name: str
) -> dict[str, Any]:
    now = _now(organisation)
    return {
        "eventId": 245,
        "senderId": acs_id(organisation, name),
        "recipientMri": visitor,
        "groupId": thread,
        "senderDisplayName": name,
        "messageType": "Control/Typing",
        "messageBody": "",
        "version": str(now),
        "originalArrivalTime": instant(now),
    }


def _participants(
    organisation: Organisation, thread: str, number: int, verb: str, names: tuple[str, ...]
) -> dict[str, Any]:
    now = _now(organisation)
    at = instant(now)
    people = [
        {"participantId": acs_id(organisation, name), "displayName": name, "shareHistoryTime": at}
        for name in names
    ]
    # People are let in by the desk and leave by themselves. Clients tell the two apart by who did
    # it when (in whole seconds): on a clock that stands still, only by who.
    desk = {"participantId": acs_id(organisation, "desk"), "displayName": ""}
    return {
        "eventId": number,
        "threadId": thread,
        "version": str(now),
        "time": at,
        f"{verb}By": _escaped(desk if verb == "added" or not people else people[0]),
        f"participants{verb.title()}": _escaped(people),
    }


def _deleted(organisation: Organisation, thread: str) -> dict[str, Any]:
    now = _now(organisation)
    desk = {"participantId": acs_id(organisation, "desk"), "displayName": ""}
    return {
        "eventId": 259,
        "threadId": thread,
        "version": str(now),
        "deleteTime": instant(now),
        "deletedBy": _escaped(desk),
    }


def _json(value: dict[str, Any] | list[dict[str, Any]]) -> str:
    return msgspec.json.encode(value).decode()


def _escaped(value: dict[str, Any] | list[dict[str, Any]]) -> str:
    """JSON in JSON, where the client also undoes percent signs."""
    return _json(value).replace("%", "%25")
