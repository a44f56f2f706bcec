"""Markup in what people write and are called is text on every page, and script is never run.

Each page is read as a browser reads it; what holds markup as it was written must be of a type that
no browser draws.
"""

from __future__ import annotations

from html.parser import HTMLParser

import httpx
import pytest

from harness.reference.operations.organisations import World
from tests.reference.prey import Hunt, Way
from tests.reference.site import Client

MARKUP = "\"'><b onclick=alert(1)>"
"""Short, because names of bots have at most 30 letters; it leaves texts and attributes alike."""

DRAWN = ("text/html", "image/svg", "application/xhtml", "text/xml")


@pytest.fixture(scope="module")
def hunt(served: tuple[Client, World]) -> Hunt:
    return Hunt(*served, MARKUP)


class Page(HTMLParser):
    """Whatever of a page could run something that somebody wrote."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.runs: list[str] = []
        self.text = ""
        self._in_script = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_script = tag == "script"
        for name, value in attrs:
            led = name in ("href", "src", "action") and str(value).lower().startswith("javascript:")
            if name.startswith("on") or led:
                self.runs.append(f"<{tag} {name}={value}>")
            self.text += f" {value}"

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False

    def handle_data(self, data: str) -> None:
        if self._in_script and "alert(1)" in data:
            self.runs.append(data)
        self.text += data


def holds(answer: httpx.Response, address: str) -> bool:
    """Whether markup is shown, as text; fails where it is more than that."""
    if not answer.headers.get("content-type", "").startswith(DRAWN):
        return False
    page = Page(answer.text)
    assert page.runs == [], (address, page.runs)
    return MARKUP in page.text


def test_no_page_runs_what_somebody_wrote(hunt: Hunt, routes: list[Way]) -> None:
    asking = [way for way in routes if way.method == "GET"]
    shown = {
        address.partition("?")[0]
        for owner in hunt.owners()
        for address, answer in hunt.answers(owner, asking)
        if holds(answer, address)
    }
    # Conversation and overview of the desk, bots, users and topics at least.
    assert len(shown) >= 8, shown


def test_a_file_is_never_drawn(hunt: Hunt) -> None:
    path = f"/workspace/{{org}}/api/conversations/{hunt.alpha.conversation}/files/"
    answer = hunt.alpha.site.ask("Ben", "GET", path + hunt.alpha.file)
    assert MARKUP in answer.text
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "page", ["<p title='x' onclick=\"alert(1)\">", "<script>alert(1)</script>"]
)
def test_a_page_that_would_run_it_is_noticed(page: str) -> None:
    assert Page(page).runs
    assert Page("<a href=' JavaScript:alert(1)'>".replace("' ", "'")).runs
