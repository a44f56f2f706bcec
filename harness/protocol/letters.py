"""Letters of the desk to its customers (specification 4.10)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as the desk's administrators see it; its text is empty while it waits."""

    to: str
    is_sent: bool
    text: str = ""
