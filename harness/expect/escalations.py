"""What a bot and the desk tell each other when a conversation is handed over (ESC-21, ESC-28)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from harness.expect.checks import check
from harness.expect.eventually import eventually
from harness.expect.matching import Matcher, Mismatch, told
from harness.expect.readings import note
from harness.protocol.conversations import Conversation, Line, Role, State
from harness.protocol.portal import Session
from harness.protocol.roles import Customer, Maker, Reader

HAND_OFF = "handoff.initiate"
GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)

Activity = Mapping[str, Any]


@check
def has_handoff_event(maker: Maker, conversation: str) -> Mismatch | None:
    """The bot sent the documented event with name, conversation, value and transcript (ESC-21).

    What the documents spell in two ways is noted as the target's reading.
    """
    mismatch = eventually(lambda: maker.session(conversation), _has_event)
    if mismatch is None:
        value = _hand_off(maker.session(conversation))["value"]
        note("ESC-21", f"va_Language as in {value.get('va_Language', 'no text at all')}")
        opaque = not GUID.fullmatch(str(value.get("va_ConversationId", "")))
        note("ESC-21", f"va_ConversationId is {'an opaque text' if opaque else 'a GUID'}")
    return mismatch


@check
def has_handoff_transcript(maker: Maker, customer: Customer, conversation: str) -> Mismatch | None:
    """The event's transcript has every line of bot and customer, as the customer saw them."""
    return eventually(lambda: (maker.session(conversation), customer.transcript()), _has_transcript)


@check
def greeted_after_context(maker: Maker, conversation: str) -> Mismatch | None:
    """The bot was added, then told what is known, and only then spoke (ESC-28)."""
    return eventually(lambda: maker.session(conversation), _greeted_last)


@check
def follows_a_name_limit(
    desk: Reader, conversation: str, name: str, value: object
) -> Mismatch | None:
    """A name between the two documented limits is handed over whole, or prevents the hand-off.

    The documents say 100 characters, and 200 (specification 12.2): which one holds is noted, and
    nobody fails for it. A conversation without the variable follows neither.
    """
    mismatch = eventually(lambda: desk.reads(conversation), _by_a_limit(name, value))
    if mismatch is None:
        seen = desk.reads(conversation)
        handed_over = any(variable.name == name for variable in seen.context)
        note("ESC-19", f"a name has at most {200 if handed_over else 100} characters")
    return mismatch


def _hand_off(session: Session) -> Activity:
    """The event as it was sent, empty when there is none."""
    events = [activity for activity in session.activities if activity.get("type") == "event"]
    named = [event for event in events if event.get("name") == HAND_OFF]
    # One that lost its name is still known by what nothing else carries.
    return (named or [event for event in events if _transcript(event) is not None] or [{}])[-1]


def _transcript(event: Activity) -> Sequence[Activity] | None:
    """The activities of the attachment, whose name is matched whatever its case (10.1)."""
    for attachment in event.get("attachments") or ():
        if str(attachment.get("name", "")).lower() == "transcript":
            activities: Sequence[Activity] = attachment["content"]["activities"]
            return activities
    return None


def _has_event(session: Session) -> Mismatch | None:
    event = _hand_off(session)
    parts = {
        f"the name {HAND_OFF}": event.get("name") == HAND_OFF,
        "a conversation with an id": bool((event.get("conversation") or {}).get("id")),
        "a value with the context": isinstance(event.get("value"), Mapping),
        "an attachment Transcript": bool(_transcript(event)),
    }
    missing = [part for part, is_there in parts.items() if not is_there]
    if not missing:
        return None
    kinds = [str(activity.get("name") or activity["type"]) for activity in session.activities]
    found = f"none of {', '.join(missing)} in {dict(event) or kinds}"
    return Mismatch("the hand-off's event with " + ", ".join(parts), found)


def _has_transcript(seen: tuple[Session, Sequence[Line]]) -> Mismatch | None:
    session, told_to = seen
    wanted = [line.text for line in told_to if line.role in (Role.CUSTOMER, Role.BOT)]
    spoken = _transcript(_hand_off(session)) or ()
    found = [str(activity.get("text", "")) for activity in spoken]
    if wanted and found == wanted:
        return None
    return Mismatch(f"the transcript {' / '.join(wanted) or told(told_to)}", " / ".join(found))


def _greeted_last(session: Session) -> Mismatch | None:
    added = _first(session, lambda each: each["type"] == "conversationUpdate")
    informed = _first(
        session, lambda each: each.get("name") in ("startConversation", "omnichannelSetContext")
    )
    spoke = _first(session, _is_spoken_by_bot)
    expected = "the bot added, then told what is known, then speaking"
    if None in (added, informed, spoke):
        kinds = [str(activity.get("name") or activity["type"]) for activity in session.activities]
        return Mismatch(expected, f"{kinds}")
    order = [place for place in (added, informed, spoke) if place is not None]
    return None if order == sorted(order) else Mismatch(expected, f"the order {order}", final=True)


def _first(session: Session, is_it: Callable[[Activity], bool]) -> int | None:
    return next((n for n, activity in enumerate(session.activities) if is_it(activity)), None)


def _is_spoken_by_bot(activity: Activity) -> bool:
    return activity["type"] == "message" and bool(activity["from"].get("role") == "bot")


def _by_a_limit(name: str, value: object) -> Matcher[Conversation]:
    def match(seen: Conversation) -> Mismatch | None:
        context = {variable.name: variable.value for variable in seen.context}
        with_bot = seen.assignee is not None and seen.assignee.role is Role.BOT
        if (seen.state is State.ACTIVE and with_bot) or context.get(name) == value:
            return None
        found = f"{seen.state.value} with {sorted(context)}"
        return Mismatch(f"the name of {len(name)} characters handed over, or no hand-off", found)

    return match
