"""Bots that were exported elsewhere: imported, talked to, handed over."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.protocol.conversations import Generation, State
from harness.reference.domain.bots import Bot
from harness.reference.domain.errors import BotUnreadable
from harness.reference.operations import imports, setup
from harness.reference.operations.notifications import Silence
from harness.reference.operations.organisations import World
from harness.reference.store.sqlite import SqliteStore
from tests.reference.desk import Desk
from tests.reference.site import Site, refusal

BOTS = Path(__file__).resolve().parents[1] / "bots"
IMPORT = "/portal/{org}/api/bots/import"


def zipped(name: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted((BOTS / name).rglob("*")):
            archive.write(path, path.relative_to(BOTS / name).as_posix())
    return content.getvalue()


class Bots:
    """Desks of organisations that run an exported bot."""

    def __init__(self) -> None:
        self._stores: list[SqliteStore] = []

    def desk(self, name: str, generation: Generation = Generation.WEB_APP) -> Desk:
        store = SqliteStore()
        self._stores.append(store)
        packages = imports.opened(str(BOTS / name))
        world = World(store, Silence(), "https://127.0.0.1:1", bots=packages)
        return Desk(world, setup.create(world, setup.Plan(generation)))

    def close(self) -> None:
        for store in self._stores:
            store.close()


@pytest.fixture
def bots() -> Iterator[Bots]:
    made = Bots()
    yield made
    made.close()


@pytest.mark.parametrize(
    ("name", "says", "lines"),
    [
        (
            "parcels",
            ["where is my parcel", "8"],
            [
                "bot: Ahoy, this is Harbour Parcels. Ask me where your parcel is.",
                "customer: where is my parcel",
                "bot: Which number is on your receipt?",
                "customer: 8",
                "bot: Parcel 8 waits at Quay 2.",
                "bot: Is there another parcel that I can look for?",
            ],
        ),
        (
            "clinic",
            ["see a doctor", "vision", "hc-1", "it is HC-1234"],
            [
                "bot: Good day, this is the Hill clinic.",
                "customer: see a doctor",
                "bot: Which department?",
                "customer: vision",
                "bot: What is the number of your file, such as HC-1234?",
                "customer: hc-1",
                "bot: What is the number of your file, such as HC-1234?",
                "customer: it is HC-1234",
                "bot: You are booked at Eyes with file HC-1234.",
            ],
        ),
        (
            "bakery",
            ["buy a loaf", "Rye", "big", "order bread", "Wheat", "Small"],
            [
                "bot: The oven is warm.",
                "customer: buy a loaf",
                "bot: Rye or wheat?",
                "customer: Rye",
                "bot: Which size?",
                "customer: big",
                "bot: Rye is ready at noon, Large.",
                "bot: That is order 1.",
                "customer: order bread",
                "bot: Rye or wheat?",
                "customer: Wheat",
                "bot: Which size?",
                "customer: Small",
                "bot: Wheat is ready now, Small.",
                "bot: That is order 2.",
            ],
        ),
        (
            "ferries",
            ["I lost my hat"],
            [
                "bot: You reached Ferry Lost Property.",
                "customer: I lost my hat",
                "bot: Hats wait at pier two.",
            ],
        ),
        (
            "ferries::Ferry Tickets",
            ["buy a ticket"],
            [
                "bot: You reached Ferry Tickets.",
                "customer: buy a ticket",
                "bot: The ferry leaves at nine.",
            ],
        ),
        (
            "orchard",
            ["pick my own"],
            ["bot: Apples are ripe.", "customer: pick my own", "bot: Bring a basket."],
        ),
    ],
)
def test_an_exported_bot_talks_and_hands_over(
    bots: Bots, name: str, says: list[str], lines: list[str]
) -> None:
    desk = bots.desk(name)
    chat = desk.chat(*says)
    assert desk.lines(chat) == lines
    desk.say(chat, "talk to agent")
    assert desk.now(chat).state is State.OPEN
    desk.presence("Ben")
    assert desk.accept("Ben", chat).state is State.ACTIVE


def test_a_classic_bot_keeps_its_variables_for_the_agent(bots: Bots) -> None:
    desk = bots.desk("library", Generation.CLASSIC)
    chat = desk.chat("renew a loan", "A-77", "renew a loan", "A-78", "librarian please")
    assert desk.lines(chat)[-4:-1] == [
        "bot: The loans of card A-78 are renewed (2).",
        "customer: librarian please",
        "bot: A librarian comes to you.",
    ]
    assert chat.private_message == "Reader with card A-78"
    context = {variable.name: variable.value for variable in chat.context}
    assert context.items() >= {"Card": "A-78", "Desk": "Front"}.items()


def test_silence_is_measured_as_the_exported_bot_says(bots: Bots) -> None:
    desk = bots.desk("parcels")
    chat = desk.chat()
    desk.pass_time(minutes=2)
    assert desk.lines(chat)[-1] == "bot: Are you still on the quay?"
    desk.pass_time(minutes=2)
    assert desk.now(chat).state is State.CLOSED


def test_a_topic_that_is_switched_off_does_not_run(bots: Bots) -> None:
    desk = bots.desk("parcels")
    assert desk.lines(desk.chat("winter sale"))[-1] == "bot: The gulls were loud. What was that?"


def test_all_bots_of_an_export_are_there(bots: Bots) -> None:
    desk = bots.desk("ferries::fx_tickets")
    kept = desk.organisation.store.all(desk.organisation.id, Bot)
    assert [bot.name for bot in kept] == ["Ferry Tickets", "Ferry Lost Property"]


def test_a_bot_that_an_export_has_not_is_named() -> None:
    with pytest.raises(BotUnreadable, match="has no bot 'Ferry'; it has Ferry Lost Property, Fer"):
        imports.opened(f"{BOTS / 'ferries'}::Ferry")


@pytest.mark.parametrize("name", ["parcels", "library", "clinic", "ferries", "orchard"])
def test_an_archive_is_imported_published_and_connected(site: Site, name: str) -> None:
    answer = site.ask("Mia", "POST", IMPORT, content=zipped(name))
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert made["findings"] == []
    assert made["bot"] == made["bots"][0]
    assert not made["bot"]["published"]
    assert made["bot"]["connection"]["state"] == "not configured"
    path = f"/portal/{{org}}/api/bots/{made['bot']['id']}"
    assert site.do("Mia", "POST", f"{path}/publish")["published"]
    assert site.do("Mia", "PUT", f"{path}/connection")["state"] == "connected"


def test_what_will_not_run_is_found_when_a_bot_is_imported(site: Site) -> None:
    found = site.ask("Mia", "POST", IMPORT, content=zipped("bakery")).json()["findings"]
    oven = next(finding for finding in found if finding["node"] == "oven_1")
    assert oven["file"] == "botcomponents/bx_bakery.topic.BakeACake/data"
    assert oven["line"] == 15
    assert "BakeInOvenV9" in oven["what"]


def test_a_node_that_is_not_supported_costs_the_customer_an_apology(bots: Bots) -> None:
    desk = bots.desk("bakery")
    [*_, first, last] = desk.lines(desk.chat("bake a cake"))
    assert first == "bot: Let me ask the oven."
    assert "3000" in last


def test_what_others_would_answer_lies_beside_the_bot(bots: Bots) -> None:
    desk = bots.desk("bakery")
    assert desk.lines(desk.chat("ask the miller"))[-1] == "bot: The miller says 12 sacks are left."


def test_what_others_answer_is_declared_at_any_time(site: Site) -> None:
    made = site.ask("Mia", "POST", IMPORT, content=zipped("bakery")).json()["bot"]
    path = f"/portal/{{org}}/api/bots/{made['id']}/stubs"
    stub = {"content": "http_miller:\n  answer: The mill is closed"}
    assert site.do("Mia", "PUT", path, stub) == stub
    topics = site.do("Mia", "GET", path.replace("stubs", "topics"))["value"]
    assert "needs a declared stub" not in str(topics)
    for content, line in (("- 1", "Line 1"), ("a:\n  b: 1", "Line 2"), ("'", "Line 1")):
        answer = site.ask("Mia", "PUT", path, json={"content": content})
        assert refusal(answer) == (400, "TopicInvalid")
        assert line in answer.json()["error"]["message"]
    assert site.ask("Ben", "PUT", path, json=stub).status_code == 403
    nowhere = "/portal/{org}/api/bots/{nowhere}/stubs"
    assert refusal(site.ask("Mia", "PUT", nowhere, json=stub)) == (404, "NotFound")


def test_an_imported_bot_takes_the_chats_that_it_is_given(site: Site) -> None:
    made = site.ask("Mia", "POST", IMPORT, content=zipped("parcels")).json()["bot"]
    path = f"/portal/{{org}}/api/bots/{made['id']}"
    site.do("Mia", "POST", f"{path}/publish")
    site.do("Mia", "PUT", f"{path}/connection")
    [chats, *_] = site.get("Olga", "/admin/{org}/api/workstreams")["value"]
    changed = {"bot": made["id"]}
    site.do("Olga", "PATCH", f"/admin/{{org}}/api/workstreams/{chats['id']}", changed)
    desk = Desk(site.world, site.world.find(site.id))
    assert desk.lines(desk.chat())[0].startswith("bot: Ahoy, this is Harbour Parcels.")


def test_a_damaged_bot_is_refused_with_all_that_is_wrong(site: Site) -> None:
    before = site.get("Mia", "/portal/{org}/api/bots")
    answer = site.ask("Mia", "POST", IMPORT, content=zipped("wreck"))
    assert refusal(answer) == (400, "BotUnreadable")
    message = answer.json()["error"]["message"]
    for file in ("Torn/data, line 5", "Nameless/data, line 1", "Laughing", "Lost", "Old"):
        assert file in message
    assert site.get("Mia", "/portal/{org}/api/bots") == before, "nothing is left behind"


@pytest.mark.parametrize(
    ("content", "status", "name"),
    [
        (b"", 400, "ArchiveRefused"),
        (b"PK\x03\x04 no more", 400, "ArchiveRefused"),
        (zipped("parcels")[:-200], 400, "ArchiveRefused"),
        (b"PK\x05\x06" + bytes(18), 400, "BotUnreadable"),
        (bytes(33 * 1024 * 1024), 413, "BodyTooLarge"),
    ],
)
def test_what_is_no_export_is_refused(site: Site, content: bytes, status: int, name: str) -> None:
    assert refusal(site.ask("Mia", "POST", IMPORT, content=content)) == (status, name)


def test_only_authors_import(site: Site) -> None:
    for who, status in (("Ben", 403), (None, 401)):
        assert site.ask(who, "POST", IMPORT, content=zipped("parcels")).status_code == status


def test_a_bot_keeps_the_name_that_it_has_in_the_product_once(site: Site) -> None:
    made = [site.ask("Mia", "POST", IMPORT, content=zipped("parcels")).json()["bot"] for _ in "ab"]
    first, second = (bot["schema"] for bot in made)
    assert first == "hx_parcels"
    assert second != first, "two bots of an environment have two names"
