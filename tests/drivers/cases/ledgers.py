"""What the engine holds of every conversation by itself: ledger and variables."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from harness.expect import fidelity, ledgers
from harness.ledger import Account, Look, Reconciled, Said, reconciled
from harness.ledger.fidelity import Escalation, compared
from harness.protocol.conversations import ContextVariable, Conversation, Line, Role, State
from harness.protocol.portal import Session

LINES = (
    Line(Role.BOT, "Hello", "Alpine Helper", "1"),
    Line(Role.CUSTOMER, "talk to agent", "", "2"),
    Line(Role.SYSTEM, "Ben has joined", "", "3"),
    Line(Role.AGENT, "It left today", "Ben", "4"),
    Line(Role.CUSTOMER, "Which parcel?", "", "5"),
)


def ledger(at_customer: tuple[Line, ...] = LINES, private: tuple[str, ...] = ()) -> Reconciled:
    """A conversation as Ben saw it, and Ada like this."""
    said = [
        Said("Ada", Role.CUSTOMER, "talk to agent", 1.0, accepted=1.1),
        Said("Ben", Role.AGENT, "It left today", 2.0, with_person=True, accepted=2.1),
        Said("Ada", Role.CUSTOMER, "Which parcel?", 3.0, with_person=True, accepted=3.1),
    ]
    at_desk = [line for line in LINES if line in at_customer or line.role is not Role.BOT]
    at_desk += [line for line in at_customer if line.id == "9"]
    looks = [[Look(line, 4.0) for line in side] for side in (at_customer, at_desk)]
    return reconciled(Account("Ada", "c-1", said, *looks, "Ben", "Ben", private))


def shown(**values: Any) -> Escalation:
    """What becomes of a town that the bot has learnt."""
    traced = {"name": "Town", "value": "Oslo", "scope": "Global", "topic": "Return"}
    before = {"type": "trace", "valueType": "VariableAssignment", "value": traced}
    event = {"type": "event", "name": "handoff.initiate", "value": {"va_Scope": "bot"} | STATE}
    session = Session("c-1", "Escalated", True, 1, activities=(before, event))
    context = tuple(ContextVariable(name, value) for name, value in ({**STATE, **values}).items())
    seen = Conversation("c-1", State.ACTIVE, "Live chat", "Ada", context=context)
    found = compared("Ada", "Ben", session, seen)
    assert found is not None
    return found


STATE = {
    "va_Scope": "bot",
    "va_Topics": [],
    "va_LastTopic": "",
    "va_Phrases": [],
    "va_ConversationId": "c-1",
    "Town": "Oslo",
}
AGAIN = replace(LINES[3], id="8")
LATE = Line(Role.BOT, "We are open", "Alpine Helper", "9")


CASES: list[Any] = [
    (
        f"ledgers.{judge.__name__}",
        partial(judge, ledger()),
        partial(judge, ledger(lines, ("Ada is angry today",))),
    )
    for judge, lines in (
        (ledgers.nothing_lost, (*LINES[:3], LINES[4])),
        (ledgers.nothing_duplicated, (*LINES, AGAIN)),
        (ledgers.in_order, (*LINES[:3], LINES[4], LINES[3])),
        (ledgers.nothing_altered, (*LINES[:3], replace(LINES[3], text="It left"), LINES[4])),
        (
            ledgers.nothing_leaked,
            (*LINES[:2], replace(LINES[2], text="Ada is angry today"), *LINES[3:]),
        ),
        (ledgers.bot_stays_silent, (*LINES, LATE)),
    )
]
CASES.append(
    (
        "fidelity.is_faithful",
        partial(fidelity.is_faithful, shown()),
        partial(fidelity.is_faithful, shown(Town="Bergen")),
    )
)
