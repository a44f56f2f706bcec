"""Takes the pictures of the README: a hand-off in the demo, played on a clock that stands still.

Run by `make screenshots`. Writes `docs/images/*.png`; the same demo gives the same pictures.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from harness.pages.browser import Browser, Window
from harness.pages.portal import MakerPage
from harness.pages.widget import WidgetPage
from harness.pages.workspace import AgentPage, SupervisorPage
from harness.protocol.conversations import Generation, Presence
from harness.protocol.organisations import Account

IMAGES = Path(__file__).parent / "images"
COMMAND = [sys.executable, "-m", "harness.reference", "--demo", "--clock", "virtual"]


SIDE_BY_SIDE = """<!doctype html>
<body style="margin:0;padding:24px;display:flex;gap:24px;align-items:start;width:max-content;
  background:#e6eaee">
<style>img{border-radius:10px;box-shadow:0 4px 18px #0003;display:block}</style>
"""


@contextmanager
def demo() -> Iterator[list[dict[str, Any]]]:
    """The demo's organisations, the first for the hand-off, while it runs."""
    process = subprocess.Popen(COMMAND, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())["organisations"]
    finally:
        process.terminate()
        process.wait()


class Stage:
    """The people of the demo, each in a window of their own, at the demo's time."""

    def __init__(self, browser: Browser, organisation: dict[str, Any]) -> None:
        self._browser = browser
        self._organisation = organisation
        self._now = datetime.fromisoformat(organisation["now"])
        self.bot: str = organisation["bot"]["id"]
        self.environments = {each["name"]: each["id"] for each in organisation["environments"]}

    def window(self) -> Window:
        return self._browser.open(self._now)

    def place(self, site: str) -> str:
        return f"{self._organisation['url']}/{site}/{self._organisation['id']}"

    def account(self, name: str) -> Account:
        users = {user["name"]: user["token"] for user in self._organisation["users"]}
        return Account(name, (), users[name])


def main() -> None:
    """Plays the hand-off and takes the pictures."""
    IMAGES.mkdir(exist_ok=True)
    browser = Browser(trace=False)
    with demo() as organisations:
        organisation = organisations[0]
        stage = Stage(browser, organisation)
        ada = WidgetPage(stage.window(), "Ada", organisation["widget"]["page"])
        ben = AgentPage(stage.window(), stage.place("workspace"), stage.account("Ben"))
        sam = SupervisorPage(stage.window(), stage.place("workspace"), stage.account("Sam"))
        mia = MakerPage(
            stage.window(), stage.place("portal"), stage.account("Mia"), organisation["bot"]["id"]
        )
        ada.page.set_viewport_size({"width": 600, "height": 800})
        ben.page.set_viewport_size({"width": 1120, "height": 800})
        sam.page.set_viewport_size({"width": 1120, "height": 400})
        hand_off(ada, ben)
        sam.ongoing()
        pictures = (ada.page.screenshot(), ben.page.screenshot())
        beside(stage.window().page, pictures, IMAGES / "hand-off.png")
        sam.page.screenshot(path=IMAGES / "ongoing.png", full_page=True)
        ordered = sorted(organisations, key=lambda each: list(Generation).index(each["generation"]))
        panes = [connecting(Stage(browser, each), each["generation"]) for each in ordered]
        beside(stage.window().page, panes, IMAGES / "agent-transfers.png")
        mia.opens_topic("Session Timeout")
        mia.edits_trigger()
        mia.page.screenshot(path=IMAGES / "topic-editor.png", full_page=True)
    browser.close()


def connecting(stage: Stage, generation: str) -> bytes:
    """The pane of a generation: the preview at its first step, Classic at its next, the web app
    when the bot is connected."""
    mia = MakerPage(stage.window(), stage.place("portal"), stage.account("Mia"), stage.bot)
    mia.page.set_viewport_size({"width": 640, "height": 800})
    if generation != "web-app":
        mia.makes_bot("Second Helper")
    if generation == "classic":
        mia.enables()
        mia.chooses_environment(stage.environments["Production"])
    mia.opens_pane()
    area = mia.page.locator(".stack").first
    area.evaluate("(it) => { it.style.padding = '20px'; it.style.background = '#f4f6f8' }")
    return area.screenshot()


def hand_off(ada: WidgetPage, ben: AgentPage) -> None:
    """Ada asks the bot, then a person; Ben accepts and answers, and she writes on."""
    ben.sets_presence(Presence.AVAILABLE)
    ada.starts_chat()
    says_and_hears(ada, "opening hours", "Monday to Saturday")
    says_and_hears(ada, "talk to agent", "looking for a colleague")
    conversation = ada.conversation_id()
    expect(ben.page.locator(f"[data-ringing='{conversation}']")).to_be_visible()
    ben.accepts(conversation)
    ben.says(conversation, "Hello, I am Ben. What can I do for you?")
    bubbles(ada, "I am Ben")
    ada.says("Does the ridge tent stand a storm?")
    expect(ben.page.get_by_role("log").get_by_text("ridge tent")).to_be_visible()
    ben.says(conversation, "It does: up to 90 km/h, with all pegs in.")
    bubbles(ada, "all pegs in")
    ben.page.get_by_label("Message to the customer").blur()


def says_and_hears(ada: WidgetPage, text: str, answer: str) -> None:
    ada.says(text)
    bubbles(ada, answer)


def bubbles(ada: WidgetPage, text: str) -> None:
    """Waits until the widget has drawn a line."""
    line = ada.page.locator("#oc-lcw .webchat__bubble__content", has_text=text)
    expect(line).to_be_in_viewport(ratio=1)


def beside(canvas: Page, pictures: Iterable[bytes], path: Path) -> None:
    """One picture of several, side by side."""
    images = [base64.b64encode(picture).decode() for picture in pictures]
    tags = "".join(f'<img src="data:image/png;base64,{image}">' for image in images)
    canvas.set_content(SIDE_BY_SIDE + tags)
    width = canvas.evaluate("document.body.scrollWidth")
    canvas.set_viewport_size({"width": width, "height": 100})
    canvas.screenshot(path=path, full_page=True)


if __name__ == "__main__":
    main()
