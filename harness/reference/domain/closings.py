"""What happens to a conversation by itself, and when (specification 3.4, 3.6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from harness.protocol.conversations import Role, State
from harness.reference.domain.conversations import Channel, Conversation

TICK = timedelta(minutes=5)
"""How often the scheduler looks, from the organisation's start."""

BOT_SILENCE = timedelta(minutes=30)
"""A chat that a bot holds closes this long after the customer's last message to it, or after the
bot took it, to the second."""

PERSISTENT: dict[State, timedelta] = {
    State.OPEN: timedelta(days=30),
    State.WRAP_UP: timedelta(days=1),
}
"""The lifetimes of a persistent chat (3.6)."""

BOT_CALL = timedelta(hours=1)
"""A call that a bot holds is cut."""

LIFETIMES: dict[tuple[Channel, State], timedelta] = {
    (Channel.LIVE_CHAT, State.OPEN): timedelta(minutes=20),
    (Channel.LIVE_CHAT, State.WRAP_UP): timedelta(minutes=15),
    (Channel.CUSTOM, State.OPEN): timedelta(days=30),
    (Channel.CUSTOM, State.ACTIVE): timedelta(days=30),
    (Channel.CUSTOM, State.WRAP_UP): timedelta(days=1),
    (Channel.VOICE, State.OPEN): timedelta(days=30),
    (Channel.VOICE, State.ACTIVE): timedelta(hours=2),
    (Channel.VOICE, State.WRAP_UP): timedelta(days=1),
}
"""How long a conversation stays in a state before the next tick ends that."""


class Kind(StrEnum):
    """What an alarm is about."""

    SILENCE = "silence"
    BOT_SILENT = "bot silent"
    BOT_CALL = "bot call"
    LIFETIME = "lifetime"
    OFFER = "offer"
    SPEECH = "speech"
    TALK = "talk"
    ABSENCE = "absence"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that is due, and what it is about."""

    at: datetime
    kind: Kind


def tick(start: datetime, at: datetime) -> datetime:
    """The first look of the scheduler at or after an instant."""
    return start + -((start - at) // TICK) * TICK


def alarms(
    conversation: Conversation,
    start: datetime,
    silence: datetime | None,
    deviates: Callable[[str], bool],
) -> Iterator[Alarm]:
    """Every alarm of a conversation; `start` is the organisation's, `silence` the bot's timer."""
    if silence:
        yield Alarm(silence, Kind.SILENCE)
    if conversation.offer:
        yield Alarm(conversation.offer.expires, Kind.OFFER)
    if conversation.held_by is Role.BOT:
        yield _bot_alarm(conversation, deviates)
        return
    if conversation.awaited_until and not conversation.persistent and is_going_on(conversation):
        yield Alarm(conversation.awaited_until, Kind.ABSENCE)
    if conversation.tell_at and conversation.state is State.OPEN and not conversation.offer:
        yield Alarm(conversation.tell_at, Kind.PLACE)
    lifetime = _lifetime(conversation)
    if lifetime is None:
        return
    if conversation.state is State.OPEN and deviates("open_chat_closes_early"):
        lifetime /= 2
    yield Alarm(tick(start, conversation.changed + lifetime), Kind.LIFETIME)


def is_going_on(conversation: Conversation) -> bool:
    """Whether somebody has it or is to get it: what absence of the customer ends."""
    return conversation.state in (State.OPEN, State.ACTIVE)


def _lifetime(conversation: Conversation) -> timedelta | None:
    if conversation.persistent:
        return PERSISTENT.get(conversation.state)
    return LIFETIMES.get((conversation.channel, conversation.state))


def _bot_alarm(conversation: Conversation, deviates: Callable[[str], bool]) -> Alarm:
    if conversation.channel is Channel.VOICE:
        return Alarm(conversation.changed + BOT_CALL, Kind.BOT_CALL)
    silence = BOT_SILENCE
    if deviates("bot_chat_closes_late"):
        silence *= 2
    elif deviates("bot_chat_closes_early"):
        silence /= 2
    # What the customer said to a person before the bot took the conversation back is no silence.
    quiet = max(conversation.changed, conversation.last_customer_message or conversation.changed)
    if conversation.changed > conversation.started and deviates("thirty_minutes_count_agents_time"):
        quiet = conversation.last_customer_message or conversation.started
    return Alarm(quiet + silence, Kind.BOT_SILENT)
