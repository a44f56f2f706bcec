"""The shape of `verdict.json`, version 1: what a run says about its target.

The shipped schema (`schema/verdict-1.json`) is made from these types; a test holds both together.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from harness.errors import UsageError

Conclusion = Literal["conformant", "partial", "not-conformant", "refused"]
Judgement = Literal[
    "pass", "fail", "warning", "expected_failure", "inconclusive", "not_applicable", "error"
]
State = Literal["failed as expected", "failed otherwise", "passed", "not judged"]
Grade = Literal["unwritten", "linked", "exercised", "proven"]

SCHEMA = Path(__file__).parent / "schema" / "verdict-1.json"


class NotAReport(UsageError):
    """A folder without a readable `verdict.json`; the message names the file and what is wrong."""


class Target(Struct, frozen=True):
    """Who was judged."""

    name: str
    version: str
    generation: str
    capabilities: list[str]


class Profile(Struct, frozen=True):
    """A claimed group of requirements (`core`, `voice`) and what was concluded of it."""

    verdict: Conclusion


class Counts(Struct, frozen=True):
    """Results of scenarios by verdict; a scenario run by two drivers counts twice."""

    passed: Annotated[int, Meta(ge=0)] = msgspec.field(name="pass")
    fail: Annotated[int, Meta(ge=0)]
    warning: Annotated[int, Meta(ge=0)]
    inconclusive: Annotated[int, Meta(ge=0)]
    not_applicable: Annotated[int, Meta(ge=0)]
    error: Annotated[int, Meta(ge=0)]
    expected_failure: Annotated[int, Meta(ge=0)] = 0

    @property
    def total(self) -> int:
        """All results."""
        return sum(msgspec.structs.astuple(self))

    @property
    def red(self) -> int:
        """Results that keep a target from being conformant."""
        return self.fail + self.inconclusive + self.error


class Requirement(Struct, frozen=True):
    """One row of the register as this run saw it; `scenarios` are node ids."""

    level: Literal["must", "should"]
    grade: Grade
    verdict: Judgement | None
    scenarios: list[str]
    excluded: str | None = None
    reading: str | None = None


class ExpectedFailure(Struct, frozen=True):
    """An entry of the baseline and what became of it; `expires` is a day, ISO 8601."""

    scenario: str
    check: str
    reason: str
    link: str
    expires: str | None
    state: State
    expired: bool


class Canaries(Struct, frozen=True):
    """How many secrets the run was handed, and how many of them its files contain."""

    planted: Annotated[int, Meta(ge=0)]
    found: Annotated[int, Meta(ge=0)]


class VerdictFile(Struct, frozen=True):
    """A run and its verdict. `started` is ISO 8601 in UTC; `reproduce` is a command line,
    `refused` the reason why a run that judged nothing says nothing."""

    schema: Literal[1]
    harness: str
    target: Target
    started: str
    duration_s: Annotated[float, Meta(ge=0)]
    reproduce: str
    verdict: Conclusion
    profiles: dict[str, Profile]
    counts: Counts
    requirements: dict[str, Requirement]
    readings: dict[str, str]
    canaries: Canaries
    expected_failures: list[ExpectedFailure] = []
    seed: int = 0
    refused: str | None = None

    @property
    def run(self) -> str:
        """The run's id, fit for a folder's name: when it began and what it judged."""
        moment = self.started.removesuffix("Z").replace(":", "")
        target = "".join(c if c.isalnum() else "-" for c in self.target.name.lower()).strip("-")
        return f"{moment}Z-{target}"


def read(report: Path) -> VerdictFile:
    """Read and check a report's verdict; raises NotAReport."""
    path = report / "verdict.json"
    try:
        return parse(path.read_bytes())
    except FileNotFoundError:
        raise NotAReport(f"{path} does not exist: `handoff run` writes it") from None
    except msgspec.MsgspecError as problem:
        raise NotAReport(f"{path}: {problem}") from problem


def parse(content: bytes) -> VerdictFile:
    """Check the content of a `verdict.json`; raises msgspec.MsgspecError."""
    return msgspec.json.decode(content, type=VerdictFile)


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of version 1."""
    made = msgspec.json.schema(VerdictFile)
    title = "verdict.json of handoff-conformance, version 1"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **made}


def schema_text() -> str:
    """The schema as the shipped file holds it."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
