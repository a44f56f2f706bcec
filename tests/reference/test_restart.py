"""A process that dies and another one on its file: customers, agents and makers notice nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from harness import identity
from harness.reference.app import application
from harness.reference.operations import firing
from harness.reference.operations.organisations import World
from harness.reference.store.sqlite import SqliteStore
from harness.reference.web.switchboard import Switchboard
from tests.reference.customer import Client
from tests.reference.site import Client as Asking
from tests.reference.site import Site
from tests.reference.test_feedback import answers, invited, page

SETTINGS: dict[str, Any] = {
    "language": 1025,
    "pre_chat": [{"name": "Order", "text": "Which order?", "type": "Single line"}],
    "hours": {"time_zone": "Europe/Oslo", "start": "08:00", "end": "17:00"},
    "survey": {},
    "transcript_email": True,
    "files_from_customers": True,
    "masking": [{"name": "Card", "pattern": r"\b\d{16}\b"}],
    "reconnection": {"minutes": 5},
}
AUTHENTICATION = {
    "name": "Shop",
    "public_key": identity.public_key(),
    "client_function": identity.FUNCTION,
}
Reborn = Callable[[], None]


@pytest.fixture
def process(tmp_path: Path) -> Iterator[tuple[Site, Reborn]]:
    """A site, and what puts another process in the place of the one that serves it."""
    running: list[tuple[SqliteStore, Asking]] = []

    def starts() -> tuple[Asking, World]:
        store = SqliteStore(tmp_path / "kept.db")
        world = World(store, Switchboard(), "https://testserver")
        for organisation in world:
            firing.arm_all(organisation)
        running.append((store, Asking(application(world, with_control=True))))
        return running[-1][1], world

    def dies() -> None:
        store, client = running.pop()
        client.close()
        store.close()

    def reborn() -> None:
        dies()
        site.client, site.world = starts()

    site = Site(*starts(), "web-app", messages_a_minute=40)
    yield site, reborn
    dies()


def pass_minutes(site: Site, minutes: int) -> None:
    path = f"/control/organisations/{site.id}/clock"
    site.client.request("POST", path, json={"advance": f"PT{minutes}M"})


def test_what_was_set_is_set(process: tuple[Site, Reborn]) -> None:
    site, reborn = process
    before = site.do("Olga", "PATCH", "/admin/{org}/api/widget", SETTINGS)
    pass_minutes(site, 7)
    reborn()
    assert site.get("Olga", "/admin/{org}/api/widget") == before
    organisation = site.world.find(site.id)
    assert organisation.tenant.messages_a_minute == 40
    assert organisation.clock.now() == datetime.fromisoformat("2026-03-02T09:07:00Z")


def test_a_chat_goes_on_with_its_files_survey_and_letter(process: tuple[Site, Reborn]) -> None:
    site, reborn = process
    customer = Client(site, **SETTINGS)
    conversation = customer.meets()
    file = customer.upload("order.txt", b"4711")
    said = customer.say("my order", amsReferences=[file], clientMessageId="one").json()
    wanted = {"ChatId": customer.thread, "EmailAddress": "ada@shop.example"}
    letter = f"/livechatconnector/createemailrequest/{customer.request}?channelId=lcw"
    assert site.ask(None, "POST", letter, customer.bearer, json=wanted).status_code == 200
    link, seen = invited(customer), customer.messages()
    reborn()
    assert customer.messages() == seen
    again = customer.say("my order", amsReferences=[file], clientMessageId="one")
    assert again.json() == said, "a message that is sent again is known"
    assert customer.objects("GET", f"/{file}/views/original").content == b"4711"
    for act in ("end", "close"):
        customer.agent("POST", f"conversations/{conversation}/{act}", {})
    (sent,) = site.get("Olga", "/admin/{org}/api/emails")["value"]
    assert (sent["to"], "my order" in sent["text"]) == ("ada@shop.example", True)
    assert page(site, link).status_code == 200
    answers(site, link, satisfaction="5")
    given = site.get("Olga", "/admin/{org}/api/survey-responses")
    reborn()
    assert site.get("Olga", "/admin/{org}/api/survey-responses") == given
    assert len(given["value"]) == 1


def test_whoever_signed_in_has_their_chat_and_nobody_else(process: tuple[Site, Reborn]) -> None:
    site, reborn = process
    kept = {"authentication": AUTHENTICATION, "persistent": True}
    app = site.do("Olga", "PATCH", "/admin/{org}/api/widget", kept)["app_id"]
    now = datetime.fromisoformat(site.shown["now"])
    ada, eve = ({"AuthenticatedUserToken": identity.token(who, now)} for who in ("ada", "eve"))
    begin = f"/livechatconnector/auth/organization/{{org}}/widgetApp/{app}/conversation"
    more = ada | {"Request-Id": "11111111-2222-4333-8444-555555555555"}
    begun = site.ask(None, "POST", begin, more, json={})
    assert begun.status_code == 200, begun.text
    reborn()
    known = f"/livechatconnector/auth/reconnectablechats/{{org}}/{app}/r?channelId=lcw"
    assert site.ask(None, "GET", known, ada).json()["reconnectid"]
    assert site.ask(None, "GET", known, eve).status_code == 204
    history = f"/livechatconnector/auth/organization/{{org}}/widgetapp/{app}/conversation/history"
    assert site.ask(None, "GET", history, ada).json()["chatMessages"]
