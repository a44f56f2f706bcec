"""The other side of a client's conversation: Ben at the desk."""

from __future__ import annotations

from dataclasses import dataclass

from tests.wire.chat import PERSON, Desk

__all__ = ["PERSON", "Hub"]


@dataclass
class Hub:
    """Ben, who is there from the start and takes the one conversation that there is."""

    desk: Desk

    def __post_init__(self) -> None:
        self.desk.agent("PUT", "presence", {"presence": "Available"})

    def takes(self) -> str:
        """Accepts what rings; answers its id."""
        ringing, *others = self.desk.agent("GET", "notifications")["value"]
        assert not others
        id = str(ringing["conversation"])
        self.desk.agent("POST", f"conversations/{id}/accept", {})
        return id

    def says(self, id: str, text: str) -> None:
        self.desk.agent("POST", f"conversations/{id}/messages", {"text": text})

    def types(self, id: str) -> None:
        self.desk.agent("POST", f"conversations/{id}/typing", {})

    def ends(self, id: str) -> None:
        self.desk.agent("POST", f"conversations/{id}/end", {})

    def reads(self, id: str) -> list[tuple[str, str]]:
        """Who said what, as Ben sees it."""
        transcript = self.desk.agent("GET", f"conversations/{id}")["transcript"]
        return [(line["role"], line["text"]) for line in transcript]
