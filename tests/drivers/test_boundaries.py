"""Values by their names: exactly as long as they say, always the same, writable as topics."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from harness.staging import boundaries, topics
from harness.staging.boundaries import Value

ESCALATE = """
kind: AdaptiveDialog
beginDialog:
  kind: OnEscalate
  id: main
  intent: {triggerQueries: [talk to agent]}
  actions:
    - {kind: SendActivity, id: one, activity: One moment}
    - kind: TransferConversationV2
      id: two
      transferType:
        kind: TransferToAgent
        messageToAgent: Old
        context: {kind: AutomaticTransferContext}
"""


def actions(topic: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(topic)["beginDialog"]["actions"]
    return found


@pytest.mark.parametrize("length", [0, 1, 99, 100, 3_999, 4_000, 4_001, 29_000])
@pytest.mark.parametrize("made_of", boundaries.LETTERS)
def test_a_text_has_the_length_that_its_name_says(made_of: str, length: int) -> None:
    words = f"{made_of} of {length:,} characters"
    assert re.fullmatch(boundaries.MADE, words)
    value = boundaries.value(words)
    assert isinstance(value, str)
    assert len(value) == length


def test_no_two_pieces_of_a_long_text_are_alike() -> None:
    text = boundaries.text_of(4_000)
    pieces = [text[start : start + 100] for start in range(0, 4_000, 100)]
    assert len(set(pieces)) == len(pieces)


@pytest.mark.parametrize("length", [1, 99, 100, 101, 200, 201])
def test_a_name_has_its_length_and_is_a_name(length: int) -> None:
    assert len(boundaries.name_of(length)) == length
    assert boundaries.name_of(length).isidentifier()


@pytest.mark.parametrize("length", [29, 30, 31])
@pytest.mark.parametrize("made_of", boundaries.BOT_NAMES)
def test_a_bot_s_name_has_its_length_in_code_points(made_of: str, length: int) -> None:
    assert len(boundaries.bot_name(made_of, length)) == length


@pytest.mark.parametrize("words", boundaries.NAMED)
def test_every_named_value_fits_a_sentence(words: str) -> None:
    assert re.fullmatch(boundaries.PATTERN, words)
    assert boundaries.value(words) == boundaries.NAMED[words]


@pytest.mark.parametrize(
    ("words", "value"),
    [('"Oslo"', "Oslo"), ("the number -1", -1), ("the number 2.5", 2.5), ('"true"', "true")],
)
def test_quoted_texts_and_numbers_are_themselves(words: str, value: Value) -> None:
    assert boundaries.value(words) == value
    assert type(boundaries.value(words)) is type(value)


def test_an_unknown_name_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="a text with emoji"):
        boundaries.value("a text of thunder")


TEXTS = [value for value in boundaries.NAMED.values() if isinstance(value, str)]


@pytest.mark.parametrize("text", TEXTS, ids=repr)
def test_a_topic_keeps_any_text(text: str) -> None:
    written = actions(topics.on_phrase("note", topics.remembers("Note", text)))[0]["value"]
    quoted = '="' + text.replace('"', '""') + '"'
    assert written == (quoted if text.lstrip().startswith("=") else text)


@pytest.mark.parametrize(
    ("value", "formula"),
    [
        (None, "=Blank()"),
        (True, "=true"),
        (-1, "=-1"),
        (2.5, "=2.5"),
        ("=1+1", '="=1+1"'),
        ([{"No": 1, "Town": "Oslo"}], '=[{No: 1, Town: "Oslo"}]'),
        ([], "=[]"),
    ],
)
def test_what_is_no_plain_text_is_a_formula(value: Value, formula: str) -> None:
    assert topics.written(value) == formula


def test_a_topic_is_changed_and_keeps_its_phrases() -> None:
    said = topics.only(ESCALATE, topics.says("Please call us"))
    assert yaml.safe_load(said)["beginDialog"]["intent"] == {"triggerQueries": ["talk to agent"]}
    assert [action["kind"] for action in actions(said)] == ["SendActivity"]


def test_notes_come_before_what_the_topic_does() -> None:
    noted = topics.beginning_with(ESCALATE, topics.remembers("Town", "Oslo"))
    kinds = [action["kind"] for action in actions(noted)]
    assert kinds == ["SetVariable", "SendActivity", "TransferConversationV2"]


@pytest.mark.parametrize("message", ["She has called twice", None])
def test_a_transfer_gets_another_message_or_none(message: str | None) -> None:
    transfer = actions(topics.telling_agents(ESCALATE, message))[1]["transferType"]
    assert transfer.get("messageToAgent") == message
    assert transfer["context"] == {"kind": "AutomaticTransferContext"}
