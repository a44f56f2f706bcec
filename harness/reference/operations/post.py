"""The way out for letters: the port that a mail server stands behind."""

from __future__ import annotations

from typing import Protocol

from harness.reference.domain.letters import Letter


class Postman(Protocol):
    """Takes letters when they have been kept, and says later what has become of each."""

    @property
    def delivers(self) -> bool:
        """Whether there is a mail server; without one a letter is sent when it is written."""

    def take(self, organisation: str, letter: Letter) -> None:
        """Never blocks, and raises nothing: what goes wrong is the letter's own news."""


class Nowhere:
    """There is no mail server: letters are kept, and administrators can read them."""

    delivers = False

    def take(self, organisation: str, letter: Letter) -> None:
        return
