"""Pages with the widget's tag: of a stranger, altered, in a hurry; and what they are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from harness.expect.eventually import eventually
from harness.expect.matching import is_true
from harness.pages.browser import Browser, Window
from harness.pages.widget import WidgetPage
from harness.protocol.organisations import Snippet
from tests.wire.chat import PERSON, Desk


@pytest.fixture
def window(browser: Browser, desk: Desk) -> Iterator[Window]:
    window = browser.open(datetime.fromisoformat(desk.description["now"]))
    yield window
    window.close()


@pytest.fixture
def ada(window: Window, desk: Desk) -> WidgetPage:
    widget = desk.description["widget"]
    return WidgetPage(window, "Ada", widget["page"], Snippet(**widget))


def soon(look: Callable[[], object]) -> None:
    assert eventually(lambda: bool(look()), is_true("so", "not so")) is None


def test_a_strangers_page_with_the_products_tag_hands_over(ada: WidgetPage, desk: Desk) -> None:
    desk.agent("PUT", "presence", {"presence": "Available"})
    ada.opens_page_on("tents.example")
    ada.starts_chat()
    ada.says(PERSON)
    conversation = ada.conversation_id()
    desk.agent("POST", f"conversations/{conversation}/accept", {})
    desk.agent("POST", f"conversations/{conversation}/messages", {"text": "I am Ben"})
    soon(lambda: "I am Ben" in [line.text for line in ada.transcript()])
    assert ada.window.page.url == "https://tents.example/"
    ada.comes_back()
    soon(lambda: "I am Ben" in [line.text for line in ada.transcript()])
    desk.agent("POST", f"conversations/{conversation}/end", {})
    soon(lambda: not ada.can_write())
