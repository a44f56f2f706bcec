"""Every variable of an escalation is followed over both hops, whatever its value is."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any, cast

import pytest

from harness.engine.escalations import sessions
from harness.errors import HarnessError
from harness.ledger.fidelity import Escalation, compared, same
from harness.protocol.conversations import ContextVariable, Conversation, State
from harness.protocol.portal import Session
from harness.protocol.roles import Maker

Values = dict[str, Any]

VALUES: tuple[Any, ...] = (
    *("Oslo", "", " ", "blåbær", "お願いします", "👍", "1", "true", "null", "x" * 4000, "a\nb"),
    *(0, 1, -1, 2.5, 2**53, True, False, None, [], ["a", "b"]),
    *([{"no": "1"}, {"no": "2"}], {"town": "Oslo", "at": {"row": 1}}),
)
STANDARD: Values = {
    "va_Scope": "bot",
    "va_LastTopic": "Return",
    "va_Topics": ["Return"],
    "va_LastPhrase": "talk to agent",
    "va_Phrases": ["return", "talk to agent"],
    "va_ConversationId": "c-1",
    "va_BotId": "b-1",
    "va_BotName": "Helper",
    "va_AgentMessage": "Be kind",
    "va_Language": "en-us",
}


def trace(kind: str, **value: Any) -> dict[str, Any]:
    return {"type": "trace", "valueType": kind, "value": value}


def assigned(name: str, value: Any, scope: str = "Global") -> dict[str, Any]:
    return trace("VariableAssignment", name=name, value=value, scope=scope, topic="Return")


def told(text: str) -> dict[str, Any]:
    return {"type": "message", "from": {"role": "user"}, "text": text}


def escalation(
    was_set: list[dict[str, Any]], sent: Values, shown: Values | None = None, *, whole: bool = True
) -> Escalation:
    """What was set, sent and shown, beside the standard variables as they should be."""
    standard = STANDARD if whole else {}
    shown = sent if shown is None else shown
    event = {
        "type": "event",
        "name": "handoff.initiate",
        "from": {"id": "b-1", "name": "Helper", "role": "bot"},
        "conversation": {"id": "c-1"},
        "value": {**standard, **sent},
    }
    talk = [told("return"), trace("IntentRecognition", intent="Return"), told("talk to agent")]
    session = Session("c-1", "Escalated", True, 2, activities=(*talk, *was_set, event))
    context = tuple(ContextVariable(n, v) for n, v in {**standard, **shown}.items())
    seen = Conversation("c-1", State.ACTIVE, "Live chat", "Ada", context=context)
    found = compared("Ada", "Ben", session, seen)
    assert found is not None
    return found


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_value_that_arrives_is_the_same(value: Any) -> None:
    found = escalation([assigned("It", value)], {"It": value})
    assert found.wrong == []
    assert [one.verdict for one in found.variables if one.name == "It"] == ["same"]


@pytest.mark.parametrize("value", VALUES, ids=repr)
@pytest.mark.parametrize("other", VALUES, ids=repr)
def test_another_value_or_type_is_told_from_it(value: Any, other: Any) -> None:
    if value is other or (value == other and type(value) is type(other)):
        return
    assert not same(value, other)
    (wrong,) = escalation([assigned("It", value)], {"It": other}).wrong
    assert wrong.startswith("It was altered on the wire")
    (wrong,) = escalation([assigned("It", value)], {"It": value}, {"It": other}).wrong
    assert wrong.startswith("It was altered at the desk")


def test_whole_numbers_may_be_written_with_a_fraction() -> None:
    assert same(1, 1.0)
    assert not same(1, True)
    assert not same("1", 1)


def test_what_is_not_sent_is_lost_on_the_wire() -> None:
    assert escalation([assigned("It", "Oslo")], {}).wrong == [
        'It was lost on the wire: set to "Oslo", not sent'
    ]


def test_what_is_not_shown_is_lost_at_the_desk() -> None:
    (wrong,) = escalation([assigned("It", "Oslo")], {"It": "Oslo"}, {}).wrong
    assert wrong == 'It was lost at the desk: sent as "Oslo", not shown'


def test_what_nobody_set_or_sent_is_invented() -> None:
    on_the_wire = escalation([assigned("It", 1)], {"It": 1, "Mood": "x"}).wrong
    at_the_desk = escalation([assigned("It", 1)], {"It": 1}, {"It": 1, "Mood": "x"}).wrong
    assert [wrong.partition(":")[0] for wrong in (*on_the_wire, *at_the_desk)] == [
        "Mood was invented on the wire",
        "Mood was invented at the desk",
    ]


def test_names_are_told_apart_by_case() -> None:
    assert len(escalation([assigned("It", "a")], {"it": "a"}).wrong) == 2


def test_of_one_name_in_two_topics_the_newest_value_counts() -> None:
    set_twice = [assigned("It", "old", "Topic"), assigned("It", "new", "Topic")]
    assert escalation(set_twice, {"It": "new"}).wrong == []
    assert escalation(set_twice, {"It": "old"}).wrong != []


def test_a_part_of_a_record_is_set_in_its_record() -> None:
    parts = [assigned("It", {"a": 1}), assigned("It.b.c", 2)]
    assert escalation(parts, {"It": {"a": 1, "b": {"c": 2}}}).wrong == []


def test_cleared_and_system_variables_are_not_owed() -> None:
    cleared = [assigned("It", "a"), trace("ClearAllVariables", variables="All")]
    assert escalation([*cleared, assigned("LastMessage", "x", "System")], {}).wrong == []


def test_the_maker_may_choose_what_is_sent() -> None:
    chosen = [assigned("It", "a"), trace("ManualTransferContext", Town="Oslo")]
    assert escalation(chosen, {"Town": "Oslo"}).wrong == []


def test_what_the_customer_brought_along_is_nobodys_invention() -> None:
    given = {"type": "event", "name": "startConversation", "value": {"Name": "Ada"}}
    assert escalation([given, assigned("It", 1)], {"It": 1}, {"It": 1, "Name": "Ada"}).wrong == []


@pytest.mark.parametrize("name", [name for name in STANDARD if name != "va_AgentMessage"])
def test_each_standard_variable_is_owed(name: str) -> None:
    if name == "va_Language":
        return  # What the session's language is, is not told.
    wrong = escalation([], {name: "another"}).wrong
    assert wrong[0].startswith(f"{name} was altered on the wire")


def test_a_bot_that_runs_elsewhere_owes_nothing() -> None:
    event = {"type": "event", "name": "handoff.initiate", "value": {"va_Scope": "bot", "It": 1}}
    session = Session("c-1", None, False, 0, activities=(told("hello"), event))
    context = (ContextVariable("va_Scope", "bot"), ContextVariable("It", 1))
    seen = Conversation("c-1", State.ACTIVE, "Live chat", "Ada", context=context)
    found = compared("Ada", "Ben", session, seen)
    assert found is not None
    assert found.wrong == []


@pytest.mark.parametrize(("shown", "wrong"), [(3, ""), (4, "It was altered at the desk")])
def test_what_a_command_carries_is_followed_to_the_desk(shown: int, wrong: str) -> None:
    context = {"Town": "Oslo", "It": {"value": 3, "isDisplayable": False}}
    tags = json.dumps({"type": "Escalate", "context": context})
    command = trace("Escalate", channelData={"tags": tags})
    session = Session("c-1", None, False, 0, activities=(told("hello"), command))
    seen = Conversation(
        *("c-1", State.ACTIVE, "Live chat", "Ada"),
        context=(ContextVariable("Town", "Oslo"), ContextVariable("It", shown)),
    )
    found = compared("Ada", "Ben", session, seen)
    assert found is not None
    assert [line.partition(":")[0] for line in found.wrong] == ([wrong] if wrong else [])


def test_without_a_session_the_table_says_so() -> None:
    seen = Conversation(
        "c-1", State.ACTIVE, "Live chat", "Ada", context=(ContextVariable("va_Scope", "bot"),)
    )
    found = compared("Ada", "Ben", None, seen, "no maker here")
    assert found is not None
    assert found.wrong == []
    assert found.unseen == ("no maker here",)
    assert {one.verdict for one in found.variables} == {"not judged"}


def test_a_conversation_that_was_never_handed_over_has_no_table() -> None:
    session = Session("c-1", None, False, 1, activities=(told("hello"),))
    assert compared("Ada", "Ben", session, None) is None


Defect = Callable[[random.Random, Values], str]
"""Does something to one of the values; its name."""


def loses(dice: random.Random, values: Values) -> str:
    name = dice.choice([name for name, value in values.items() if value not in (None, "", [])])
    del values[name]
    return name


def alters(dice: random.Random, values: Values) -> str:
    name = dice.choice(list(values))
    others = [value for value in VALUES if not same(value, values[name])]
    values[name] = dice.choice(others)
    return name


def invents(dice: random.Random, values: Values) -> str:
    values["Mood"] = dice.choice(VALUES)
    return "Mood"


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("hop", ["on the wire", "at the desk"])
@pytest.mark.parametrize(
    ("defect", "kind"), [(loses, "lost"), (alters, "altered"), (invents, "invented")]
)
def test_a_planted_defect_is_named_alone(defect: Defect, kind: str, hop: str, seed: int) -> None:
    dice = random.Random(seed)
    values = {f"V{at}": dice.choice(VALUES) for at in range(dice.randrange(1, 9))} | {"Town": "O"}
    was_set = [assigned(name, value) for name, value in values.items()]
    spoilt = dict(values)
    name = defect(dice, spoilt)
    found = (
        escalation(was_set, spoilt) if hop == "on the wire" else escalation(was_set, values, spoilt)
    )
    (wrong,) = found.wrong
    assert wrong.startswith(f"{name} was {kind} {hop}")


class TwoBots:
    """A maker whose first bot had the conversation, and who works on another one now."""

    works_on = "b-2"

    def __init__(self, *held: str) -> None:
        self.held = held

    def session(self, conversation: str, bot: str = "") -> Session:
        if bot not in self.held:
            raise HarnessError(f"{bot} never had {conversation}")
        return Session(conversation, None, True, 1, activities=[{"type": bot}])


@pytest.mark.parametrize(("held", "found"), [(("b-1",), 1), (("b-1", "b-2"), 2), (("b-2",), 1)])
def test_every_bot_that_had_the_conversation_is_asked(held: tuple[str, ...], found: int) -> None:
    maker = cast(Maker, TwoBots(*held))
    asked = sessions(maker, "b-1", "c-1")
    assert [session.activities[0]["type"] for session, _ in asked if session] == list(held)
    assert len(asked) == found


def test_without_any_session_the_reason_is_kept() -> None:
    [(session, why)] = sessions(cast(Maker, TwoBots()), "b-1", "c-1")
    assert session is None
    assert "b-2 never had c-1" in why
