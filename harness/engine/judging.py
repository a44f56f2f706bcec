"""What an exception in a scenario says about the target: the one place where verdicts are made."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from harness.errors import HarnessError, Inconclusive, NotApplicable, Refused
from harness.record import Mismatch
from harness.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, the sentence that explains it, and the mismatch if a check found one."""

    verdict: Verdict
    reason: str = ""
    mismatch: Mismatch | None = None


PASSED = Judgement(Verdict.PASS)


def of_step(exception: BaseException, kind: str) -> Judgement:
    """What it means that a step raised.

    A check that fails, or a target that refuses, makes a Given inconclusive: a prerequisite is
    missing. In a When or a Then the target is wrong. The unexpected is an error of the harness.
    """
    if isinstance(exception, AssertionError | Refused | pytest.fail.Exception):
        verdict = Verdict.INCONCLUSIVE if kind == "given" else Verdict.FAIL
        return Judgement(verdict, told(exception), _mismatch(exception))
    return of_setting(exception)


def of_setting(exception: BaseException) -> Judgement:
    """What it means that a fixture raised, before or after the steps."""
    if isinstance(exception, NotApplicable | pytest.skip.Exception):
        return Judgement(Verdict.NOT_APPLICABLE, told(exception))
    if isinstance(exception, Inconclusive | AssertionError | Refused):
        return Judgement(Verdict.INCONCLUSIVE, told(exception), _mismatch(exception))
    return Judgement(Verdict.ERROR, told(exception))


def told(exception: BaseException) -> str:
    """An exception as one sentence; its kind is named when it is not one of ours."""
    text = str(exception).strip()
    if isinstance(exception, HarnessError | AssertionError | pytest.fail.Exception) and text:
        return text
    if isinstance(exception, pytest.skip.Exception):
        return text or "skipped"
    return f"{type(exception).__name__}: {text}" if text else type(exception).__name__


def _mismatch(exception: BaseException) -> Mismatch | None:
    # Known by its attributes: a run that checks nothing of ours does not import the checks.
    check = getattr(exception, "check", None)
    if check is None:
        return None
    return Mismatch(str(check), str(getattr(exception, "mismatch", exception)))
