"""The Dataverse Web API of a fresh organisation, asked without any client."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx

from harness.staging import topics

NOBODY = str(UUID(int=1))
FORMATTED = "OData.Community.Display.V1.FormattedValue"

TOPIC = topics.on_phrase("opening times", topics.says("We open at nine."))


class Dataverse:
    """One environment's service, asked by people of the organisation."""

    def __init__(self, client: httpx.Client, made: dict[str, Any], environment: str = "") -> None:
        self.client = client
        self.made = made
        self.bot: str = made["bot"]["id"]
        self.environment = environment or made["environment"]
        base = made["dataverse"].rpartition("/")[0]
        self.root = f"{base}/{self.environment}/api/data/v9.2/"
        self.tokens = {user["name"]: user["token"] for user in made["users"]}

    def ask(
        self, method: str, path: str, who: str | None = "Mia", json: Any = None, **sent: Any
    ) -> httpx.Response:
        """The answer, whatever it is; headers by their names with `_`."""
        headers = {"authorization": f"Bearer {self.tokens[who]}"} if who else {}
        headers |= {name.replace("_", "-"): value for name, value in sent.items()}
        body = {"json": json} if json is not None else {}
        return self.client.request(method, self.root + path, headers=headers, **body)

    def get(self, path: str, **sent: Any) -> Any:
        """The JSON of a question that succeeds."""
        answer = self.ask("GET", path, **sent)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def rows(self, path: str, **sent: Any) -> list[dict[str, Any]]:
        """The rows of a collection."""
        found: list[dict[str, Any]] = self.get(path, **sent)["value"]
        return found

    def does(self, method: str, path: str, json: Any = None, status: int = 204, **sent: Any) -> Any:
        """The answer to a write that has this status."""
        answer = self.ask(method, path, json=json, **sent)
        assert answer.status_code == status, answer.text
        return answer

    def made_id(self, path: str, json: Any) -> str:
        """The id of a row that is made."""
        where: str = self.does("POST", path, json).headers["OData-EntityId"]
        return where.rpartition("(")[2].rstrip(")")

    def user(self) -> dict[str, Any]:
        """The application user of the bot."""
        return self.rows("systemusers?$filter=applicationid ne null")[0]

    def is_refused(
        self, method: str, path: str, json: Any = None, who: str | None = "Mia", **sent: Any
    ) -> tuple[int, str]:
        """Status and code of a refusal, which has the product's shape."""
        answer = self.ask(method, path, who, json, **sent)
        assert answer.status_code >= 400, answer.text
        error = answer.json()["error"]
        assert set(error) == {"code", "message"}
        assert error["message"]
        return answer.status_code, error["code"]
