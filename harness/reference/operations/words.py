"""Names and words that people give: what is wrong with one, and which word they may have meant."""

from __future__ import annotations

from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from harness.reference.domain.errors import MalformedBody

LONGEST = 100
"""Characters of a name."""

W = TypeVar("W", bound=StrEnum)


def chosen(kind: type[W], word: str, thing: str) -> W:
    """The member that the word is; raises MalformedBody, which names the nearest or all of them."""
    known = [member.value for member in kind]
    if word in known:
        return kind(word)
    near = get_close_matches(word, known, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}."
    raise MalformedBody(f"There is no {thing} {word[:50]!r}; {hint}")


def named(name: str, thing: str) -> str:
    """A name without outer blanks; raises MalformedBody for none, or one that is too long."""
    name = name.strip()
    if not name:
        raise MalformedBody(f"{thing} needs a name.")
    if len(name) > LONGEST:
        raise MalformedBody(
            f"{thing} has a name of at most {LONGEST} characters; this one has {len(name)}."
        )
    return name
