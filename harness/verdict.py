"""Verdicts: what may be said of a scenario, a requirement, a target; and the one roll-up."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Verdict(StrEnum):
    """What was found out about one scenario or requirement, mildest first.

    `fail`: the target is wrong. `error`: the harness or the machine broke. `inconclusive`: a
    prerequisite was missing, so it could not be judged, which is red. `not applicable`: the target
    does not declare the capability; never a pass. `warning`: a SHOULD, or an inferred requirement.
    `expected failure`: the target is wrong in a way that the baseline knows; never conformant.
    """

    NOT_APPLICABLE = "not_applicable"
    PASS = "pass"
    WARNING = "warning"
    EXPECTED_FAILURE = "expected_failure"
    INCONCLUSIVE = "inconclusive"
    ERROR = "error"
    FAIL = "fail"

    @property
    def is_red(self) -> bool:
        """Whether it keeps a target from being conformant."""
        return self in RED

    @property
    def is_judged(self) -> bool:
        """Whether the target was judged: it ran, and a check said yes or no."""
        return self in JUDGED


SEVERITY: tuple[Verdict, ...] = tuple(Verdict)
RED = frozenset({Verdict.INCONCLUSIVE, Verdict.ERROR, Verdict.FAIL})
JUDGED = frozenset({Verdict.PASS, Verdict.WARNING, Verdict.EXPECTED_FAILURE, Verdict.FAIL})


def worst(verdicts: Iterable[Verdict]) -> Verdict | None:
    """The one roll-up: the most severe of them, None of nothing.

    A pass outranks *not applicable*: a requirement judged once was judged.
    """
    return max(verdicts, key=SEVERITY.index, default=None)


class Conclusion(StrEnum):
    """What a run says about its target."""

    CONFORMANT = "conformant"
    PARTIAL = "partial"
    NOT_CONFORMANT = "not-conformant"
    REFUSED = "refused"
