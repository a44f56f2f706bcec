"""Bots that move between environments in solutions: what moves, what stays, what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from harness.reference.archives import unpacked
from tests.reference.site import Site, refusal

TOPIC = """\
kind: AdaptiveDialog
beginDialog:
  kind: OnRecognizedIntent
  id: main
  intent:
    triggerQueries:
      - tents
  actions:
    - kind: SendActivity
      id: answer
      activity: {says}
"""


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
        self.site.do("Mia", "PUT", path, {"content": TOPIC.format(says=says)})

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


@pytest.fixture
def mia(site: Site) -> Mover:
    return Mover(site)


def test_a_bot_moves_managed_with_its_topics_and_its_connection(mia: Mover) -> None:
    bot = mia.makes_bot()
    mia.writes(bot, "Ours are dry.")
    package = mia.exports(mia.makes_solution(bot))
    solution = mia.imports(package)
    assert (solution["managed"], solution["name"], solution["title"]) == (True, "Guides", "Guides")
    [component] = solution["components"]
    assert (component["managed"], component["layered"]) == (True, False)
    moved = mia.bot(component["id"])
    assert mia.topics(moved["id"]) == mia.topics(bot)
    assert moved["published"], "it was published where it comes from"
    assert moved["connection"]["state"] == "connected"
    users = {mia.bot(id)["connection"]["application_user"]["id"] for id in (bot, moved["id"])}
    assert len(users) == 2, "it has a user of its own"


def test_what_is_exported_imported_and_exported_again_is_the_same(mia: Mover) -> None:
    bot = mia.makes_bot("Grüße & <Gäste>")
    mia.writes(bot, "Ours are dry.", "Zelte ⛺")
    package = mia.exports(mia.makes_solution(bot, name="Grüße"), managed=False)
    solution = mia.imports(package)
    again = mia.exports(solution["id"], mia.home, managed=False)
    everything = lambda _path: True  # noqa: E731
    assert unpacked(package, everything) == unpacked(again, everything)
    assert package == again
