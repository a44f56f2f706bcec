"""A refusal as a value: a When tries, a Then judges whether it was refused, and why."""

from __future__ import annotations

from collections.abc import Callable

from harness.errors import Refused


def refusal_of(act: Callable[[], None]) -> Refused | None:
    """Do it; the refusal if the target refused it, else None."""
    try:
        act()
    except Refused as refused:
        return refused
    return None
