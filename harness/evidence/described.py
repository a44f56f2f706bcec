"""What a report says of a scenario in words: its area's name, its severity, its description."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Protocol

from harness.record import ScenarioRecord


class Requirement(Protocol):
    """What a report needs to know of a row of the register."""

    @property
    def id(self) -> str: ...
    @property
    def sentence(self) -> str: ...
    @property
    def level(self) -> str: ...
    @property
    def basis(self) -> str: ...


def area_name(area: str) -> str:
    """A folder under `features` as a heading: `conversation` is `Conversation`."""
    return (area or "Scenarios").replace("_", " ").replace("-", " ").capitalize()


def severity(requirements: Iterable[Requirement]) -> str:
    """Allure's severity by the strictest level: a MUST is critical, a SHOULD normal."""
    levels = {requirement.level for requirement in requirements}
    return "critical" if "must" in levels else "normal"


def description(record: ScenarioRecord, requirements: Iterable[Requirement]) -> str:
    """Markdown: what the scenario and its feature say, and the sentences that it judges."""
    sentences = "\n".join(
        f"- **{requirement.id}** ({requirement.level}, {requirement.basis}): {requirement.sentence}"
        for requirement in requirements
    )
    parts = (record.description, sentences, record.feature_description)
    return "\n\n".join(part.strip() for part in parts if part.strip())


def csv_of(table: Iterable[Sequence[str]]) -> str:
    """A step's table as CSV, the heading in its first row."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(table)
    return out.getvalue()
