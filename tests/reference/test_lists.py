"""Long lists: a page at a time, searched by name, and nobody reads all bots to show one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from harness.reference.app import application
from harness.reference.domain.bots import Bot
from harness.reference.operations.organisations import World
from harness.reference.store.port import R
from harness.reference.store.sqlite import SqliteStore
from harness.reference.web.switchboard import Switchboard
from tests.reference.site import Client, Site, refusal

BESIDE = 120
BOTS, USERS = "/portal/{org}/api/bots", "/admin/{org}/api/application-users"
APPLICATIONS = "/azure/{org}/api/app-registrations"


class Sparing(SqliteStore):
    """A store that lets nobody read all bots."""

    def all(self, organisation: str, kind: type[R]) -> list[R]:
        assert kind is not Bot, "ask for a page of the bots, or find the one"
        return super().all(organisation, kind)


@pytest.fixture(scope="module")
def crowded() -> Iterator[Site]:
    """A site with many bots beside the first one."""
    store = Sparing()
    world = World(store, Switchboard(), "https://testserver")
    client = Client(application(world, with_control=True))
    yield Crowded(client, world, "classic")
    client.close()
    store.close()


class Crowded(Site):
    """The same with a plan of its own."""

    def __init__(self, client: Client, world: World, generation: str) -> None:
        super().__init__(client, world, generation)
        beside = [
            {"name": f"Bot {number:03}", "origin": "portal", "connected": number % 2 == 0}
            for number in range(BESIDE)
        ]
        plan = {"generation": generation, "bots": beside}
        self.shown = self.do(None, "POST", "/control/organisations", plan, 201)
        self.id = self.shown["id"]
        self.tokens = {user["name"]: user["token"] for user in self.shown["users"]}


def pages(site: Site, who: str, path: str, key: str) -> list[list[str]]:
    """What a list has on each of its pages."""
    read, after = [], ""
    while True:
        joint = "&" if "?" in path else "?"
        shown = site.get(who, f"{path}{joint}after={after}" if after else path)
        read.append([entry[key] for entry in shown["value"]])
        after = shown["next"]
        if not after:
            return read


@pytest.mark.parametrize(
    ("who", "path", "count"),
    [("Mia", BOTS, BESIDE + 1), ("Olga", USERS, BESIDE // 2 + 1), ("Mia", APPLICATIONS, 61)],
)
def test_every_entry_is_on_one_page(crowded: Site, who: str, path: str, count: int) -> None:
    assert crowded.get(who, path)["total"] == count
    assert [len(page) for page in pages(crowded, who, path, "id")] == [count]
    read = pages(crowded, who, f"{path}?limit=50", "id")
    assert [len(page) for page in read[:-1]] == [50] * (len(read) - 1)
    assert len({id for page in read for id in page}) == count


def test_bots_are_searched_by_a_part_of_their_name(crowded: Site) -> None:
    assert pages(crowded, "Mia", f"{BOTS}?named=BOT 01&limit=4", "name") == [
        ["Bot 010", "Bot 011", "Bot 012", "Bot 013"],
        ["Bot 014", "Bot 015", "Bot 016", "Bot 017"],
        ["Bot 018", "Bot 019"],
    ]
    assert crowded.get("Mia", f"{BOTS}?named=nobody") == {"value": [], "next": None, "total": 0}


def test_users_are_listed_by_name(crowded: Site) -> None:
    names = [user["name"] for user in crowded.get("Olga", f"{USERS}?limit=3")["value"]]
    assert names == ["Alpine Helper", "Bot 000", "Bot 002"]


@pytest.mark.parametrize("limit", ["0", "-1", "1001", "x", "", "1e2", "٣", "9" * 5000])
def test_a_limit_that_is_none(crowded: Site, limit: str) -> None:
    assert refusal(crowded.ask("Mia", "GET", f"{BOTS}?limit={limit}")) == (400, "MalformedBody")


def page(site: Site, who: str, path: str) -> str:
    answer = site.client.request(
        "GET", path.format(org=site.id), headers={"cookie": f"handoff={site.tokens[who]}"}
    )
    assert answer.status_code == 200, answer.text
    return str(answer.text)


@pytest.mark.parametrize(
    ("who", "path", "part", "counts"),
    [
        ("Mia", "/portal/{org}/bots", 'data-published="', [50, 50, 21]),
        ("Olga", "/admin/{org}", "data-application-user=", [50, 11]),
    ],
)
def test_a_page_has_fifty_and_leads_to_the_next(
    crowded: Site, who: str, path: str, part: str, counts: list[int]
) -> None:
    seen = []
    following: Any = [path]
    while following:
        text = page(crowded, who, following[0])
        seen.append(text.count(part))
        following = re.findall(r'<a href="([^"]+)" rel="next"', text)
        following = [address.replace("&amp;", "&") for address in following]
    assert seen == counts


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("Mia", "/portal/{org}/bots/{bot}"),
        ("Mia", "/portal/{org}/bots/{bot}/settings"),
        ("Mia", "/portal/{org}/bots/{bot}/settings/agent-transfers?tile=omnichannel"),
        ("Mia", "/portal/{org}/bots/{bot}/topics"),
        ("Mia", "/portal/{org}/bots/{bot}/analytics"),
        ("Mia", "/portal/{org}/bots/{bot}/test"),
        ("Olga", "/admin/{org}/bots/{bot}"),
        ("Pia", "/platform/{org}"),
        ("Mia", "/azure/{org}"),
        ("Mia", "/power-apps/{org}/environments/{environment}/solutions"),
        ("Ben", "/workspace/{org}"),
        ("Sam", "/workspace/{org}/ongoing"),
    ],
)
def test_no_page_reads_all_bots(crowded: Site, who: str, path: str) -> None:
    shown = crowded.shown
    page(
        crowded,
        who,
        path.replace("{bot}", shown["bot"]["id"]).replace("{environment}", shown["environment"]),
    )


def test_no_chat_reads_all_bots(crowded: Site) -> None:
    widget = crowded.shown["widget"]["app_id"]
    opened = crowded.client.request(
        "POST",
        f"/livechatconnector/organization/{crowded.id}/widgetApp/{widget}/conversation",
        headers={"Request-Id": "7f9c1a9e-0000-4000-8000-000000000000"},
        json={},
    ).json()
    said = crowded.client.request(
        "POST",
        f"/chat/threads/{opened['ChatId']}/messages",
        headers={"Authorization": f"Bearer {opened['Token']}"},
        json={"content": "talk to agent"},
    )
    assert said.status_code == 201


def test_a_page_is_searched(crowded: Site) -> None:
    text = page(crowded, "Mia", "/portal/{org}/bots?named=bot+119")
    assert text.count('data-published="') == 1
    assert "Bot 119" in text
    assert "No bot has such a name." in page(crowded, "Mia", "/portal/{org}/bots?named=none")


def test_a_supervisor_sees_the_bots_that_work(crowded: Site) -> None:
    load = crowded.get("Sam", "/workspace/{org}/api/metrics")["load"]
    assert [entry["name"] for entry in load if entry["kind"] == "bot"] == ["Alpine Helper"]
