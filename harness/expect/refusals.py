"""A refusal as a value: a When tries, a Then judges whether it was refused, and why."""

from __future__ import annotations

from collections.abc import Callable

from harness.errors import Refused
from harness.expect.checks import check, compare
from harness.expect.matching import Mismatch

TOO_LARGE = frozenset({413})
"""The status that says a message is too large."""

MALFORMED = frozenset({400})
"""The status that says something cannot be as it was said."""

OUT_OF_HOURS = 705
"""The number of a service that is out of operation (specification 4.4)."""

UNKNOWN = frozenset({401})
"""The status that says nobody knows who asks."""


def refusal_of(act: Callable[[], None]) -> Refused | None:
    """Do it; the refusal if the target refused it, else None."""
    try:
        act()
    except Refused as refused:
        return refused
    return None


@check
def is_too_large(refused: Refused | None) -> Mismatch | None:
    """The message was refused, and for its size (ESC-20)."""
    return compare(_is_for_size, refused)


@check
def is_unauthorised(refused: Refused | None) -> Mismatch | None:
    """It was refused, and because nobody vouches for who asks (EMB-13)."""
    return compare(_is_for_identity, refused)


@check
def is_malformed(refused: Refused | None) -> Mismatch | None:
    """It was refused, and because it cannot be (EMB-19)."""
    return compare(_is_for_form, refused)


@check
def is_out_of_hours(refused: Refused | None) -> Mismatch | None:
    """The chat was refused by the number of a service that is out of operation (EMB-22)."""
    return compare(_is_for_hours, refused)


@check
def is_taken(refused: Refused | None) -> Mismatch | None:
    """What was tried was not refused."""
    return compare(_is_none, refused)


def _is_none(refused: Refused | None) -> Mismatch | None:
    if refused is None:
        return None
    return Mismatch("that it was taken", f"a refusal ({refused})", final=True)


def _is_for_identity(refused: Refused | None) -> Mismatch | None:
    expected = "a refusal of somebody unknown"
    if refused is None:
        return Mismatch(expected, "that it was taken", final=True)
    return None if refused.status in UNKNOWN else Mismatch(expected, str(refused), final=True)


def _is_for_form(refused: Refused | None) -> Mismatch | None:
    expected = "a refusal of what cannot be"
    if refused is None:
        return Mismatch(expected, "that it was taken", final=True)
    return None if refused.status in MALFORMED else Mismatch(expected, str(refused), final=True)


def _is_for_hours(refused: Refused | None) -> Mismatch | None:
    expected = f"a refusal with code {OUT_OF_HOURS}"
    if refused is None:
        return Mismatch(expected, "that the chat began", final=True)
    return None if refused.code == OUT_OF_HOURS else Mismatch(expected, str(refused), final=True)


def _is_for_size(refused: Refused | None) -> Mismatch | None:
    expected = "a refusal of a message that is too large"
    if refused is None:
        return Mismatch(expected, "that it was taken", final=True)
    return None if refused.status in TOO_LARGE else Mismatch(expected, str(refused), final=True)
