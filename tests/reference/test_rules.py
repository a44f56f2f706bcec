"""States, closings and connections, without store and clock: each branch once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from harness.protocol.conversations import Generation, Role, State
from harness.protocol.portal import ConnectionState
from harness.reference.clock import START
from harness.reference.domain import closings, connections
from harness.reference.domain.bots import BotConnection, BotUser
from harness.reference.domain.closings import Kind
from harness.reference.domain.conversations import (
    ALLOWED,
    Channel,
    Conversation,
    Offer,
    moved,
    refuse_closed,
)
from harness.reference.domain.desk import SecurityRole
from harness.reference.domain.errors import (
    BotNameTooLong,
    ConversationClosed,
    EnvironmentMismatch,
    IllegalState,
    InsufficientRole,
)
from tests.reference.builders import MINUTE, bot, conforms, conversation


@pytest.mark.parametrize("before", State)
@pytest.mark.parametrize("after", State)
def test_only_the_changes_of_the_table_are_allowed(before: State, after: State) -> None:
    at = START + MINUTE
    if after in ALLOWED[before]:
        changed = moved(conversation(state=before), after, at)
        assert (changed.state, changed.changed) == (after, at)
    else:
        with pytest.raises(IllegalState):
            moved(conversation(state=before), after, at)


def test_closed_is_terminal() -> None:
    with pytest.raises(ConversationClosed):
        refuse_closed(conversation(state=State.CLOSED))


# closings ----------------------------------------------------------------------------------------


def due(subject: Conversation, *faults: str) -> list[tuple[Kind, timedelta]]:
    alarms = closings.alarms(subject, START, None, lambda name: name in faults)
    return [(alarm.kind, alarm.at - START) for alarm in alarms]


@pytest.mark.parametrize(("minute", "expected"), [(0, 20), (1, 25), (4.99, 25), (5, 25), (7, 30)])
def test_an_open_chat_is_closed_by_the_first_tick_after_twenty_minutes(
    minute: float, expected: int
) -> None:
    subject = conversation(changed=START + minute * MINUTE)
    assert due(subject) == [(Kind.LIFETIME, expected * MINUTE)]


def test_an_open_chat_that_deviates_is_closed_before_twenty_minutes() -> None:
    assert due(conversation(), "open_chat_closes_early") == [(Kind.LIFETIME, 10 * MINUTE)]


def test_a_chat_in_wrap_up_is_closed_after_fifteen_minutes() -> None:
    assert due(conversation(state=State.WRAP_UP)) == [(Kind.LIFETIME, 15 * MINUTE)]


def test_a_chat_that_an_agent_holds_is_never_closed() -> None:
    assert due(conversation(state=State.ACTIVE, held_by=Role.AGENT)) == []


def test_a_closed_chat_has_no_alarms() -> None:
    assert due(conversation(state=State.CLOSED)) == []


@pytest.mark.parametrize(
    ("fault", "minutes"),
    [("", 30), ("bot_chat_closes_late", 60), ("bot_chat_closes_early", 15)],
)
def test_a_silent_chat_with_the_bot_is_closed_to_the_second(fault: str, minutes: int) -> None:
    last = START + timedelta(minutes=7, seconds=13)
    subject = conversation(state=State.ACTIVE, held_by=Role.BOT, last_customer_message=last)
    assert due(subject, fault) == [(Kind.BOT_SILENT, last - START + minutes * MINUTE)]


def test_a_customer_who_never_wrote_is_silent_from_the_start() -> None:
    subject = conversation(state=State.ACTIVE, held_by=Role.BOT)
    assert due(subject) == [(Kind.BOT_SILENT, 30 * MINUTE)]


def test_a_call_with_the_bot_is_cut_after_an_hour() -> None:
    subject = conversation(state=State.ACTIVE, held_by=Role.BOT, channel=Channel.VOICE)
    assert due(subject) == [(Kind.BOT_CALL, 60 * MINUTE)]


def test_what_rings_stops_ringing() -> None:
    offer = Offer("ben", START + 2 * MINUTE)
    assert (Kind.OFFER, 2 * MINUTE) in due(conversation(offer=offer))


def test_a_bot_that_took_a_chat_back_measures_silence_from_then_on() -> None:
    subject = conversation(
        state=State.ACTIVE,
        held_by=Role.BOT,
        last_customer_message=START + 5 * MINUTE,
        changed=START + 50 * MINUTE,
    )
    assert due(subject) == [(Kind.BOT_SILENT, 80 * MINUTE)]


def test_a_silence_is_an_alarm() -> None:
    at = START + 5 * MINUTE
    alarms = closings.alarms(conversation(), START, at, conforms)
    assert next(iter(alarms)) == closings.Alarm(at, Kind.SILENCE)


# connections -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("generation", "roles"),
    [
        (Generation.PREVIEW, [SecurityRole.OMNICHANNEL_ADMINISTRATOR]),
        (Generation.CLASSIC, [SecurityRole.SYSTEM_ADMINISTRATOR]),
        (Generation.WEB_APP, [SecurityRole.OC_ADMIN, SecurityRole.BOT_AUTHOR]),
    ],
)
def test_connecting_needs_all_roles_of_the_generation(
    generation: Generation, roles: list[SecurityRole]
) -> None:
    subject = bot(generation=generation)
    connections.refuse_connector(subject, tuple(roles), conforms)
    for missing in roles:
        some = tuple(role for role in roles if role is not missing)
        with pytest.raises(InsufficientRole, match=str(missing)):
            connections.refuse_connector(subject, some, conforms)
        connections.refuse_connector(subject, some, lambda name: name == "connect_ignores_roles")


@pytest.mark.parametrize(("length", "refused"), [(29, False), (30, False), (31, True)])
def test_a_name_of_more_than_thirty_code_points_is_refused(length: int, refused: bool) -> None:
    refusal = connections.refusal(bot("🏔" * length), "env-1", conforms)
    assert isinstance(refusal, BotNameTooLong) is refused
    assert not refusal or refusal.code is None


def test_another_environment_is_refused_in_the_web_app_only() -> None:
    assert isinstance(connections.refusal(bot(), "env-2", conforms), EnvironmentMismatch)
    classic = bot("x" * 31, generation=Generation.CLASSIC)
    assert connections.refusal(classic, "env-2", conforms) is None


@pytest.mark.parametrize(
    ("fault", "name", "environment", "refused"),
    [
        ("connect_accepts_any_name", "x" * 31, "env-1", False),
        ("connect_refuses_long_names", "x" * 29, "env-1", True),
        ("connect_refuses_long_names", "x" * 28, "env-1", False),
        ("connect_ignores_environment", "x", "env-2", False),
    ],
)
def test_deviations_of_the_preconditions(
    fault: str, name: str, environment: str, refused: bool
) -> None:
    refusal = connections.refusal(bot(name), environment, lambda asked: asked == fault)
    assert (refusal is not None) is refused


def test_connecting_makes_an_enabled_user_and_counts() -> None:
    once = connections.connected(bot(), conforms)
    assert once.connection.state is ConnectionState.CONNECTED
    assert once.connection.user
    assert not once.connection.user.disabled
    assert connections.connected(once, conforms) == once, "connecting twice changes nothing"


def test_disconnecting_disables_the_user_and_connecting_enables_the_same_one() -> None:
    first = connections.connected(bot(), conforms)
    gone = connections.disconnected(first, conforms)
    assert gone.connection.user
    assert gone.connection.user.disabled
    again = connections.connected(gone, conforms)
    assert again.connection.user == first.connection.user
    assert again.connection.connects == 2


def test_disconnecting_what_was_never_connected_changes_nothing() -> None:
    assert connections.disconnected(bot(), conforms) == bot()


def test_deviations_of_connecting_and_disconnecting() -> None:
    userless = connections.connected(bot(), lambda name: name == "connect_creates_no_user")
    assert userless.connection.user is None
    kept = connections.disconnected(
        connections.connected(bot(), conforms), lambda name: name == "disconnect_keeps_user_enabled"
    )
    assert kept.connection.user
    assert not kept.connection.user.disabled


@pytest.mark.parametrize(
    ("state", "user", "version", "fault", "code"),
    [
        (ConnectionState.CONNECTED, True, 1, "", None),
        (ConnectionState.CONNECTED, False, 1, "", 2013),
        (ConnectionState.DISCONNECTED, True, 1, "", 2013),
        (ConnectionState.DISCONNECTED, True, 1, "disconnected_bot_answers", None),
        (ConnectionState.CONNECTED, True, 0, "", 2009),
        (ConnectionState.CONNECTED, True, 0, "unpublished_bot_answers", None),
    ],
)
def test_a_bot_that_cannot_answer_has_a_code(
    state: ConnectionState, user: bool, version: int, fault: str, code: int | None
) -> None:
    connection = BotConnection(state, BotUser("u", "n") if user else None, 1)
    subject = bot(version=version, connection=connection)
    assert connections.trouble(subject, lambda name: name == fault) == code
