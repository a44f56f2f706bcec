"""What an answer to a question means: the entities."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any

import re2  # type: ignore[import-untyped]
from rapidfuzz import fuzz

from harness.reference.bot.expressions import Value, text
from harness.reference.bot.listening import amounts, dates
from harness.reference.bot.listening.entities import (
    CLOSED_LIST,
    DYNAMIC_LIST,
    PATTERN,
    TEXT,
    Entity,
    Option,
)
from harness.reference.bot.listening.phrases import normalise

_YES = frozenset({"yes", "y", "yeah", "yep", "sure", "ok", "okay", "true"})
_NO = frozenset({"no", "n", "nope", "nah", "false"})
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{5,18}[0-9]")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"]{1,500}", re.IGNORECASE)
_ZIP = re.compile(
    r"(?<![\w-])[A-Za-z]{0,2}[0-9][A-Za-z0-9]{1,7}"
    r"(?:[ -](?:[0-9][A-Za-z0-9]{1,3}|[A-Z]{2}))?(?![\w-])"
)
_LEAD_IN = re.compile(
    r"^(?:(?:hi|hello)[,!]? )?"
    r"(?:(?:my name is|i am|i'm|im|it is|it's|its|this is|in|from|to|at|the)\s+)+",
    re.IGNORECASE,
)
_COLORS = frozenset(
    (
        *("black", "white", "red", "green", "blue", "yellow", "orange", "purple", "violet"),
        *("pink", "brown", "gray", "grey", "beige", "gold", "silver", "cyan", "magenta"),
        *("turquoise", "navy", "maroon", "olive", "teal", "crimson", "ivory"),
    )
)

# An answer is looked at this far; a text taken whole is not cut.
_LOOKED_AT = 1_000
# What is taken as a name, a place, an organisation: a few words, not a sentence.
_LONGEST_NAME = 100
# How alike a misspelt option must be, of 100, where the maker asked for smart matching.
_SMART = 85.0
# The columns by which a row of a table is shown as a choice, in this order.
_SHOWN = ("DisplayName", "displayName", "Title", "Name", "Value")


def recognise(entity: Entity, said: str, now: datetime | None = None) -> Value:
    """The value that the entity finds in the text, None when it finds none.

    `now` (aware) is what *tomorrow* is counted from. An entity whose kind has no rule takes any
    short text: docs/bot-content.md lists the rules.
    """
    if entity.kind == TEXT:
        return said.strip() or None
    if entity.kind == CLOSED_LIST:
        return _option(entity, said)
    if entity.kind == PATTERN:
        return _pattern(entity.pattern, said)
    looked_at = said[:_LOOKED_AT]
    if entity.kind in dates.KINDS:
        return dates.recognise(entity.kind, looked_at, now)
    rule = _RULES.get(entity.kind, _name)
    return rule(looked_at)


def takes_anything(entity: Entity) -> bool:
    """Whether nearly every text is an answer, so that being one says nothing."""
    known = (CLOSED_LIST, DYNAMIC_LIST, PATTERN, *dates.KINDS, *_RULES)
    return entity.kind not in known or entity.kind == "StreetAddressPrebuiltEntity"


def suggestions(entity: Entity) -> tuple[str, ...]:
    """The answers that a question offers as buttons."""
    if entity.kind == "BooleanPrebuiltEntity":
        return ("Yes", "No")
    return tuple(option.label for option in entity.options)


def shown(row: Value) -> str:
    """What a row of a table is called as a choice."""
    if not isinstance(row, dict):
        return text(row)
    for column in _SHOWN:
        if column in row:
            return text(row[column])
    return text(next((value for value in row.values() if isinstance(value, str)), ""))


def chosen(rows: list[Value], said: str) -> Value:
    """The row that is called what was said, None when none is."""
    words = normalise(said)
    return next((row for row in rows if words and normalise(shown(row)) == words), None)


def names_option(entity: Entity, said: str) -> bool:
    """Whether the text is an option of the list, and nothing else."""
    return _whole(entity, normalise(said)) is not None


def _whole(entity: Entity, words: str) -> Option | None:
    return next(
        (option for option in entity.options if words in map(normalise, _names(option))), None
    )


def _option(entity: Entity, said: str) -> Value:
    # The label is the value: it is what a message shows and what an agent reads.
    words = normalise(said)
    if not words:
        return None
    if whole := _whole(entity, words):
        return whole.label
    # An option named in a sentence, when it is the only one.
    spaced = f" {words} "
    named = [
        option
        for option in entity.options
        if any(f" {normalise(name)} " in spaced for name in _names(option)[1:] if normalise(name))
    ]
    if len(named) == 1:
        return named[0].label
    return _misspelt(entity, words) if entity.smart else None


def _names(option: Option) -> tuple[str, ...]:
    return (option.id, option.label, *option.synonyms)


def _misspelt(entity: Entity, words: str) -> Value:
    scored = [
        (fuzz.ratio(words, normalise(name)), -place, option.label)
        for place, option in enumerate(entity.options)
        for name in _names(option)[1:]
    ]
    best = max(scored, default=(0.0, 0, ""))
    return best[2] if best[0] >= _SMART else None


@lru_cache(maxsize=256)
def compiled(pattern: str) -> Any:
    """The pattern of a maker, which takes no more time the longer the text; None for a bad one."""
    settings = re2.Options()
    settings.log_errors = False
    try:
        return re2.compile(pattern, settings)
    except re2.error:
        return None


def _pattern(pattern: str, said: str) -> Value:
    made = compiled(pattern)
    found = made.search(said[:_LOOKED_AT]) if made else None
    return str(found[0]) if found else None


def _boolean(said: str) -> Value:
    word = normalise(said)
    return True if word in _YES else False if word in _NO else None


def _name(said: str) -> Value:
    plain = said.strip().rstrip(".!")
    stripped = _LEAD_IN.sub("", plain).strip()
    has_letter = any(character.isalpha() for character in stripped)
    return stripped if has_letter and len(stripped) <= _LONGEST_NAME else None


def _address(said: str) -> Value:
    # Letters and the number of a house.
    plain = said.strip()
    letters = any(character.isalpha() for character in plain)
    return plain if letters and any(character.isdigit() for character in plain) else None


def _color(said: str) -> Value:
    return next((word for word in normalise(said).split() if word in _COLORS), None)


def _found(pattern: re.Pattern[str]) -> Callable[[str], Value]:
    def look(said: str) -> Value:
        found = pattern.search(said)
        return found[0].strip() if found else None

    return look


_RULES: dict[str, Callable[[str], Value]] = {
    "BooleanPrebuiltEntity": _boolean,
    "EmailPrebuiltEntity": _found(_EMAIL),
    "PhoneNumberPrebuiltEntity": _found(_PHONE),
    "URLPrebuiltEntity": _found(_URL),
    "ZipCodePrebuiltEntity": _found(_ZIP),
    "ColorPrebuiltEntity": _color,
    "StreetAddressPrebuiltEntity": _address,
    **{f"{kind}PrebuiltEntity": rule for kind, rule in amounts.RULES.items()},
}
