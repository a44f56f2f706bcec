"""Web Chat in Chromium, over the desk's own messaging channel: by a WebSocket and by polling."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from harness.pages.browser import Browser
from tests.clients.hub import PERSON, Hub
from tests.clients.pages import Site
from tests.clients.programs import ROOT
from tests.clients.webchat import BUNDLE, WebChat, placed
from tests.wire.chat import Desk

PUBLISHED = ROOT / "harness/reference/widget/node_modules/webchat/dist/webchat-es5.js"
LABEL = b"parcel 7"


@pytest.fixture(params=["stream", "polling"])
def chat(
    desk: Desk, browser: Browser, site: Site, request: pytest.FixtureRequest
) -> Iterator[WebChat]:
    window = browser.open()
    yield WebChat(window.page, placed(site, desk, request.param))
    assert window.foreign == []
    window.close()


def test_it_is_the_published_one() -> None:
    assert BUNDLE.read_bytes() == PUBLISHED.read_bytes()


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
    chat.sends("Hello?")
    expect(chat.page.get_by_text("Send failed").first).to_be_visible()


def test_a_file_goes_up(desk: Desk, chat: WebChat, tmp_path: Path) -> None:
    hub = Hub(desk)
    chat.says(PERSON)
    id = hub.takes()
    file = tmp_path / "label.txt"
    file.write_bytes(LABEL)
    with chat.page.expect_response("**/upload?**") as answer:
        chat.page.locator("input[type=file]").set_input_files(file)
        chat.box.press("Enter")
    assert answer.value.status == 200
    link = chat.page.locator("a[href*='/v3/directline/attachments/']").first
    expect(link).to_be_visible()
    shown = desk.agent("GET", f"conversations/{id}")["transcript"][-1]
    assert (shown["role"], [file["name"] for file in shown["files"]]) == ("customer", ["label.txt"])
    assert desk.client.get(str(link.get_attribute("href"))).content == LABEL
