"""Two makers press the same button at the same moment, each on a connection of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import httpx
import pytest

from tests.wire.chat import Desk

ROUNDS = 10


class Room:
    """The organisation, and two makers who can be told to go at once."""

    def __init__(self, client: httpx.Client, desk: Desk) -> None:
        self._client = client
        self._desk = desk

    def ask(self, who: str, method: str, path: str, body: Any = None) -> httpx.Response:
        path, headers = path.format(org=self._desk.id), self._desk.as_user(who)
        return self._client.request(method, path, headers=headers, json=body)

    def new(self) -> str:
        """A new bot with everything done but the commit: the place of its connection."""
        made = self.ask("Mia", "POST", "/portal/{org}/api/bots", {"name": "Twin"}).json()
        place = f"/portal/{self._desk.id}/api/bots/{made['id']}/connection"
        home = self._desk.description["environment"]
        self.ask("Mia", "POST", f"{place}/enable", {"acknowledged": True})
        self.ask("Mia", "PUT", f"{place}/environment", {"environment": home})
        return place

    def register(self) -> str:
        answer = self.ask("Mia", "POST", "/azure/{org}/api/app-registrations", {"name": "Twin"})
        return str(answer.json()["application_id"])

    def at_once(self, *asked: tuple[str, str, Any]) -> Sequence[httpx.Response]:
        """What each is answered: method, path and body, all sent at the same moment."""
        barrier = Barrier(len(asked))

        def ask(method: str, path: str, body: Any) -> httpx.Response:
            barrier.wait()
            return self.ask("Mia", method, path, body)

        with ThreadPoolExecutor(len(asked)) as pool:
            return [each.result() for each in [pool.submit(ask, *one) for one in asked]]


@pytest.fixture
def room(client: httpx.Client, found: Callable[..., Desk]) -> Callable[[str], Room]:
    return lambda generation: Room(client, found(generation=generation))


@pytest.mark.parametrize("generation", ["preview", "classic", "web-app"])
def test_one_bot_is_connected_once(room: Callable[[str], Room], generation: str) -> None:
    makers = room(generation)
    for _ in range(ROUNDS):
        place = makers.new()
        body = {} if generation == "web-app" else {"application_id": makers.register()}
        first, second = makers.at_once(("PUT", place, body), ("PUT", place, body))
        assert first.status_code == second.status_code == 200
        assert first.json() == second.json()
        assert first.json()["state"] == "connected"


@pytest.mark.parametrize("generation", ["preview", "classic"])
def test_two_bots_do_not_get_one_application(room: Callable[[str], Room], generation: str) -> None:
    makers = room(generation)
    for _ in range(ROUNDS):
        places, body = (makers.new(), makers.new()), {"application_id": makers.register()}
        answers = makers.at_once(*(("PUT", place, body) for place in places))
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        [refused] = [answer.json()["error"] for answer in answers if answer.status_code == 409]
        assert (refused["code"], refused["name"]) == (1004, "DuplicateBotAppId")


def test_two_applications_for_one_bot(room: Callable[[str], Room]) -> None:
    makers = room("classic")
    for _ in range(ROUNDS):
        place = makers.new()
        asked = [("PUT", place, {"application_id": makers.register()}) for _ in range(2)]
        answers = makers.at_once(*asked)
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        [refused] = [answer.json()["error"] for answer in answers if answer.status_code == 409]
        assert refused["name"] == "AlreadyConnected"


def test_connecting_and_disconnecting_end_in_one_or_the_other(room: Callable[[str], Room]) -> None:
    makers = room("web-app")
    for _ in range(ROUNDS):
        place = makers.new()
        makers.ask("Mia", "PUT", place, {})
        makers.at_once(("PUT", place, {}), ("DELETE", place, None))
        shown = makers.ask("Mia", "GET", place).json()
        assert shown["state"] in ("connected", "disconnected")
        assert shown["application_user"]["disabled"] is (shown["state"] == "disconnected")
