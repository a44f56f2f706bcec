"""Values at and beyond the limits of what may travel with a conversation, by names in words.

A scenario says `a text of 4,000 characters` or `the number -1`; what stands behind the words is
made here, the same in every run. Limits are the specification's (5.5): a value has at most 4,000
characters, a name 100 (200 in the document of 2021), a message 28 KB.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

Value: TypeAlias = "str | int | float | bool | list[Value] | dict[str, Value] | None"
"""What a variable of a bot may hold; a table is a list of records."""

NAMED: Mapping[str, Value] = MappingProxyType(
    {
        "nothing": None,
        "an empty text": "",
        "a text of blanks": "   ",
        "a text with blanks around it": "  Oslo  ",
        "a text of three lines": "Karl Johans gate 1\n\n0154 Oslo",
        "a text with quotation marks": "She said \"no\", then 'yes' \\ maybe",
        "a text with markup": "<b>5 < 6</b> & <script>alert(1)</script>",
        "a text with braces": "{Topic.StoreLocation} {{0}}",
        "a text that looks like a formula": "=1+1",
        "a text that looks like a number": "0042",
        "a text that looks like JSON": '{"Town": "Oslo"}',
        "a text that says true": "true",
        "a German text": "Größe: Ärmel, süß, Maß",
        "a Norwegian text": "Blåbærsyltetøy på Åsgårdstrand",
        "a Greek text": "Ελληνικά, τόνος και διαλυτικά",
        "an Arabic text": "مرحبا، أين الطرد؟ \u200f12",
        "a Hebrew text": "שלום, איפה החבילה?",
        "a Japanese text": "荷物はどこですか。東京駅",
        "a Chinese text": "包裹在哪裡？臺北",
        "a Korean text": "소포는 어디에 있나요?",
        "a Thai text": "พัสดุอยู่ที่ไหน",
        "a text with combining accents": "e\u0301a\u030ao\u0308 = éåö",
        "a text with emoji": "📦 👩🏽\u200d🚒 🇳🇴 ✓",
        "a text of rare letters": "𝒪𝓈𝓁𝑜 𠮷野家",
        "a text with invisible letters": "Os\u200blo\u2060\u00a0\u00ad",
        "true": True,
        "false": False,
        "a table of two parcels": [
            {"Number": "ZX-40417", "Weight": 2.5},
            {"Number": "ZX-40418", "Weight": 1},
        ],
        "an empty table": [],
        "a record of a store": {"Town": "Tromsø", "Open": True, "Floors": 2},
        "a record in a record": {"Store": {"Town": "Oslo", "Lift": None}, "Parcels": [{"No": 1}]},
    }
)
"""Values that have a name."""

_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "a text": _ALPHABET,
        "an accented text": "áéíóúýàèìòùâêîôû",
        "a Cyrillic text": "абвгдежзийклмнопрстуфхцчшщэюя",
        "an ideographic text": "甲乙丙丁戊己庚辛壬癸",
    }
)
"""What a text of a given length is made of; one letter is one character by any count."""

_LENGTH = r"\d+|\d{1,3}(?:,\d{3})+"
_NUMBER = r"-?\d+(?:\.\d+)?"
_LONG = re.compile(rf"(?P<made_of>{'|'.join(LETTERS)}) of (?P<length>{_LENGTH}) characters")
_QUOTED = re.compile(r'"([^"]*)"')
_A_NUMBER = re.compile(rf"the number ({_NUMBER})")

MADE = "|".join(
    (
        rf"(?:{'|'.join(LETTERS)}) of (?:{_LENGTH}) characters",
        rf"the number {_NUMBER}",
        *sorted(map(re.escape, NAMED), key=len, reverse=True),
    )
)
"""A regular expression, without groups that count, of the words that stand for a value."""

PATTERN = rf'"[^"]*"|{MADE}'
"""The same, and quoted texts, which stand for themselves."""


def value(words: str) -> Value:
    """The value that the words mean; a quoted text is itself. Raises ValueError for others."""
    if quoted := _QUOTED.fullmatch(words):
        return quoted[1]
    if long := _LONG.fullmatch(words):
        return text_of(int(long["length"].replace(",", "")), LETTERS[long["made_of"]])
    if number := _A_NUMBER.fullmatch(words):
        return float(number[1]) if "." in number[1] else int(number[1])
    if words not in NAMED:
        raise ValueError(f"{words!r} is no value that has a name; there are {', '.join(NAMED)}")
    return NAMED[words]


def text_of(length: int, letters: str = _ALPHABET) -> str:
    """A text of exactly so many characters in which a lost piece shows: it counts itself.

    Every hundredth character begins a group that says its own position.
    """
    groups = (f"[{start}]".ljust(100, "~") for start in range(0, length, 100))
    pattern = "".join(groups)[:length]
    filler = (letters * (length // len(letters) + 1))[:length]
    return "".join(f if p == "~" else p for p, f in zip(pattern, filler, strict=True))


def name_of(length: int) -> str:
    """A variable's name of exactly so many characters: letters and digits, a letter first."""
    return ("Store" + "".join(f"Location{n:04}" for n in range(length)))[:length]


BOT_NAMES: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "plain letters": ("Beta Helper", "z", ""),
        "accented letters": ("Beta Helper", "e\u0301", ""),
        "joined emoji": ("", "👩🏽\u200d🚒", ""),
        "rare letters": ("", "𠮷", ""),
        "blanks and letters": ("   Beta Helper", "z", "   "),
    }
)
"""What a bot's name is made of: how it begins, what is repeated then, how it ends."""


def bot_name(made_of: str, length: int) -> str:
    """A bot's name of exactly so many Unicode code points; one of `BOT_NAMES` says of which.

    Nothing is torn apart: plain letters fill what whole clusters leave.
    """
    start, cluster, end = BOT_NAMES[made_of]
    whole, rest = divmod(length - len(start) - len(end), len(cluster))
    return start + "z" * rest + cluster * whole + end
