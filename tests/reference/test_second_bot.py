"""A conversation that a person gives to another bot, or to another queue."""

from __future__ import annotations

from typing import Any

import pytest

from harness.protocol.conversations import Closure, Presence, Role, State
from harness.reference.domain.conversations import Conversation
from harness.reference.domain.errors import IllegalState, NotFound
from harness.reference.faults import Faults
from harness.reference.operations import (
    administrators,
    agents,
    callers,
    connecting,
    makers,
    transcripts,
)
from harness.reference.operations.keeping import found
from tests.reference.desk import Desk

GREETING = """
kind: AdaptiveDialog
beginDialog:
  kind: OnConversationStart
  id: main
  actions:
    - kind: SendActivity
      activity: Returns desk, parcel {Global.ParcelNumber}.
"""


def second_bot(desk: Desk, name: str = "Alpine Returns") -> str:
    """A bot, published and connected, whose greeting reads what it was handed."""
    organisation, mia = desk.organisation, desk.user("Mia")
    bot = str(makers.create(organisation, mia, name, "d365", None)["id"])
    makers.write_topic(organisation, mia, bot, "Conversation Start", GREETING)
    makers.publish(organisation, mia, bot)
    connecting.connect(organisation, mia, bot)
    return bot


def queue(desk: Desk, name: str, *members: str, bot: str | None = None) -> str:
    made = administrators.create_queue(desk.organisation, desk.user("Olga"), name, members, bot)
    return str(made["id"])


def transfer(desk: Desk, chat: Conversation, target: str, name: str = "Ben") -> Conversation:
    agents.transfer(desk.organisation, desk.user(name), chat.id, target)
    return desk.now(chat)


def told(desk: Desk, chat: Conversation, bot: str) -> list[dict[str, Any]]:
    shown = transcripts.read(desk.organisation, desk.user("Mia"), bot, chat.id)
    activities: list[dict[str, Any]] = shown["activities"]
    return activities


def with_ben(desk: Desk) -> Conversation:
    desk.presence("Ben")
    return desk.accept("Ben", desk.chat("return a parcel", "ZX-1", "talk to agent"))


def spoil(desk: Desk, fault: str) -> None:
    desk.organisation.faults = Faults(frozenset({fault}))


def test_a_second_bot_takes_it_greets_and_hands_over_again(desk: Desk) -> None:
    bot = second_bot(desk)
    queue(desk, "Returns", "Bea", bot=bot)
    chat = transfer(desk, with_ben(desk), "Returns")
    assert (chat.state, chat.held_by, chat.bot) == (State.ACTIVE, Role.BOT, bot)
    assert desk.lines(chat)[-1] == "bot: Returns desk, parcel ZX-1."
    desk.say(chat, "opening hours")
    assert desk.lines(chat)[-1].startswith("bot: ")
    desk.say(chat, "talk to agent")
    assert desk.now(chat).state is State.OPEN
    assert [session.bot for session in desk.now(chat).sessions] == [desk.bot().id, bot]
    desk.say(chat, "hello")
    assert desk.lines(chat)[-1] == "customer: hello", "neither bot answers any more"


def test_who_gave_it_to_a_second_bot_is_rung_when_that_hands_over(desk: Desk) -> None:
    queue(desk, "Returns", bot=second_bot(desk))
    chat = transfer(desk, with_ben(desk), "Returns")
    desk.say(chat, "talk to agent")
    assert desk.ringing("Ben") == [chat.id]


def test_a_second_bot_is_added_and_told_before_it_greets(desk: Desk) -> None:
    bot = second_bot(desk)
    queue(desk, "Returns", bot=bot)
    chat = transfer(desk, with_ben(desk), "Returns")
    types = [activity["type"] for activity in told(desk, chat, bot)]
    assert types.index("conversationUpdate") < types.index("event") < types.index("message")
    first = told(desk, chat, desk.bot().id)
    assert not {activity["id"] for activity in first} & {a["id"] for a in told(desk, chat, bot)}


@pytest.mark.parametrize(
    ("fault", "last"),
    [
        ("second_bot_does_not_greet", "system: Ben has transferred the conversation"),
        ("second_bot_knows_nothing", "bot: Returns desk, parcel ."),
        ("second_bot_never_takes", "system: You're next in line..."),
    ],
)
def test_deviations_of_the_second_bot(desk: Desk, fault: str, last: str) -> None:
    queue(desk, "Returns", "Bea", bot=second_bot(desk))
    chat = with_ben(desk)
    spoil(desk, fault)
    transfer(desk, chat, "Returns")
    assert desk.lines(chat)[-1] == last


def test_a_second_bot_may_greet_too_early(desk: Desk) -> None:
    bot = second_bot(desk)
    queue(desk, "Returns", bot=bot)
    chat = with_ben(desk)
    spoil(desk, "second_bot_greets_first")
    types = [activity["type"] for activity in told(desk, transfer(desk, chat, "Returns"), bot)]
    assert types.index("message") < types.index("conversationUpdate")


def test_a_bot_never_gets_a_conversation_back(desk: Desk) -> None:
    queue(desk, "First again", "Bea", bot=desk.bot().id)
    chat = transfer(desk, with_ben(desk), "First again")
    assert (chat.state, chat.held_by) == (State.OPEN, None)
    desk.presence("Bea")
    chat = desk.accept("Bea", chat)
    spoil(desk, "returns_to_first_bot")
    assert transfer(desk, chat, "First again", "Bea").held_by is Role.BOT


def test_a_bot_that_does_not_work_takes_nothing(desk: Desk) -> None:
    bot = second_bot(desk)
    queue(desk, "Returns", "Bea", bot=bot)
    connecting.disconnect(desk.organisation, desk.user("Mia"), bot)
    assert transfer(desk, with_ben(desk), "Returns").state is State.OPEN


def test_an_empty_queue_closes_what_is_given_to_it(desk: Desk) -> None:
    empty = queue(desk, "Nobody")
    chat = transfer(desk, with_ben(desk), empty)
    assert (chat.state, chat.closure) == (State.CLOSED, Closure.QUEUE_TRANSFER)


def test_another_agent_goes_on_in_the_same_thread(desk: Desk) -> None:
    queue(desk, "Others", "Ben", "Bea")
    desk.presence("Bea", Presence.AWAY)
    chat = with_ben(desk)
    desk.presence("Bea")
    chat = transfer(desk, chat, "Others")
    assert desk.ringing("Ben") == []
    assert desk.ringing("Bea") == [chat.id]
    shown = agents.accept(desk.organisation, desk.user("Bea"), chat.id)
    assert shown["transcript"][0]["role"] == "bot"
    assert shown["context"]["ParcelNumber"]["value"] == "ZX-1"


def test_only_an_active_conversation_of_ones_own_is_transferred(desk: Desk) -> None:
    chat = with_ben(desk)
    with pytest.raises(NotFound):
        transfer(desk, chat, "Nowhere")
    desk.end("Ben", chat)
    with pytest.raises(IllegalState):
        transfer(desk, chat, "Support")


def test_a_call_goes_to_another_queue_or_ends_in_an_empty_one(classic: Desk) -> None:
    for name, state in (("Others", State.OPEN), ("Nobody", State.CLOSED)):
        queue(classic, name, *(["Bea"] if name == "Others" else []))
        classic.presence("Ben")
        call = classic.call()
        callers.speak(classic.organisation, call.id, "talk to agent")
        chat = classic.accept("Ben", found(classic.organisation, call.conversation))
        assert transfer(classic, chat, name).state is state
        now = callers.find(classic.organisation, call.id)
        assert (now.state, now.held_by) == ("ended" if state is State.CLOSED else "connected", None)
