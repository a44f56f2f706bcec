"""What a supervisor's list and figures must say (INA-11, INA-12)."""

from __future__ import annotations

from collections.abc import Sequence

from harness.expect.checks import check
from harness.expect.conversations import stands
from harness.expect.eventually import eventually
from harness.expect.matching import Matcher, Mismatch
from harness.protocol.conversations import Conversation, Role, State
from harness.protocol.metrics import Metrics
from harness.protocol.roles import Supervisor

BOT = "the bot"
"""Every bot of the desk together, in a sentence about load."""


@check
def lists(supervisor: Supervisor, conversation: str) -> Mismatch | None:
    """The conversation is among the ongoing ones."""
    return eventually(supervisor.ongoing, _listed(conversation, True))


@check
def does_not_list(supervisor: Supervisor, conversation: str) -> Mismatch | None:
    """The closed conversation has left the list of ongoing ones.

    The witness is the conversation itself: the desk says that it is closed, so it could be gone.
    """
    witness = eventually(lambda: supervisor.reads(conversation), stands(State.CLOSED))
    return witness or eventually(supervisor.ongoing, _listed(conversation, False))


@check
def counts_closed(supervisor: Supervisor, number: int) -> Mismatch | None:
    """So many conversations are closed, and for each of them the desk says why."""
    return eventually(supervisor.metrics, _closed(number))


@check
def counts_with(supervisor: Supervisor, holder: str, number: int) -> Mismatch | None:
    """The agent of that name, or `the bot` for all bots, holds so many conversations."""
    return eventually(supervisor.metrics, _held(holder, number))


def _closed(number: int) -> Matcher[Metrics]:
    def match(seen: Metrics) -> Mismatch | None:
        closed, explained = seen.states.get(State.CLOSED, 0), sum(seen.closures.values())
        if closed == explained == number:
            return None
        found = f"{closed} closed, {explained} with a reason"
        return Mismatch(f"{number} closed conversations, each with a reason", found)

    return match


def _held(holder: str, number: int) -> Matcher[Metrics]:
    def match(seen: Metrics) -> Mismatch | None:
        bots = [row for row in seen.load if row.role is Role.BOT]
        rows = bots if holder == BOT else [row for row in seen.load if row.name == holder]
        held = sum(row.conversations for row in rows)
        if rows and held == number:
            return None
        told = f"{held}" if rows else f"no figure among {[row.name for row in seen.load]}"
        return Mismatch(f"{number} conversations with {holder}", told)

    return match


def _listed(conversation: str, wanted: bool) -> Matcher[Sequence[Conversation]]:
    expected = f"conversation {conversation} {'' if wanted else 'not '}among the ongoing ones"

    def match(ongoing: Sequence[Conversation]) -> Mismatch | None:
        if any(item.id == conversation for item in ongoing) is wanted:
            return None
        return Mismatch(expected, f"{[item.id for item in ongoing]}")

    return match
