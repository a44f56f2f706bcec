"""What each kind of step does, one module a family."""

from __future__ import annotations

from harness.reference.bot.performing import dialogs, flow, messages, outside, questions, variables
from harness.reference.bot.performing.questions import answer
from harness.reference.bot.performing.stopping import Performers
from harness.reference.bot.steps import Step
from harness.reference.bot.turns import Run

__all__ = ["PERFORMERS", "answer", "perform"]

PERFORMERS: Performers = {
    **messages.PERFORMERS,
    **questions.PERFORMERS,
    **variables.PERFORMERS,
    **flow.PERFORMERS,
    **dialogs.PERFORMERS,
    **outside.PERFORMERS,
}


def perform(run: Run, step: Step) -> None:
    """Does one step; raises Stopped or ExpressionFailed when it cannot be done."""
    PERFORMERS[type(step)](run, step)
