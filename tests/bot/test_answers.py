"""What an answer means to each entity."""

from __future__ import annotations

import pytest

from harness.reference.bot.expressions import Value
from harness.reference.bot.listening.answers import recognise
from harness.reference.bot.listening.entities import Entity, Option
from harness.reference.bot.listening.phrases import normalise

from .builders import START


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
        ("NumberPrebuiltEntity", "1,250 please", 1250),
        ("NumberPrebuiltEntity", "twelve", 12),
        ("NumberPrebuiltEntity", "thirty two", 32),
        ("NumberPrebuiltEntity", "twenty-one of them", 21),
        ("NumberPrebuiltEntity", "two hundred", None),
        ("NumberPrebuiltEntity", "two or three", None),
        ("DurationPrebuiltEntity", "an hour and a half", 5400),
        ("DurationPrebuiltEntity", "half an hour", 1800),
        ("DurationPrebuiltEntity", "thirty two minutes", 1920),
        ("DurationPrebuiltEntity", "some hours", None),
        ("AgePrebuiltEntity", "I am 42 years old", 42),
        ("AgePrebuiltEntity", "420", None),
        ("MoneyPrebuiltEntity", "$19.90", 19.9),
        ("PercentagePrebuiltEntity", "30% of it", 30),
        ("WeightPrebuiltEntity", "2.5kg", 2.5),
        ("OrdinalPrebuiltEntity", "the 3rd", 3),
        ("OrdinalPrebuiltEntity", "second one", 2),
        ("DurationPrebuiltEntity", "2 hours 30 minutes", 9000),
        ("DurationPrebuiltEntity", "an hour", 3600),
        ("DurationPrebuiltEntity", "15", 900),
        ("DurationPrebuiltEntity", "a while", None),
        ("URLPrebuiltEntity", "see https://example.com/a?b=1 now", "https://example.com/a?b=1"),
        ("ZipCodePrebuiltEntity", "it is 98052", "98052"),
        ("ZipCodePrebuiltEntity", "SW1A 1AA", "SW1A 1AA"),
        ("ZipCodePrebuiltEntity", "no idea", None),
        ("ColorPrebuiltEntity", "the Green one", "green"),
        ("ColorPrebuiltEntity", "any", None),
        ("StreetAddressPrebuiltEntity", "1 Main Street", "1 Main Street"),
        ("StreetAddressPrebuiltEntity", "at home", None),
        ("PersonNamePrebuiltEntity", "Hi, my name is Ada Lovelace.", "Ada Lovelace"),
        ("PersonNamePrebuiltEntity", "42", None),
        ("CityPrebuiltEntity", "in Oslo", "Oslo"),
        ("CityPrebuiltEntity", "x" * 101, None),
        ("LanguagePrebuiltEntity", "Norwegian", "Norwegian"),
        ("DatePrebuiltEntity", "2026-05-01", "2026-05-01"),
        ("DatePrebuiltEntity", "5/1/2026", "2026-05-01"),
        ("DatePrebuiltEntity", "1 May", "2026-05-01"),
        ("DatePrebuiltEntity", "May 1st, 2027", "2027-05-01"),
        ("DatePrebuiltEntity", "tomorrow", "2026-03-03"),
        ("DatePrebuiltEntity", "on Monday", "2026-03-09"),
        ("DatePrebuiltEntity", "in 2 weeks", "2026-03-16"),
        ("DatePrebuiltEntity", "2026-02-30", None),
        ("DatePrebuiltEntity", "someday", None),
        ("TimePrebuiltEntity", "at 2 pm", "14:00:00"),
        ("TimePrebuiltEntity", "9:05", "09:05:00"),
        ("TimePrebuiltEntity", "27:00", None),
        ("DateTimePrebuiltEntity", "tomorrow at noon", "2026-03-03T12:00:00"),
        ("DateTimePrebuiltEntity", "14:30", "2026-03-02T14:30:00"),
        ("DateTimePrebuiltEntity", "whenever", None),
    ],
)
def test_an_entity_finds_its_value(kind: str, text: str, expected: Value) -> None:
    found = recognise(Entity(kind), text, START)
    assert (found, type(found)) == (expected, type(expected))


SIZES = (Option("s", "Small", ("little",)), Option("l", "Large"))


@pytest.mark.parametrize(
    ("said", "smart", "expected"),
    [
        ("small", False, "Small"),
        ("S", False, "Small"),
        ("a little one", False, "Small"),
        ("small or large", False, None),
        ("smal", False, None),
        ("smal", True, "Small"),
        ("huge", True, None),
    ],
)
def test_an_option_is_named_alone_in_a_sentence_or_nearly(
    said: str, smart: bool, expected: Value
) -> None:
    assert recognise(Entity("ClosedListEntity", SIZES, smart=smart), said) == expected


@pytest.mark.parametrize(
    ("pattern", "said", "expected"),
    [
        ("[A-Z]{2}-[0-9]+", "it is ZX-17.", "ZX-17"),
        ("(", "(", None),
        ("(a+)+$", "a" * 999 + "b", None),
    ],
)
def test_a_pattern_takes_its_first_match_in_linear_time(
    pattern: str, said: str, expected: Value
) -> None:
    assert recognise(Entity("RegexEntity", pattern=pattern), said) == expected


def test_words_are_made_alike() -> None:
    assert normalise("  Don’t—STOP,\tＮｏｗ_please! ") == "dont stop now please"
