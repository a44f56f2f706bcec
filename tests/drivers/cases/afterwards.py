"""Beside and after a chat."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import cast

from harness.expect import afterwards
from harness.protocol.conversations import Feedback, Role
from harness.protocol.letters import Letter
from harness.protocol.roles import Administrator, Customer
from tests.drivers.people import Chatter, Desk, conversation

ADA = "ada@post.example"
FILE = {"label.txt": b"one"}


@dataclass
class Office:
    """An administrator who reads letters."""

    read: Sequence[Letter] = field(default_factory=tuple)

    def letters(self) -> Sequence[Letter]:
        return self.read


def office(*letters: Letter) -> Administrator:
    return cast(Administrator, Office(letters))


def customer(**seen: object) -> Customer:
    return cast(Customer, Chatter(**seen))  # type: ignore[arg-type]


def answered(**answers: str) -> Desk:
    return Desk(conversation(feedback=(Feedback(Role.AGENT, answers),)))


Case = tuple[str, Callable[[], None], Callable[[], None]]

CASES: list[Case] = [
    (
        "afterwards.is_asked",
        lambda: afterwards.is_asked(customer()),
        lambda: afterwards.is_asked(customer(asked=False)),
    ),
    (
        "afterwards.is_not_asked",
        lambda: afterwards.is_not_asked(customer(asked=False)),
        lambda: afterwards.is_not_asked(customer()),
    ),
    (
        "afterwards.is_answered",
        lambda: afterwards.is_answered(answered(again="Yes"), "c-1", "again", "Yes"),
        lambda: afterwards.is_answered(answered(again="No"), "c-1", "again", "Yes"),
    ),
    (
        "afterwards.is_answered",
        lambda: afterwards.is_answered(answered(a="1", again="Yes"), "c-1", "again", "Yes"),
        lambda: afterwards.is_answered(Desk(), "c-1", "again", "Yes"),
    ),
    (
        "afterwards.is_mailed",
        lambda: afterwards.is_mailed(office(Letter(ADA, True, "hello")), ADA, "hello"),
        lambda: afterwards.is_mailed(office(Letter(ADA, False, "hello")), ADA, "hello"),
    ),
    (
        "afterwards.is_mailed",
        lambda: afterwards.is_mailed(office(Letter(ADA, True, "hello")), ADA, ""),
        lambda: afterwards.is_mailed(office(Letter("eve@post.example", True, "hello")), ADA, ""),
    ),
    (
        "afterwards.is_not_mailed",
        lambda: afterwards.is_not_mailed(office(Letter(ADA, False)), ADA),
        lambda: afterwards.is_not_mailed(office(Letter(ADA, False), Letter(ADA, True)), ADA),
    ),
    (
        "afterwards.is_not_mailed",
        lambda: afterwards.is_not_mailed(office(Letter(ADA, False), Letter("e", True)), ADA),
        lambda: afterwards.is_not_mailed(office(), ADA),
    ),
    (
        "afterwards.keeps",
        lambda: afterwards.keeps(customer(kept="<p>hello</p>"), "hello"),
        lambda: afterwards.keeps(customer(), "hello"),
    ),
    (
        "afterwards.agent_gets_file",
        lambda: afterwards.agent_gets_file(Desk(got=FILE), "c-1", "label.txt", b"one"),
        lambda: afterwards.agent_gets_file(Desk(got=FILE), "c-1", "label.txt", b"two"),
    ),
    (
        "afterwards.customer_gets_file",
        lambda: afterwards.customer_gets_file(customer(got=FILE), "label.txt", b"one"),
        lambda: afterwards.customer_gets_file(customer(), "label.txt", b"one"),
    ),
]
