"""Cards as a customer reads them off the wire, and as the desk's transcript tells them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from harness.actors import cards, thread
from harness.expect.matching import holds, told
from harness.protocol.conversations import Line, Role

ADAPTIVE = {
    "type": "AdaptiveCard",
    "body": [
        {"type": "TextBlock", "text": "Which parcel?"},
        {"type": "TextBlock", "text": "secret", "isVisible": False},
        {"type": "FactSet", "facts": [{"title": "Quay", "value": "2"}]},
        {"type": "Input.Text", "id": "parcel", "label": "Number", "value": "ZX"},
        {"type": "Input.ChoiceSet", "choices": [{"title": "Small", "value": "s"}]},
        {"type": "RichTextBlock", "inlines": ["by ", {"type": "TextRun", "text": "boat"}]},
    ],
    "actions": [{"type": "Action.Submit", "title": "Send", "data": {"text": "no word"}}],
}


def line(**rich: Any) -> Line:
    item = {"id": "1000", "content": {"message": json.dumps(rich)}, "metadata": {thread.RICH: "x"}}
    return thread.polled(item).line


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"title": "Boots", "text": "Warm ones", "buttons": [{"title": "Buy", "value": "b"}]},
         "Boots\nWarm ones\nBuy"),
        (ADAPTIVE, "Which parcel?\nQuay\n2\nNumber\nSmall\nby \nboat\nSend"),
        (None, ""),
        ({"body": 5, "title": ["x"]}, ""),
    ],
)  # fmt: skip
def test_the_words_of_a_card_are_those_that_are_drawn(content: object, words: str) -> None:
    assert cards.words({"content": content}) == words


def test_a_customer_reads_the_words_and_those_of_the_cards() -> None:
    shown = line(text="Look", attachments=[{"content": {"title": "Boots"}}])
    assert shown.text == "Look\nBoots"
    assert line(attachments=[{"content": ADAPTIVE}]).text.startswith("Which parcel?")
    assert line(value={"parcel": "ZX-1"}).text == ""


def test_the_desk_tells_cards_and_what_was_put_into_one_in_words() -> None:
    shown = (Line(Role.BOT, "", cards=("Boots",)), Line(Role.CUSTOMER, "", cards=("size: 8",)))
    assert told(shown) == "bot: Boots / customer: size: 8"
    assert holds("size: 8")(shown) is None


def test_a_card_nested_without_end_is_read_as_far_as_any_is_drawn() -> None:
    nested: dict[str, Any] = {"text": "too deep"}
    for _ in range(cards.MAX_DEPTH + 1):
        nested = {"items": [nested]}
    assert cards.words({"content": nested}) == ""
