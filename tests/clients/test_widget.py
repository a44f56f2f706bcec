"""Microsoft's chat widget on a customer's own page, unmodified, brought by the product's own tag.

Each test has a hand-off, an agent's reply and the end. The page is the test's own; the product's
host names lead to the reference (Chromium's resolver rules).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from harness.expect.eventually import eventually
from harness.expect.matching import Mismatch
from harness.pages.afterwards import FILES_HOST
from harness.pages.browser import Browser, Window
from harness.pages.widget import WidgetPage
from harness.protocol.conversations import Role
from tests.clients.pages import Site
from tests.wire.chat import PERSON, Desk

SHOP = """<!doctype html>
<html lang="en"><title>A shop of one's own</title><body><h1>Boots</h1>
<script v2 id="Microsoft_Omnichannel_LCWidget"
  src="https://oc-cdn-public.azureedge.net/livechatwidget/scripts/LiveChatBootstrapper.js"
  data-app-id="{app_id}" data-lcw-version="prod" data-org-id="{org_id}"
  data-org-url="{org_url}"></script></body></html>"""

Opens = Callable[..., "Shopper"]


class Shopper:
    """A customer before the widget, and the desk behind it."""

    def __init__(self, window: Window, desk: Desk, url: str) -> None:
        self.page = WidgetPage(window, "Ada", url)
        self.window = window
        self.desk = desk

    def meets_ben(self) -> str:
        """Chats, asks for a person and reads Ben's first words; the conversation's id."""
        self.desk.agent("PUT", "presence", {"presence": "Available"})
        self.page.starts_chat()
        self.page.says(PERSON)
        conversation = self.page.conversation_id()
        self.desk.agent("POST", f"conversations/{conversation}/accept", {})
        self.hears(conversation, "I am Ben")
        return conversation

    def hears(self, conversation: str, text: str) -> None:
        """Ben says it, and the customer sees it as an agent's."""
        self.desk.agent("POST", f"conversations/{conversation}/messages", {"text": text})
        soon(lambda: (Role.AGENT, text) in self.lines())

    def lines(self) -> list[tuple[Role, str]]:
        return [(line.role, line.text) for line in self.page.transcript()]

    def is_left(self, conversation: str) -> None:
        """Ben ends the conversation; the customer can write no more."""
        self.desk.agent("POST", f"conversations/{conversation}/end", {})
        soon(lambda: not self.page.can_write())


def soon(look: Callable[[], object]) -> None:
    """Waits until something is so; the widget draws when it gets round to it."""

    def match(seen: bool) -> Mismatch | None:
        return None if seen else Mismatch("so", "not so")

    assert eventually(lambda: bool(look()), match, timedelta(seconds=20)) is None


@pytest.fixture
def opens(
    product: Browser,
    http: httpx.Client,
    found: Callable[..., dict[str, Any]],
    site: Site,
) -> Iterator[Opens]:
    """Opens the shop of an organisation whose widget has these settings."""
    windows: list[Window] = []

    def opened(**settings: Any) -> Shopper:
        made = found(widget=settings)
        windows.append(product.open(datetime.fromisoformat(made["now"])))
        page = SHOP.format(**made["widget"])
        url = site.serves("/shop.html", page)
        if settings.get("files_from_customers"):
            url = f"https://{FILES_HOST}/shop.html"
            windows[-1].page.route(
                url, lambda route: route.fulfill(body=page, content_type="text/html")
            )
        return Shopper(windows[-1], Desk(http, made), url)

    yield opened
    for window in windows:
        window.close()


def test_basic(opens: Opens) -> None:
    ada = opens()
    conversation = ada.meets_ben()
    ada.page.says("Thank you")
    seen = ada.desk.agent("GET", f"conversations/{conversation}")["transcript"]
    assert [line["text"] for line in seen][-1] == "Thank you"
    ada.page.ends_chat()
    state = ada.desk.agent("GET", f"conversations/{conversation}")["state"]
    assert state == "Wrap-up"
    assert not [url for url in ada.page.foreign if ".cdn.office.net" not in url]


def test_pre_chat(opens: Opens) -> None:
    ada = opens(pre_chat=[{"name": "Town", "text": "Where do you live?", "required": True}])
    ada.page.answers("Where do you live?", "Oslo")
    conversation = ada.meets_ben()
    context = ada.desk.agent("GET", f"conversations/{conversation}")["context"]
    assert context["Town"]["value"] == "Oslo"
    ada.is_left(conversation)


def test_the_agent_ends(opens: Opens) -> None:
    ada = opens()
    conversation = ada.meets_ben()
    ada.is_left(conversation)
    soon(lambda: "lcw:threadUpdate" in ada.page.raised())


def test_a_reload(opens: Opens) -> None:
    ada = opens()
    conversation = ada.meets_ben()
    ada.page.comes_back()
    soon(lambda: (Role.AGENT, "I am Ben") in ada.lines())
    assert "lcw:chatRetrieved" in ada.page.raised()
    ada.hears(conversation, "Still here")
    ada.is_left(conversation)


def test_polling(opens: Opens) -> None:
    ada = opens()
    sockets: list[object] = []
    ada.window.page.on("websocket", lambda socket: sockets.append(socket))
    # What the client does when it gets no place at the realtime service.
    ada.window.page.route("**/v4/a?*", lambda route: route.fulfill(status=503))
    conversation = ada.meets_ben()
    ada.hears(conversation, "Without a socket")
    assert sockets == []
    ada.page.ends_chat()
    state = ada.desk.agent("GET", f"conversations/{conversation}")["state"]
    assert state == "Wrap-up"


def test_attachments_both_ways(opens: Opens) -> None:
    ada = opens(files_from_customers=True, files_from_agents=True, extensions=[".txt"])
    conversation = ada.meets_ben()
    ada.page.sends_file("label.txt", b"from Ada")
    (file,) = ada.desk.agent("GET", f"conversations/{conversation}")["transcript"][-1]["files"]
    place = f"/workspace/{ada.desk.id}/api/conversations/{conversation}/files"
    ben = ada.desk.as_user("Ben")
    assert ada.desk.client.get(f"{place}/{file['id']}", headers=ben).content == b"from Ada"
    name = 'manual "1".txt'
    sent = ada.desk.client.post(place, params={"name": name}, content=b"from Ben", headers=ben)
    assert sent.status_code == 201, sent.text
    soon(lambda: name in [file for line in ada.page.transcript() for file in line.files])
    assert ada.page.opens_file(name) == b"from Ben"
    ada.is_left(conversation)


def test_a_survey_in_the_widget(opens: Opens) -> None:
    ada = opens(survey={})
    conversation = ada.meets_ben()
    ada.desk.agent("POST", f"conversations/{conversation}/end", {})
    soon(ada.page.is_asked_how_it_was)
    ada.page.answers_survey({"satisfaction": "5", "comment": "Quick"})
    (told,) = ada.desk.agent("GET", f"conversations/{conversation}")["surveys"]
    assert told["answers"] == {"satisfaction": "5", "comment": "Quick"}


def test_transcripts(opens: Opens) -> None:
    ada = opens(transcript_download=True, transcript_email=True)
    conversation = ada.meets_ben()
    assert "I am Ben" in ada.page.keeps_transcript()
    ada.page.asks_for_transcript("ada@post.example")
    ada.is_left(conversation)
    olga = ada.desk.as_user("Olga")
    (letter,) = ada.desk.client.get(f"/admin/{ada.desk.id}/api/emails", headers=olga).json()[
        "value"
    ]
    assert letter["status"] == "Sent"
    assert "I am Ben" in letter["text"]
