"""How a bot's analytics must count its sessions (ESC-14, INA-17; specification 6.4)."""

from __future__ import annotations

from collections.abc import Sequence

from harness.expect.checks import check
from harness.expect.eventually import eventually
from harness.expect.matching import Matcher, Mismatch
from harness.protocol.metrics import Analytics
from harness.protocol.portal import Session
from harness.protocol.roles import Maker

OUTCOMES = {"escalated": "Escalated", "resolved": "Resolved", "abandoned": "Abandon"}
"""What analytics call the ways in which a session ends; any other one is undecided yet."""


@check
def counts_as(maker: Maker, conversation: str, outcome: str) -> Mismatch | None:
    """The last session of the conversation has that outcome, `undecided` for none so far."""
    return eventually(maker.sessions, _counted(conversation, outcome))


@check
def counts_sessions(maker: Maker, outcome: str, number: int) -> Mismatch | None:
    """So many of the bot's sessions ended that way, and each of them is an engaged one."""
    return eventually(maker.analytics, _summed(outcome, number))


def _counted(conversation: str, outcome: str) -> Matcher[Sequence[Session]]:
    expected = f"a session of conversation {conversation} that is {outcome}"

    def match(sessions: Sequence[Session]) -> Mismatch | None:
        found = [session for session in sessions if session.conversation == conversation]
        if found and found[-1].outcome == OUTCOMES.get(outcome):
            return None
        return Mismatch(expected, f"{found[-1].outcome or 'undecided'}" if found else "no session")

    return match


def _summed(outcome: str, number: int) -> Matcher[Analytics]:
    def match(seen: Analytics) -> Mismatch | None:
        counted = {
            "escalated": seen.escalated,
            "resolved": seen.resolved,
            "abandoned": seen.abandoned,
        }
        ended = sum(counted.values())
        counted["undecided"] = seen.engaged - ended
        if counted[outcome] == number and ended <= seen.engaged <= seen.total:
            return None
        return Mismatch(f"{number} {outcome} among the engaged sessions", str(seen))

    return match
