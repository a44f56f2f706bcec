"""Trigger phrases: which topic an utterance asks for.

In place of the product's language model: an utterance matches a phrase that it equals, or holds
as whole words, after case, accents of width, punctuation and spacing are made alike. The longest
phrase wins, then the older topic.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

_SEPARATORS = re.compile(r"[\W_]+")

# An utterance is matched by its beginning: longer ones are texts, not requests.
LONGEST_UTTERANCE = 1_000


def normalise(text: str) -> str:
    """The text's words, lower case, one space between; `Don't` and `dont` are alike."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST_UTTERANCE]).casefold()
    return _SEPARATORS.sub(" ", plain.replace("'", "").replace("’", "")).strip()


class Phrasebook:
    """The phrases of some topics, oldest topic first, made alike once."""

    def __init__(self, topics: Iterable[tuple[str, Iterable[str]]]) -> None:
        entries = ((normalise(phrase), topic) for topic, phrases in topics for phrase in phrases)
        # Stable: among phrases of one length the older topic's comes first.
        self._entries = sorted(
            ((phrase, topic) for phrase, topic in entries if phrase),
            key=lambda entry: -len(entry[0]),
        )

    def matches(self, utterance: str) -> Iterator[str]:
        """Topics with a phrase that the utterance holds, best first; may name one twice."""
        spaced = f" {normalise(utterance)} "
        return (topic for phrase, topic in self._entries if f" {phrase} " in spaced)

    def equals(self, utterance: str) -> Iterator[str]:
        """Topics with a phrase that is the whole utterance, oldest first."""
        whole = normalise(utterance)
        return (topic for phrase, topic in self._entries if phrase == whole)
