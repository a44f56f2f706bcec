"""What each kind of step does, one module a family."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.reference.bot.performing import dialogs, flow, messages, outside, questions, variables
from harness.reference.bot.performing.questions import answer
from harness.reference.bot.performing.stopping import Performers
from harness.reference.bot.steps import Step

if TYPE_CHECKING:
    from harness.reference.bot.interpreter import Interpreter

__all__ = ["PERFORMERS", "answer", "perform"]

PERFORMERS: Performers = {
    **messages.PERFORMERS,
    **questions.PERFORMERS,
    **variables.PERFORMERS,
    **flow.PERFORMERS,
    **dialogs.PERFORMERS,
    **outside.PERFORMERS,
}


def perform(run: Interpreter, step: Step) -> None:
    """Does one step; raises Stopped or ExpressionFailed when it cannot be done."""
    PERFORMERS[type(step)](run, step)
