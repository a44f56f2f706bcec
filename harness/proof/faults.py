"""A fault of the reference, as the judging side knows it: a row of the control surface."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from hashlib import sha256

from harness.errors import UsageError

BROWSED = ("widget", "portal")
"""Drivers with a browser."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, which check must notice, with which customer, and what a person would see.

    `customer` is the driver that shows it: `widget`, `portal`, `api`, or `any` of them; `scope` is
    `organisation` or `process`.
    """

    name: str
    requirement: str
    killed_by: str
    customer: str
    scope: str
    notice: str

    def is_about(self, requirements: Collection[str], tags: Collection[str], driver: str) -> bool:
        """Whether a scenario judges the fault's requirement with the fault's customer."""
        if self.requirement not in requirements:
            return False
        if self.customer in BROWSED:
            return driver == self.customer
        # One driver is enough, and the API is the quickest, unless only a page can play it.
        only = [page for page in BROWSED if page in tags and "api" not in tags]
        return driver in (only or ("api", ""))

    def digest(self) -> str:
        """Changes when the row does."""
        return sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:16]


def chosen(faults: Sequence[Fault], asked: str) -> list[Fault]:
    """The faults asked for: `all`, or names with commas; raises UsageError for unknown ones."""
    known = {fault.name for fault in faults}
    names = known if asked == "all" else set(asked.split(","))
    if unknown := names - known:
        near = [n for name in sorted(unknown) for n in get_close_matches(name, known, 1)]
        meant = f"; did you mean {', '.join(near)}?" if near else ""
        raise UsageError(f"the target knows no fault {', '.join(sorted(unknown))}{meant}")
    return [fault for fault in faults if fault.name in names]
