"""Web Chat in Chromium, over the desk's own messaging channel: by a WebSocket and by polling."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator, Page, expect

from harness.pages.browser import Browser
from tests.clients.hub import PERSON, Hub
from tests.clients.pages import Site
from tests.clients.programs import HERE, ROOT
from tests.wire.chat import Desk

WEB_CHAT = ROOT / "harness" / "reference" / "widget" / "dist" / "webchat.js"
"""The published file; the build of the widget lays it there as it is."""

PACKAGE = ROOT / "harness/reference/widget/node_modules/webchat/dist/webchat-es5.js"
LABEL = b"parcel 7"


class WebChat:
    """The page of a customer's own site."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.page.goto(address)
        self.bubbles = page.locator("article .webchat__bubble")
        expect(self.bubbles).to_have_count(1)

    def says(self, text: str) -> None:
        """Sends it, and sees its own words without a word about sending."""
        box = self.page.locator("[data-id='webchat-sendbox-input']")
        box.fill(text)
        box.press("Enter")
        expect(self.own(text)).to_be_visible()
        expect(self.page.get_by_text("Sending", exact=True)).to_have_count(0)

    def sees(self, text: str) -> None:
        expect(self.bubbles.filter(has_text=text)).to_have_count(1)

    def own(self, text: str) -> Locator:
        return self.page.locator(".webchat__bubble--from-user").filter(has_text=text)


@pytest.fixture(params=["stream", "polling"])
def chat(
    desk: Desk, browser: Browser, site: Site, request: pytest.FixtureRequest
) -> Iterator[WebChat]:
    channel = desk.description["channel"]
    query = {"domain": channel["direct_line"], "secret": channel["secret"], "kind": request.param}
    site.serves("/webchat.js", WEB_CHAT)
    address = site.serves("/shop.html", (HERE / "webchat.html").read_text())
    window = browser.open()
    yield WebChat(window.page, f"{address}?{urlencode(query)}")
    assert window.foreign == []
    window.close()


def test_it_is_the_published_one() -> None:
    assert WEB_CHAT.read_bytes() == PACKAGE.read_bytes()


def test_a_person_answers_and_ends(desk: Desk, chat: WebChat) -> None:
    hub = Hub(desk)
    chat.says(PERSON)
    id = hub.takes()
    chat.sees("Ben has joined the conversation")
    hub.says(id, "Ben here. What is it?")
    chat.sees("Ben here. What is it?")
    expect(chat.own("Ben here")).to_have_count(0)
    chat.says("My parcel is lost")
    assert hub.reads(id)[-1] == ("customer", "My parcel is lost")
    hub.ends(id)
    chat.sees("Ben has ended the conversation")
    box = chat.page.locator("[data-id='webchat-sendbox-input']")
    box.fill("Hello?")
    box.press("Enter")
    expect(chat.page.get_by_text("Send failed").first).to_be_visible()


def test_a_file_goes_up(desk: Desk, chat: WebChat, tmp_path: Path) -> None:
    hub = Hub(desk)
    chat.says(PERSON)
    id = hub.takes()
    file = tmp_path / "label.txt"
    file.write_bytes(LABEL)
    with chat.page.expect_response("**/upload?**") as answer:
        chat.page.locator("input[type=file]").set_input_files(file)
        chat.page.locator("[data-id='webchat-sendbox-input']").press("Enter")
    assert answer.value.status == 200
    link = chat.page.locator("a[href*='/v3/directline/attachments/']").first
    expect(link).to_be_visible()
    shown = desk.agent("GET", f"conversations/{id}")["transcript"][-1]
    assert shown["role"] == "customer"
    address = str(link.get_attribute("href"))
    assert desk.client.get(address).content == LABEL
