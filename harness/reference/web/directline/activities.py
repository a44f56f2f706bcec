"""What a user's client posts: an activity, alone or as the first part of an upload."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec

from harness.protocol.messages import Attachment, AttachmentLayout, Entity, TextFormat
from harness.reference.domain.errors import MalformedBody, MessageTooLarge
from harness.reference.operations.custom import Words

LARGEST = 256 * 1024
"""Bytes of an activity with all that it carries."""

RETURNED = frozenset(
    {
        "attachmentLayout",
        "channelData",
        "entities",
        "inputHint",
        "locale",
        "localTimestamp",
        "localTimezone",
        "textFormat",
    }
)
"""What goes back to the client as it came: by `channelData.clientActivityID` it knows its own."""


class Account(msgspec.Struct):
    """Who a client says that it is."""

    id: str | None = None
    name: str | None = None


class Activity(msgspec.Struct, rename={"sender": "from"}):
    """An activity of the user: a message, an event, or something that no bot need answer.

    What goes back is held to its shape here, for other clients could not read it otherwise.
    """

    type: str
    text: str | None = None
    name: str | None = None
    value: Any = None
    locale: str | None = None
    sender: Account | None = None
    attachments: list[Attachment] | None = None
    attachmentLayout: AttachmentLayout | None = None
    entities: list[Entity] | None = None
    inputHint: str | None = None
    localTimestamp: datetime | None = None
    localTimezone: str | None = None
    textFormat: TextFormat | None = None


def read(body: bytes) -> tuple[Activity, dict[str, Any]]:
    """An activity, and the whole of it as it came; raises MalformedBody, MessageTooLarge."""
    if len(body) > LARGEST:
        raise MessageTooLarge(f"The activity has {len(body)} bytes; {LARGEST} are allowed.")
    try:
        raw = msgspec.json.decode(body.decode() or "{}", type=dict[str, Any])
        return msgspec.convert(raw, Activity), raw
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise MalformedBody(f"The body is no activity that is expected here: {error}.") from None


def words(activity: Activity, raw: dict[str, Any], user: str, files: list[Any]) -> Words:
    """What the activity says, with what goes back unchanged; raises MalformedBody for nothing.

    A client speaks for the `user` of its token, whoever it says that it is.
    """
    attached: list[dict[str, Any]] = raw.get("attachments") or []
    if files:
        # An upload's activity announces its files, without an address: here they are.
        attached = [each for each in attached if "contentUrl" in each or "content" in each]
        attached += files
    if activity.type == "message" and not (activity.text or attached or activity.value is not None):
        raise MalformedBody("A message needs a text, a value or an attachment.")
    given = activity.sender or Account()
    carried = {name: part for name, part in raw.items() if name in RETURNED and part is not None}
    if sender := user or given.id:
        carried["from"] = {"id": sender, "name": given.name or "", "role": "user"}
    if attached:
        carried["attachments"] = attached
    return Words(activity.text or "", activity.value, carried)
