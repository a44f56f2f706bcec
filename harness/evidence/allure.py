"""Writes one Allure result file for each scenario, from its record alone.

allure-pytest would write seven files a scenario and show none of its steps; this writes one, with
every Gherkin step, table and doc string, and nothing of pytest. Tables, doc strings and evidence
are attachments; equal ones share a file. The format is Allure 2's, which Allure 3 reads as well.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from hashlib import md5
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec

from harness.evidence.described import Requirement, area_name, csv_of, description, severity
from harness.record import Attachment, ScenarioRecord, StepRecord
from harness.verdict import Verdict

Json = dict[str, Any]

STATUS: Mapping[str, str] = {
    Verdict.PASS: "passed",
    Verdict.WARNING: "passed",
    Verdict.EXPECTED_FAILURE: "skipped",
    Verdict.FAIL: "failed",
    Verdict.INCONCLUSIVE: "broken",
    Verdict.ERROR: "broken",
    Verdict.NOT_APPLICABLE: "skipped",
    "not_run": "skipped",
}
"""Design section 4: what a verdict is in Allure; a step that was not reached is skipped."""

REQUIREMENT = "https://requirement.invalid/"
"""Address of a requirement, before its id. Allure 3 shows absolute addresses only; the built report
turns this one, which exists nowhere, into the register's page beside it (`harness.reports`)."""

_EXTENSION = {
    "text/plain": "txt",
    "text/csv": "csv",
    "text/html": "html",
    "application/json": "json",
    "application/zip": "zip",
    "image/png": "png",
    "image/jpeg": "jpg",
    "video/webm": "webm",
}


class Writer:
    """Writes results into a folder; evidence is linked into it, not copied, where possible."""

    def __init__(self, results: Path, report: Path, register: Mapping[str, Requirement]) -> None:
        self._results = results
        self._folder = str(results)
        self._report = report
        self._register = register
        self._written: set[str] = set()
        self._encoder = msgspec.json.Encoder()

    def write(self, record: ScenarioRecord) -> None:
        """Write the result of one scenario."""
        uuid = str(uuid4())
        content = self._encoder.encode(self._result(uuid, record))
        # Not by pathlib, which takes a quarter of the time that a result needs.
        with open(f"{self._folder}/{uuid}-result.json", "wb") as file:
            file.write(content)

    def _result(self, uuid: str, record: ScenarioRecord) -> Json:
        requirements = [self._register[key] for key in record.requirements if key in self._register]
        return {
            "uuid": uuid,
            "historyId": _digest(f"{record.id} {record.generation}"),
            "testCaseId": _digest(f"{record.path}::{record.scenario}"),
            "fullName": record.id,
            "name": _name(record),
            "titlePath": record.path.split("/"),
            "description": description(record, requirements),
            "status": STATUS[record.verdict],
            "statusDetails": _details(record),
            "stage": "finished",
            "start": _milliseconds(record.start),
            "stop": _milliseconds(record.stop),
            "labels": [
                {"name": name, "value": value} for name, value in _labels(record, requirements)
            ],
            "links": [
                {"type": "requirement", "name": key, "url": f"{REQUIREMENT}{key}"}
                for key in record.requirements
            ],
            "parameters": _parameters(record),
            "steps": self._steps(record),
            "attachments": [self._evidence(piece) for piece in record.evidence],
        }

    def _steps(self, record: ScenarioRecord) -> list[Json]:
        steps, now = [], record.start
        for step in record.steps:
            # A step that was not reached took no time, at the moment when the last one stopped.
            now = step.stop or now
            steps.append(self._step(step, step.start or now, now))
        return steps

    def _step(self, step: StepRecord, start: float, stop: float) -> Json:
        attachments = []
        if step.table:
            attachments.append(self._content("Table", csv_of(step.table), "text/csv"))
        if step.docstring is not None:
            attachments.append(self._content("Text", step.docstring, "text/plain"))
        written: Json = {
            "name": f"{step.keyword} {step.text}",
            "status": STATUS[step.status],
            "stage": "finished",
            "start": _milliseconds(start),
            "stop": _milliseconds(stop),
            "attachments": attachments,
        }
        if step.message:
            written["statusDetails"] = {"message": step.message}
        return written

    def _content(self, name: str, content: str, media_type: str) -> Json:
        source = f"{_digest(content)}-attachment.{_EXTENSION[media_type]}"
        if source not in self._written:
            self._written.add(source)
            (self._results / source).write_text(content, encoding="utf-8")
        return {"name": name, "source": source, "type": media_type}

    def _evidence(self, piece: Attachment) -> Json:
        extension = _EXTENSION.get(piece.media_type) or Path(piece.path).suffix[1:] or "bin"
        source = f"{_digest(piece.path)}-attachment.{extension}"
        _link(self._report / piece.path, self._results / source)
        return {"name": piece.name, "source": source, "type": piece.media_type}


def _name(record: ScenarioRecord) -> str:
    """The scenario's name with what tells its results apart: `An agent accepts [widget]`.

    A name that says the example's values (`A name of <length> characters`) needs them no more.
    """
    name = record.scenario
    for column, value in (record.example or {}).items():
        name = name.replace(f"<{column}>", value)
    which = record.id.rpartition("::")[2].removesuffix("]").partition("[")[2]
    if name != record.scenario:
        which = record.driver
    return f"{name} [{which}]" if which else name


def _labels(record: ScenarioRecord, requirements: list[Requirement]) -> Iterator[tuple[str, str]]:
    area = area_name(record.area)
    # The tree of Allure 3 (epic, feature, story) and that of Allure 2 (suites) are the same one.
    yield from (("epic", area), ("feature", record.feature))
    yield from (("parentSuite", area), ("suite", record.feature))
    if record.rule:
        yield from (("story", record.rule), ("subSuite", record.rule))
    yield from (("severity", severity(requirements)), ("verdict", record.verdict.value))
    if record.generation:
        yield "generation", record.generation
    for key in record.requirements:
        yield from (("requirement", key), ("tag", key))
    for tag in record.tags:
        if not tag.startswith("req:"):
            yield "tag", tag
    # Allure filters by tags only: what is neither plain passed nor plain failed gets one.
    if record.verdict not in (Verdict.PASS, Verdict.FAIL):
        yield "tag", record.verdict.value.replace("_", " ")
    # Lanes of the timeline; a machine's name is nobody's business.
    yield from (("host", "handoff"), ("thread", record.worker or "main"))
    yield from (("framework", "handoff-conformance"), ("language", "gherkin"))


def _parameters(record: ScenarioRecord) -> list[Json]:
    parameters = [{"name": name, "value": value} for name, value in (record.example or {}).items()]
    if record.driver:
        parameters.append({"name": "driver", "value": record.driver})
    if record.generation:
        parameters.append({"name": "generation", "value": record.generation})
    # Excluded from identity: a run with another seed is the same test.
    return [*parameters, {"name": "seed", "value": str(record.seed), "excluded": True}]


def _details(record: ScenarioRecord) -> Json:
    details = {"message": record.reason} if record.reason else {}
    return details | {"trace": record.details} if record.details else details


def _link(evidence: Path, source: Path) -> None:
    """Make the evidence appear among the results, at no cost where the file system allows."""
    if source.exists():
        return
    try:
        os.link(evidence, source)
    except FileNotFoundError:  # the viewer shows a missing attachment as missing
        return
    except OSError:  # another file system, or one without hard links
        shutil.copyfile(evidence, source)


def _digest(text: str) -> str:
    return md5(text.encode(), usedforsecurity=False).hexdigest()


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1000)
