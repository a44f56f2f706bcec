"""The hand-off: what the bot sends, what the desk takes over, where the conversation goes then."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from harness.errors import Refused
from harness.expect import agents, conversations, escalations, refusals
from harness.protocol.conversations import Line, LinkedRecord, Role, State
from tests.drivers.people import Chatter, Desk, Portal, conversation, line, session

LONG = "Store" + "Location" * 12
HELD_BY_BOT = conversation(holder="Alpine Helper", role=Role.BOT)
WAITING = conversation(State.OPEN, queue="Parcels")
MESSAGE = {"type": "message", "text": "hello", "from": {"role": "user"}}
GREETING = {"type": "message", "text": "Hello, I am Beta Helper", "from": {"role": "bot"}}
ADDED = {"type": "conversationUpdate"}
TOLD = {"type": "event", "name": "startConversation", "value": {}}
SAID = (line(Role.CUSTOMER, "hello"), line(Role.SYSTEM, "You're next in line"))


def hand_off(**other: Any) -> dict[str, Any]:
    """The documented event, some of its parts otherwise."""
    transcript = {"name": "transcript", "content": {"activities": [MESSAGE]}}
    event = {
        "type": "event",
        "name": "handoff.initiate",
        "conversation": {"id": "c-1"},
        "value": {"va_Scope": "bot", "va_Language": "en-us", "va_ConversationId": "c-1"},
        "attachments": [{"name": "Unheard of"}, transcript],
    }
    return event | other


def sent(*activities: dict[str, Any]) -> Portal:
    """A maker whose bot's session has these activities."""
    return Portal(kept=session(*activities))


def event(**other: Any) -> Callable[[], None]:
    return lambda: escalations.has_handoff_event(sent(MESSAGE, hand_off(**other)), "c-1")  # type: ignore[arg-type]


def transcript(maker: Portal, *told: Line) -> Callable[[], None]:
    ada = Chatter(list(told))
    return lambda: escalations.has_handoff_transcript(maker, ada, "c-1")  # type: ignore[arg-type]


def greeted(*activities: dict[str, Any]) -> Callable[[], None]:
    return lambda: escalations.greeted_after_context(sent(*activities), "c-1")  # type: ignore[arg-type]


def limit(desk: Desk) -> Callable[[], None]:
    return lambda: escalations.follows_a_name_limit(desk, "c-1", LONG, "Oslo")


def knowing(private: str | None = None, **context: object) -> Desk:
    """A desk with a conversation that a bot handed over, and what it knows."""
    return Desk(conversation(context={"va_Scope": "bot"} | context, private_message=private))


def value(desk: Desk, expected: object) -> Callable[[], None]:
    return lambda: agents.sees_variable(desk, "c-1", "Floors", expected)


def stays(desk: Desk, *answer: Line) -> Callable[[], None]:
    ada = Chatter(answer=answer[0] if answer else None)
    witness = partial(conversations.answers, ada, "opening hours")
    return lambda: conversations.stays_with_bot(desk, "c-1", witness)


def linked(*names: str, scope: str = "va_Scope") -> Desk:
    records = tuple(LinkedRecord("contact", name) for name in names)
    return Desk(conversation(context={scope: "bot"}, linked=records))


BOT = line(Role.BOT, "Our stores are open from Monday to Saturday")
HANDED_OVER = conversation(State.OPEN, context={LONG: "Oslo"})

Case = tuple[str, Callable[[], None], Callable[[], None]]
CASES: tuple[Case, ...] = (
    ("escalations.has_handoff_event", event(), event(name="handoff")),
    ("escalations.has_handoff_event", event(entities=[]), event(conversation={})),
    ("escalations.has_handoff_event", event(value={}), event(value=None)),
    ("escalations.has_handoff_event", event(), event(attachments=[{"name": "Other"}])),
    (
        "escalations.has_handoff_event",
        event(),
        lambda: escalations.has_handoff_event(sent(MESSAGE), "c-1"),  # type: ignore[arg-type]
    ),
    (
        "escalations.has_handoff_transcript",
        transcript(sent(hand_off()), *SAID),
        transcript(sent(hand_off()), *SAID, BOT),
    ),
    (
        "escalations.has_handoff_transcript",
        transcript(sent(hand_off()), *SAID),
        transcript(sent(hand_off())),
    ),
    (
        "escalations.greeted_after_context",
        greeted(ADDED, TOLD, GREETING),
        greeted(ADDED, GREETING, TOLD),
    ),
    ("escalations.greeted_after_context", greeted(ADDED, TOLD, GREETING), greeted(ADDED, TOLD)),
    ("escalations.follows_a_name_limit", limit(Desk(HELD_BY_BOT)), limit(Desk(WAITING))),
    ("escalations.follows_a_name_limit", limit(Desk(HANDED_OVER)), limit(Desk(WAITING))),
    ("agents.sees_variable", value(knowing(Floors=True), True), value(knowing(Floors=1), True)),
    ("agents.sees_variable", value(knowing(Floors=""), None), value(knowing(Floors=0), None)),
    (
        "agents.sees_variable",
        value(knowing(Floors=[{"No": 1}]), [{"No": 1}]),
        value(knowing(Floors=[{"No": "1"}]), [{"No": 1}]),
    ),
    ("agents.sees_variable", value(knowing(), None), value(Desk(), None)),
    (
        "agents.sees_variables",
        lambda: agents.sees_variables(knowing(Detail001="1", Detail002="2"), "c-1", "Detail", 2),
        lambda: agents.sees_variables(knowing(Detail001="1", Other="2"), "c-1", "Detail", 2),
    ),
    (
        "agents.sees_no_private_message",
        lambda: agents.sees_no_private_message(knowing(va_AgentMessage=""), "c-1"),
        lambda: agents.sees_no_private_message(knowing(va_AgentMessage="undefined"), "c-1"),
    ),
    (
        "agents.sees_no_private_message",
        lambda: agents.sees_no_private_message(knowing(), "c-1"),
        lambda: agents.sees_no_private_message(knowing("Please help"), "c-1"),
    ),
    (
        "agents.sees_linked_record",
        lambda: agents.sees_linked_record(linked("Ada Berg"), "c-1", "contact", "Ada Berg"),
        lambda: agents.sees_linked_record(linked("Ida Dahl"), "c-1", "contact", "Ada Berg"),
    ),
    (
        "agents.sees_no_linked_record",
        lambda: agents.sees_no_linked_record(linked(), "c-1", "contact"),
        lambda: agents.sees_no_linked_record(linked("Ada Berg"), "c-1", "contact"),
    ),
    (
        "agents.sees_no_linked_record",
        lambda: agents.sees_no_linked_record(linked("Lost tent"), "c-1", "incident"),
        lambda: agents.sees_no_linked_record(linked(scope="none"), "c-1", "contact"),
    ),
    (
        "conversations.is_in_queue",
        lambda: conversations.is_in_queue(Desk(WAITING), "c-1", "Parcels"),
        lambda: conversations.is_in_queue(Desk(WAITING), "c-1", "Support"),
    ),
    (
        "conversations.is_with_bot",
        lambda: conversations.is_with_bot(Desk(HELD_BY_BOT), "c-1", "Alpine Helper"),
        lambda: conversations.is_with_bot(Desk(HELD_BY_BOT), "c-1", "Beta Helper"),
    ),
    (
        "conversations.is_with_bot",
        lambda: conversations.is_with_bot(Desk(HELD_BY_BOT), "c-1", "Alpine Helper"),
        lambda: conversations.is_with_bot(
            Desk(conversation(holder="Alpine Helper")), "c-1", "Alpine Helper"
        ),
    ),
    ("conversations.stays_with_bot", stays(Desk(HELD_BY_BOT), BOT), stays(Desk(WAITING), BOT)),
    (
        "refusals.is_unauthorised",
        lambda: refusals.is_unauthorised(Refused(401, None, "NotSignedIn", "expired")),
        lambda: refusals.is_unauthorised(None),
    ),
    (
        "refusals.is_unauthorised",
        lambda: refusals.is_unauthorised(Refused(401, None, "NotSignedIn", "expired")),
        lambda: refusals.is_unauthorised(Refused(403, None, "InsufficientRole", "")),
    ),
    (
        "refusals.is_taken",
        lambda: refusals.is_taken(None),
        lambda: refusals.is_taken(Refused(413, None, "MessageTooLarge", "27,000")),
    ),
    (
        "refusals.is_too_large",
        lambda: refusals.is_too_large(Refused(413, None, "MessageTooLarge", "29,000")),
        lambda: refusals.is_too_large(None),
    ),
    (
        "refusals.is_too_large",
        lambda: refusals.is_too_large(Refused(413, None, "MessageTooLarge", "29,000")),
        lambda: refusals.is_too_large(Refused(500, None, "ReferenceBroken", "")),
    ),
)
