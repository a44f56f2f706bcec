"""Numbers in an answer: plain ones, with a unit, in words, ages, money, percentages, durations."""

from __future__ import annotations

import re
from collections.abc import Callable

from harness.reference.bot.expressions import Value

_NUMBER = re.compile(
    r"(?<![\w.])-?[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,15})?(?![\w])"
    r"|(?<![\w.])-?[0-9]{1,15}(?:\.[0-9]{1,15})?(?![\w])"
)
# With a unit written to it: `5kg`, `$20`, `30%`.
_LOOSE = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_COUNTED = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen", "twenty"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {word: value for value, word in enumerate(_COUNTED)} | {
    word: 10 * value for value, word in enumerate(_TENS, 2)
}
# Words that change a number beside them: better not understood than understood wrongly.
_UNSURE = ("hundred", "thousand", "million", "dozen", "half", "quarter", "point", "couple")
_RANKED = (
    *("first", "second", "third", "fourth", "fifth"),
    *("sixth", "seventh", "eighth", "ninth", "tenth"),
)
_ORDINALS = {word: value for value, word in enumerate(_RANKED, 1)}
_ORDINAL = re.compile(r"(?<!\w)([0-9]{1,9})(?:st|nd|rd|th)(?!\w)", re.IGNORECASE)
_SECONDS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "week": 604_800}
_SPAN = re.compile(r"(?P<unit>second|minute|hour|day|week)s?(?![a-z])", re.IGNORECASE)


def plain(said: str) -> Value:
    """The first number in figures, or the only one in words, up to ninety-nine."""
    found = _NUMBER.search(said)
    return _number(found[0].replace(",", "")) if found else _in_words(said)


def _in_words(said: str) -> int | None:
    """`twelve`, `thirty two`; None for what is more than one number, or not a plain one."""
    words = re.findall(r"[a-z]+", said.casefold())
    numbers = [(place, _WORDS[word]) for place, word in enumerate(words) if word in _WORDS]
    if not numbers or any(word in words for word in _UNSURE):
        return None
    (first, value), *others = numbers
    if not others:
        return value
    (second, unit), *more = others
    joined = words[first] in _TENS and 0 < unit < 10 and second == first + 1 and not more
    return value + unit if joined else None


def with_unit(said: str) -> Value:
    """The first number, whatever is written to it."""
    found = _LOOSE.search(said.replace(",", ""))
    return _number(found[0]) if found else plain(said)


def age(said: str) -> Value:
    """A whole number of years that a person may have."""
    found = with_unit(said)
    return found if isinstance(found, int) and 0 <= found <= 150 else None


def percentage(said: str) -> Value:
    """The number before `%` or `percent`, or the only one."""
    return with_unit(said)


def ordinal(said: str) -> Value:
    """`3rd`, `third`, or a plain number."""
    found = _ORDINAL.search(said)
    if found:
        return int(found[1])
    words = re.findall(r"[a-z]+", said.casefold())
    named = next((_ORDINALS[word] for word in words if word in _ORDINALS), None)
    return plain(said) if named is None else named


def duration(said: str) -> Value:
    """`2 hours 30 minutes` in seconds; a number alone is minutes."""
    spans = list(_SPAN.finditer(said))
    if not spans:
        minutes = plain(said)
        return None if not isinstance(minutes, int | float) else minutes * 60
    total, start = 0.0, 0
    for span in spans:
        count = _count(said[start : span.start("unit")])
        if count is None:
            return None
        total += count * _SECONDS[span["unit"].casefold()]
        start = span.end()
    rest = said[start:].casefold()
    if "and a half" in rest:
        total += _SECONDS[spans[-1]["unit"].casefold()] / 2
    return None if "quarter" in rest else _number(str(total))


def _count(said: str) -> float | None:
    """How many of a unit the words before it say."""
    words = said.casefold().split()
    if words[-2:] == ["half", "an"] or words[-1:] == ["half"]:
        return 0.5
    if words[-1:] in (["a"], ["an"]):
        return 1.0
    count = with_unit(said)
    return float(count) if isinstance(count, int | float) else None


RULES: dict[str, Callable[[str], Value]] = {
    "Number": plain,
    "Age": age,
    "Money": with_unit,
    "Percentage": percentage,
    "Speed": with_unit,
    "Temperature": with_unit,
    "Weight": with_unit,
    "Ordinal": ordinal,
    "Duration": duration,
}


def _number(text: str) -> int | float:
    value = float(text)
    return int(value) if value == int(value) and "." not in text.rstrip("0").rstrip(".") else value
