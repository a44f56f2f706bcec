"""Each fault of this part of the reference: what it changes, and that it was reached."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.protocol.conversations import Role, State
from harness.protocol.portal import ConnectionState
from harness.reference.domain.bots import Bot
from harness.reference.domain.errors import BotNameTooLong
from harness.reference.operations import agents, connecting, environments, makers
from harness.reference.operations.makers import Changes
from tests.reference.desk import Desk

QUIET = ("Session Timeout", "Session Timeout Reminder")


def connection_state(desk: Desk) -> ConnectionState:
    return desk.bot().connection.state


def connects(desk: Desk, maker: str = "Mia", **changes: str) -> bool:
    """Whether a fresh bot with these changes can be connected by this maker."""
    mia = desk.user("Mia")
    bot = makers.create(desk.organisation, mia, "New", "portal", None)["id"]
    makers.change(desk.organisation, mia, bot, Changes(**changes))  # type: ignore[arg-type]
    shown = connecting.connect(desk.organisation, desk.user(maker), bot)
    return bool(shown["state"] == "connected")


def elsewhere(desk: Desk) -> str:
    """An environment without Omnichannel."""
    return environments.every(desk.organisation)[1].id


def leaves_user(desk: Desk) -> bool:
    with pytest.raises(BotNameTooLong):
        connects(desk, name="x" * 31)
    left = desk.organisation.store.all(desk.organisation.id, Bot)[-1]
    return left.connection.user is not None


def has_no_user(desk: Desk) -> bool:
    assert connects(desk)
    return desk.organisation.store.all(desk.organisation.id, Bot)[-1].connection.user is None


def keeps_user(desk: Desk) -> bool:
    desk.disconnect()
    user = desk.bot().connection.user
    return user is not None and not user.disabled


def stays_silent(desk: Desk) -> bool:
    desk.disconnect()
    desk.connect()
    return desk.lines(desk.chat("hello")) == ["customer: hello"]


def closes_with_agent(desk: Desk) -> bool:
    chat = desk.with_agent()
    desk.disconnect()
    return desk.now(chat).state is State.CLOSED


def answers_disconnected(desk: Desk) -> bool:
    desk.disconnect()
    return any(line.startswith("bot:") for line in desk.lines(desk.chat("hello")))


def gives_no_code(desk: Desk) -> bool:
    desk.disconnect()
    return "Error code" not in desk.lines(desk.chat("hello"))[-1]


def truncates(desk: Desk) -> bool:
    chat = desk.with_agent()
    shown = agents.read(desk.organisation, desk.user("Ben"), chat.id)
    return len(shown["transcript"]) < len(desk.lines(chat))


def loses(name: str) -> Callable[[Desk], bool]:
    def loses_it(desk: Desk) -> bool:
        desk.presence("Ben")
        chat = desk.accept("Ben", desk.chat("return a parcel", "ZX-1", "talk to agent"))
        return name not in agents.read(desk.organisation, desk.user("Ben"), chat.id)["context"]

    return loses_it


def loses_message(desk: Desk) -> bool:
    return desk.with_agent().private_message is None


def leaks_message(desk: Desk) -> bool:
    chat = desk.with_agent()
    return f"bot: {chat.private_message}" in desk.lines(chat)


def speaks_on(desk: Desk) -> bool:
    chat = desk.with_agent()
    desk.say(chat, "opening hours")
    return desk.lines(chat)[-1].startswith("bot:")


def joins_silently(desk: Desk) -> bool:
    return not any("joined" in line for line in desk.lines(desk.with_agent()))


def closes_at_once(desk: Desk) -> bool:
    return desk.chat("talk to agent").state is State.CLOSED


def loses_agents_words(desk: Desk) -> bool:
    chat = desk.with_agent()
    agents.say(desk.organisation, desk.user("Ben"), chat.id, "Hello")
    return "agent: Hello" not in desk.lines(chat)


def does_not_ring(desk: Desk) -> bool:
    desk.presence("Ben")
    desk.chat("talk to agent")
    return desk.ringing("Ben") == []


def leaves_active(desk: Desk) -> bool:
    chat = desk.chat("hello")
    desk.pass_time(seconds=600)
    return desk.now(chat).state is State.ACTIVE


def lists_closed(desk: Desk) -> bool:
    chat = desk.with_agent()
    agents.force_close(desk.organisation, desk.user("Sam"), chat.id)
    return len(agents.ongoing(desk.organisation, desk.user("Sam"))) == 1


def reminds_with_agent(desk: Desk) -> bool:
    chat = desk.with_agent()
    before = len(desk.lines(chat))
    desk.pass_time(seconds=600)
    return len(desk.lines(chat)) > before and desk.now(chat).held_by is Role.AGENT


def is_(state: State, minutes: float, *texts: str) -> Callable[[Desk], bool]:
    def reaches(desk: Desk) -> bool:
        desk.forget_topics(*QUIET)
        chat = desk.chat(*texts)
        desk.pass_time(minutes=minutes)
        return desk.now(chat).state is state

    return reaches


def revives(desk: Desk) -> bool:
    desk.forget_topics(*QUIET)
    chat = desk.chat("hello")
    desk.pass_time(minutes=30)
    assert desk.now(chat).state is State.CLOSED
    desk.say(chat, "hello again")
    return desk.now(chat).state is State.ACTIVE


def wraps_up_for_ever(desk: Desk) -> bool:
    chat = desk.end("Ben", desk.with_agent())
    desk.pass_time(hours=5)
    return desk.now(chat).state is State.WRAP_UP


DEVIATIONS: dict[str, Callable[[Desk], bool]] = {
    "connect_accepts_any_name": lambda desk: connects(desk, name="x" * 31),
    "connect_ignores_environment": lambda desk: connects(desk, environment=elsewhere(desk)),
    "connect_ignores_roles": lambda desk: connects(desk, "Noah"),
    "refused_connect_leaves_user": leaves_user,
    "connect_creates_no_user": has_no_user,
    "disconnect_keeps_user_enabled": keeps_user,
    "reconnected_bot_stays_silent": stays_silent,
    "disconnect_closes_chats_with_agents": closes_with_agent,
    "disconnected_bot_answers": answers_disconnected,
    "disabled_user_gives_no_code": gives_no_code,
    "history_truncated": truncates,
    "variables_dropped": loses("ParcelNumber"),
    "last_phrase_missing": loses("va_LastPhrase"),
    "private_message_lost": loses_message,
    "private_message_leaks": leaks_message,
    "bot_speaks_after_transfer": speaks_on,
    "join_not_announced": joins_silently,
    "no_agent_closes": closes_at_once,
    "agent_message_lost": loses_agents_words,
    "agent_not_notified": does_not_ring,
    "bot_end_leaves_active": leaves_active,
    "closed_stays_ongoing": lists_closed,
    "silence_measured_after_transfer": reminds_with_agent,
    "inactive_chat_never_closes": is_(State.ACTIVE, 600, "hello"),
    "closed_reopens": revives,
    "open_chat_never_closes": is_(State.OPEN, 600, "talk to agent"),
    "open_chat_closes_early": is_(State.CLOSED, 19.9, "talk to agent"),
    "wrap_up_never_closes": wraps_up_for_ever,
    "bot_chat_closes_late": is_(State.ACTIVE, 30, "hello"),
    "bot_chat_closes_early": is_(State.CLOSED, 29.9, "hello"),
}
"""Fault → whether the desk deviates; each is False where nothing deviates."""


@pytest.mark.parametrize("fault", DEVIATIONS)
def test_the_fault_deviates_and_was_reached(desk: Desk, fault: str) -> None:
    desk.deviate(fault)
    assert DEVIATIONS[fault](desk)
    assert fault in desk.organisation.faults.reached


REFUSING = {"connect_accepts_any_name", "connect_ignores_environment", "connect_ignores_roles"}


@pytest.mark.parametrize("fault", sorted(set(DEVIATIONS) - REFUSING - {"closed_reopens"}))
def test_without_the_fault_nothing_deviates(desk: Desk, fault: str) -> None:
    assert not DEVIATIONS[fault](desk)
    assert desk.organisation.faults.reached == set()


def test_a_long_name_is_refused_by_its_fault(desk: Desk) -> None:
    desk.deviate("connect_refuses_long_names")
    with pytest.raises(BotNameTooLong):
        connects(desk, name="x" * 29)


def test_switching_faults_off_is_switching_them_off(desk: Desk) -> None:
    desk.deviate("bot_chat_closes_early")
    desk.forget_topics(*QUIET)
    chat = desk.chat("hello")
    desk.deviate()
    desk.pass_time(minutes=29)
    assert desk.now(chat).state is State.ACTIVE
