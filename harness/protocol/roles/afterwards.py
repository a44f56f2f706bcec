"""What customers do beside and after the chat itself (specification 4.10)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class Guest(Protocol):
    """A customer who sends files, is asked how it was, and takes the transcript along."""

    def is_asked_how_it_was(self) -> bool:
        """Whether a survey is offered now that the chat is over (EMB-31); a look, no wait."""

    def answers_survey(self, answers: Mapping[str, str]) -> None:
        """Answer the survey, by the names of its questions."""

    def asks_for_transcript(self, address: str) -> None:
        """Have the transcript sent by e-mail (EMB-35)."""

    def keeps_transcript(self) -> str:
        """Download the transcript: what is in the file."""

    def sends_file(self, name: str, content: bytes) -> None: ...
    def opens_file(self, name: str) -> bytes:
        """A file of the chat, as the customer gets it; raises Refused when there is none."""
