"""A bot that asks its customer to sign in, and the page that does so for them."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qs
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import expect

from harness.pages.browser import Browser
from tests.pages.barriers import barriers, sticking_out
from tests.wire.chat import Chat, Desk

ORDERS = """
kind: AdaptiveDialog
beginDialog:
  kind: OnRecognizedIntent
  id: main
  intent: {triggerQueries: [my orders]}
  actions:
    - {kind: OAuthInput, id: asks, text: Please sign in}
    - {kind: SendActivity, id: told, activity: "Token {System.User.AccessToken}."}
"""


@pytest.fixture
def asking(desk: Desk) -> Desk:
    """A desk whose bot asks for a sign-in at "my orders"."""
    maker, bot = desk.as_user("Mia"), f"/portal/{desk.id}/api/bots/{desk.description['bot']['id']}"
    for method, path, body in (
        ("PATCH", "", {"manual_authentication": True}),
        ("PUT", "/topics/Orders", {"content": ORDERS}),
        ("POST", "/publish", {}),
    ):
        answer = desk.client.request(method, bot + path, json=body, headers=maker)
        assert answer.status_code == 200, answer.text
    return desk


def card_of(chat: Chat) -> dict[str, Any]:
    """The content of the card that asks to sign in."""
    chat.say("my orders")
    newest = chat.get("messages").json()["value"][0]
    (card,) = json.loads(newest["content"]["message"])["attachments"]
    assert card["contentType"] == "application/vnd.microsoft.card.oauth"
    content: dict[str, Any] = card["content"]
    return content


def post(chat: Chat, url: str, body: Any) -> httpx.Response:
    return chat.desk.client.post(url, json=body, headers={"Origin": "https://shop.example.test"})


def test_a_card_asks_to_sign_in_and_the_page_does_so(asking: Desk) -> None:
    chat = asking.start()
    content = card_of(chat)
    url = content["tokenPostResource"]["sasUrl"]
    (button,) = content["buttons"]
    signin = re.fullmatch(r"\S+.botframework.com/api/oauth/signin\?signin=(\S+)", button["value"])
    assert signin is not None, "the widget looks for the id in such an address"
    assert parse_qs(url)["state"] == [signin[1]], "pages read it from the whole address"
    answer = post(chat, url, {"token": "t-1", "more": 1})
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "https://shop.example.test"
    assert chat.texts()[-1] == "Token t-1."
    assert post(chat, url, {"token": "t-2"}).status_code == 200
    assert chat.texts()[-1] == "Token t-1.", "twice is once"


@pytest.mark.parametrize("body", [{}, {"token": ""}, {"token": 7}, [], {"token": "x" * 20_000}])
def test_what_is_no_token_is_refused_and_can_be_tried_again(asking: Desk, body: Any) -> None:
    chat = asking.start()
    url = card_of(chat)["tokenPostResource"]["sasUrl"]
    assert post(chat, url, body).status_code == 400
    assert post(chat, url, {"token": "t-1"}).status_code == 200


def test_an_id_that_nobody_was_given_signs_nobody_in(asking: Desk) -> None:
    chat = asking.start()
    url = card_of(chat)["tokenPostResource"]["sasUrl"]
    assert post(chat, f"{url}x", {"token": "t"}).status_code == 404
    assert post(chat, url.replace(asking.id, str(uuid4())), {"token": "t"}).status_code == 404
    assert post(chat, "/api/sas/postToken", {"token": "t"}).status_code == 404


def test_a_bot_that_has_let_go_signs_nobody_in(asking: Desk) -> None:
    chat = asking.start()
    url = card_of(chat)["tokenPostResource"]["sasUrl"]
    chat.hand_over()
    assert post(chat, url, {"token": "t-1"}).status_code == 409


def test_the_agent_reads_of_the_card_and_not_of_the_token(asking: Desk) -> None:
    chat = asking.start()
    post(chat, card_of(chat)["tokenPostResource"]["sasUrl"], {"token": "t-1"})
    seen = asking.agent("GET", f"conversations/{chat.hand_over()}")
    cards = [line for line in seen["transcript"] if line.get("sign_in")]
    assert [line["cards"] for line in cards] == [["Please sign in"]]
    assert "t-1" not in json.dumps(seen["context"])


# By hand, behind the button of the card


def page_of(chat: Chat) -> str:
    (button,) = card_of(chat)["buttons"]
    address: str = button["value"]
    return address


def fill(chat: Chat, address: str, name: str) -> httpx.Response:
    headers = {"Origin": str(chat.desk.client.base_url).rstrip("/")}
    return chat.desk.client.post(address, data={"name": name}, headers=headers)


def test_somebody_who_is_not_logged_in_to_the_page_signs_in_by_the_button(asking: Desk) -> None:
    chat = asking.start()
    address = page_of(chat)
    assert "Your name" in asking.client.get(address).text
    assert fill(chat, address, " Ada ").status_code == 303
    assert chat.texts()[-1] == "Token token-of-Ada."
    assert "You are signed in" in asking.client.get(address).text
    assert fill(chat, address, "Cleo").status_code == 303
    assert chat.texts()[-1] == "Token token-of-Ada.", "twice is once"


def test_the_page_behind_the_button_bars_nobody(asking: Desk, browser: Browser) -> None:
    chat = asking.start()
    window = browser.open()
    window.page.goto(page_of(chat))
    assert barriers(window.page) == []
    assert sticking_out(window.page) == []
    window.page.get_by_label("Your name").fill("Ada")
    window.page.get_by_role("button", name="Sign in").click()
    expect(window.page.get_by_role("status")).to_contain_text("You are signed in")
    assert barriers(window.page) == []
    window.close()
    assert chat.texts()[-1] == "Token token-of-Ada."


@pytest.mark.parametrize("name", ["", "  ", "x" * 101])
def test_who_gives_no_name_is_asked_again(asking: Desk, name: str) -> None:
    chat = asking.start()
    answer = fill(chat, page_of(chat), name)
    assert (answer.status_code, "Your name" in answer.text) == (400, True)
    assert chat.texts()[-1] != "Token token-of-x."


def test_a_page_without_a_request_to_sign_in_says_so(asking: Desk) -> None:
    chat = asking.start()
    address = page_of(chat)
    for wrong in (f"{address}x", address.partition("?")[0]):
        answer = asking.client.get(wrong)
        assert (answer.status_code, "Nobody is asked to sign in" in answer.text) == (404, True)
        assert fill(chat, wrong, "Ada").status_code == 404
    foreign = asking.client.post(
        address, data={"name": "Ada"}, headers={"Origin": "https://evil.test"}
    )
    assert foreign.status_code == 403


def test_signing_in_after_the_bot_has_let_go_is_refused_in_words(asking: Desk) -> None:
    chat = asking.start()
    address = page_of(chat)
    chat.hand_over()
    answer = fill(chat, address, "Ada")
    assert (answer.status_code, "does not have" in answer.text) == (409, True)
