"""Web Chat beyond words: cards, choices, a dropped socket, a token renewed, a page loaded anew."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from harness.pages.browser import Browser
from tests.clients.hub import PERSON, Hub
from tests.clients.pages import Site
from tests.clients.webchat import WebChat, placed
from tests.wire.chat import Desk

TOPIC = """
kind: AdaptiveDialog
beginDialog:
  kind: OnRecognizedIntent
  intent:
    triggerQueries: [find my parcel]
  actions:
    - kind: AdaptiveCardPrompt
      card: |-
        ={type: "AdaptiveCard", version: "1.3",
          body: [{type: "Input.Text", id: "parcel", label: "Number of the parcel"}],
          actions: [{type: "Action.Submit", title: "Find it"}]}
      output: {binding: {parcel: Topic.Parcel}}
    - kind: SendActivity
      activity:
        text: ["{Topic.Parcel} is in Oslo"]
        quickReplies: [{kind: MessageBack, text: opening hours}]
"""
RECONNECTS_AT_ONCE = "Math.random = () => 0;"
"""Its pause before it connects anew is random, from 3 to 15 seconds."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    window = browser.open()
    yield window.page
    window.close()


def finds_parcels(desk: Desk) -> None:
    place = f"/portal/{desk.id}/api/bots/{desk.description['bot']['id']}"
    mia = desk.as_user("Mia")
    body = {"content": TOPIC}
    assert desk.client.put(f"{place}/topics/Find", json=body, headers=mia).status_code == 200
    assert desk.client.post(f"{place}/publish", headers=mia).status_code == 200


def test_a_card_is_filled_in_and_a_choice_taken(desk: Desk, site: Site, page: Page) -> None:
    finds_parcels(desk)
    chat = WebChat(page, placed(site, desk, "stream"))
    chat.says("find my parcel")
    page.get_by_label("Number of the parcel").last.fill("P-7")
    page.get_by_role("button", name="Find it").last.click()
    chat.sees("P-7 is in Oslo")
    page.get_by_role("button", name="opening hours").last.click()
    chat.sees("open from Monday to Saturday")


def test_a_dropped_socket_loses_and_doubles_nothing(desk: Desk, site: Site, page: Page) -> None:
    sockets: list[WebSocketRoute] = []

    def keeps(socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        sockets.append(socket)

    page.add_init_script(RECONNECTS_AT_ONCE)
    page.route_web_socket("**/stream**", keeps)
    chat, hub = WebChat(page, placed(site, desk, "stream")), Hub(desk)
    chat.says(PERSON)
    id = hub.takes()
    hub.says(id, "Line 0")
    chat.sees("Line 0")
    sockets[-1].close()
    for number in range(1, 4):
        hub.says(id, f"Line {number}")
    chat.sees("Line 3")
    said = [text for text in chat.bubbles.all_inner_texts() if text.startswith("Line")]
    assert said == [f"Line {number}" for number in range(4)]
    assert len(sockets) == 2


def test_a_token_is_renewed_after_a_quarter_of_an_hour(desk: Desk, site: Site, page: Page) -> None:
    page.clock.install()
    # A client renews tokens, never the secret.
    given = desk.client.post(
        "/v3/directline/tokens/generate",
        headers={"authorization": f"Bearer {desk.description['channel']['secret']}"},
    ).json()
    chat = WebChat(page, placed(site, desk, "stream", secret="", token=given["token"]))
    with page.expect_response("**/tokens/refresh") as answer:
        page.clock.fast_forward(15 * 60 * 1000)
    assert answer.value.status == 200
    chat.says("opening hours")
    chat.sees("open from Monday to Saturday")


def test_a_page_that_is_loaded_anew_goes_on(desk: Desk, site: Site, page: Page) -> None:
    chat, hub = WebChat(page, placed(site, desk, "stream")), Hub(desk)
    chat.says(PERSON)
    id = hub.takes()
    hub.says(id, "Ben here")
    chat.sees("Ben here")
    kept = page.evaluate("({conversationId: directLine.conversationId, token: directLine.token})")
    again = WebChat(page, placed(site, desk, "stream", **kept))
    again.sees("Ben here")
    again.says("My parcel is lost")
    assert hub.reads(id)[-1] == ("customer", "My parcel is lost")
    expect(again.own(PERSON)).to_have_count(1)
