"""A check judges the target; its id is its dotted name, and each mismatch carries it.

A check returns a `Mismatch` or None, and `@check` turns the mismatch into `CheckFailed`. Every
comparison is counted: a scenario whose checks compared nothing proved nothing and is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from harness.expect.matching import Matcher, Mismatch

P = ParamSpec("P")
T = TypeVar("T")

CATALOGUE: dict[str, Callable[..., None]] = {}
"""Every check by its id."""

_comparisons = 0


class CheckFailed(AssertionError):
    """A check found that the target is wrong: the check's id and the mismatch."""

    def __init__(self, check: str, mismatch: Mismatch) -> None:
        super().__init__(f"{check}: {mismatch}")
        self.check = check
        self.mismatch = mismatch


def check(judge: Callable[P, Mismatch | None]) -> Callable[P, None]:
    """Make a check of a function that answers with a mismatch or None."""
    name = f"{judge.__module__.rpartition('.')[2]}.{judge.__name__}"

    @wraps(judge)
    def checked(*args: P.args, **kwargs: P.kwargs) -> None:
        __tracebackhide__ = True
        mismatch = judge(*args, **kwargs)
        if mismatch is not None:
            raise CheckFailed(name, mismatch)

    CATALOGUE[name] = checked
    return checked


def compare(match: Matcher[T], seen: T) -> Mismatch | None:
    """Hold what was seen against a matcher, and count it."""
    global _comparisons
    _comparisons += 1
    return match(seen)


def compared() -> int:
    """How many comparisons this process has made; it only grows (the hollow-run guard)."""
    return _comparisons
