"""Somebody who moves bots between the environments of an organisation, for tests."""

from __future__ import annotations

from typing import Any, get_args

from harness.reference.archives import packed, unpacked
from harness.reference.store.port import Record
from harness.staging import topics
from tests.reference.site import Site


def about_tents(says: str) -> str:
    """A topic that answers whoever speaks of tents."""
    return topics.on_phrase("tents", topics.says(says))


class Mover:
    """Mia at work in Power Apps and in the portal of one organisation."""

    def __init__(self, site: Site) -> None:
        self.site = site
        environments = site.get("Pia", "/platform/{org}/api/environments")["value"]
        self.home, self.development = (each["id"] for each in environments)
        path = f"/platform/{{org}}/api/environments/{self.development}"
        site.do("Pia", "PATCH", path, {"omnichannel": True})

    def solutions(self, environment: str, rest: str = "") -> str:
        return f"/power-apps/{{org}}/api/environments/{environment}/solutions{rest}"

    def makes_bot(self, name: str = "Alpine Guide", *, connected: bool = True) -> str:
        """A published bot in the development environment."""
        body = {"name": name, "environment": self.development}
        bot: str = self.site.do("Mia", "POST", "/portal/{org}/api/bots", body, 201)["id"]
        self.site.do("Mia", "POST", f"/portal/{{org}}/api/bots/{bot}/publish")
        if connected:
            self.site.do("Mia", "PUT", f"/portal/{{org}}/api/bots/{bot}/connection")
        return bot

    def writes(self, bot: str, says: str, topic: str = "Tents") -> None:
        path = f"/portal/{{org}}/api/bots/{bot}/topics/{topic}"
        self.site.do("Mia", "PUT", path, {"content": about_tents(says)})

    def makes_solution(self, *bots: str, name: str = "Guides") -> str:
        path = self.solutions(self.development)
        made: str = self.site.do("Mia", "POST", path, {"name": name}, 201)["id"]
        for bot in bots:
            self.site.do("Mia", "POST", f"{path}/{made}/components", {"bot": bot}, 201)
        return made

    def exports(self, solution: str, environment: str = "", *, managed: bool = True) -> bytes:
        path = self.solutions(environment or self.development, f"/{solution}/export")
        answer = self.site.ask("Mia", "GET", f"{path}?managed={str(managed).lower()}")
        assert answer.status_code == 200, answer.text
        content: bytes = answer.content
        return content

    def asks_to_import(self, package: bytes, environment: str = "", who: str = "Mia") -> Any:
        path = self.solutions(environment or self.home, "/import")
        return self.site.ask(who, "POST", path, content=package)

    def imports(self, package: bytes, environment: str = "") -> Any:
        answer = self.asks_to_import(package, environment)
        assert answer.status_code == 201, answer.text
        return answer.json()

    def bot(self, id: str) -> Any:
        return self.site.get("Mia", f"/portal/{{org}}/api/bots/{id}")

    def topics(self, id: str) -> dict[str, str]:
        listed = self.site.get("Mia", f"/portal/{{org}}/api/bots/{id}/topics")["value"]
        return {topic["name"]: topic["content"] for topic in listed}

    def notice(self, bot: str) -> bool:
        """Whether the portal cannot determine whether Omnichannel is enabled."""
        return self.bot(bot)["connection"]["notice"] is not None

    def layers(self, solution: str, bot: str) -> list[Any]:
        path = self.solutions(self.home, f"/{solution}/components/{bot}/layers")
        listed: list[Any] = self.site.get("Mia", path)["value"]
        return listed

    def removes_layer(self, solution: str, bot: str, status: int = 204) -> Any:
        path = self.solutions(self.home, f"/{solution}/components/{bot}/layers/unmanaged")
        return self.site.do("Mia", "DELETE", path, status=status)

    def everything(self) -> dict[str, Any]:
        """All that is kept of the organisation, by kind of record."""
        store = self.site.world.store
        kept = {kind.__name__: store.all(self.site.id, kind) for kind in get_args(Record)}
        return kept | {"conversations": store.conversations(self.site.id)}


def files_of(package: bytes) -> dict[str, bytes]:
    """Every file of a package by its path."""
    return unpacked(package, lambda _path: True)


def changed(package: bytes, changes: dict[str, bytes | None]) -> bytes:
    """The package with other files; None leaves one out."""
    files = {**files_of(package), **changes}
    return packed({path: text for path, text in files.items() if text is not None})
