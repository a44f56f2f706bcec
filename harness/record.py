"""What is known of one scenario after it ran: the neutral record that every report is made from.

A record is plain JSON data underneath (`to_json`, `from_json`), so that it travels from an xdist
worker to the controller and into `results.jsonl` unchanged. Nothing here knows pytest or Allure.
"""

from __future__ import annotations

from typing import Any

import msgspec

from harness.verdict import Verdict


class StepRecord(msgspec.Struct, frozen=True):
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


class Mismatch(msgspec.Struct, frozen=True):
    """What a check found: its id (`conversations.is_open`) and the sentence for people."""

    check: str
    message: str


class Attachment(msgspec.Struct, frozen=True):
    """A piece of evidence: its name for people, path relative to the report, media type."""

    name: str
    path: str
    media_type: str


class ScenarioRecord(msgspec.Struct, frozen=True):
    """One result of one scenario: one example row with one customer driver.

    `id` is the node id (`features/escalation/transfer.feature::An agent accepts[widget]`),
    `scenario` the name as written. `area` is the folder under `features`. `driver` is `widget`,
    `api` or empty when no customer takes part. `example` maps column to value of the row.
    `requirements` are ids in order of writing; `tags` hold every tag, sorted, without `@`.
    `start` and `stop` are seconds since the epoch and enclose set-up and tear-down. `reason` says
    in one line why it is not a pass, `details` shows the whole message, redacted; both are empty
    for a pass. `fault` is the one switched on while it ran under `handoff prove`, else empty.
    `readings` say, by requirement, which of two documents that disagree the target follows.
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
    details: str = ""
    mismatches: tuple[Mismatch, ...] = ()
    comparisons: int = 0
    exchanges: int = 0
    seed: int = 0
    start: float = 0.0
    stop: float = 0.0
    worker: str = ""
    evidence: tuple[Attachment, ...] = ()
    fault: str = ""
    fault_reached: bool = False
    readings: dict[str, str] = {}

    @property
    def duration(self) -> float:
        """Seconds from set-up to the end of tear-down."""
        return max(0.0, self.stop - self.start)

    @property
    def thens(self) -> int:
        """How many Then steps ran to their end, green or red."""
        return sum(step.kind == "then" and step.status != "not_run" for step in self.steps)

    def to_json(self) -> dict[str, Any]:
        """Plain data: dicts, lists, strings, numbers, None."""
        data: dict[str, Any] = msgspec.to_builtins(self)
        return data

    def to_line(self) -> bytes:
        """One line of `results.jsonl`, without the line feed."""
        return msgspec.json.encode(self)


def from_json(data: dict[str, Any]) -> ScenarioRecord:
    """The record that `to_json` made; tuples may have become lists on the way.

    Raises `msgspec.ValidationError`, naming the key, for data of another shape.
    """
    return msgspec.convert(data, ScenarioRecord)


def from_line(line: bytes | str) -> ScenarioRecord:
    """The record of one line of `results.jsonl`."""
    return msgspec.json.decode(line, type=ScenarioRecord)
