"""What the doctor says: one sentence for each thing that was looked at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Condition(StrEnum):
    """What a finding says of the target; the worst one is the target's."""

    READY = "ready"
    NOTED = "noted"
    MISCONFIGURED = "misconfigured"
    UNREACHABLE = "unreachable"


MARKS = {
    Condition.READY: "  ok",
    Condition.NOTED: "  --",
    Condition.MISCONFIGURED: "  NO",
    Condition.UNREACHABLE: "  NO",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, and how it stands.

    `cause` is the name of a silent failure (docs/doctor.md), where it is one.
    """

    condition: Condition
    text: str
    cause: str = ""


def condition(findings: list[Finding]) -> Condition:
    """The worst of the findings."""
    return max((finding.condition for finding in findings), key=list(Condition).index)


def good(text: str) -> Finding:
    """As it should be."""
    return Finding(Condition.READY, text)


def wrong(text: str) -> Finding:
    """Not as it should be; the text says what to do."""
    return Finding(Condition.MISCONFIGURED, text)


def noted(text: str) -> Finding:
    """Not wrong, but to be known: above all what could not be looked at, and why."""
    return Finding(Condition.NOTED, text)


def named(cause: str, text: str) -> Finding:
    """A failure that nobody announces: its name, and what, where, what to do next."""
    return Finding(Condition.MISCONFIGURED, f"{cause}: {text}", cause)
