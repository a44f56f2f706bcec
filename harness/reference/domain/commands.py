"""What a bot that runs elsewhere asks of the desk (hand-off-specification 10.1, 10.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from harness.reference.domain.activities import HAND_OFF, TRANSCRIPT
from harness.reference.domain.errors import MalformedBody

BRIDGED: Final = "bridged"

CARD: Final = "application/vnd.microsoft.card."
"""How the content type of every card begins."""

WEB: Final = ("https://", "http://")
"""How the address of a picture or file begins, so that no script is taken for one."""

DEEPEST = 60
"""Levels of tables and records in what is handed over: whoever reads it must be able to."""


@dataclass(frozen=True, slots=True)
class Speak:
    """Say something: to the customer when `bridged`, else to the agent alone.

    `cards` are attachments in Bot Framework form: cards, pictures and files. `suggestions` are the
    titles of its buttons.
    """

    text: str
    bridged: bool
    cards: tuple[Mapping[str, Any], ...] = ()
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Escalate:
    """Hand the conversation over; `hidden` names values that the agent is not shown."""

    context: Mapping[str, object]
    message: str | None = None
    hidden: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Leave:
    """End the conversation."""


@dataclass(frozen=True, slots=True)
class ShowTyping:
    """Tell the customer that the bot types."""


Command = Speak | Escalate | Leave | ShowTyping


class ChannelData(msgspec.Struct, rename="camel"):
    """What an activity says to Omnichannel; all other keys are passed over."""

    tags: Any = None
    delivery_mode: str | None = None


class Account(msgspec.Struct):
    """Whom or what an activity names by id."""

    id: str


class Attachment(msgspec.Struct, rename="camel"):
    """Something attached to an activity; what nobody can draw is passed over."""

    content_type: str | None = None
    content_url: str | None = None
    name: str | None = None
    content: Any = None


class Button(msgspec.Struct):
    """One of an activity's suggested actions."""

    title: str | None = None


class Suggestions(msgspec.Struct):
    """The suggested actions of an activity."""

    actions: list[Button] | None = None


class Sent(msgspec.Struct, rename="camel"):
    """An activity as a bot posts it; all other keys are passed over."""

    type: str
    name: str | None = None
    text: str | None = None
    value: Any = None
    conversation: Account | None = None
    channel_data: ChannelData | None = None
    attachments: list[Attachment] | None = None
    suggested_actions: Suggestions | None = None


class Tags(msgspec.Struct):
    """The command in `channelData.tags`."""

    type: str
    context: dict[str, Any] | None = None


def commands(sent: Sent, conversation: str, deviates: Callable[[str], bool]) -> tuple[Command, ...]:
    """What an activity asks for, in order; raises MalformedBody."""
    if sent.conversation is not None and sent.conversation.id != conversation:
        raise MalformedBody(
            f"The activity is of the conversation {sent.conversation.id[:50]!r},"
            f" it was posted to {conversation}. Post it where it belongs."
        )
    match sent.type:
        case "message":
            return _of_message(sent)
        case "event" if sent.name is None:
            raise MalformedBody(f"An event needs a name, such as {HAND_OFF}.")
        case "event" if sent.name == HAND_OFF:
            return _of_hand_off(sent, deviates)
        case "typing":
            return (ShowTyping(),)
    return ()


def _of_message(sent: Sent) -> tuple[Command, ...]:
    channel_data = sent.channel_data or ChannelData()
    bridged = channel_data.delivery_mode == BRIDGED
    text = sent.text or ""
    tags = _tags(channel_data.tags)
    cards, buttons = _cards(sent), _buttons(sent)
    said = (Speak(text, bridged, cards, buttons),) if text.strip() or cards or buttons else ()
    match tags:
        case None:
            return said
        case Tags(type="EndConversation"):
            return (*said, Leave())
        case Tags(type="Escalate"):
            values, hidden = _values(tags.context or {})
            if bridged:
                return (*said, Escalate(values, None, hidden))
            return (Escalate(values, text.strip() or None, hidden),)
    raise MalformedBody(
        f"The command in channelData.tags is Escalate or EndConversation, not {tags.type[:30]!r}."
    )


def _cards(sent: Sent) -> tuple[Mapping[str, Any], ...]:
    return tuple(card for attached in sent.attachments or () if (card := _drawn(attached)))


def _drawn(attached: Attachment) -> Mapping[str, Any] | None:
    """What a chat draws: a card, or a picture or file that is on the web; None for all else."""
    kind, url = attached.content_type or "", attached.content_url or ""
    if kind.startswith(CARD) and isinstance(attached.content, dict):
        return {"contentType": kind, "content": attached.content}
    if kind and url.startswith(WEB):
        named = {"name": attached.name} if attached.name else {}
        return {"contentType": kind, "contentUrl": url, **named}
    return None


def _buttons(sent: Sent) -> tuple[str, ...]:
    suggested = sent.suggested_actions
    actions = suggested.actions if suggested and suggested.actions else ()
    return tuple(action.title for action in actions if action.title)


def _tags(tags: object) -> Tags | None:
    """The command of a message; raises MalformedBody for what is no JSON in a text."""
    if tags in (None, ""):
        return None
    if not isinstance(tags, str):
        raise MalformedBody(
            "channelData.tags is a text that holds JSON; serialise the command into a text."
        )
    try:
        return msgspec.json.decode(tags, type=Tags)
    except (msgspec.DecodeError, RecursionError) as error:
        raise MalformedBody(f"channelData.tags holds no command: {error}.") from None


def _values(context: Mapping[str, Any]) -> tuple[dict[str, object], frozenset[str]]:
    """The context of an Escalate, and which of it is not shown; raises MalformedBody."""
    values: dict[str, object] = {}
    hidden = set()
    for name, entry in context.items():
        value = entry
        if isinstance(entry, dict) and "value" in entry:
            value = entry["value"]
            displayable = entry.get("isDisplayable", True)
            if not isinstance(displayable, bool):
                raise MalformedBody(f"isDisplayable of {name[:50]!r} is true or false.")
            if not displayable:
                hidden.add(name)
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise MalformedBody(
                f"The value of {name[:50]!r} is a text or a whole number, or"
                ' {"value": …, "isDisplayable": …} around one.'
            )
        values[name] = value
    return values, frozenset(hidden)


def _is_deeper(value: object, levels: int) -> bool:
    """Whether tables and records lie in one another more than so many levels deep."""
    level = [value]
    for _ in range(levels + 1):
        level = [inner for part in level for inner in _parts(part)]
    return bool(level)


def _parts(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _of_hand_off(sent: Sent, deviates: Callable[[str], bool]) -> tuple[Command, ...]:
    if sent.conversation is None:
        raise MalformedBody(f"{HAND_OFF} needs its conversation: {{'id': …}}.")
    if not isinstance(sent.value, dict | None):
        raise MalformedBody(f"The value of {HAND_OFF} is an object: names and values.")
    if _is_deeper(sent.value, DEEPEST):
        raise MalformedBody(f"A value of {HAND_OFF} has at most {DEEPEST} levels.")
    names = {(attachment.name or "").casefold() for attachment in sent.attachments or ()}
    if names - {TRANSCRIPT.casefold()} and deviates("unknown_attachment_refused"):
        return ()
    context = dict(sent.value or {})
    message = context.get("va_AgentMessage")
    return (Escalate(context, message if isinstance(message, str) and message else None),)
