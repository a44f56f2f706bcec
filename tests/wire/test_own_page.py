"""`handoff serve --page FILE`: somebody's page, as it is, hands over."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import sync_playwright

from harness import chromium, serve
from harness.errors import UsageError
from harness.expect.eventually import eventually
from harness.expect.matching import is_true
from harness.pages import snippets
from harness.pages.browser import Window
from harness.pages.widget import WidgetPage
from harness.protocol.organisations import Snippet

ORG = "66666666-7777-4888-9999-000000000000"
TAG = f"""<script v2 id=Microsoft_Omnichannel_LCWidget
  src=https://oc-cdn-public-eur.azureedge.net/livechatwidget/scripts/LiveChatBootstrapper.js
  data-app-id="11111111-2222-4333-8444-555555555555" data-lcw-version="prod"
  data-org-id="{ORG}" data-org-url="https://unq6666666677774888-crm4.omnichannelengagementhub.com"
></script>"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    page = tmp_path / "shop.html"
    page.write_text(f"<!doctype html><title>A shop</title>{TAG}", encoding="utf-8")
    return page


@pytest.fixture
def said(shop: Path) -> Iterator[str]:
    """What the command says when it has been given the page."""
    command = [sys.executable, "-m", "harness.cli", "serve", "--port", "0", "--page", str(shop)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    text = ""
    while "Ctrl-C" not in text:
        text += process.stdout.readline()
    yield text
    process.terminate()
    process.wait(10)


@pytest.fixture
def ada(said: str, shop: Path) -> Iterator[WidgetPage]:
    """The page in a browser with the options that the command has printed."""
    [line] = [line for line in said.splitlines() if line.strip().startswith("chromium ")]
    program, _profile, *options, address = shlex.split(line)
    assert (program, address) == ("chromium", shop.as_uri())
    os.environ.update(chromium.environment() or {})
    with sync_playwright() as driver:
        browser = driver.chromium.launch(args=options)
        window = Window(browser.new_context(), traced=False)
        yield WidgetPage(window, "Ada", address)
        browser.close()


class Ben:
    """The agent, by the door that the start page has for him."""

    def __init__(self, said: str) -> None:
        found = re.search(r"Open (https://\S+)", said)
        assert found
        self._client = httpx.Client(base_url=found[1], verify=False)
        page = self._client.get("/").text
        token = re.search(r"/sign-in/([^?\"]+)\?next=/workspace", page)
        assert token
        self._headers = {"Authorization": f"Bearer {token[1]}"}

    def does(self, method: str, path: str, body: dict[str, Any]) -> None:
        place = f"/workspace/{ORG}/api/{path}"
        answer = self._client.request(method, place, json=body, headers=self._headers)
        assert answer.status_code < 300, answer.text


def test_a_page_as_it_is_hands_over(said: str, ada: WidgetPage) -> None:
    ben = Ben(said)
    ben.does("PUT", "presence", {"presence": "Available"})
    ada.starts_chat()
    ada.says("talk to agent")
    conversation = ada.conversation_id()
    ben.does("POST", f"conversations/{conversation}/accept", {})
    ben.does("POST", f"conversations/{conversation}/messages", {"text": "I am Ben"})
    seen = is_true("what Ben said", "nothing of it")
    assert eventually(lambda: "I am Ben" in [s.text for s in ada.transcript()], seen) is None


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<p>A shop</p>", "shop.html has no script tag with the id Microsoft_Omnichannel_LCWidget"),
        (TAG.replace("data-org-id", "data-org"), "lacks data-org-id"),
        (TAG.replace("https://unq", "unq"), "are whole addresses"),
        (TAG.replace("https://unq", "http://unq"), "are whole addresses"),
        (TAG.replace(ORG, "tents"), "data-org-id of the tag must be a GUID"),
        (TAG.replace("/scripts/", "/"), "is not the product's script"),
    ],
)
def test_a_page_that_cannot_be_is_told_why(html: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        snippets.read(html, "shop.html")


@pytest.mark.parametrize(
    "tag",
    [
        "<script id=Microsoft_Omnichannel_LCWidget data-app-id=a>",
        "<SCRIPT\n ID = 'Microsoft_Omnichannel_LCWidget' DATA-APP-ID='a'\n>",
        '<script data-app-id id="Microsoft_Omnichannel_LCWidget"/>',
    ],
)
def test_a_tag_is_altered_however_it_is_written(tag: str) -> None:
    read = snippets.Tag(snippets.with_attributes(tag, {"data-app-id": "b"}))
    assert read.attributes["data-app-id"] == "b", "as in a browser, the first holds"
    assert "data-app-id" not in snippets.Tag(snippets.without(tag, "data-app-id")).attributes
    assert not snippets.Tag(snippets.without(tag, "id")).attributes


@pytest.mark.parametrize("written", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_a_page_is_read_however_it_is_written(written: str) -> None:
    page = f"<title>Käse</title>{TAG.replace(ORG, ORG.replace('6', 'A'))}".encode(written)
    assert snippets.read(serve.decoded(page), "shop.html").org_id == ORG.replace("6", "a")


def test_of_two_tags_the_first_counts() -> None:
    assert snippets.read(TAG + TAG.replace(ORG, "other"), "shop.html").org_id == ORG


def test_pages_of_one_widget_have_one_organisation_and_of_two_are_refused() -> None:
    first = Snippet("a", "o", "https://o.example", "https://cdn.example/x.js")
    pages = {Path("shop.html"): first, Path("cart.html"): first}
    assert serve.planned(pages) == [{"id": "o", "app_id": "a"}]
    with pytest.raises(UsageError, match=r"other\.html names another widget"):
        serve.planned(pages | {Path("other.html"): replace(first, app_id="b")})
