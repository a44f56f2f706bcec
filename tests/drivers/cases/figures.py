"""The figures: what a supervisor and a maker count."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from harness.expect import analytics, conversations, supervisors
from harness.protocol.conversations import Closure, Conversation, Role, State
from harness.protocol.metrics import Analytics, Load, Metrics
from harness.protocol.portal import Session
from harness.protocol.roles import Maker, Reader, Supervisor


@dataclass
class Counting:
    """A supervisor and a maker who see these figures."""

    figures: Metrics = field(default_factory=lambda: Metrics({}))
    sums: Analytics = field(default_factory=lambda: Analytics(0, 0))
    listed: tuple[Session, ...] = ()
    closure: Closure | None = None
    name: str = "Sam"
    works_on: str = "b-1"

    def metrics(self) -> Metrics:
        return self.figures

    def analytics(self) -> Analytics:
        return self.sums

    def sessions(self) -> tuple[Session, ...]:
        return self.listed

    def reads(self, conversation: str) -> Conversation:
        return Conversation(conversation, State.CLOSED, "Live chat", "Ada", closure=self.closure)


def closed(number: int, explained: int) -> Counting:
    reasons = {Closure.BOT_END: explained}
    return Counting(Metrics({State.CLOSED: number}, reasons))


def loaded(bot: int, ben: int) -> Counting:
    load = (Load(Role.BOT, "Helper", bot), Load(Role.AGENT, "Ben", ben, ben * 5, 15))
    return Counting(Metrics({}, {}, load))


def ended(*outcomes: str | None) -> Counting:
    return Counting(listed=tuple(Session("c-1", outcome, True, 1) for outcome in outcomes))


def summed(*sums: int) -> Counting:
    return Counting(sums=Analytics(*sums))


def _maker(who: object) -> Maker:
    return cast(Maker, who)  # It has the two verbs that are asked.


def _sam(who: object) -> Supervisor:
    return cast(Supervisor, who)


def _desk(who: Counting) -> Reader:
    return who


CASES = [
    (
        "supervisors.counts_closed",
        lambda: supervisors.counts_closed(_sam(closed(2, 2)), 2),
        lambda: supervisors.counts_closed(_sam(closed(2, 1)), 2),
    ),
    (
        "supervisors.counts_closed",
        lambda: supervisors.counts_closed(_sam(closed(0, 0)), 0),
        lambda: supervisors.counts_closed(_sam(closed(1, 1)), 2),
    ),
    (
        "supervisors.counts_with",
        lambda: supervisors.counts_with(_sam(loaded(1, 0)), "the bot", 1),
        lambda: supervisors.counts_with(_sam(loaded(1, 0)), "the bot", 0),
    ),
    (
        "supervisors.counts_with",
        lambda: supervisors.counts_with(_sam(loaded(0, 2)), "Ben", 2),
        lambda: supervisors.counts_with(_sam(loaded(0, 2)), "Bea", 0),
    ),
    (
        "analytics.counts_as",
        lambda: analytics.counts_as(_maker(ended(None, "Escalated")), "c-1", "escalated"),
        lambda: analytics.counts_as(_maker(ended("Escalated", None)), "c-1", "escalated"),
    ),
    (
        "analytics.counts_as",
        lambda: analytics.counts_as(_maker(ended(None)), "c-1", "undecided"),
        lambda: analytics.counts_as(_maker(ended()), "c-1", "undecided"),
    ),
    (
        "analytics.counts_sessions",
        lambda: analytics.counts_sessions(_maker(summed(3, 2, 1, 0, 0)), "escalated", 1),
        lambda: analytics.counts_sessions(_maker(summed(3, 2, 0, 0, 1)), "escalated", 1),
    ),
    (
        "analytics.counts_sessions",
        lambda: analytics.counts_sessions(_maker(summed(3, 2, 1, 0, 0)), "undecided", 1),
        lambda: analytics.counts_sessions(_maker(summed(1, 0, 1, 0, 0)), "escalated", 1),
    ),
    (
        "conversations.is_closed_by",
        lambda: conversations.is_closed_by(
            _desk(Counting(closure=Closure.BOT_END)), "c-1", Closure.BOT_END
        ),
        lambda: conversations.is_closed_by(_desk(Counting()), "c-1", Closure.BOT_END),
    ),
]
