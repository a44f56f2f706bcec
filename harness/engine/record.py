"""What is known of one scenario after it ran: the neutral record that every report is made from.

A record is plain JSON data underneath (`to_json`, `from_json`), so that it travels from an xdist
worker to the controller and into `results.jsonl` unchanged. Nothing here knows pytest or Allure.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from harness.verdict import Verdict


@dataclass(frozen=True, slots=True)
class StepRecord:
    """One Gherkin step of a scenario.

    `keyword` is as written (`And`), `kind` what it means (`given`, `when`, `then`). `status` is
    `pass`, `fail`, `error`, `inconclusive`, `not_applicable` or `not_run`. `start` and `stop` are
    seconds since the epoch, 0.0 when the step did not run. `definition` is `path:line`.
    """

    keyword: str
    kind: str
    text: str
    line: int
    status: str = "not_run"
    start: float = 0.0
    stop: float = 0.0
    message: str = ""
    table: tuple[tuple[str, ...], ...] = ()
    docstring: str | None = None
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """What a check found: its id (`conversations.is_open`) and the sentence for people."""

    check: str
    message: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A piece of evidence: its name for people, path relative to the report, media type."""

    name: str
    path: str
    media_type: str


@dataclass(frozen=True, slots=True)
class ScenarioRecord:
    """One result of one scenario: one example row with one customer driver.

    `id` is the node id (`features/escalation/transfer.feature::An agent accepts[widget]`),
    `scenario` the name as written. `area` is the folder under `features`. `driver` is `widget`,
    `api` or empty when no customer takes part. `example` maps column to value of the row.
    `requirements` are ids in order of writing; `tags` hold every tag, sorted, without `@`.
    `start` and `stop` are seconds since the epoch and enclose set-up and tear-down.
    """

    id: str
    path: str
    line: int
    area: str
    feature: str
    scenario: str
    verdict: Verdict
    rule: str | None = None
    feature_description: str = ""
    description: str = ""
    example: dict[str, str] | None = None
    tags: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    generation: str = ""
    driver: str = ""
    steps: tuple[StepRecord, ...] = ()
    reason: str = ""
    """Why it is not a pass: first line for lists; empty for a pass."""
    details: str = ""
    """The whole message as pytest showed it, redacted; empty for a pass."""
    mismatches: tuple[Mismatch, ...] = ()
    comparisons: int = 0
    exchanges: int = 0
    seed: int = 0
    start: float = 0.0
    stop: float = 0.0
    worker: str = ""
    evidence: tuple[Attachment, ...] = ()
    fault: str = ""
    """The fault switched on while it ran (`handoff prove`); empty otherwise."""
    fault_reached: bool = False

    @property
    def duration(self) -> float:
        """Seconds from set-up to the end of tear-down."""
        return max(0.0, self.stop - self.start)

    @property
    def thens(self) -> int:
        """How many Then steps ran to their end, green or red."""
        return sum(step.kind == "then" and step.status != "not_run" for step in self.steps)

    def to_json(self) -> dict[str, Any]:
        """Plain data: dicts, lists, strings and numbers only."""
        return asdict(self) | {"verdict": self.verdict.value}


def from_json(data: dict[str, Any]) -> ScenarioRecord:
    """The record that `to_json` made; tuples may have become lists on the way."""
    fields = dict(data)
    fields["verdict"] = Verdict(fields["verdict"])
    fields["tags"] = tuple(fields.get("tags", ()))
    fields["requirements"] = tuple(fields.get("requirements", ()))
    fields["steps"] = tuple(_step(step) for step in fields.get("steps", ()))
    fields["mismatches"] = tuple(Mismatch(**found) for found in fields.get("mismatches", ()))
    fields["evidence"] = tuple(Attachment(**piece) for piece in fields.get("evidence", ()))
    return ScenarioRecord(**fields)


def _step(data: dict[str, Any]) -> StepRecord:
    return StepRecord(**data | {"table": tuple(tuple(row) for row in data.get("table", ()))})
