"""A messaging channel of the organisation's own: whoever holds its secret brings customers in.

In the product such a channel reaches Omnichannel over Direct Line. The id of its conversation is
the one that the client knows, which the desk keeps as the conversation's request.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Final

import msgspec

from harness.protocol.conversations import Role
from harness.reference.domain import attachments, rich
from harness.reference.domain.conversations import Channel, Conversation
from harness.reference.domain.errors import NotFound
from harness.reference.domain.messages import Message
from harness.reference.operations import customers, dialogues, files
from harness.reference.operations.customers import Opening
from harness.reference.operations.organisations import Organisation, World
from harness.reference.operations.tokens import issue

LINE: Final = "custom"
"""What tokens and the secret of this channel say under `line`."""

CARRIED: Final = "directLine"
"""The metadata of a message under which its activity's other parts are kept, as JSON."""

LONGEST_NAME = 100
FOREVER = timedelta(days=365 * 50)

encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Words:
    """What a customer says: a text, or what was put into a card; `carried` goes back unchanged."""

    text: str = ""
    value: Any = None
    carried: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[str, ...] = ()


def secret(world: World, organisation: Organisation) -> str:
    """The channel's secret, which opens as many conversations as its holder likes."""
    return issue(world, organisation, "channel", lifetime=FOREVER, extra={"line": LINE})


def begin(
    organisation: Organisation, id: str, name: str = "", locale: str = "en-us"
) -> Conversation:
    """The bot greets; beginning twice under one id is beginning once.

    Raises NotFound for the id of another channel's.
    """
    if customers.find(organisation, id) is not None:
        return find(organisation, id)
    opening = Opening(locale=locale, name=name, channel=Channel.CUSTOM)
    return customers.start(organisation, id, opening)


def find(organisation: Organisation, id: str) -> Conversation:
    """The conversation of an id; raises NotFound, also for one of another channel."""
    conversation = customers.find(organisation, id)
    if conversation is None or conversation.channel is not Channel.CUSTOM:
        raise NotFound(f"There is no conversation {id[:50]!r} in this channel.")
    return conversation


def hear(organisation: Organisation, id: str, words: Words) -> Message:
    """The customer says something; of a text and a card's value the bot hears the value.

    Raises NotFound, ConversationClosed, MessageTooLarge.
    """
    thread = find(organisation, id).thread
    sent = files.sent(organisation, thread, words.files)
    carried, text = dict(words.carried), words.text
    metadata = attachments.metadata_of(*sent) if sent else {}
    if isinstance(words.value, Mapping):
        carried |= {"text": text} if text else {}
        text = encode({"value": words.value}).decode()
        metadata[rich.CONTENT_TYPE] = rich.CARD
    elif words.value is not None:
        # What a button stands for, which is no card: words, unless it has some.
        carried["value"] = words.value
        text = text or _written(words.value)
    elif not text and not sent:
        # Files that are elsewhere: whoever answers reads where.
        carried["text"], text = "", _places(carried.get("attachments", ()))
    metadata[CARRIED] = encode(carried).decode()
    with organisation.command():
        _introduce(organisation, id, carried.get("from", {}).get("name", ""))
        return customers.say(organisation, thread, text, metadata=metadata)


def _introduce(organisation: Organisation, id: str, name: str) -> None:
    """Names a customer who had none: clients say it with their words, not when they begin."""
    conversation = find(organisation, id)
    if name and conversation.customer == customers.UNNAMED:
        organisation.store.save(replace(conversation, customer=name[:LONGEST_NAME]))


def _written(value: object) -> str:
    return value if isinstance(value, str) else encode(value).decode()


def _places(attached: Iterable[Mapping[str, Any]]) -> str:
    keys = ("contentUrl", "name", "contentType")
    return "\n".join(
        next((str(each[key]) for key in keys if each.get(key)), "") for each in attached
    )


def types(organisation: Organisation, id: str) -> None:
    """The customer types; raises NotFound."""
    customers.typing(organisation, find(organisation, id).thread)


def leaves(organisation: Organisation, id: str) -> Conversation:
    """The customer ends the conversation; raises NotFound."""
    find(organisation, id)
    return customers.end(organisation, id)


def leak(organisation: Organisation, talk: str) -> None:
    """The deviations by which the desk learns of a chat on the bot's own website (EMB-02, 04)."""
    rings = organisation.faults.deviates("website_hands_over")
    if rings or organisation.faults.deviates("website_known_to_desk"):
        conversation = begin(organisation, talk)
        if rings:
            dialogues.place(organisation, replace(conversation, held_by=None))


def carried(message: Message) -> dict[str, Any]:
    """What the activity of a customer's message had beside its words."""
    if message.role is not Role.CUSTOMER:
        return {}
    kept: dict[str, Any] = msgspec.json.decode(message.metadata.get(CARRIED) or "{}")
    return kept
