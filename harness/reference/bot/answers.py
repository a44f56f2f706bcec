"""What an answer to a question means: the entities."""

from __future__ import annotations

import re

from harness.reference.bot.expressions import Value
from harness.reference.bot.phrases import normalise
from harness.reference.bot.topics import Entity

_YES = frozenset({"yes", "y", "yeah", "yep", "sure", "ok", "okay", "true"})
_NO = frozenset({"no", "n", "nope", "nah", "false"})
_NUMBER = re.compile(r"(?<![\w.])-?[0-9]{1,15}(?:\.[0-9]{1,15})?(?![\w])")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{5,18}[0-9]")

# An answer is looked at this far; a text taken whole is not cut.
_LOOKED_AT = 1_000


def recognise(entity: Entity, text: str) -> Value:
    """The value that the entity finds in the text, None when it finds none."""
    if entity.kind == "StringPrebuiltEntity":
        return text.strip() or None
    if entity.kind == "ClosedListEntity":
        return _option(entity, text)
    if entity.kind == "BooleanPrebuiltEntity":
        word = normalise(text)
        return True if word in _YES else False if word in _NO else None
    if entity.kind == "NumberPrebuiltEntity":
        number = _NUMBER.search(text, 0, _LOOKED_AT)
        return None if number is None else _number(number[0])
    pattern = _EMAIL if entity.kind == "EmailPrebuiltEntity" else _PHONE
    found = pattern.search(text, 0, _LOOKED_AT)
    return found[0] if found else None


def suggestions(entity: Entity) -> tuple[str, ...]:
    """The answers that a question offers as buttons."""
    if entity.kind == "BooleanPrebuiltEntity":
        return ("Yes", "No")
    return tuple(option.label for option in entity.options)


def _option(entity: Entity, text: str) -> Value:
    # The label is the value: it is what a message shows and what an agent reads.
    said = normalise(text)
    for option in entity.options:
        if said and said in map(normalise, (option.label, option.id, *option.synonyms)):
            return option.label
    return None


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)
