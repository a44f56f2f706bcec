"""Time, which passes only when a sentence says so."""

from __future__ import annotations

from datetime import timedelta

from pytest_bdd import given, when

from harness import Cast

from .types import sentence


@given(sentence("{length:Duration} have passed"))
def length_have_passed(cast: Cast, length: timedelta) -> None:
    cast.time_passes(length)


@when(sentence("{length:Duration} pass"))
@when(sentence("{length:Duration} passes"))
def length_pass(cast: Cast, length: timedelta) -> None:
    cast.time_passes(length)
