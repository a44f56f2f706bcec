"""Static pages from a report's files, one file each and no script: the register's, a run's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from markupsafe import Markup, escape

from harness.evidence.report import REGISTER
from harness.record import ScenarioRecord, from_line
from harness.reports.summary import COLUMNS, areas, grades
from harness.reports.verdict_file import VerdictFile
from harness.verdict import Verdict

if TYPE_CHECKING:
    from jinja2 import Environment

_CODE = re.compile(r"`([^`]+)`")
_STRESSED = re.compile(r"\*([^*]+)\*")

# What the letters of an id stand for; an adopter's own register may have others.
_GROUPS = {
    "CON": "Connect",
    "ALM": "Application lifecycle",
    "OCA": "Routing and administration",
    "EMB": "Embed the widget",
    "ESC": "Escalate",
    "INA": "Inactivity",
    "VOI": "Voice",
    "DIS": "Disconnect",
}

# What a run's page offers, if the run left it.
_FILES = {
    "Scenarios with steps and evidence (Allure)": "allure-report/index.html",
    "Requirements": "allure-report/requirements.html",
    "Summary": "summary.md",
    "verdict.json": "verdict.json",
    "results.jsonl": "results.jsonl",
    "traceability.json": "traceability.json",
    "junit.xml": "junit.xml",
}


class RegisterRow(msgspec.Struct, frozen=True):
    """A row of the register as the report carries it."""

    id: str
    sentence: str
    level: str
    basis: str
    source: str = ""
    generations: tuple[str, ...] = ()
    surfaces: tuple[str, ...] = ()
    excluded: str = ""


def records(report: Path) -> list[ScenarioRecord]:
    """The records of a report in the order in which scenarios finished; none if it has no file."""
    path = report / "results.jsonl"
    if not path.is_file():
        return []
    return [from_line(line) for line in path.read_bytes().splitlines() if line.strip()]


def requirements_page(report: Path, run: VerdictFile) -> str:
    """Every sentence of the register with what became of it; each has its id as anchor."""
    path = report / REGISTER
    content = path.read_bytes() if path.is_file() else b"[]"
    rows = [_judged(row, run) for row in msgspec.json.decode(content, type=list[RegisterRow])]
    groups = [
        {
            "prefix": prefix,
            "name": _GROUPS.get(prefix, prefix),
            "rows": members,
            "judged": sum(map(_is_judged, members)),
        }
        for prefix, members in (
            (prefix, list(found))
            for prefix, found in groupby(rows, key=lambda row: row["id"].partition("-")[0])
        )
    ]
    judged = sum(map(_is_judged, rows))
    return render("requirements.html", run=run, groups=groups, judged=judged, total=len(rows))


def _judged(row: RegisterRow, run: VerdictFile) -> dict[str, Any]:
    found = run.requirements.get(row.id)
    judgement = {
        "grade": found.grade if found else "unwritten",
        "verdict": found.verdict if found else None,
        "scenarios": _together(found.scenarios) if found else [],
        "reading": found.reading if found else None,
        "excluded": row.excluded or (found.excluded if found else None),
    }
    return msgspec.structs.asdict(row) | judgement


def _together(ids: Iterable[str]) -> list[str]:
    """Node ids without the common folder, the results of one scenario in one line.

    >>> _together(["features/a/b.feature::Name[widget]", "features/a/b.feature::Name[api]"])
    ['a/b.feature: Name [widget, api]']
    """
    results: dict[str, list[str]] = {}
    for id_ in ids:
        name, _, which = id_.removeprefix("features/").replace("::", ": ").partition("[")
        results.setdefault(name, []).append(which.removesuffix("]"))
    return [
        f"{name} [{', '.join(filter(None, which))}]" if any(which) else name
        for name, which in results.items()
    ]


def _is_judged(row: Mapping[str, Any]) -> bool:
    return row["verdict"] in ("pass", "warning", "fail")


def run_page(report: Path, run: VerdictFile) -> str:
    """A published run: verdict, areas, whatever is not a pass, links to its files."""
    found = records(report)
    findings = [record for record in found if record.verdict is not Verdict.PASS]
    return render(
        "run.html",
        run=run,
        files=[(name, file) for name, file in _FILES.items() if (report / file).is_file()],
        areas=areas(found),
        columns=COLUMNS,
        grades=grades(run),
        findings=findings,
    )


def render(template: str, **values: Any) -> str:
    """A page of `templates`, everything escaped that came from outside."""
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    # Loaded after the last scenario: `harness.reports` is imported before the first.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.filters.update(spoken=_spoken, moment=_moment, day=_day, code=_code)
    return environment


def _spoken(name: str) -> str:
    return name.replace("_", " ").replace("-", " ")


def _moment(started: str) -> str:
    return f"{datetime.fromisoformat(started):%Y-%m-%d %H:%M}"


def _day(started: str) -> str:
    return started.partition("T")[0]


def _code(sentence: str) -> Markup:
    """The sentence escaped, what stands in backticks as code, what stands in stars stressed."""
    text = _STRESSED.sub(r"<em>\1</em>", str(escape(sentence)))
    return Markup(_CODE.sub(r"<code>\1</code>", text))
