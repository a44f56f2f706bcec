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
_WORDS = {word: value for value, word in enumerate(_COUNTED)}
_RANKED = (
    *("first", "second", "third", "fourth", "fifth"),
    *("sixth", "seventh", "eighth", "ninth", "tenth"),
)
_ORDINALS = {word: value for value, word in enumerate(_RANKED, 1)}
_ORDINAL = re.compile(r"(?<!\w)([0-9]{1,9})(?:st|nd|rd|th)(?!\w)", re.IGNORECASE)
_SECONDS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "week": 604_800}
_SPAN = re.compile(
    r"(?<![\w.])([0-9]{1,9}(?:\.[0-9]{1,6})?|[a-z]{1,9})\s*(second|minute|hour|day|week)s?(?!\w)",
    re.IGNORECASE,
)


def plain(said: str) -> Value:
    """The first number, in figures or as a word up to twenty."""
    found = _NUMBER.search(said)
    if found:
        return _number(found[0].replace(",", ""))
    words = re.findall(r"[a-z]+", said.casefold())
    return next((_WORDS[word] for word in words if word in _WORDS), None)


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
    total = 0.0
    for amount, unit in _SPAN.findall(said):
        value = _WORDS.get(amount.casefold(), 1 if amount.casefold() in ("a", "an") else None)
        count = _float(amount) if value is None else float(value)
        if count is None:
            return None
        total += count * _SECONDS[unit.casefold()]
    if total:
        return _number(str(total))
    minutes = plain(said)
    return None if not isinstance(minutes, int | float) else minutes * 60


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


def _float(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
