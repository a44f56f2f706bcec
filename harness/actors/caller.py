"""Somebody on the phone: no audio, what would be said and heard are events."""

from __future__ import annotations

from harness.actors import reading
from harness.errors import Inconclusive
from harness.protocol.conversations import Call
from harness.protocol.organisations import Organisation
from harness.transport.http import Client


class Caller:
    """A caller with a number of their own (protocol.roles.Caller)."""

    def __init__(self, client: Client, organisation: Organisation, name: str, number: str) -> None:
        self.name = name
        self.number = number
        self._client = client
        self._organisation = organisation
        self._call = ""

    def __repr__(self) -> str:
        return self.name

    def calls(self) -> None:
        body = {"from": self.number, "to": self._organisation.number}
        self._call = reading.call(self._ask("POST", "calls", body)).id

    def says(self, text: str) -> None:
        self._ask("POST", f"{self._path()}/speech", {"text": text})

    def presses(self, digits: str) -> None:
        self._ask("POST", f"{self._path()}/tones", {"digits": digits})

    def hangs_up(self) -> None:
        self._ask("POST", f"{self._path()}/hang-up", {})

    def call(self) -> Call:
        return reading.call(self._ask("GET", self._path(), None))

    def _path(self) -> str:
        if not self._call:
            raise Inconclusive(f"{self.name} has not called")
        return f"calls/{self._call}"

    def _ask(self, method: str, path: str, body: object) -> dict[str, object]:
        url = f"{self._organisation.url}/telephony/{self._organisation.id}/api/{path}"
        answer: dict[str, object] = self._client.call(method, url, json=body, who=self.name)
        return answer
