"""What an answer means to each entity."""

from __future__ import annotations

import pytest

from harness.reference.bot.answers import recognise
from harness.reference.bot.entities import Entity
from harness.reference.bot.expressions import Value
from harness.reference.bot.phrases import normalise


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("StringPrebuiltEntity", "  Oslo ", "Oslo"),
        ("StringPrebuiltEntity", "  ", None),
        ("BooleanPrebuiltEntity", "Yes!", True),
        ("BooleanPrebuiltEntity", "nope", False),
        ("BooleanPrebuiltEntity", "yes and no", None),
        ("NumberPrebuiltEntity", "about 12 of them", 12),
        ("NumberPrebuiltEntity", "-2.50", -2.5),
        ("NumberPrebuiltEntity", "ZX12", None),
        ("NumberPrebuiltEntity", "9" * 500, None),
        ("EmailPrebuiltEntity", "mail ada@example.com please", "ada@example.com"),
        ("EmailPrebuiltEntity", "ada at example", None),
        ("PhoneNumberPrebuiltEntity", "call +1 555 010-0001", "+1 555 010-0001"),
        ("PhoneNumberPrebuiltEntity", "12", None),
        ("ClosedListEntity", "", None),
    ],
)
def test_an_entity_finds_its_value(kind: str, text: str, expected: Value) -> None:
    found = recognise(Entity(kind), text)
    assert (found, type(found)) == (expected, type(expected))


def test_words_are_made_alike() -> None:
    assert normalise("  Don’t—STOP,\tＮｏｗ_please! ") == "dont stop now please"
