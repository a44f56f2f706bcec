"""A reference that is asked in process, and one organisation in it."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import httpx
from starlette.applications import Starlette

from harness.reference.operations.organisations import World

NOWHERE = str(UUID(int=0))


class Client:
    """Asks the application in this thread: SQLite's connection belongs to the one that made it."""

    def __init__(self, app: Starlette) -> None:
        self.app = app
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        self._client = httpx.AsyncClient(transport=transport, base_url="https://testserver")
        self._runner = asyncio.Runner()

    def request(self, method: str, path: str, **sent: Any) -> httpx.Response:
        return self._runner.run(self._client.request(method, path, **sent))

    def close(self) -> None:
        self._runner.run(self._client.aclose())
        self._runner.close()


class Site:
    """A reference with control surface, and one organisation in it."""

    def __init__(self, client: Client, world: World, generation: str, **plan: Any) -> None:
        self.client = client
        self.world = world
        plan["generation"] = generation
        made = client.request("POST", "/control/organisations", json=plan)
        assert made.status_code == 201, made.text
        self.shown: dict[str, Any] = made.json()
        self.id: str = self.shown["id"]
        self.tokens = {user["name"]: user["token"] for user in self.shown["users"]}

    def ask(
        self,
        who: str | None,
        method: str,
        path: str,
        more: dict[str, str] | None = None,
        **sent: Any,
    ) -> Any:
        """The answer to a request below this organisation; ids in braces are filled in."""
        headers = dict(more or {})
        if who:
            headers["Authorization"] = f"Bearer {self.tokens[who]}"
        path = path.format(
            org=self.id,
            bot=self.shown["bot"]["id"],
            environment=self.shown["environment"],
            nowhere=NOWHERE,
        )
        return self.client.request(method, path, headers=headers, **sent)

    def get(self, who: str | None, path: str) -> Any:
        """The JSON of a question that succeeds."""
        answer = self.ask(who, "GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def do(
        self, who: str | None, method: str, path: str, body: Any = None, status: int = 200
    ) -> Any:
        """The JSON of a change that has this status."""
        answer = self.ask(who, method, path, json={} if body is None else body)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None


def refusal(answer: Any) -> tuple[int, str]:
    """Status and name of a refusal, which has the one shape."""
    error = answer.json()["error"]
    assert {"code", "name", "reason", "message"} <= set(error)
    assert error["message"]
    return answer.status_code, error["name"]


def fill(site: Site, who: str, path: str, form: dict[str, str]) -> tuple[int, str]:
    """Send a form of a page: the status, and where it leads or what it shows."""
    headers = {"cookie": f"handoff={site.tokens[who]}", "origin": "https://testserver"}
    answer = site.client.request("POST", path.format(org=site.id), headers=headers, data=form)
    return answer.status_code, answer.headers.get("location", answer.text)


def look(site: Site, who: str, path: str) -> str:
    """What a page shows."""
    headers = {"cookie": f"handoff={site.tokens[who]}"}
    return str(site.client.request("GET", path.format(org=site.id), headers=headers).text)
