"""Microsoft's Dataverse client at work for somebody of an organisation."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import httpx

from harness.staging import topics
from tests.clients.conftest import Worker

TOPIC = topics.on_phrase("opening times", topics.says("We open at nine."))


class Client:
    """The client, at work for somebody in one environment."""

    def __init__(self, worker: Worker, organisation: dict[str, Any]) -> None:
        self._worker = worker
        self.organisation = organisation
        self.bot: str = organisation["bot"]["id"]
        self._tokens = {user["name"]: user["token"] for user in organisation["users"]}

    def does(self, code: str, who: str = "Mia", **names: object) -> Any:
        """The `result` of some code; what it names stands before it."""
        said = self._run(code, who, names)
        assert "result" in said, said.get("broken", said)
        return said["result"]

    def is_refused(self, code: str, who: str = "Mia", **names: object) -> tuple[int, str, str]:
        """Status, code and message of the refusal that some code meets."""
        said = self._run(code, who, names)
        assert "refused" in said, said.get("broken", said)
        error = said["refused"]
        details = error["details"]
        return error["status_code"], details.get("service_error_code", ""), error["message"]

    def asks(self, path: str, who: str = "Mia") -> Any:
        """What another surface says."""
        made = self.organisation
        headers = {"Authorization": f"Bearer {self._tokens[who]}"}
        answer = httpx.get(made["url"] + path.format(org=made["id"]), headers=headers, verify=False)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def _run(self, code: str, who: str, names: dict[str, object]) -> dict[str, Any]:
        given = "".join(f"{name} = {value!r}\n" for name, value in names.items())
        base = self.organisation["dataverse"]
        return self._worker.runs(given + dedent(code), base=base, token=self._tokens[who])
