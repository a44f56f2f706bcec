"""Routing and what travels with a conversation: each branch once."""

from __future__ import annotations

import pytest

from harness.protocol.conversations import ContextVariable, Generation, Presence, State
from harness.reference.clock import START
from harness.reference.domain import escalation, routing
from harness.reference.domain.conversations import (
    Offer,
)
from harness.reference.domain.desk import Rule, SecurityRole, User, Workstream
from harness.reference.domain.errors import (
    MessageTooLarge,
)
from harness.reference.domain.messages import LARGEST, refuse_oversized
from tests.reference.builders import MINUTE, conforms, conversation


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
