"""Trigger phrases: which topics an utterance asks for, and how well.

In place of the product's language model, three rules in this order, after case, width, punctuation
and spacing are made alike: the utterance is a phrase; it holds one as whole words (the longest
phrase wins); its words are as good as those of a phrase (SIMILAR of 100 by rapidfuzz's
`token_sort_ratio`, which knows no order of words). Equally good topics come oldest first.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

_SEPARATORS = re.compile(r"[\W_]+")

# An utterance is matched by its beginning: longer ones are texts, not requests.
LONGEST_UTTERANCE = 1_000
SIMILAR = 85.0
# Short words are alike by chance: `no` and `go`.
SHORTEST_SIMILAR = 6
# The score of an utterance that holds a phrase and is none.
HELD = 0.9
# Above every number of characters that a phrase within an utterance can have.
_WHOLE = 10.0 * LONGEST_UTTERANCE


@dataclass(frozen=True, slots=True)
class Match:
    """A topic that an utterance asks for; `score` is 1 for the whole phrase, `rank` orders."""

    topic: str
    score: float
    rank: float


def normalise(text: str) -> str:
    """The text's words, lower case, one space between; `Don't` and `dont` are alike."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST_UTTERANCE]).casefold()
    return _SEPARATORS.sub(" ", plain.replace("'", "").replace("’", "")).strip()


class Phrasebook:
    """The phrases of some topics, oldest topic first, made alike once."""

    def __init__(self, topics: Iterable[tuple[str, Iterable[str]]]) -> None:
        self._topics: dict[str, list[str]] = defaultdict(list)
        self._age: dict[str, int] = {}
        for topic, phrases in topics:
            self._age.setdefault(topic, len(self._age))
            for phrase in phrases:
                if made := normalise(phrase):
                    self._topics[made].append(topic)
        # Looking for each run of words of an utterance, not for each phrase: a bot may have 10,000.
        self._lengths = sorted({phrase.count(" ") + 1 for phrase in self._topics})

    def matches(self, utterance: str) -> Iterator[str]:
        """Topics with a phrase that the utterance holds, best first; may name one twice."""
        return (match.topic for match in self.ranked(utterance))

    def ranked(self, utterance: str) -> list[Match]:
        """The topics that the utterance asks for in so many words, best first, each once."""
        whole = normalise(utterance)
        return self._best(
            (topic, 1.0 if phrase == whole else HELD, _WHOLE if phrase == whole else len(phrase))
            for phrase in self._held(whole)
            for topic in self._topics[phrase]
        )

    def similar(self, utterance: str) -> list[Match]:
        """The topics with a phrase much like the utterance, best first, each once."""
        whole = normalise(utterance)
        if len(whole) < SHORTEST_SIMILAR:
            return []
        found = process.extract(
            _sorted(whole), self._sorted, scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=None
        )
        return self._best(
            (topic, score / 100 * HELD, score)
            for _, score, place in found
            for topic in self._topics[self._long[place]]
        )

    def equals(self, utterance: str) -> Iterator[str]:
        """Topics with a phrase that is the whole utterance, oldest first."""
        return iter(self._topics.get(normalise(utterance), ()))

    def _best(self, found: Iterable[tuple[str, float, float]]) -> list[Match]:
        best: dict[str, Match] = {}
        for topic, score, rank in found:
            if topic not in best or rank > best[topic].rank:
                best[topic] = Match(topic, score, rank)
        return sorted(best.values(), key=lambda match: (-match.rank, self._age[match.topic]))

    def _held(self, whole: str) -> set[str]:
        words = whole.split(" ")
        return {
            run
            for length in self._lengths
            if length <= len(words)
            for start in range(len(words) - length + 1)
            if (run := " ".join(words[start : start + length])) in self._topics
        }

    @cached_property
    def _long(self) -> list[str]:
        return [phrase for phrase in self._topics if len(phrase) >= SHORTEST_SIMILAR]

    @cached_property
    def _sorted(self) -> list[str]:
        # What `token_sort_ratio` compares, worked out once for all utterances.
        return [_sorted(phrase) for phrase in self._long]


def _sorted(phrase: str) -> str:
    return " ".join(sorted(phrase.split(" ")))
