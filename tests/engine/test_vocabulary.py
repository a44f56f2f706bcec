"""The index finds what pytest-bdd's walk finds, and only that."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from pytest_bdd import parsers
from pytest_bdd.steps import StepFunctionContext

from harness.engine.vocabulary import Vocabulary, literal_prefix
from harness.errors import AmbiguousStep, UndefinedStep

PATTERNS: list[tuple[parsers.StepParser, str, dict[str, Any]]] = [
    (parsers.string("Exactly this"), "Exactly this", {}),
    (parsers.parse("a cup of {drink}"), "a cup of tea", {"drink": "tea"}),
    (parsers.parse("A Cup Of {drink}"), "a cup of TEA", {"drink": "TEA"}),
    (parsers.parse("{n:d} cups"), "12 cups", {"n": 12}),
    (parsers.parse("braces {{like}} these {n:d}"), "braces {like} these 5", {"n": 5}),
    (parsers.cfparse("cups {n:N+}", extra_types={"N": int}), "cups 1, 2", {"n": [1, 2]}),
    (parsers.re(r"(?P<n>\d+) cups?"), "1 cup", {"n": "1"}),
    (parsers.re(r"cups? of (?P<what>tea|milk)"), "cup of tea", {"what": "tea"}),
    (parsers.re(r"colou?r (?P<name>\w+)"), "color red", {"name": "red"}),
    (parsers.re(r"a\.b (?P<n>\d)"), "a.b 1", {"n": "1"}),
    (parsers.re(r"TEA", re.IGNORECASE), "tea", {}),
    (parsers.re(r" spaced  (?P<n>\d) # words", re.VERBOSE), "spaced1", {"n": "1"}),
]


def context(
    parser: parsers.StepParser, type_: str | None = "given", **more: Any
) -> StepFunctionContext:
    def step_function() -> None: ...

    return StepFunctionContext(type=type_, step_func=step_function, parser=parser, **more)  # type: ignore[arg-type]


def vocabulary(*found: StepFunctionContext) -> Vocabulary:
    return Vocabulary((each, 0) for each in found)


@pytest.mark.parametrize(
    ("parser", "text", "arguments"), PATTERNS, ids=[text for _, text, _ in PATTERNS]
)
def test_finds_what_the_parser_matches(
    parser: parsers.StepParser, text: str, arguments: dict[str, Any]
) -> None:
    crowd = [context(parsers.parse(f"sentence {number} about {{what}}")) for number in range(50)]
    match = vocabulary(*crowd, context(parser)).find("given", text)
    assert match.definition.context.parser is parser
    assert match.arguments() == arguments


@pytest.mark.parametrize(
    ("pattern", "prefix"),
    [
        (r"abc(?P<n>\d)", "abc"),
        (r"abcd?", "abc"),
        (r"a\.b\d", "a.b"),
        (r"ab|cd", ""),
        (r"a\.?b", "a"),
    ],
)
def test_the_prefix_of_a_regex_is_what_every_match_begins_with(pattern: str, prefix: str) -> None:
    assert literal_prefix(parsers.re(pattern)) == prefix


def test_a_kind_hears_only_its_own() -> None:
    known = vocabulary(context(parsers.string("tea"), "given"))
    with pytest.raises(UndefinedStep):
        known.find("when", "tea")


def test_a_sentence_without_a_kind_hears_all() -> None:
    known = vocabulary(context(parsers.string("tea"), None))
    assert known.find("when", "tea").definition.sentence == "* tea"


def test_the_nearer_wins_and_equals_are_ambiguous() -> None:
    far, near = context(parsers.string("tea")), context(parsers.string("tea"))
    known = Vocabulary([(far, 0), (near, 1)])
    assert known.find("given", "tea").definition.context is near
    with pytest.raises(AmbiguousStep):
        Vocabulary([(far, 1), (near, 1)]).find("given", "tea")


def test_one_definition_seen_twice_is_one() -> None:
    twice = context(parsers.string("tea"))
    assert Vocabulary([(twice, 1), (twice, 1)]).find("given", "tea").definition.context is twice


def test_the_farther_is_asked_only_when_nothing_here_fits() -> None:
    asked: list[str] = []

    def farther() -> Vocabulary:
        asked.append("farther")
        return vocabulary(context(parsers.string("milk")))

    known = Vocabulary([(context(parsers.string("tea")), 0)], farther)
    known.find("given", "tea")
    assert not asked
    assert known.find("given", "milk").definition.sentence == "Given milk"
    assert asked


@dataclass
class Cup:
    content: str


def test_what_could_be_changed_is_parsed_anew() -> None:
    made: Callable[[str], Cup] = Cup
    parser = parsers.parse("a cup of {cup:Cup}", extra_types={"Cup": made})
    match = vocabulary(context(parser)).find("given", "a cup of tea")
    match.arguments()["cup"].content = "milk"
    assert match.arguments()["cup"] == Cup("tea")
