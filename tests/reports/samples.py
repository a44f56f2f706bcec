"""A run as the engine would record it: every verdict once, with a table, a doc string, evidence."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.evidence import open_report
from harness.record import Attachment, Mismatch, ScenarioRecord, StepRecord
from harness.verdict import Verdict

# The smallest PNG there is: one grey pixel.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000"
    "000a4944415478da6368000000820081da45083b0000000049454e44ae426082"
)
STARTED = 1_772_442_000.0
"""2026-03-02 09:00 UTC, in seconds since the epoch."""


@dataclass(frozen=True)
class Row:
    """A row of the register."""

    id: str
    sentence: str
    level: str = "must"
    basis: str = "seed"
    source: str = "seed"
    generations: tuple[str, ...] = ("preview", "classic", "web-app")
    surfaces: tuple[str, ...] = ("desk",)


REGISTER = {
    row.id: row
    for row in (
        Row("ESC-03", "A transferred conversation MUST stay open until an agent accepts it"),
        Row("ESC-07", "Context variables MUST reach the agent", basis="docs"),
        Row("CON-11", "Name of 30 characters SHOULD be reported as informative", "should"),
        Row("CON-10", "Connect MUST fail for a name of 31 characters"),
        Row("VOI-14", "*Hang up* MUST end the call & say <nothing>"),
        Row("INA-07", "The reminder MUST come after the configured silence"),
    )
}


def step(keyword: str, text: str, status: str = "pass", number: int = 0, **more: Any) -> StepRecord:
    """A step that took 40 ms, the `number`th of its scenario; one that did not run has no times."""
    ran = status != "not_run"
    start = STARTED + number * 0.04 if ran else 0.0
    kind = {"And": "then"}.get(keyword, keyword.lower())
    stop = start + 0.04 if ran else 0.0
    return StepRecord(keyword, kind, text, 10 + number, status, start, stop, **more)


_SEEN = (
    "at,who,role,said\n09:00:00,Alpine Helper,bot,How can I help?\n"
    "09:00:04,Ada,customer,I want a person\n09:00:06,Ben,agent,Hello Ada\n"
)
_SAID = (
    "09:00:00.123  Ada  POST https://127.0.0.1/conversation  200  (12 ms)\n"
    '  > {"text": "I want a person"}\n  < {"id": "1"}\n'
)


def accepted(report: Path, driver: str = "widget") -> ScenarioRecord:
    """A pass with a transcript and an exchange log."""
    return ScenarioRecord(
        id=f"features/escalation/transfer.feature::An agent accepts[{driver}]",
        path="features/escalation/transfer.feature",
        line=20,
        area="escalation",
        feature="Transfer to a human agent",
        feature_description="A bot that cannot help passes the conversation to a person.",
        rule="A transferred conversation stays open until an agent accepts it",
        scenario="An agent accepts",
        verdict=Verdict.PASS,
        requirements=("ESC-03",),
        tags=("escalation", "req:ESC-03"),
        generation="web-app",
        driver=driver,
        steps=(
            step("Given", "Ada is waiting for an agent"),
            step("When", "Ben accepts the conversation", number=1),
            step("Then", "Ada's conversation is active", number=2),
        ),
        comparisons=1,
        exchanges=9,
        seed=42,
        start=STARTED,
        stop=STARTED + 0.3,
        worker="gw0",
        evidence=(
            _evidence(report, "Conversation as Ada (customer) saw it", "text/csv", _SEEN, driver),
            _evidence(report, "HTTP and realtime exchanges", "text/plain", _SAID, driver),
        ),
    )


def context_lost(report: Path) -> ScenarioRecord:
    """A fail with a table, a doc string, a picture and a mismatch."""
    return ScenarioRecord(
        id="features/escalation/context.feature::What the bot learnt reaches the agent[api]",
        path="features/escalation/context.feature",
        line=8,
        area="escalation",
        feature="Context of a conversation",
        rule="Context variables reach the agent",
        scenario="What the bot learnt reaches the agent",
        verdict=Verdict.FAIL,
        requirements=("ESC-07",),
        tags=("req:ESC-07",),
        generation="web-app",
        driver="api",
        steps=(
            step("Given", "the bot knows", table=(("name", "value"), ("order", "4711"))),
            step("When", "Ada says", number=1, docstring="I want a person,\nplease"),
            step("Then", "Ben sees the order 4711", "fail", 2, message="order is missing"),
            step("And", "Ada is told that Ben joined", "not_run", 3),
        ),
        reason="agents.sees_variable: expected order=4711, found no such variable",
        details="features/escalation/context.feature:11: Then Ben sees the order 4711\n"
        "agents.sees_variable: expected order=4711, found no such variable",
        mismatches=(Mismatch("agents.sees_variable", "expected order=4711"),),
        start=STARTED + 1,
        stop=STARTED + 2,
        evidence=(_evidence(report, "What Ada saw at the end", "image/png", PIXEL),),
    )


def others() -> tuple[ScenarioRecord, ...]:
    """A warning, an error in set-up, one that could not be judged, and one that does not apply."""
    return (
        _outline("CON-11", Verdict.WARNING, "connect", "A name of 30 characters", "30 is refused"),
        _outline("CON-10", Verdict.ERROR, "connect", "A name of 31 characters", "set-up broke"),
        _outline("INA-07", Verdict.INCONCLUSIVE, "inactivity", "Silence", "no answer from it"),
        _outline("VOI-14", Verdict.NOT_APPLICABLE, "voice", "The bot hangs up", "no voice here"),
    )


def _outline(key: str, verdict: Verdict, area: str, name: str, reason: str) -> ScenarioRecord:
    status = verdict.value if verdict is not Verdict.ERROR else "not_run"
    return ScenarioRecord(
        id=f"features/{area}/{area}.feature::{name}[29]",
        path=f"features/{area}/{area}.feature",
        line=3,
        area=area,
        feature=f"All about {area}",
        scenario=name,
        verdict=verdict,
        example={"length": "29"},
        requirements=(key,),
        tags=(f"req:{key}", "web-app"),
        generation="web-app",
        steps=(step("Given", "a bot whose name has 29 characters", status),),
        reason=reason,
        details=reason,
        start=STARTED + 3,
        stop=STARTED + 3.2,
    )


def _evidence(
    report: Path, name: str, media_type: str, content: str | bytes, folder: str = ""
) -> Attachment:
    path = report / "evidence" / folder / name.replace(" ", "-")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return Attachment(name, str(path.relative_to(report)), media_type)


TARGET = {
    "name": "reference",
    "version": "0.1.0",
    "generation": "web-app",
    "capabilities": ["chat", "voice"],
}
COUNTS = {
    "pass": 2,
    "fail": 1,
    "warning": 1,
    "inconclusive": 1,
    "not_applicable": 1,
    "error": 1,
}
FOUND = {
    "ESC-03": ("proven", "pass"),
    "ESC-07": ("proven", "fail"),
    "CON-11": ("exercised", "warning"),
    "CON-10": ("linked", "error"),
    "INA-07": ("linked", "inconclusive"),
    "VOI-14": ("linked", "not_applicable"),
}


def judged(**changes: str) -> dict[str, dict[str, Any]]:
    """The requirements of `verdict.json`; `ESC_07="pass"` changes a verdict."""
    changed = {key.replace("_", "-"): value for key, value in changes.items()}
    return {
        key: {
            "level": REGISTER[key].level,
            "grade": grade,
            "verdict": changed.get(key, verdict),
            "scenarios": [f"features/x.feature::{key}"],
        }
        for key, (grade, verdict) in FOUND.items()
    }


def verdict(**changes: Any) -> dict[str, Any]:
    """The verdict of that run, as the engine writes it."""
    return {
        "schema": 1,
        "harness": "0.1.0",
        "target": TARGET,
        "started": "2026-03-02T09:00:00.123Z",
        "duration_s": 3.2,
        "seed": 42,
        "reproduce": "handoff run --target reference --seed 42",
        "verdict": "not-conformant",
        "profiles": {"core": {"verdict": "not-conformant"}, "voice": {"verdict": "partial"}},
        "counts": COUNTS,
        "requirements": judged(),
        "readings": {},
        "canaries": {"planted": 12, "found": 0},
    } | changes


def written(report: Path, **changes: Any) -> list[ScenarioRecord]:
    """Write the whole run into a folder, as `handoff run` would, and return its records."""
    report.mkdir(parents=True, exist_ok=True)
    records = [accepted(report), accepted(report, "api"), context_lost(report), *others()]
    opened = open_report(report, REGISTER)
    for record in records:
        opened.add(record)
    opened.close(verdict(**changes))
    (report / "verdict.json").write_text(json.dumps(verdict(**changes)))
    lines = b"".join(record.to_line() + b"\n" for record in records)
    (report / "results.jsonl").write_bytes(lines)
    return records
