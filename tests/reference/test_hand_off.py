"""Routing and what travels with a conversation: each branch once."""

from __future__ import annotations

import pytest

from harness.protocol.conversations import ContextVariable, Generation, Presence, State
from harness.reference.clock import START
from harness.reference.domain import escalation, routing
from harness.reference.domain.conversations import (
    Offer,
)
from harness.reference.domain.desk import Declared, Kind, Rule, SecurityRole, User, Workstream
from harness.reference.domain.errors import (
    MessageTooLarge,
)
from harness.reference.domain.floors import Floor
from harness.reference.domain.messages import LARGEST, refuse_oversized
from tests.reference.builders import MINUTE, conforms, conversation


def agent(id: str, presence: Presence = Presence.AVAILABLE, assigned: int | None = None) -> User:
    at = None if assigned is None else START + assigned * MINUTE
    return User(id, id, (SecurityRole.AGENT,), presence, at)


def test_the_first_rule_that_matches_names_the_queue() -> None:
    rules = (Rule("Town", "Bern", "q1"), Rule("Town", "Bern", "q2"), Rule("town", "Basel", "q3"))
    workstream = Workstream("w", "Live chat", "Messaging", "b", "fallback", rules)
    bern = (ContextVariable("Town", "Bern"),)
    basel = (ContextVariable("Town", "Basel"),)
    assert routing.queue_for(workstream, bern, conforms) == "q1"
    assert routing.queue_for(workstream, basel, conforms) == "fallback", "names are case-sensitive"
    assert routing.queue_for(workstream, basel, "keys_match_any_case".__eq__) == "q3"


@pytest.mark.parametrize(
    ("value", "equals", "matches"),
    [
        *((2, "2", True), (2.0, "2", True), (True, "true", True), (None, "", True)),
        *(("2", "2", True), ("Oslo", "oslo", False), ([1], "[1]", True), (False, "False", False)),
    ],
)
def test_a_rule_names_a_value_by_its_text(value: object, equals: str, matches: bool) -> None:
    rules = (Rule("Town", equals, "q1"),)
    workstream = Workstream("w", "Live chat", "Messaging", "b", "fallback", rules)
    queue = routing.queue_for(workstream, (ContextVariable("Town", value),), conforms)
    assert (queue == "q1") is matches


@pytest.mark.parametrize(
    ("value", "equals", "queue"),
    [("02.0", "2", "q1"), (2, "2.0", "q1"), ("many", "2", "fallback"), (2, "two", "fallback")],
)
def test_a_number_is_compared_as_one_or_goes_to_the_fallback_queue(
    value: object, equals: str, queue: str
) -> None:
    # The second rule would match anything else: an error ends the rules (OCA-07).
    rules = (Rule("Pieces", equals, "q1"), Rule("Town", "Bern", "q2"))
    declared = (Declared("Pieces", Kind.NUMBER),)
    workstream = Workstream(
        "w", "Live chat", "Messaging", "b", "fallback", rules, context_variables=declared
    )
    context = (ContextVariable("Pieces", value), ContextVariable("Town", "Bern"))
    assert routing.queue_for(workstream, context, conforms) == queue


@pytest.mark.parametrize("presence", [p for p in Presence if p is not Presence.AVAILABLE])
def test_only_available_agents_are_chosen(presence: Presence) -> None:
    assert routing.choose(conversation(), [agent("ben", presence)], Floor()) is None


def test_the_agent_with_most_capacity_is_chosen() -> None:
    held = conversation(agent="ben", state=State.ACTIVE)
    chosen = routing.choose(conversation(), [agent("ben"), agent("bea")], Floor([held]))
    assert chosen
    assert chosen.id == "bea"


def test_of_equals_the_one_who_waited_longest_is_chosen() -> None:
    agents = [agent("ben", assigned=2), agent("bea", assigned=1)]
    assert routing.choose(conversation(), agents, Floor()) == agents[1]
    agents = [agent("ben", assigned=2), agent("bea")]
    assert routing.choose(conversation(), agents, Floor()) == agents[1]


def test_a_full_agent_is_not_chosen() -> None:
    ongoing = [
        conversation(id="1", agent="ben", state=State.ACTIVE),
        conversation(id="2", agent="ben", state=State.WRAP_UP),
        conversation(id="3", offer=Offer("ben", START)),
    ]
    assert routing.choose(conversation(), [agent("ben")], Floor(ongoing)) is None
    assert routing.choose(conversation(), [agent("ben")], Floor(ongoing[:2])) is not None


def test_who_declined_is_not_asked_again() -> None:
    assert routing.choose(conversation(declined=("ben",)), [agent("ben")], Floor()) is None


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


def prevented(
    variables: dict[str, object],
    generation: Generation = Generation.WEB_APP,
    message: str | None = None,
    fault: str = "",
) -> int | None:
    """The code of a hand-off that is prevented."""
    found = escalation.prevented(variables, message, generation, fault.__eq__)
    return found.code if found else None


def test_a_value_has_at_most_4000_characters() -> None:
    assert prevented({"a": "x" * 4000}) is None
    assert prevented({"a": "x" * 4001}) == 3000
    assert prevented({"a": "ä" * 4000}) is None, "characters, not bytes"
    assert prevented({"a": ["x" * 4000]}) == 3000, "as JSON text"
    assert prevented({}, message="x" * 4001) == 3000
    assert prevented({"a": "x" * 4001}, fault="overlong_value_escalates") is None
    assert prevented({"a": "x" * 4000}, fault="longest_value_refused") == 3000


def test_a_hand_off_has_at_most_28_kilobytes() -> None:
    assert prevented({f"v{number}": "x" * 4000 for number in range(7)}) is None
    assert prevented({f"v{number}": "x" * 4000 for number in range(8)}) == 2102
    assert prevented({f"v{number}": "ä" * 4000 for number in range(4)}) == 2102, "bytes"


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("blank_values_dropped", {"n": 2, "b": True, "t": [{"a": 1}], "u": "Ærø"}),
        ("tables_dropped", {"n": 2, "b": True, "e": "", "z": None, "u": "Ærø"}),
        (
            "values_become_text",
            {"t": [{"a": 1}], "e": "", "u": "Ærø", "n": "2", "b": "True", "z": "None"},
        ),
        (
            "non_ascii_altered",
            {"n": 2, "b": True, "t": [{"a": 1}], "e": "", "z": None, "u": "?r?"},
        ),
        ("", {"n": 2, "b": True, "t": [{"a": 1}], "e": "", "z": None, "u": "Ærø"}),
    ],
)
def test_values_travel_as_they_are(fault: str, told: dict[str, object]) -> None:
    variables = {"n": 2, "b": True, "t": [{"a": 1}], "e": "", "z": None, "u": "Ærø"}
    hand_off = escalation.HandOff("b", "n", "c", "en", variables=variables)
    values = escalation.values(hand_off, fault.__eq__)
    assert {name: value for name, value in values.items() if not name.startswith("va_")} == told


def test_a_message_that_there_is_not_may_be_invented() -> None:
    hand_off = escalation.HandOff("b", "n", "c", "en")
    values = escalation.values(hand_off, "absent_message_invented".__eq__)
    assert values["va_AgentMessage"] == "undefined"


def test_a_long_name_may_be_lost() -> None:
    variables = {"x" * 100: 1, "x" * 101: 2}
    assert escalation.kept(variables, conforms) == variables
    assert escalation.kept(variables, "long_name_lost".__eq__) == {"x" * 100: 1}


@pytest.mark.parametrize(
    ("generation", "longest"), [(Generation.WEB_APP, 100), (Generation.PREVIEW, 200)]
)
def test_a_name_is_limited_by_generation(generation: Generation, longest: int) -> None:
    assert prevented({"x" * longest: 1}, generation) is None
    assert prevented({"x" * (longest + 1): 1}, generation) == 3000
    assert prevented({"x" * 300: 1}, generation, fault="overlong_name_escalates") is None
    assert prevented({"x" * longest: 1}, generation, fault="longest_name_refused") == 3000


def test_newer_values_win_and_names_are_case_sensitive() -> None:
    old = (ContextVariable("A", 1, displayable=False), ContextVariable("a", 2))
    assert escalation.merged(old, {"A": 3}) == (ContextVariable("A", 3), ContextVariable("a", 2))


def test_what_the_customer_brings_becomes_context() -> None:
    context = escalation.opening_context(
        {"Name": "Ada", "Terms": True},
        {
            "order": {"value": 7, "isDisplayable": False},
            "plain": "text",
            "deep": {"value": {"a": [1]}},
            "pieces": "12",
            "weight": {"value": 1.5},
            "odd": "a dozen",
        },
        [Declared(name, Kind.NUMBER) for name in ("pieces", "weight", "odd")],
        conforms,
    )
    assert context == (
        ContextVariable("Name", "Ada"),
        ContextVariable("Terms", True),
        ContextVariable("order", "7", displayable=False),
        ContextVariable("plain", "text"),
        ContextVariable("deep", '{"a":[1]}'),
        ContextVariable("pieces", 12),
        ContextVariable("weight", 1.5),
        ContextVariable("odd", "a dozen"),
    )


def test_at_most_a_hundred_custom_variables_are_carried() -> None:
    custom = {f"v{number}": {"value": number} for number in range(150)}
    assert len(escalation.opening_context({}, custom, (), conforms)) == 100
    overflows = "custom_context_overflows".__eq__
    assert len(escalation.opening_context({}, custom, (), overflows)) == 150
    hundred = dict(list(custom.items())[:100])
    cut_short = "custom_context_cut_short".__eq__
    assert len(escalation.opening_context({}, hundred, (), cut_short)) == 99


def test_an_apology_tells_code_conversation_and_time() -> None:
    text = escalation.apology(2013, "c-1", "2026-03-02T09:00:00Z")
    assert "Error code: 2013." in text
    assert "Conversation ID: c-1." in text
    assert "Time (UTC): 2026-03-02T09:00:00Z." in text
    assert "Error code" not in escalation.apology(None, "c-1", "now")


def test_a_message_has_at_most_28_kilobytes_with_its_metadata() -> None:
    refuse_oversized("x" * LARGEST, {}, conforms)
    refuse_oversized("x" * (LARGEST + 1), {}, "huge_message_accepted".__eq__)
    refuse_oversized("ä" * LARGEST, {}, "size_counts_characters".__eq__)
    with pytest.raises(MessageTooLarge):
        refuse_oversized("x" * (LARGEST - 2), {"k": "vv"}, conforms)
    with pytest.raises(MessageTooLarge):
        refuse_oversized("ä" * (LARGEST // 2 + 1), {}, conforms)
    with pytest.raises(MessageTooLarge):
        refuse_oversized("x" * LARGEST, {}, "largest_message_refused".__eq__)
