"""Holds the scenarios of a run against what is expected to fail."""

from __future__ import annotations

import importlib
import pkgutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from harness import baseline, layout, tags
from harness.baseline import Entry
from harness.engine import features
from harness.engine.judging import Judgement
from harness.errors import FeatureInvalid
from harness.record import ScenarioRecord
from harness.verdict import Verdict

_BY = {"failed as expected": " by {}", "failed otherwise": " than by {}"}
"""How the check of an entry follows what became of it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an entry: `failed as expected`, `passed`, `failed otherwise`, `not judged`.

    `scenarios` are the ids that it fits, `expired` says whether its last day is over.
    """

    entry: Entry
    state: str
    expired: bool
    scenarios: tuple[str, ...]

    @property
    def fails_the_run(self) -> bool:
        """Whether it is news: somebody has to look at the entry."""
        return self.expired or self.state == "passed"

    def row(self) -> dict[str, Any]:
        """As it stands in `verdict.json`."""
        entry, expires = self.entry, self.entry.expires
        told = {key: getattr(entry, key) for key in ("scenario", "check", "reason", "link")}
        day = expires.isoformat() if expires else None
        return {**told, "expires": day, "state": self.state, "expired": self.expired}

    def line(self) -> str:
        """As the console tells it."""
        entry, name = self.entry, self.entry.scenario
        if self.expired:
            return f"EXPIRED  {name}: {_expired(entry)} ({self.state})"
        if self.state == "passed":
            return f"UNEXPECTED PASS  {name}: {_taken_off(entry)}"
        by = _BY.get(self.state, "").format(entry.check) if entry.check else ""
        return f"EXPECTED FAILURE  {name}: {self.state}{by}; known: {_known(entry)}"


class Expectations:
    """The entries by the file and the form that they name; `today` decides what has expired."""

    def __init__(self, entries: Sequence[Entry], places: Sequence[Path], today: date) -> None:
        self.entries = entries
        self._places = places
        self._today = today
        self._by_form: defaultdict[tuple[Path, str], list[Entry]] = defaultdict(list)
        for entry in entries:
            self._by_form[self._file(entry), entry.name].append(entry)

    def _file(self, entry: Entry) -> Path:
        for place in self._places:
            if (place / entry.path).is_file():
                return (place / entry.path).resolve()
        looked = " and ".join(dict.fromkeys(map(str, self._places)))
        raise entry.invalid(f"there is no feature {entry.path}; looked for it in {looked}")

    def hold(self) -> None:
        """Refuse entries about scenarios or checks that there are none of."""
        names: dict[Path, dict[str, frozenset[str]]] = {}
        checks = _checks() if any(entry.check for entry in self.entries) else []
        for (file, _), entries in self._by_form.items():
            for entry in entries:
                if file not in names:
                    names[file] = _names(file, entry)
                baseline.hold_scenario(entry, names[file])
                baseline.hold_check(entry, checks)

    def about(self, path: Path, name: str, example: str, driver: str) -> list[Entry]:
        """The entries that fit one result."""
        if not self.entries:
            return []
        forms = baseline.forms(name, example, driver)
        return [entry for form in forms for entry in self._by_form.get((path, form), ())]

    def judged(self, entries: Sequence[Entry], found: Judgement) -> Judgement:
        """The judgement in the light of its entries: a known failure is news no more."""
        if found.verdict is Verdict.PASS:
            return Judgement(Verdict.FAIL, _taken_off(entries[0]))
        fitting = [entry for entry in entries if _fits(entry, found)]
        if found.verdict not in (Verdict.FAIL, Verdict.WARNING) or not fitting:
            return found
        valid = [entry for entry in fitting if not entry.has_expired(self._today)]
        if not valid:
            return replace(found, reason=f"{found.reason} ({_expired(fitting[0])})")
        told = f"{found.reason} (known: {_known(valid[0])})"
        # What is only recommended or inferred stays a warning, which is milder.
        known = Verdict.EXPECTED_FAILURE if found.verdict is Verdict.FAIL else found.verdict
        return replace(found, verdict=known, reason=told)

    def outcomes(self, records: Iterable[ScenarioRecord], root: Path) -> Iterator[Outcome]:
        """What became of each entry in a run; `root` is what the paths of records start from."""
        found: defaultdict[int, list[ScenarioRecord]] = defaultdict(list)
        for record in records if self.entries else ():
            path, example = (
                (root / record.path).resolve(),
                "-".join((record.example or {}).values()),
            )
            for entry in self.about(path, record.scenario, example, record.driver):
                found[id(entry)].append(record)
        for entry in self.entries:
            mine = found[id(entry)]
            ids = tuple(record.id for record in mine)
            yield Outcome(entry, _state(entry, mine), entry.has_expired(self._today), ids)


def read(files: Iterable[Path], places: Sequence[Path]) -> Expectations:
    """What these files expect, paths of features looked for in `places` and among ours.

    Raises `BaselineInvalid`. A day is one of the calendar of UTC.
    """
    entries = [entry for file in files for entry in baseline.read(file)]
    return Expectations(entries, [*places, layout.ROOT], datetime.now(UTC).date())


def _names(file: Path, entry: Entry) -> dict[str, frozenset[str]]:
    """The scenarios of a feature with every form of their results."""
    try:
        found = features.read(file, entry.path).scenarios
    except FeatureInvalid as error:
        raise entry.invalid(str(error)) from error
    return {
        name: frozenset(
            form
            for example in features.examples(scenario)
            for driver in ("", *tags.DRIVERS)
            for form in baseline.forms(name, example.id, driver)
        )
        for name, scenario in found.items()
    }


def _checks() -> list[str]:
    """The ids of all checks: ours, and those that conftest files have brought."""
    # Loaded for entries that name checks; a run without such a file does not pay for it.
    from harness import expect  # noqa: PLC0415
    from harness.expect.checks import CATALOGUE  # noqa: PLC0415

    for module in pkgutil.iter_modules(expect.__path__):
        importlib.import_module(f"{expect.__name__}.{module.name}")
    return sorted(CATALOGUE)


def _fits(entry: Entry, found: Judgement) -> bool:
    return not entry.check or (found.mismatch is not None and found.mismatch.check == entry.check)


def _state(entry: Entry, records: Sequence[ScenarioRecord]) -> str:
    """The worst that became of it: a pass is news, and so is another failure."""
    states = {_state_of(entry, record) for record in records}
    order = ("passed", "failed otherwise", "failed as expected")
    return next((state for state in order if state in states), "not judged")


def _state_of(entry: Entry, record: ScenarioRecord) -> str:
    if record.verdict not in (Verdict.FAIL, Verdict.WARNING, Verdict.EXPECTED_FAILURE):
        return "not judged"
    if not record.mismatches and record.steps and all(s.status == "pass" for s in record.steps):
        return "passed"
    checks = {mismatch.check for mismatch in record.mismatches}
    return "failed as expected" if not entry.check or entry.check in checks else "failed otherwise"


def _known(entry: Entry) -> str:
    return f"{entry.reason} {entry.link}".strip()


def _taken_off(entry: Entry) -> str:
    return f"it was expected to fail ({entry.reason}) and passed: remove {entry.where}"


def _expired(entry: Entry) -> str:
    return f"{entry.where} expired on {entry.expires}: mend the cause, or set a later day"
