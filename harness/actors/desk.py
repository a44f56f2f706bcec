"""The desk: an agent and a supervisor, over the workspace's own API."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from harness.actors import reading
from harness.actors.session import Session
from harness.errors import Refused
from harness.protocol.conversations import Conversation, Line, Presence
from harness.protocol.metrics import Metrics


class Agent:
    """A person at the desk (protocol.roles.Agent)."""

    def __init__(self, session: Session) -> None:
        self.name = session.name
        self._session = session
        self._last_read: Conversation | None = None
        self._accepted = ""

    def __repr__(self) -> str:
        return self.name

    def sets_presence(self, presence: Presence) -> None:
        self._session.put("presence", {"presence": presence.value})

    def notifications(self) -> Sequence[str]:
        return tuple(item["conversation"] for item in self._session.get("notifications")["value"])

    def accepts(self, conversation: str) -> None:
        self._session.post(f"conversations/{conversation}/accept", {})
        self._accepted = conversation

    def rejects(self, conversation: str) -> None:
        self._session.post(f"conversations/{conversation}/reject", {})

    def says(self, conversation: str, text: str) -> None:
        self._session.post(f"conversations/{conversation}/messages", {"text": text})

    def types(self, conversation: str) -> None:
        self._session.post(f"conversations/{conversation}/typing", {})

    def ends(self, conversation: str) -> None:
        self._session.post(f"conversations/{conversation}/end", {})

    def closes(self, conversation: str) -> None:
        self._session.post(f"conversations/{conversation}/close", {})

    def forces_closed(self, conversation: str) -> None:
        """What only a supervisor may (OCA-15)."""
        self._session.post(f"ongoing/{conversation}/close", {})

    def transfers(self, conversation: str, queue: str) -> None:
        self._session.post(f"conversations/{conversation}/transfer", {"queue": queue})

    def sends_file(self, conversation: str, name: str, content: bytes) -> None:
        self._session.sends(f"conversations/{conversation}/files?name={quote(name)}", content)

    def opens_file(self, conversation: str, name: str) -> bytes:
        whole = self._session.get(f"conversations/{conversation}")
        for file in (file for line in whole["transcript"] for file in line.get("files", ())):
            if file["name"] == name:
                return self._session.fetches(f"conversations/{conversation}/files/{file['id']}")
        raise Refused(404, None, "NoFile", f"{self.name} sees no file {name!r}")

    def reads(self, conversation: str) -> Conversation:
        seen = reading.conversation(self._session.get(f"conversations/{conversation}"))
        self._last_read = seen
        return seen

    def last_seen(self) -> Sequence[Line]:
        """The transcript of what was accepted last, as it stands; else of what was read last."""
        if self._accepted:
            return self.reads(self._accepted).transcript
        return self._last_read.transcript if self._last_read else ()


class Supervisor:
    """A person who oversees the desk (protocol.roles.Supervisor)."""

    def __init__(self, session: Session) -> None:
        self.name = session.name
        self._session = session

    def __repr__(self) -> str:
        return self.name

    def ongoing(self) -> Sequence[Conversation]:
        return tuple(reading.conversation(item) for item in self._session.get("ongoing")["value"])

    def metrics(self) -> Metrics:
        return reading.metrics(self._session.get("metrics"))

    def reads(self, conversation: str) -> Conversation:
        return reading.conversation(self._session.get(f"conversations/{conversation}"))

    def closes(self, conversation: str) -> None:
        self._session.post(f"ongoing/{conversation}/close", {})
