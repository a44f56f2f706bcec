"""`handoff steps [WORD]`: every sentence that a scenario may use, with its place and an example."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

from harness import layout
from harness.engine import features, loading
from harness.engine.definition import Definition
from harness.engine.session import OURS
from harness.errors import FeatureInvalid

_KINDS = ("given", "when", "then")


def show(given: argparse.Namespace) -> int:
    """Print the sentences that contain a word, or all; 1 when there is none."""
    wanted = [d for d in definitions() if given.word.lower() in d.sentence.lower()]
    if not wanted:
        print(f"no sentence says {given.word!r}; `handoff steps` prints them all")
        return 1
    spoken = list(_spoken())
    for definition in wanted:
        print("\n".join(_entry(definition, spoken)))
    return 0


def definitions() -> list[Definition]:
    """Our step definitions: Given before When before Then, each in alphabetical order."""
    found = [Definition(context, OURS) for context in loading.definitions()]
    return sorted(found, key=lambda d: (_KINDS.index(d.context.type or "given"), d.sentence))


def _entry(definition: Definition, spoken: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield definition.sentence
    for gap in definition.gaps:
        words = f" ({', '.join(gap.words)})" if gap.words else ""
        yield f"    {gap.name or 'text'}: {gap.type or 'any text'}{words}"
    example = next(
        (text for kind, text in spoken if definition.hears(kind, text) is not None), None
    )
    if example is not None:
        yield f"    e.g. {(definition.context.type or '').capitalize()} {example}"
    yield f"    {definition.location}"


def _spoken() -> Iterator[tuple[str, str]]:
    """Every sentence of the shipped features, with its kind: the best examples there are."""
    for path in sorted(layout.FEATURES.rglob("*.feature")):
        yield from _sentences(path)


def _sentences(path: Path) -> Iterator[tuple[str, str]]:
    try:
        feature = features.read(path, str(path))
    except FeatureInvalid:
        return
    for scenario in feature.scenarios.values():
        for example in features.examples(scenario):
            for step in features.rendered(scenario, example).steps:
                yield step.type, step.name
