"""What becomes of a customer on the bot's own website, outside the desk (EMB-02 to EMB-04)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from harness.expect.checks import check, compare
from harness.expect.eventually import eventually
from harness.expect.matching import Mismatch, is_true
from harness.protocol.roles import Agent, Canvas, Supervisor, Visitor


@check
def rings_at_nobody(visitor: Visitor, agent: Agent) -> Mismatch | None:
    """The bot has handed the customer over, and nothing rings at the agent.

    That the bot has let go is the witness: whatever a transfer leads to would be there by then.
    """
    return _is_transferred(visitor) or compare(_nothing("that rings"), agent.notifications())


@check
def is_unknown_to_desk(visitor: Visitor, supervisor: Supervisor) -> Mismatch | None:
    """The bot has handed the customer over, and the desk has no conversation."""
    return _is_transferred(visitor) or compare(_nothing("that goes on"), supervisor.ongoing())


@check
def says_what_it_cannot_draw(canvas: Canvas) -> Mismatch | None:
    """The bot's own chat says that there is an activity which it cannot draw."""
    expected = "to be told that an activity has no renderer"
    return _is_transferred(canvas) or eventually(
        canvas.says_it_cannot_draw, is_true(expected, "none")
    )


def _is_transferred(visitor: Visitor) -> Mismatch | None:
    return eventually(visitor.is_transferred, is_true("a transfer by the bot", "none"))


def _nothing(which: str) -> Any:
    def match(seen: Sequence[object]) -> Mismatch | None:
        return Mismatch(f"no conversation {which}", f"{len(seen)}") if seen else None

    return match
