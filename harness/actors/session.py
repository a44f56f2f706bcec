"""A signed-in person's requests to one surface of an organisation (docs/reference-api.md)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from harness.protocol.organisations import Account
from harness.transport.http import ARCHIVE, Client, refusal


class Session:
    """Asks one surface as one person; every refusal is raised as `Refused`."""

    def __init__(self, client: Client, surface: str, account: Account) -> None:
        self.name = account.name
        self._client = client
        self._surface = surface
        self._account = account
        self._headers = {"authorization": f"Bearer {account.token}"}

    def on(self, surface: str) -> Session:
        """The same person on another surface of the organisation, `azure` for example."""
        base, _, organisation = self._surface.rsplit("/", 2)
        return Session(self._client, f"{base}/{surface}/{organisation}", self._account)

    def get(self, path: str) -> Any:
        return self._ask("GET", path, None)

    def every(self, path: str) -> Iterator[Any]:
        """The entries of a list, page by page: whoever has seen enough asks for no more."""
        page = self.get(path)
        yield from page["value"]
        while after := page.get("next"):
            page = self.get(f"{path}?after={quote(after)}")
            yield from page["value"]

    def post(self, path: str, body: object) -> Any:
        return self._ask("POST", path, body)

    def sends(self, path: str, archive: bytes) -> Any:
        """Post a zip archive."""
        headers = {**self._headers, "content-type": ARCHIVE}
        url = f"{self._surface}/api/{path}"
        return self._client.call("POST", url, content=archive, headers=headers, who=self.name)

    def fetches(self, path: str) -> bytes:
        """Get a file."""
        url = f"{self._surface}/api/{path}"
        answer = self._client.request("GET", url, headers=self._headers, who=self.name)
        if answer.status_code >= 400:
            raise refusal(answer)
        return answer.content

    def put(self, path: str, body: object) -> Any:
        return self._ask("PUT", path, body)

    def patch(self, path: str, body: object) -> Any:
        return self._ask("PATCH", path, body)

    def delete(self, path: str) -> Any:
        return self._ask("DELETE", path, None)

    def within(self, part: str) -> Session:
        """The same person on a part of the surface."""
        return Session(self._client, f"{self._surface}/{part}", self._account)

    def _ask(self, method: str, path: str, body: object) -> Any:
        url = f"{self._surface}/api/{path}"
        return self._client.call(method, url, json=body, headers=self._headers, who=self.name)
