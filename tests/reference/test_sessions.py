"""A bot's sessions: when one ends and the next begins, and how analytics count them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from harness.protocol.conversations import Generation
from harness.reference.clock import START
from harness.reference.domain import sessions
from harness.reference.domain.errors import InsufficientRole, NotFound
from harness.reference.domain.sessions import Outcome, Session
from harness.reference.operations import analytics, metrics, setup
from harness.reference.operations.organisations import World
from tests.reference.desk import Desk

MINUTE = timedelta(minutes=1)
CUSTOM = ("IntentRecognition", {"intent": "Return a parcel"})
GREETED = ("IntentRecognition", {"intent": "Greeting"})
ASKED = ("ConversationOutcome", {"outcome": "ResolvedImplied"})
YES, NO = (("PRRSurveyResponse", {"response": word}) for word in ("Yes", "No"))


def after(minutes: float, *events: sessions.Event) -> Session:
    """How a session counts so long after its start, in which these things happened at once."""
    begun = sessions.heard(sessions.begun((), "bot", START), "bot", START)
    (session,) = sessions.learnt(begun, events)
    return sessions.counted(session, START + minutes * MINUTE)


@pytest.mark.parametrize(("minutes", "ended"), [(29.99, False), (30, True), (90, True)])
def test_thirty_silent_minutes_end_a_session(minutes: float, ended: bool) -> None:
    assert after(minutes).ended == (START + 30 * MINUTE if ended else None)


def test_an_hour_ends_a_session_that_is_never_silent() -> None:
    running = sessions.begun((), "bot", START)
    for minute in range(0, 61, 20):
        running = sessions.heard(running, "bot", START + minute * MINUTE)
    assert [(each.turns, each.started - START) for each in running] == [
        (3, timedelta(0)),
        (1, 60 * MINUTE),
    ]
    assert running[0].ended == START + 60 * MINUTE


def test_a_hundred_turns_end_a_session() -> None:
    running = sessions.begun((), "bot", START)
    for second in range(101):
        running = sessions.heard(running, "bot", START + timedelta(seconds=second))
    assert [each.turns for each in running] == [100, 1]


def test_another_bot_begins_a_session_of_its_own() -> None:
    running = sessions.heard(sessions.begun((), "first", START), "second", START + MINUTE)
    assert [(each.bot, each.ended) for each in running] == [
        ("first", START + MINUTE),
        ("second", None),
    ]


@pytest.mark.parametrize(
    ("events", "engaged", "outcome"),
    [
        ((), False, None),
        ((GREETED,), False, None),
        ((CUSTOM,), True, Outcome.ABANDON),
        ((CUSTOM, ASKED), True, Outcome.RESOLVED),
        ((CUSTOM, ASKED, YES), True, Outcome.RESOLVED),
        ((CUSTOM, ASKED, NO), True, Outcome.ABANDON),
        ((GREETED, ASKED, NO), False, None),
        ((CUSTOM, ("CSATSurveyRequest", {})), True, Outcome.RESOLVED),
        ((GREETED, ("ConversationOutcome", {"outcome": "Escalated"})), True, Outcome.ESCALATED),
        ((CUSTOM, ("ConversationOutcome", {"outcome": "?"})), True, Outcome.ABANDON),
        ((CUSTOM, ("DialogRedirect", {})), True, Outcome.ABANDON),
    ],
)
def test_what_the_bot_did_says_how_a_session_counts(
    events: tuple[sessions.Event, ...], engaged: bool, outcome: Outcome | None
) -> None:
    session = after(60, *events)
    assert (session.engaged, session.outcome) == (engaged, outcome)


def test_nobody_is_abandoned_before_the_hour() -> None:
    assert after(59.99, CUSTOM).outcome is None


def test_an_escalated_session_is_engaged_and_ended_at_once() -> None:
    (session,) = sessions.ended(sessions.begun((), "bot", START), START + MINUTE, Outcome.ESCALATED)
    session = sessions.counted(session, START + 2 * MINUTE)
    assert (session.engaged, session.outcome, session.ended) == (
        *(True, Outcome.ESCALATED),
        START + MINUTE,
    )
    assert sessions.ended((session,), START + 5 * MINUTE) == (session,)


def test_what_happens_without_a_session_is_nobodys() -> None:
    assert sessions.learnt((), [CUSTOM]) == () == sessions.ended((), START)


# What makers and supervisors are shown


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world, setup.create(world, setup.Plan(Generation.WEB_APP)))


def test_analytics_count_sessions_and_rates(desk: Desk) -> None:
    desk.chat("talk to agent")
    desk.chat("hello")
    shown = analytics.summary(desk.organisation, desk.user("Mia"), desk.bot().id)
    assert shown == {
        "total": 2,
        "engaged": 1,
        "escalated": 1,
        "resolved": 0,
        "abandoned": 0,
        "engagement_rate": 0.5,
        "escalation_rate": 1.0,
        "resolution_rate": 0.0,
        "abandon_rate": 0.0,
    }


def test_analytics_without_sessions_have_no_rates(desk: Desk) -> None:
    shown = analytics.summary(desk.organisation, desk.user("Noah"), desk.bot().id)
    assert (shown["total"], shown["engagement_rate"], shown["abandon_rate"]) == (0, None, None)


def test_sessions_are_listed_with_their_figures(desk: Desk) -> None:
    chat = desk.chat("hello", "talk to agent")
    desk.pass_time(minutes=1)
    (row,) = analytics.sessions(desk.organisation, desk.user("Mia"), desk.bot().id)
    assert row == {
        "conversation": chat.id,
        "outcome": "Escalated",
        "engaged": True,
        "turns": 2,
        "started": "2026-03-02T09:00:00Z",
        "ended": "2026-03-02T09:00:00Z",
    }


def test_analytics_are_for_makers(desk: Desk) -> None:
    with pytest.raises(InsufficientRole):
        analytics.summary(desk.organisation, desk.user("Ben"), desk.bot().id)
    with pytest.raises(NotFound):
        analytics.sessions(desk.organisation, desk.user("Mia"), "gone")


def test_metrics_count_states_closures_and_load(desk: Desk) -> None:
    desk.chat("hello")
    desk.with_agent("Ben")
    desk.pass_time(minutes=10)
    shown = metrics.metrics(desk.organisation, desk.user("Sam"))
    states = {"Open": 0, "Active": 1, "Waiting": 0, "Wrap-up": 0, "Closed": 1}
    assert (shown["states"], shown["closures"]) == (states, {"BotEndConversation": 1})
    assert {row["name"]: (row["conversations"], row["units"]) for row in shown["load"]} == {
        "Alpine Helper": (0, 0),
        "Ben": (1, 5),
        "Bea": (0, 0),
    }


def test_metrics_are_for_supervisors(desk: Desk) -> None:
    with pytest.raises(InsufficientRole):
        metrics.metrics(desk.organisation, desk.user("Ben"))
