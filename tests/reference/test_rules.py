"""The rules of the domain, without store and clock: each branch once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from harness.protocol.conversations import ContextVariable, Generation, Presence, Role, State
from harness.protocol.portal import ConnectionState
from harness.reference.clock import START
from harness.reference.domain import calls, closings, connections, escalation, routing
from harness.reference.domain.bots import Bot, BotConnection, BotUser
from harness.reference.domain.calls import Call, Utterance
from harness.reference.domain.closings import Kind
from harness.reference.domain.conversations import (
    ALLOWED,
    Channel,
    Conversation,
    Offer,
    moved,
    refuse_closed,
)
from harness.reference.domain.desk import Rule, SecurityRole, User, Workstream
from harness.reference.domain.errors import (
    BotNameTooLong,
    ConversationClosed,
    EnvironmentMismatch,
    IllegalState,
    InsufficientRole,
    MessageTooLarge,
)
from harness.reference.domain.messages import LARGEST, refuse_oversized

MINUTE = timedelta(minutes=1)
CONNECTOR = (SecurityRole.OC_ADMIN, SecurityRole.BOT_AUTHOR)


def conforms(_fault: str) -> bool:
    return False


def conversation(**changes: object) -> Conversation:
    plain = Conversation(
        id="c",
        organisation="o",
        request="r",
        thread="t",
        visitor="v",
        channel=Channel.LIVE_CHAT,
        customer="Ada",
        workstream="w",
        bot="b",
        started=START,
        changed=START,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def bot(name: str = "Alpine Helper", **changes: object) -> Bot:
    plain = Bot("b", name, Generation.WEB_APP, "env-1", version=1)
    return replace(plain, **changes)  # type: ignore[arg-type]


# states ------------------------------------------------------------------------------------------


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
    alarms = closings.alarms(subject, START, (), lambda name: name in faults)
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


def test_silences_are_alarms() -> None:
    at = START + 5 * MINUTE
    alarms = closings.alarms(conversation(), START, [("Reminder", at)], conforms)
    assert next(iter(alarms)) == closings.Alarm(at, Kind.SILENCE, "Reminder")


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


# routing -----------------------------------------------------------------------------------------


def agent(id: str, presence: Presence = Presence.AVAILABLE, assigned: int | None = None) -> User:
    at = None if assigned is None else START + assigned * MINUTE
    return User(id, id, (SecurityRole.AGENT,), presence, at)


def test_the_first_rule_that_matches_names_the_queue() -> None:
    rules = (Rule("Town", "Bern", "q1"), Rule("Town", "Bern", "q2"), Rule("town", "Basel", "q3"))
    workstream = Workstream("w", "Live chat", "Messaging", "b", "fallback", rules)
    bern = conversation(context=(ContextVariable("Town", "Bern"),))
    basel = conversation(context=(ContextVariable("Town", "Basel"),))
    assert routing.queue_for(workstream, bern) == "q1"
    assert routing.queue_for(workstream, basel) == "fallback", "names are case-sensitive"


@pytest.mark.parametrize("presence", [p for p in Presence if p is not Presence.AVAILABLE])
def test_only_available_agents_are_chosen(presence: Presence) -> None:
    assert routing.choose(conversation(), [agent("ben", presence)], []) is None


def test_the_agent_with_most_capacity_is_chosen() -> None:
    held = conversation(agent="ben", state=State.ACTIVE)
    chosen = routing.choose(conversation(), [agent("ben"), agent("bea")], [held])
    assert chosen
    assert chosen.id == "bea"


def test_of_equals_the_one_who_waited_longest_is_chosen() -> None:
    agents = [agent("ben", assigned=2), agent("bea", assigned=1)]
    assert routing.choose(conversation(), agents, []) == agents[1]
    agents = [agent("ben", assigned=2), agent("bea")]
    assert routing.choose(conversation(), agents, []) == agents[1]


def test_a_full_agent_is_not_chosen() -> None:
    ongoing = [
        conversation(agent="ben", state=State.ACTIVE),
        conversation(agent="ben", state=State.WRAP_UP),
        conversation(offer=Offer("ben", START)),
    ]
    assert routing.choose(conversation(), [agent("ben")], ongoing) is None
    assert routing.choose(conversation(), [agent("ben")], ongoing[:2]) is not None


def test_who_declined_is_not_asked_again() -> None:
    assert routing.choose(conversation(declined=("ben",)), [agent("ben")], []) is None


# escalation --------------------------------------------------------------------------------------

HAND_OFF = escalation.HandOff(
    bot="b",
    bot_name="Alpine Helper",
    conversation="c",
    language="en-US",
    message="Label failed",
    last_topic="Return a parcel",
    topics=("Greeting", "Return a parcel"),
    phrases=("hello", "a person please"),
    variables={"ParcelNumber": "ZX-1"},
)


def test_the_context_has_the_documented_names() -> None:
    assert escalation.values(HAND_OFF, conforms) == {
        "va_Scope": "bot",
        "va_LastTopic": "Return a parcel",
        "va_Topics": ["Greeting", "Return a parcel"],
        "va_Phrases": ["hello", "a person please"],
        "va_ConversationId": "c",
        "va_BotId": "b",
        "va_BotName": "Alpine Helper",
        "va_Language": "en-US",
        "va_LastPhrase": "a person please",
        "va_AgentMessage": "Label failed",
        "ParcelNumber": "ZX-1",
    }


@pytest.mark.parametrize(
    ("fault", "name"),
    [
        ("last_phrase_missing", "va_LastPhrase"),
        ("private_message_lost", "va_AgentMessage"),
        ("variables_dropped", "ParcelNumber"),
    ],
)
def test_deviations_of_the_context(fault: str, name: str) -> None:
    assert name not in escalation.values(HAND_OFF, lambda asked: asked == fault)


def test_what_the_bot_does_not_know_is_left_out() -> None:
    values = escalation.values(escalation.HandOff("b", "n", "c", "en"), conforms)
    assert values["va_LastTopic"] == ""
    assert not {"va_LastPhrase", "va_AgentMessage"} & set(values)


def test_a_value_has_at_most_4000_characters() -> None:
    assert escalation.overlong({"a": "x" * 4000}, Generation.WEB_APP) is None
    assert escalation.overlong({"a": "x" * 4001}, Generation.WEB_APP)
    assert escalation.overlong({"a": ["x" * 4000]}, Generation.WEB_APP), "as JSON text"


@pytest.mark.parametrize(
    ("generation", "longest"), [(Generation.WEB_APP, 100), (Generation.PREVIEW, 200)]
)
def test_a_name_is_limited_by_generation(generation: Generation, longest: int) -> None:
    assert escalation.overlong({"x" * longest: 1}, generation) is None
    assert escalation.overlong({"x" * (longest + 1): 1}, generation)


def test_newer_values_win_and_names_are_case_sensitive() -> None:
    old = (ContextVariable("A", 1, displayable=False), ContextVariable("a", 2))
    assert escalation.merged(old, {"A": 3}) == (ContextVariable("A", 3), ContextVariable("a", 2))


def test_what_the_customer_brings_becomes_context() -> None:
    context = escalation.opening_context(
        {"Type": "InputSubmit", "Name": "Ada"},
        {
            "order": {"value": 7, "isDisplayable": False},
            "plain": "text",
            "deep": {"value": {"a": [1]}},
        },
    )
    assert context == (
        ContextVariable("Name", "Ada"),
        ContextVariable("order", 7, displayable=False),
        ContextVariable("plain", "text"),
        ContextVariable("deep", '{"a":[1]}'),
    )


def test_at_most_a_hundred_custom_variables_are_carried() -> None:
    custom = {f"v{number}": {"value": number} for number in range(150)}
    assert len(escalation.opening_context({}, custom)) == 100


def test_an_apology_tells_code_conversation_and_time() -> None:
    text = escalation.apology(2013, "c-1", "2026-03-02T09:00:00Z")
    assert "Error code: 2013." in text
    assert "Conversation ID: c-1." in text
    assert "Time (UTC): 2026-03-02T09:00:00Z." in text
    assert "Error code" not in escalation.apology(None, "c-1", "now")


def test_a_message_has_at_most_28_kilobytes_with_its_metadata() -> None:
    refuse_oversized("x" * LARGEST, {})
    with pytest.raises(MessageTooLarge):
        refuse_oversized("x" * (LARGEST - 2), {"k": "vv"})
    with pytest.raises(MessageTooLarge):
        refuse_oversized("ä" * (LARGEST // 2 + 1), {})


# calls -------------------------------------------------------------------------------------------

SECOND = timedelta(seconds=1)
CALL = Call("k", "c", "+1", "+2", held_by=Role.BOT)


def kinds(call: Call) -> list[str]:
    return [event.kind for event in call.events]


def test_what_is_said_lasts_and_the_next_one_waits() -> None:
    call = calls.said(CALL, Utterance("x" * 50), START)
    call = calls.said(call, Utterance("next"), START)
    assert call.until == START + 3 * SECOND
    assert kinds(call) == ["spoken"]
    assert calls.elapsed(call, START + SECOND) == call, "not heard to its end yet"
    call = calls.elapsed(call, START + 3 * SECOND)
    assert kinds(call) == ["spoken", "heard", "spoken"]


def test_silence_needs_no_end() -> None:
    assert calls.elapsed(CALL, START) == CALL
    assert calls.interrupted(CALL, START) == CALL


def test_speech_cuts_what_may_be_cut_and_what_was_to_follow_it() -> None:
    call = CALL
    for utterance in (Utterance("a"), Utterance("b"), Utterance("c", interruptible=False)):
        call = calls.said(call, utterance, START)
    call = calls.interrupted(call, START)
    assert [(event.kind, event.text) for event in call.events] == [
        ("spoken", "a"),
        ("cut", "a"),
        ("spoken", "c"),
    ]


def test_an_uninterruptible_message_is_not_cut_unless_the_fault_is_on() -> None:
    call = calls.said(CALL, Utterance("notice", interruptible=False), START)
    assert calls.interrupted(call, START) == call
    assert kinds(calls.interrupted(call, START, any_speech=True)) == ["spoken", "cut"]


def test_hanging_up_waits_until_the_last_words_were_heard() -> None:
    call = calls.said(calls.said(CALL, Utterance("bye"), START), Utterance(None), START)
    assert call.state == "connected"
    call = calls.elapsed(call, START + SECOND)
    assert (call.state, call.ended_by) == ("ended", Role.BOT)
    assert kinds(call) == ["spoken", "heard", "ended"]


def test_hanging_up_a_silent_call_ends_it_at_once() -> None:
    assert calls.said(CALL, Utterance(None), START).state == "ended"


def test_an_ended_call_is_refused_and_stays_as_it_is() -> None:
    call = calls.ended(CALL, Role.CUSTOMER, START)
    assert calls.elapsed(call, START) == call
    with pytest.raises(IllegalState):
        calls.ended(call, Role.BOT, START)


def test_an_agent_who_takes_a_call_silences_the_bot() -> None:
    call = calls.handed_over(calls.said(CALL, Utterance("one moment"), START), START)
    assert call.held_by is None
    call = calls.taken(call, START)
    assert call.held_by is Role.AGENT
    assert kinds(call) == ["spoken", "transferred", "cut"]
    assert kinds(calls.taken(CALL, START)) == []
