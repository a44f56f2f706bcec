"""What an administrator sets of the widget, in the published widget: survey, hours, privacy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest

from harness.expect.eventually import eventually
from harness.expect.matching import is_true
from harness.pages.browser import Browser
from harness.pages.widget import WidgetPage
from harness.protocol.organisations import Snippet
from tests.wire.chat import Desk

Opens = Callable[..., tuple[WidgetPage, Desk]]

SURVEY = [
    {"name": "Town", "text": "Where do you live?", "required": True},
    {"name": "Story", "text": "What has happened?", "type": "Multiple lines"},
    {"name": "Size", "text": "Which size?", "type": "Option set", "options": ["Small", "Large"]},
    {"name": "Terms", "text": "I agree.", "type": "User consent", "required": True},
]


@pytest.fixture
def opens(browser: Browser, found: Callable[..., Desk]) -> Iterator[Opens]:
    """A customer before the widget of a new organisation with these settings, and its desk."""
    windows = []

    def opened(**settings: Any) -> tuple[WidgetPage, Desk]:
        desk = found(widget=settings)
        windows.append(browser.open(datetime.fromisoformat(desk.description["now"])))
        widget = desk.description["widget"]
        return WidgetPage(windows[-1], "Ada", widget["page"], Snippet(**widget)), desk

    yield opened
    for window in windows:
        window.close()


def soon(look: Callable[[], object]) -> None:
    assert eventually(lambda: bool(look()), is_true("so", "not so")) is None


def seen_by_supervisor(desk: Desk, ada: WidgetPage) -> Any:
    return desk.agent("GET", f"conversations/{ada.conversation_id()}", name="Sam")


def test_answers_of_every_type_reach_the_desk_and_private_data_does_not(opens: Opens) -> None:
    ada, desk = opens(pre_chat=SURVEY, masking=[{"name": "Card", "pattern": r"\b\d{16}\b"}])
    ada.answers("Where do you live?", "Oslo")
    ada.answers("What has happened?", "It broke.")
    ada.submits_survey()
    soon(ada.survey_problems)
    assert ada.survey_problems() == ["Terms field is required"]
    ada.comes_back()
    ada.answers("Which size?", "Large")
    ada.answers("I agree.", True)
    ada.starts_chat()
    ada.says("My card is 4111111111111111")
    hidden = f"My card is {'#' * 16}"
    soon(lambda: hidden in [line.text for line in ada.transcript()])
    shown = seen_by_supervisor(desk, ada)
    answers = {name: entry["value"] for name, entry in shown["context"].items()}
    wanted = {"Town": "Oslo", "Story": "It broke.", "Size": "Large", "Terms": True}
    assert wanted.items() <= answers.items()
    said = [line["text"] for line in shown["transcript"] if line["role"] == "customer"]
    assert said == [hidden]


def test_out_of_hours_the_button_is_not_there_unless_it_is_to_be(opens: Opens) -> None:
    hours = {"start": "10:00"}
    ada, _ = opens(hours=hours)
    ada.ready()
    assert not ada.is_shown()
    bea, _ = opens(hours=hours, shown_out_of_hours=True)
    bea.opens_page()
    soon(bea.is_shown)
    bea.opens_chat()
    assert bea.is_out_of_office()
