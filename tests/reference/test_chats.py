"""A chat from its start to its end: bot, queue, agent, closings."""

from __future__ import annotations

import pytest

from harness.protocol.conversations import Closure, Presence, Role, State
from harness.reference.domain.errors import (
    ConversationClosed,
    IllegalState,
    InsufficientRole,
    MalformedBody,
    MessageTooLarge,
    NotFound,
)
from harness.reference.operations import agents, analytics, customers
from harness.reference.operations.notifications import (
    MessageStored,
    ParticipantsAdded,
    ParticipantsRemoved,
    ThreadDeleted,
    Typing,
)
from tests.reference.desk import Desk


def test_a_chat_starts_with_the_bot(desk: Desk) -> None:
    chat = desk.chat()
    assert (chat.state, chat.held_by, chat.customer) == (State.ACTIVE, Role.BOT, "Ada")
    assert desk.lines(chat)[0].startswith("bot: ")


def test_starting_twice_by_one_request_is_starting_once(desk: Desk) -> None:
    opening = customers.Opening()
    first = customers.start(desk.organisation, "r", opening)
    assert customers.start(desk.organisation, "r", opening).id == first.id
    assert len(desk.organisation.store.conversations(desk.organisation.id)) == 1


def test_the_customers_name_comes_from_what_they_bring(desk: Desk) -> None:
    opening = customers.Opening(pre_chat={"Name": "Cleo"})
    assert customers.start(desk.organisation, "r", opening).customer == "Cleo"
    assert customers.start(desk.organisation, "s", customers.Opening()).customer == "Visitor"


def test_message_ids_are_milliseconds_and_never_repeat(desk: Desk) -> None:
    chat = desk.chat("hello", "hello")
    ids = [m.id for m in customers.history(desk.organisation, chat.thread)]
    assert ids == sorted(set(ids))
    assert ids[0] == int(desk.organisation.clock.now().timestamp() * 1000)


def test_the_bot_answers_within_the_same_operation(desk: Desk) -> None:
    chat = desk.chat("opening hours")
    assert [line.split(":")[0] for line in desk.lines(chat)[-2:]] == ["customer", "bot"]


def test_everything_said_is_told(desk: Desk) -> None:
    chat = desk.chat("opening hours")
    told = [event.message.text for event in desk.told(chat) if isinstance(event, MessageStored)]
    assert told == [line.split(": ", 1)[1] for line in desk.lines(chat)]


def test_a_refused_message_leaves_no_trace(desk: Desk) -> None:
    chat = desk.chat()
    before = desk.lines(chat)
    with pytest.raises(MessageTooLarge):
        desk.say(chat, "x" * 30_000)
    with pytest.raises(NotFound):
        customers.say(desk.organisation, "19:none@thread.v2", "hello")
    assert desk.lines(chat) == before


def test_without_an_agent_an_escalated_chat_waits_open(desk: Desk) -> None:
    chat = desk.chat("talk to agent")
    assert (chat.state, chat.held_by, chat.offer) == (State.OPEN, None, None)
    desk.say(chat, "are you there?")
    assert desk.lines(chat)[-1] == "customer: are you there?", "the bot is silent, nothing is lost"


def test_an_escalated_chat_rings_at_an_available_agent(desk: Desk) -> None:
    desk.presence("Ben")
    chat = desk.chat("talk to agent")
    assert desk.ringing("Ben") == [chat.id]
    assert desk.ringing("Bea") == []


def test_a_waiting_chat_rings_when_an_agent_becomes_available(desk: Desk) -> None:
    chat = desk.chat("talk to agent")
    desk.presence("Bea")
    assert desk.ringing("Bea") == [chat.id]


def test_what_rings_and_is_not_taken_rings_at_the_next_agent(desk: Desk) -> None:
    for name in ("Ben", "Bea"):
        desk.presence(name)
    chat = desk.chat("talk to agent")
    assert desk.ringing("Ben") == [chat.id]
    desk.pass_time(seconds=119)
    assert desk.ringing("Ben") == [chat.id]
    desk.pass_time(seconds=1)
    assert (desk.ringing("Ben"), desk.ringing("Bea")) == ([], [chat.id])
    agents.reject(desk.organisation, desk.user("Bea"), chat.id)
    assert desk.ringing("Bea") == []
    desk.presence("Ben")
    assert desk.ringing("Ben") == [chat.id], "who sets a presence anew is asked anew"


def test_an_agent_has_three_conversations_at_most(desk: Desk) -> None:
    desk.presence("Ben")
    chats = [desk.chat("talk to agent") for _ in range(4)]
    assert desk.ringing("Ben") == [chat.id for chat in chats[:3]]
    first = desk.accept("Ben", chats[0])
    desk.end("Ben", first)
    assert chats[3].id not in desk.ringing("Ben"), "wrap-up still takes capacity"
    agents.close(desk.organisation, desk.user("Ben"), first.id)
    assert chats[3].id in desk.ringing("Ben")


def test_whoever_lets_go_of_a_ringing_chat_is_rung_for_the_next(desk: Desk) -> None:
    desk.presence("Ben")
    chats = [desk.chat("talk to agent") for _ in range(6)]
    agents.reject(desk.organisation, desk.user("Ben"), chats[0].id)
    assert desk.ringing("Ben") == [chat.id for chat in chats[1:4]], "refused"
    customers.end(desk.organisation, chats[1].request)
    assert desk.ringing("Ben") == [chat.id for chat in chats[2:5]], "the customer left"
    desk.pass_time(seconds=120)
    assert desk.ringing("Ben") == [chats[5].id], "let pass"


def test_accepting_makes_the_chat_active_with_the_agent(desk: Desk) -> None:
    chat = desk.with_agent()
    assert (chat.state, chat.held_by, chat.agent) == (
        State.ACTIVE,
        Role.AGENT,
        desk.user("Ben").id,
    )
    assert desk.lines(chat)[-1] == "system: Ben has joined the conversation"
    assert ParticipantsAdded(("Ben",)) in desk.told(chat)


def test_only_the_agent_at_whom_it_rings_may_accept(desk: Desk) -> None:
    desk.presence("Ben")
    chat = desk.chat("talk to agent")
    with pytest.raises(IllegalState):
        desk.accept("Bea", chat)
    desk.accept("Ben", chat)
    with pytest.raises(IllegalState):
        desk.accept("Ben", chat)


def test_customer_and_agent_talk_without_the_bot(desk: Desk) -> None:
    chat = desk.with_agent()
    agents.say(desk.organisation, desk.user("Ben"), chat.id, "Hello Ada")
    desk.say(chat, "opening hours")
    assert desk.lines(chat)[-2:] == ["agent: Hello Ada", "customer: opening hours"]
    with pytest.raises(MalformedBody):
        agents.say(desk.organisation, desk.user("Ben"), chat.id, " ")


def test_typing_is_seen_until_something_is_said(desk: Desk) -> None:
    chat = desk.with_agent()
    ben = desk.user("Ben")

    def typing() -> bool:
        return bool(agents.read(desk.organisation, ben, chat.id)["customer_typing"])

    customers.typing(desk.organisation, chat.thread)
    assert typing()
    desk.say(chat, "done")
    assert not typing()
    customers.typing(desk.organisation, chat.thread)
    desk.pass_time(seconds=10)
    assert not typing()
    agents.typing(desk.organisation, ben, chat.id)
    assert desk.told(chat)[-1] == Typing(Role.AGENT, "Ben")


def test_the_agent_ends_and_closes(desk: Desk) -> None:
    chat = desk.end("Ben", desk.with_agent())
    assert (chat.state, chat.closure) == (State.WRAP_UP, Closure.AGENT_END)
    assert desk.lines(chat)[-1] == "system: Ben has ended the conversation"
    assert desk.told(chat)[-1] == ParticipantsRemoved(("Ben",))
    with pytest.raises(ConversationClosed):
        desk.say(chat, "wait")
    agents.close(desk.organisation, desk.user("Ben"), chat.id)
    assert desk.now(chat).state is State.CLOSED
    with pytest.raises(IllegalState):
        agents.close(desk.organisation, desk.user("Ben"), chat.id)


def test_a_stranger_may_neither_read_nor_write(desk: Desk) -> None:
    chat = desk.with_agent()
    bea = desk.user("Bea")
    for verb in (agents.read, agents.end, agents.close, agents.typing):
        with pytest.raises(InsufficientRole):
            verb(desk.organisation, bea, chat.id)


def test_the_last_agent_reads_a_closed_chat(desk: Desk) -> None:
    chat = desk.end("Ben", desk.with_agent())
    agents.close(desk.organisation, desk.user("Ben"), chat.id)
    shown = agents.read(desk.organisation, desk.user("Ben"), chat.id)
    assert shown["state"] == "Closed"
    assert shown["assignee"] == {"kind": "agent", "name": "Ben"}


def test_a_customer_who_leaves_the_bot_closes_the_chat(desk: Desk) -> None:
    chat = desk.chat()
    customers.end(desk.organisation, chat.request)
    assert (desk.now(chat).state, desk.now(chat).closure) == (State.CLOSED, Closure.CUSTOMER_END)
    assert desk.told(chat)[-1] == ThreadDeleted()
    customers.end(desk.organisation, chat.request)
    with pytest.raises(ConversationClosed):
        desk.say(chat, "hello")


def test_a_customer_who_leaves_the_agent_leaves_a_wrap_up(desk: Desk) -> None:
    chat = desk.with_agent()
    customers.end(desk.organisation, chat.request)
    assert (desk.now(chat).state, desk.now(chat).closure) == (State.WRAP_UP, Closure.CUSTOMER_END)
    with pytest.raises(NotFound):
        customers.end(desk.organisation, "nobody")


def test_the_supervisor_sees_and_closes(desk: Desk) -> None:
    chat = desk.with_agent()
    sam = desk.user("Sam")
    assert [entry["id"] for entry in agents.ongoing(desk.organisation, sam)] == [chat.id]
    agents.force_close(desk.organisation, sam, chat.id)
    assert desk.now(chat).closure is Closure.FORCE_CLOSE
    assert desk.lines(chat)[-1] == "system: A supervisor has closed the conversation"
    assert agents.ongoing(desk.organisation, sam) == []
    with pytest.raises(ConversationClosed):
        agents.force_close(desk.organisation, sam, chat.id)
    with pytest.raises(InsufficientRole):
        agents.ongoing(desk.organisation, desk.user("Ben"))


def test_an_open_chat_is_closed_between_20_and_25_minutes(desk: Desk) -> None:
    desk.pass_time(minutes=3)
    chat = desk.chat("talk to agent")
    desk.pass_time(minutes=19, seconds=59)
    assert desk.now(chat).state is State.OPEN
    desk.pass_time(minutes=5, seconds=1)
    assert (desk.now(chat).state, desk.now(chat).closure) == (State.CLOSED, Closure.AUTO_CLOSE)


def test_a_wrap_up_is_closed_between_15_and_20_minutes(desk: Desk) -> None:
    desk.pass_time(minutes=1)
    chat = desk.end("Ben", desk.with_agent())
    desk.pass_time(minutes=14, seconds=59)
    assert desk.now(chat).state is State.WRAP_UP
    desk.pass_time(minutes=5, seconds=1)
    assert (desk.now(chat).state, desk.now(chat).closure) == (State.CLOSED, Closure.AGENT_END)


def test_a_silent_chat_with_the_bot_is_closed_at_30_minutes_sharp(desk: Desk) -> None:
    desk.forget_topics("Session Timeout", "Session Timeout Reminder")
    chat = desk.chat("hello")
    desk.pass_time(minutes=29, seconds=59)
    assert desk.now(chat).state is State.ACTIVE
    desk.pass_time(seconds=1)
    closed = desk.now(chat)
    assert (closed.state, closed.closure) == (State.CLOSED, Closure.AUTO_CLOSE)


def test_a_message_restarts_the_thirty_minutes(desk: Desk) -> None:
    desk.forget_topics("Session Timeout", "Session Timeout Reminder")
    chat = desk.chat("hello")
    desk.pass_time(minutes=29)
    desk.say(chat, "still here")
    desk.pass_time(minutes=29)
    assert desk.now(chat).state is State.ACTIVE


def test_the_bots_own_topics_remind_and_end(desk: Desk) -> None:
    chat = desk.chat("hello")
    before = len(desk.lines(chat))
    desk.pass_time(seconds=300)
    assert len(desk.lines(chat)) == before + 1
    desk.pass_time(seconds=300)
    assert len(desk.lines(chat)) == before + 2
    ended = desk.now(chat)
    assert (ended.state, ended.closure) == (State.CLOSED, Closure.BOT_END)
    assert desk.told(chat)[-2:] == [ParticipantsRemoved(("Alpine Helper",)), ThreadDeleted()]


def test_a_long_leap_fires_everything_at_its_own_instant(desk: Desk) -> None:
    chat = desk.chat("hello")
    started = desk.organisation.clock.now()
    assert desk.pass_time(hours=2) == 2
    told = customers.history(desk.organisation, chat.thread)
    assert [(m.created - started).seconds for m in told[-2:]] == [300, 600]


def test_the_bots_clock_stops_while_a_person_holds_the_chat(desk: Desk) -> None:
    chat = desk.with_agent()
    before = desk.lines(chat)
    desk.pass_time(hours=3)
    assert desk.lines(chat) == before
    assert desk.now(chat).state is State.ACTIVE


def test_the_agent_sees_history_context_and_private_message(desk: Desk) -> None:
    desk.presence("Ben")
    chat = desk.chat("return a parcel", "ZX-40417", "talk to agent")
    desk.accept("Ben", chat)
    shown = agents.read(desk.organisation, desk.user("Ben"), chat.id)
    assert shown["context"]["ParcelNumber"] == {"value": "ZX-40417", "displayable": True}
    assert shown["context"]["va_LastPhrase"]["value"] == "talk to agent"
    assert shown["private_message"]
    assert len(shown["transcript"]) == len(desk.lines(chat))
    assert shown["private_message"] not in " ".join(desk.lines(chat))


def test_an_escalation_is_counted(desk: Desk) -> None:
    chat = desk.with_agent()
    [shown] = analytics.sessions(desk.organisation, desk.user("Mia"), desk.bot().id)
    assert (shown["conversation"], shown["outcome"], shown["turns"]) == (chat.id, "Escalated", 1)


def test_presence_is_kept(desk: Desk) -> None:
    desk.presence("Ben", Presence.BUSY_DND)
    assert agents.presence(desk.organisation, desk.user("Ben")) is Presence.BUSY_DND
    with pytest.raises(InsufficientRole):
        desk.presence("Noah")
