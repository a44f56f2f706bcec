"""Web Chat on a page of the customer's own site."""

from __future__ import annotations

from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect

from tests.clients.pages import Site
from tests.clients.programs import HERE, ROOT
from tests.wire.chat import Desk

BUNDLE = ROOT / "harness" / "reference" / "widget" / "dist" / "webchat.js"
"""The published file; the build of the widget lays it there as it is."""


def placed(site: Site, desk: Desk, kind: str, **more: str) -> str:
    """Puts Web Chat on the site; the address of a page that speaks `stream` or `polling`."""
    channel = desk.description["channel"]
    query = {"domain": channel["direct_line"], "secret": channel["secret"], "kind": kind, **more}
    site.serves("/webchat.js", BUNDLE)
    address = site.serves("/shop.html", (HERE / "webchat.html").read_text())
    return f"{address}?{urlencode(query)}"


class WebChat:
    """The page, used as a customer does; what it must show it may show a little later."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.page.goto(address)
        self.bubbles = page.locator("article .webchat__bubble")
        self.box = page.locator("[data-id='webchat-sendbox-input']")
        expect(self.bubbles).not_to_have_count(0)

    def sends(self, text: str) -> None:
        self.box.fill(text)
        self.box.press("Enter")

    def says(self, text: str) -> None:
        """Sends it, and sees its own words without a word about sending."""
        self.sends(text)
        expect(self.own(text)).to_be_visible()
        expect(self.page.get_by_text("Sending", exact=True)).to_have_count(0)

    def sees(self, text: str) -> None:
        expect(self.bubbles.filter(has_text=text)).to_have_count(1)

    def own(self, text: str) -> Locator:
        return self.page.locator(".webchat__bubble--from-user").filter(has_text=text)
