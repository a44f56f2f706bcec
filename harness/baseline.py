"""Expected failures: what is known to be wrong with a target, so that a run reports news only.

    [[expected]]
    scenario = "features/widget/chat.feature::A greeting[widget]"
    check = "customers.sees_line"
    reason = "The help desk of the shop hides the greeting."
    link = "https://tracker.example.test/4711"
    expires = 2027-03-31

`scenario` is an id as a run prints it; without what stands in the brackets, or without a part of
it (`Name[api]`, `Name[29]`), all that it fits. The failure must come from `check`. An expected
failure that passes fails the run, and so does an entry after the day on which it expires.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from itertools import chain
from pathlib import Path
from typing import Any

from harness.errors import BaselineInvalid

KEYS = ("scenario", "check", "reason", "link", "expires")
_NEEDED = {
    "scenario": 'the id that a run prints, such as "features/a.feature::Name[api]"',
    "reason": "why it fails, for whoever reads the report",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One known failure. `number` counts the entries of `file` from 1.

    Without a `check` any failed check is known; without `expires` it is known until it passes.
    """

    file: str
    number: int
    scenario: str
    reason: str
    check: str = ""
    link: str = ""
    expires: date | None = None

    @property
    def path(self) -> str:
        """The feature's path as it is written."""
        return self.scenario.partition("::")[0]

    @property
    def name(self) -> str:
        """The scenario's name, with what stands in brackets behind it."""
        return self.scenario.partition("::")[2]

    @property
    def where(self) -> str:
        """Where somebody finds it."""
        return f"{self.file}: entry {self.number}"

    def has_expired(self, today: date) -> bool:
        """Whether its last day is over."""
        return self.expires is not None and self.expires < today

    def invalid(self, what: str) -> BaselineInvalid:
        """An error of this entry."""
        return BaselineInvalid(f"{self.where}: {what}")


def forms(name: str, example: str = "", driver: str = "") -> frozenset[str]:
    """Every way to name a result: with all, some or nothing of what tells it from its variants."""
    variants = (example, driver), (example, ""), ("", driver)
    told = ("-".join(filter(None, variant)) for variant in variants)
    return frozenset((name, *(f"{name}[{variant}]" for variant in told if variant)))


def read(path: Path) -> tuple[Entry, ...]:
    """The entries of a file; raises `BaselineInvalid` with file, entry and what to do."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise BaselineInvalid(
            f"{_shown(path)}: expected failures cannot be read: {error}"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise BaselineInvalid(
            f"{_shown(path)}: is no TOML: {error}; each expected failure is a table "
            f"[[expected]] with {', '.join(KEYS)}"
        ) from error
    entries = tuple(_entries(path, content))
    _hold_once(entries)
    return entries


def _entries(path: Path, content: Mapping[str, Any]) -> list[Entry]:
    for key in content:
        if key != "expected":
            raise BaselineInvalid(
                f"{_shown(path)}: unknown key {key}; each entry begins with [[expected]]"
            )
    rows = content.get("expected", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BaselineInvalid(
            f"{_shown(path)}: write [[expected]] in double brackets, once for each entry"
        )
    return [_entry(_shown(path), number, row) for number, row in enumerate(rows, start=1)]


def _shown(path: Path) -> str:
    """The path without what only this machine knows: reports carry it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else path.name


def _entry(file: str, number: int, row: Mapping[str, Any]) -> Entry:
    wrong = Entry(file, number, "", "").invalid
    for key in row:
        if key not in KEYS:
            raise wrong(f"unknown key {key}{nearest(key, KEYS)}")
    for key, meaning in _NEEDED.items():
        if key not in row:
            raise wrong(f"{key} is missing: {meaning}")
    for key in KEYS[:4]:
        written = row.get(key, "x")
        if not (isinstance(written, str) and written.strip()):
            raise wrong(f"{key} must be a text, not {written!r}; leave out what there is none of")
    link = row.get("link", "")
    if link and not link.startswith(("https://", "http://")):
        raise wrong(f"link must be an address with https://, not {link!r}")
    if not all(row["scenario"].partition("::")):
        raise wrong(f"scenario {row['scenario']!r} is no id: it is {_NEEDED['scenario']}")
    return Entry(file, number, **{**row, "expires": _day(wrong, row.get("expires"))})


def _day(wrong: Any, written: object) -> date | None:
    if written is None or (isinstance(written, date) and not isinstance(written, datetime)):
        return written
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        raise wrong(f"expires must be a day, such as 2027-03-31, not {written}") from None


def _hold_once(entries: Sequence[Entry]) -> None:
    first: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        before = first.setdefault((entry.scenario, entry.check), entry)
        if before is not entry:
            raise entry.invalid(f"{entry.scenario} stands in entry {before.number} already")


def nearest(word: str, known: Sequence[str]) -> str:
    """The end of a sentence about an unknown word."""
    close = get_close_matches(word, known, n=1, cutoff=0.5)
    return f"; did you mean {close[0]}?" if close else f"; known: {', '.join(known)}"


def hold_check(entry: Entry, known: Sequence[str]) -> None:
    """Refuse an entry whose check is none of those that are known."""
    if entry.check and entry.check not in known:
        close = get_close_matches(entry.check, known, n=1, cutoff=0.5)
        meant = f"; did you mean {close[0]}?" if close else "; a failure names it before its colon"
        raise entry.invalid(f"there is no check {entry.check}{meant}")


def hold_scenario(entry: Entry, names: Mapping[str, frozenset[str]]) -> None:
    """Refuse an entry that names none of its feature's scenarios, given with all their `forms`."""
    known = frozenset(chain.from_iterable(names.values()))
    if entry.name not in known:
        close = get_close_matches(entry.name, sorted(known), n=1, cutoff=0.5)
        meant = f"; did you mean {close[0]}?" if close else f"; there are {', '.join(names)}"
        raise entry.invalid(f"{entry.path} has no scenario {entry.name!r}{meant}")
