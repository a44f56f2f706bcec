"""The chat, the desk, the portal and the telephone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from harness.errors import Refused
from harness.expect import (
    agents,
    calls,
    connections,
    conversations,
    customers,
    supervisors,
    widgets,
)
from harness.protocol.conversations import Role, State
from harness.protocol.portal import ConnectionState
from tests.drivers.people import (
    Chatter,
    Desk,
    Portal,
    Shopper,
    Telephone,
    call,
    conversation,
    event,
    line,
    user,
)

BOT = line(Role.BOT, "Hello", "Alpine Helper")
ADA = line(Role.CUSTOMER, "I am lost", "Customer")
JOIN = line(Role.SYSTEM, "Ben has joined the conversation")
SORRY = line(
    Role.SYSTEM, "Sorry. Error code: 2013. Conversation ID: c-1. Time (UTC): 2026-03-02T09:00:00Z."
)
TOO_LONG = Refused(400, None, "BotNameTooLong", "31 characters")


def heard(*kinds: str) -> Telephone:
    return Telephone(call(events=[event(kind) for kind in kinds]))


def desk(state: State, holder: str | None = None) -> Desk:
    return Desk(conversation(state, holder))


def reading(**seen: Any) -> Desk:
    return Desk(conversation(**seen))


def talk(*lines: Any, **more: Any) -> Chatter:
    return Chatter(list(lines), **more)


def silent_after_join(*since: Any) -> Callable[[], None]:
    """The check over a chat in which these lines came after the agent joined."""
    ada = talk(BOT, JOIN, *since)
    return lambda: conversations.bot_stays_silent(ada, Desk(chatter=ada), "c-1")


def unseen(text: str, *lines: Any, witness: bool = True) -> Callable[[], None]:
    ada = talk(*lines)
    ben = Desk(chatter=ada if witness else None)
    return lambda: customers.does_not_see(ada, text, lambda: conversations.arrives(ada, ben, "c-1"))


def leaked_late() -> None:
    """What must not be seen arrives between the first look and the witness."""
    ada = talk(BOT)

    def witness() -> None:
        ada.lines.append(line(Role.BOT, "for agents only"))

    customers.does_not_see(ada, "for agents only", witness)


Case = tuple[str, Callable[[], None], Callable[[], None]]
CASES: tuple[Case, ...] = (
    (
        "connections.is_connected",
        lambda: connections.is_connected(Portal()),  # type: ignore[arg-type]
        lambda: connections.is_connected(Portal(ConnectionState.DISCONNECTED)),  # type: ignore[arg-type]
    ),
    (
        "connections.is_disconnected",
        lambda: connections.is_disconnected(Portal(ConnectionState.DISCONNECTED)),  # type: ignore[arg-type]
        lambda: connections.is_disconnected(Portal()),  # type: ignore[arg-type]
    ),
    (
        "connections.is_refused_for",
        lambda: connections.is_refused_for(TOO_LONG, "BotNameTooLong"),
        lambda: connections.is_refused_for(None, "BotNameTooLong"),
    ),
    (
        "connections.is_refused_for",
        lambda: connections.is_refused_for(TOO_LONG, "BotNameTooLong"),
        lambda: connections.is_refused_for(TOO_LONG, "InsufficientRole"),
    ),
    (
        "connections.has_enabled_application_user",
        lambda: connections.has_enabled_application_user(Portal(users=[user("b")]), "b"),
        lambda: connections.has_enabled_application_user(
            Portal(users=[user("b", disabled=True)]), "b"
        ),
    ),
    (
        "connections.has_disabled_application_user",
        lambda: connections.has_disabled_application_user(
            Portal(users=[user("b", disabled=True)]), "b"
        ),
        lambda: connections.has_disabled_application_user(Portal(users=[]), "b"),
    ),
    (
        "connections.has_no_application_user",
        lambda: connections.has_no_application_user(Portal(users=[user("a")]), "b", "a"),
        lambda: connections.has_no_application_user(Portal(users=[user("a"), user("b")]), "b", "a"),
    ),
    (
        "connections.has_no_application_user",
        lambda: connections.has_no_application_user(Portal(users=[user("a")]), "b", "a"),
        lambda: connections.has_no_application_user(Portal(users=[]), "b", "a"),
    ),
    (
        "conversations.is_open",
        lambda: conversations.is_open(desk(State.OPEN), "c-1"),
        lambda: conversations.is_open(desk(State.CLOSED), "c-1"),
    ),
    (
        "conversations.is_active",
        lambda: conversations.is_active(desk(State.ACTIVE), "c-1"),
        lambda: conversations.is_active(desk(State.OPEN), "c-1"),
    ),
    (
        "conversations.is_active",
        lambda: conversations.is_active(desk(State.ACTIVE, "Ben"), "c-1", "Ben"),
        lambda: conversations.is_active(desk(State.ACTIVE, "Alpine Helper"), "c-1", "Ben"),
    ),
    (
        "conversations.is_in_wrap_up",
        lambda: conversations.is_in_wrap_up(desk(State.WRAP_UP), "c-1"),
        lambda: conversations.is_in_wrap_up(desk(State.ACTIVE), "c-1"),
    ),
    (
        "conversations.is_closed",
        lambda: conversations.is_closed(desk(State.CLOSED), "c-1"),
        lambda: conversations.is_closed(desk(State.WRAP_UP), "c-1"),
    ),
    (
        "conversations.has_no_bot_line",
        lambda: conversations.has_no_bot_line(talk(ADA, SORRY)),
        lambda: conversations.has_no_bot_line(talk(ADA, BOT)),
    ),
    ("conversations.bot_stays_silent", silent_after_join(ADA), silent_after_join(ADA, BOT)),
    ("conversations.bot_stays_silent", silent_after_join(ADA), silent_after_join()),
    (
        "customers.sees_line",
        lambda: customers.sees_line(talk(BOT), "Hello"),
        lambda: customers.sees_line(talk(), "Hello"),
    ),
    (
        "customers.is_greeted",
        lambda: customers.is_greeted(talk(BOT)),
        lambda: customers.is_greeted(talk(ADA, JOIN)),
    ),
    (
        "customers.sees_in_order",
        lambda: customers.sees_in_order(talk(BOT, JOIN), ("Hello", "joined")),
        lambda: customers.sees_in_order(talk(JOIN, BOT), ("Hello", "joined")),
    ),
    (
        "customers.sees_in_order",
        lambda: customers.sees_in_order(talk(BOT, JOIN), ("Hello", "joined")),
        lambda: customers.sees_in_order(talk(BOT), ("Hello", "joined")),
    ),
    ("customers.does_not_see", unseen("secret", BOT), unseen("Hello", BOT)),
    ("customers.does_not_see", unseen("secret", BOT), unseen("secret", BOT, witness=False)),
    ("customers.does_not_see", unseen("secret", BOT), leaked_late),
    (
        "customers.sees_join_of",
        lambda: customers.sees_join_of(talk(JOIN), "Ben"),
        lambda: customers.sees_join_of(talk(JOIN), "Bea"),
    ),
    (
        "customers.sees_error_code",
        lambda: customers.sees_error_code(talk(SORRY), 2013),
        lambda: customers.sees_error_code(talk(SORRY), 2009),
    ),
    (
        "customers.sees_error_code",
        lambda: customers.sees_error_code(talk(SORRY), 2013),
        lambda: customers.sees_error_code(talk(line(Role.SYSTEM, "Error code: 2013")), 2013),
    ),
    (
        "customers.sees_agent_typing",
        lambda: customers.sees_agent_typing(talk(typing=True)),
        lambda: customers.sees_agent_typing(talk()),
    ),
    (
        "customers.cannot_write",
        lambda: customers.cannot_write(talk(writes=False)),
        lambda: customers.cannot_write(talk()),
    ),
    (
        "customers.is_back",
        lambda: customers.is_back(talk(back=True)),
        lambda: customers.is_back(talk()),
    ),
    (
        "customers.is_not_back",
        lambda: customers.is_not_back(talk()),
        lambda: customers.is_not_back(talk(back=True)),
    ),
    (
        "agents.is_notified_of",
        lambda: agents.is_notified_of(Desk(ringing=["c-1"]), "c-1"),
        lambda: agents.is_notified_of(Desk(ringing=["c-2"]), "c-1"),
    ),
    (
        "agents.alone_is_notified_of",
        lambda: agents.alone_is_notified_of(Desk(ringing=["c-1"]), [Desk()], "c-1"),
        lambda: agents.alone_is_notified_of(Desk(ringing=["c-1"]), [Desk(ringing=["c-1"])], "c-1"),
    ),
    (
        "agents.sees_whole_history",
        lambda: agents.sees_whole_history(
            reading(transcript=[BOT, ADA, JOIN]), "c-1", [BOT, ADA, SORRY]
        ),
        lambda: agents.sees_whole_history(reading(transcript=[ADA, JOIN]), "c-1", [BOT, ADA]),
    ),
    (
        "agents.sees_whole_history",
        lambda: agents.sees_whole_history(reading(transcript=[BOT]), "c-1", [BOT]),
        lambda: agents.sees_whole_history(reading(transcript=[BOT]), "c-1", []),
    ),
    (
        "agents.sees_variable",
        lambda: agents.sees_variable(reading(context={"Store": "Oslo"}), "c-1", "Store", "Oslo"),
        lambda: agents.sees_variable(reading(context={"Store": "Bonn"}), "c-1", "Store", "Oslo"),
    ),
    (
        "agents.sees_variable",
        lambda: agents.sees_variable(reading(context={"Store": "Oslo"}), "c-1", "Store", "Oslo"),
        lambda: agents.sees_variable(reading(context={"store": "Oslo"}), "c-1", "Store", "Oslo"),
    ),
    (
        "agents.sees_last_phrase",
        lambda: agents.sees_last_phrase(reading(context={"va_LastPhrases": "help"}), "c-1", "help"),
        lambda: agents.sees_last_phrase(reading(context={"va_LastPhrase": ""}), "c-1", "help"),
    ),
    (
        "agents.sees_topics",
        lambda: agents.sees_topics(reading(context={"va_Topics": ["Return"]}), "c-1", ["Return"]),
        lambda: agents.sees_topics(
            reading(context={"va_Topics": ["Return", "Label"]}), "c-1", ["Return"]
        ),
    ),
    (
        "agents.sees_private_message",
        lambda: agents.sees_private_message(
            reading(private_message="kind", context={"va_AgentMessage": "kind"}), "c-1", "kind"
        ),
        lambda: agents.sees_private_message(reading(private_message="kind"), "c-1", "kind"),
    ),
    (
        "agents.sees_line",
        lambda: agents.sees_line(reading(transcript=[ADA]), "c-1", "I am lost"),
        lambda: agents.sees_line(
            reading(transcript=[line(Role.BOT, "I am lost")]), "c-1", "I am lost"
        ),
    ),
    (
        "agents.sees_customer_typing",
        lambda: agents.sees_customer_typing(reading(customer_typing=True), "c-1"),
        lambda: agents.sees_customer_typing(reading(), "c-1"),
    ),
    (
        "supervisors.lists",
        lambda: supervisors.lists(Desk(listed=[conversation()]), "c-1"),
        lambda: supervisors.lists(Desk(), "c-1"),
    ),
    (
        "supervisors.does_not_list",
        lambda: supervisors.does_not_list(desk(State.CLOSED), "c-1"),
        lambda: supervisors.does_not_list(
            Desk(conversation(State.CLOSED), listed=[conversation(State.CLOSED)]), "c-1"
        ),
    ),
    (
        "supervisors.does_not_list",
        lambda: supervisors.does_not_list(desk(State.CLOSED), "c-1"),
        lambda: supervisors.does_not_list(desk(State.ACTIVE), "c-1"),
    ),
    (
        "calls.is_connected",
        lambda: calls.is_connected(Telephone(call())),
        lambda: calls.is_connected(Telephone(call("ended"))),
    ),
    (
        "calls.is_ended",
        lambda: calls.is_ended(Telephone(call("ended"))),
        lambda: calls.is_ended(Telephone(call())),
    ),
    (
        "calls.is_held_by_agent",
        lambda: calls.is_held_by_agent(Telephone(call(held_by=Role.AGENT))),
        lambda: calls.is_held_by_agent(Telephone(call())),
    ),
    (
        "calls.was_heard_whole",
        lambda: calls.was_heard_whole(heard("spoken", "heard"), "important"),
        lambda: calls.was_heard_whole(heard("spoken", "cut"), "important"),
    ),
    (
        "calls.was_cut",
        lambda: calls.was_cut(heard("spoken", "cut"), "important"),
        lambda: calls.was_cut(heard("spoken"), "important"),
    ),
    (
        "widgets.is_shown",
        lambda: widgets.is_shown(Shopper()),
        lambda: widgets.is_shown(Shopper(shown=False)),
    ),
    (
        "widgets.is_minimised",
        lambda: widgets.is_minimised(Shopper(events=["lcw:ready"])),
        lambda: widgets.is_minimised(Shopper(events=["lcw:ready"], minimised=False)),
    ),
    (
        "widgets.is_minimised",
        lambda: widgets.is_minimised(Shopper(events=["lcw:ready"])),
        lambda: widgets.is_minimised(Shopper()),
    ),
    (
        "widgets.counts_unread",
        lambda: widgets.counts_unread(Shopper(unseen=1), 1),
        lambda: widgets.counts_unread(Shopper(), 1),
    ),
    (
        "widgets.has_raised",
        lambda: widgets.has_raised(Shopper(events=["lcw:chatQueued"]), "lcw:chatQueued"),
        lambda: widgets.has_raised(Shopper(events=["lcw:ready"]), "lcw:chatQueued"),
    ),
    (
        "widgets.asks_to_confirm_closing",
        lambda: widgets.asks_to_confirm_closing(Shopper()),
        lambda: widgets.asks_to_confirm_closing(Shopper(asks=False)),
    ),
)
