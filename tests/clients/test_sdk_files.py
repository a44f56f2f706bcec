"""The published SDK by itself, with files: in a page of a host whose files it handles itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Route

from harness.pages.afterwards import FILES_HOST
from harness.pages.browser import Browser, Window
from tests.clients.test_sdk import Client, bundle, hand_over, sees, soon, writes
from tests.wire.chat import Desk

SHOP = f"https://{FILES_HOST}/shop.html"
OWN = {"internalConfig": {"disableAMSWhitelistedUrls": False}}
"""Has the SDK look at the page's host, as the loader has it."""

SEND = """async ([name, words]) =>
  (await sdk.uploadFileAttachment(new File([words], name, {type: "text/plain"}))).fileMetadata"""

OPEN = """async (name) => {
  const known = (await sdk.getMessages()).find(({fileMetadata}) => fileMetadata?.name === name);
  return known ? (await sdk.downloadFileAttachment(known.fileMetadata)).text() : null;
}"""


@pytest.fixture
def desk(http: httpx.Client, found: Callable[..., dict[str, Any]]) -> Desk:
    settings = {"files_from_customers": True, "files_from_agents": True, "extensions": [".txt"]}
    return Desk(http, found(widget=settings))


@pytest.fixture
def window(product: Browser, desk: Desk, tmp_path: Path) -> Iterator[Window]:
    """A window for which the host delivers a page with the SDK, and nothing else."""
    bundle(script := tmp_path / "sdk.js")
    window = product.open(datetime.fromisoformat(desk.description["now"]))

    def deliver(route: Route) -> None:
        if route.request.url == SHOP:
            page = '<meta charset="utf-8"><script src="sdk.js"></script>'
            route.fulfill(body=page, content_type="text/html")
        else:
            route.fulfill(path=script, content_type="text/javascript")

    window.page.route(f"https://{FILES_HOST}/**", deliver)
    yield window
    window.close()


def test_files_both_ways(window: Window, desk: Desk) -> None:
    ada = Client(window, desk, SHOP)
    ada.starts(OWN)
    conversation = hand_over(ada, desk)
    writes(desk, conversation, "I am Ben")
    sees(ada, "I am Ben")
    sent = ada.page.evaluate(SEND, ["label.txt", "from Ada"])
    place = f"/workspace/{desk.id}/api/conversations/{conversation}/files"
    ben = desk.as_user("Ben")
    assert desk.client.get(f"{place}/{sent['id']}", headers=ben).content == b"from Ada"
    answer = desk.client.post(f"{place}?name=manual.txt", content=b"from Ben", headers=ben)
    assert answer.status_code == 201, answer.text
    soon(lambda: ada.page.evaluate(OPEN, "manual.txt") == "from Ben")
    desk.agent("POST", f"conversations/{conversation}/end", {})
    soon(lambda: ada.heard("ended"))


def test_a_file_that_is_not_taken_leaves_the_chat_as_it_was(window: Window, desk: Desk) -> None:
    ada = Client(window, desk, SHOP)
    ada.starts(OWN)
    conversation = hand_over(ada, desk)
    before = desk.agent("GET", f"conversations/{conversation}")["transcript"]
    failed = ada.page.evaluate(
        f"(given) => ({SEND})(given).then(() => '', (error) => String(error))",
        ["virus.exe", "from Ada"],
    )
    assert failed
    assert desk.agent("GET", f"conversations/{conversation}")["transcript"] == before
    writes(desk, conversation, "Still here")
    sees(ada, "Still here")
