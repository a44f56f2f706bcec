"""The control surface: makes organisations, moves their clocks. No Then ever reads it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from harness.actors import reading
from harness.protocol.conversations import Generation
from harness.protocol.organisations import Organisation
from harness.transport.http import Client


class Operator:
    """Whoever holds the control surface of a reference."""

    def __init__(self, client: Client, control: str) -> None:
        self._client = client
        self._control = control.rstrip("/")

    def makes_organisation(
        self, generation: Generation, faults: Sequence[str], **plan: Any
    ) -> Organisation:
        """A fresh organisation, its bot connected, its clock at the fixed instant.

        `plan` has further keys of its creation (docs/reference-api.md, Control).
        """
        body = {"generation": generation.value, "faults": list(faults), **plan}
        return reading.organisation(self._ask("POST", "organisations", body))

    def removes(self, organisation: str) -> None:
        self._ask("DELETE", f"organisations/{organisation}", None)

    def advances(self, organisation: str, duration: timedelta) -> None:
        """Let the organisation's time pass; returns when all that follows has been sent."""
        body = {"advance": written(duration)}
        self._ask("POST", f"organisations/{organisation}/clock", body)

    def reached(self, organisation: str) -> tuple[str, ...]:
        """The faults whose deviating code ran."""
        answer = self._ask("GET", f"organisations/{organisation}/faults", None)
        return tuple(answer["reached"])

    def _ask(self, method: str, path: str, body: object) -> dict[str, list[str]]:
        url = f"{self._control}/{path}"
        answer: dict[str, list[str]] = self._client.call(method, url, json=body, who="control")
        return answer


def written(duration: timedelta) -> str:
    """A duration as ISO 8601 writes it, in seconds."""
    seconds = duration.total_seconds()
    return f"PT{int(seconds)}S" if seconds == int(seconds) else f"PT{seconds}S"
