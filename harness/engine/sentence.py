"""A step of a scenario: its words, what they mean, and how it went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pytest_bdd.parser import Step

from harness.engine.vocabulary import Match
from harness.record import StepRecord


@dataclass(slots=True)
class Sentence:
    """A step of a scenario with what it means, and how it went."""

    step: Step
    match: Match
    status: str = "not_run"
    start: float = 0.0
    stop: float = 0.0
    message: str = ""

    def record(self) -> StepRecord:
        """What the report says of it."""
        return recorded(
            self.step,
            status=self.status,
            start=self.start,
            stop=self.stop,
            message=self.message,
            definition=self.match.definition.location,
        )


def recorded(step: Step, **run: Any) -> StepRecord:
    """A step's words, with how it went; unknown when it did not run."""
    table = step.datatable.raw() if step.datatable is not None else ()
    return StepRecord(
        keyword=step.keyword,
        kind=step.type,
        text=step.name,
        line=step.line_number,
        table=tuple(tuple(map(str, row)) for row in table),
        docstring=step.docstring,
        **run,
    )
