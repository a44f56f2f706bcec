"""Script and markup in messages, names and cards is inert: in the widget, and before the agent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Page

from harness.pages.browser import Browser, Window
from harness.pages.widget import WidgetPage
from tests.wire.chat import PERSON, Desk
from tests.wire.test_widget import soon

IMAGE = "<img src=x onerror=alert(1)>"
SCRIPT = "<script>alert(1)</script>"
LINK = "[Your parcel](javascript:alert(1))"
HOSTILE = (IMAGE, SCRIPT, LINK, "\"'><svg onload=alert(1)>", "<iframe srcdoc='<script>alert(1)'>")
AGENT = f"Bob {IMAGE}"
QUEUE = f"Parcels {IMAGE}"
TOPIC = """
kind: AdaptiveDialog
beginDialog:
  kind: OnRecognizedIntent
  intent: {triggerQueries: [show me a card]}
  actions:
    - kind: SendActivity
      activity:
        text: ["<img src=x onerror=alert(1)> the card"]
        attachments:
          - {kind: HeroCardTemplate, title: "<img src=x onerror=alert(1)>", text: "<b>Hero</b>"}
          - kind: AdaptiveCardTemplate
            cardContent: |
              {"type": "AdaptiveCard", "version": "1.3", "body": [
                {"type": "TextBlock", "text": "<img src=x onerror=alert(1)>"},
                {"type": "TextBlock", "text": "[go](javascript:alert(1))"}],
               "actions": [
                {"type": "Action.OpenUrl", "title": "Track it", "url": "javascript:alert(1)"}]}
        quickReplies: [{kind: MessageBack, text: "<img src=x onerror=alert(1)>"}]
"""
ACTIVE = """() => [...document.querySelectorAll('*')].filter(e =>
    [...e.attributes].some(a => a.name.startsWith('on') && a.value.includes('alert'))
    || /^javascript:/i.test(e.getAttribute('href') || '')
    || (e.tagName === 'SCRIPT' && e.textContent.trim() === 'alert(1)')
    || (e.tagName === 'IFRAME' && e.srcdoc.includes('alert'))
).map(e => e.outerHTML)"""


class Watch:
    """A page that notes whatever is run in it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.ran: list[str] = []
        page.on("dialog", lambda dialog: (self.ran.append(dialog.message), dialog.dismiss()))

    def is_calm(self) -> bool:
        """Whether nothing was run, and nothing there waits to be run by a click."""
        active = [found for frame in self.page.frames for found in frame.evaluate(ACTIVE)]
        return not self.ran and not active


@pytest.fixture
def desk(found: Callable[..., Desk]) -> Desk:
    """A desk whose agent and whose bot's card are called what runs."""
    desk = found(users=[{"name": AGENT, "roles": ["Omnichannel agent"]}])
    mia, bot = desk.as_user("Mia"), desk.description["bot"]["id"]
    topics = f"/portal/{desk.id}/api/bots/{bot}"
    written = desk.client.put(f"{topics}/topics/Cards", json={"content": TOPIC}, headers=mia)
    assert written.status_code == 200, written.text
    assert desk.client.post(f"{topics}/publish", headers=mia).status_code == 200
    queue = {"name": QUEUE, "members": [AGENT]}
    made = desk.client.post(
        f"/admin/{desk.id}/api/queues", json=queue, headers=desk.as_user("Olga")
    )
    assert made.status_code == 201, made.text
    return desk


@pytest.fixture
def window(browser: Browser, desk: Desk) -> Iterator[Callable[[], Window]]:
    opened: list[Window] = []

    def opens() -> Window:
        opened.append(browser.open(datetime.fromisoformat(desk.description["now"])))
        return opened[-1]

    yield opens
    for each in opened:
        each.close()


def signs_in(desk: Desk, window: Window, name: str, path: str) -> Page:
    token = desk.as_user(name)["authorization"].removeprefix("Bearer ")
    base = str(desk.client.base_url).rstrip("/")
    window.page.goto(f"{base}/sign-in/{token}?next={path}")
    return window.page


def test_what_everybody_writes_is_text(desk: Desk, window: Callable[[], Window]) -> None:
    ada = WidgetPage(window(), "Ada", desk.description["widget"]["page"])
    seen = Watch(ada.window.page)
    ada.starts_chat()
    ada.says("show me a card")
    soon(lambda: "the card" in " ".join(line.words for line in ada.transcript()))
    assert seen.is_calm()
    for text in HOSTILE:
        ada.says(text)
    ada.says(PERSON)
    conversation = ada.conversation_id()
    desk.agent("PUT", "presence", {"presence": "Available"})
    desk.agent("POST", f"conversations/{conversation}/accept", {})
    desk.agent("POST", f"conversations/{conversation}/transfer", {"queue": QUEUE})
    desk.agent("PUT", "presence", {"presence": "Available"}, AGENT)
    desk.agent("POST", f"conversations/{conversation}/accept", {}, AGENT)
    for text in (*HOSTILE, "That is all"):
        desk.agent("POST", f"conversations/{conversation}/messages", {"text": text}, AGENT)
    soon(lambda: "That is all" in " ".join(line.text for line in ada.transcript()))
    assert seen.is_calm()
    place = f"/workspace/{desk.id}/conversations/{conversation}"
    theirs = Watch(signs_in(desk, window(), AGENT, place))
    theirs.page.get_by_text("That is all").first.wait_for()
    assert theirs.is_calm()
    assert theirs.page.get_by_text(SCRIPT).count()


def test_what_would_run_is_noticed(window: Callable[[], Window]) -> None:
    page = window().page
    seen = Watch(page)
    page.set_content(f"<a href='javascript:alert(1)'>x</a>{IMAGE}")
    soon(lambda: not seen.is_calm())
    soon(lambda: seen.ran == ["1"])
