"""Writes `junit.xml`, which every CI system reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from harness.record import ScenarioRecord
from harness.verdict import Verdict

_KINDS = {
    Verdict.FAIL: "failure",
    Verdict.INCONCLUSIVE: "error",
    Verdict.ERROR: "error",
    Verdict.EXPECTED_FAILURE: "skipped",
    Verdict.NOT_APPLICABLE: "skipped",
}


def junit(records: Sequence[ScenarioRecord]) -> bytes:
    """The records as JUnit's XML: a suite for each feature, inconclusive ones as errors."""
    root = ET.Element("testsuites", _counts(records))
    suites: defaultdict[str, list[ScenarioRecord]] = defaultdict(list)
    for record in records:
        suites[record.path].append(record)
    for path, members in suites.items():
        suite = ET.SubElement(root, "testsuite", {"name": path, **_counts(members)})
        for record in members:
            _case(suite, record)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _counts(records: Sequence[ScenarioRecord]) -> dict[str, str]:
    kinds = [_KINDS.get(record.verdict) for record in records]
    return {
        "tests": str(len(records)),
        "failures": str(kinds.count("failure")),
        "errors": str(kinds.count("error")),
        "skipped": str(kinds.count("skipped")),
        "time": f"{sum(record.duration for record in records):.3f}",
    }


def _case(suite: ET.Element, record: ScenarioRecord) -> None:
    name = record.id.partition("::")[2]
    seconds = f"{record.duration:.3f}"
    case = ET.SubElement(suite, "testcase", classname=record.path, name=name, time=seconds)
    if kind := _KINDS.get(record.verdict):
        told = ET.SubElement(case, kind, message=_printable(record.reason), type=record.verdict)
        told.text = _printable(record.details)


def _printable(text: str) -> str:
    """XML 1.0 has no place for most control characters."""
    return "".join(c for c in text if c in "\t\n\r" or ord(c) >= 32)
