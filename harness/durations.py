"""Durations as people write them: `5 minutes`, `29 minutes 59 seconds`, `1 hour`."""

from __future__ import annotations

import re
from datetime import timedelta

PATTERN = r"\d+ (?:hours?|minutes?|seconds?)(?: \d+ (?:minutes?|seconds?))*"
_PART = re.compile(r"(\d+) (hour|minute|second)s?")


def duration(text: str) -> timedelta:
    """The duration that a text says; ValueError when it says none."""
    if re.fullmatch(PATTERN, text) is None:
        raise ValueError(f"{text!r} is no duration: write it like '5 minutes 30 seconds'")
    parts = {f"{unit}s": int(number) for number, unit in _PART.findall(text)}
    return timedelta(**parts)


def said(length: timedelta) -> str:
    """A duration in the same words, to the second."""
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    words = [
        f"{n} {unit}{'' if n == 1 else 's'}"
        for n, unit in ((minutes, "minute"), (seconds, "second"))
        if n
    ]
    return " ".join(words) or "0 seconds"
