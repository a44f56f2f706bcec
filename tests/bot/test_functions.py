"""Functions of expressions: what each gives, blank and wrong operands included."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from harness.reference.bot.expressions import (
    FUNCTIONS,
    ExpressionFailed,
    Value,
    evaluate,
    field,
    parse,
    problems,
    unknown_functions,
)

NOW = datetime(2013, 7, 15, 13, 2, 30, 250_000, tzinfo=UTC)
ORDERS = [
    {"Item": "Pen", "Price": 2.5, "Count": 4},
    {"Item": "Ink", "Price": 10, "Count": 1},
    {"Item": "pad", "Price": 4, "Count": None},
]
VARIABLES: dict[str, Value] = {
    "Topic.Orders": ORDERS,
    "Topic.City": "Oslo",
    "Topic.Empty": "",
    "Topic.Due": "2013-08-01",
    "Topic.Reply": '{"id": 7, "tags": ["a", "b"], "lines": [{"sku": "x1"}, {"sku": "x2"}]}',
}
LANGUAGE = "nb-NO"

# The names that issue 3 asks for; the rows below show each.
NAMED = [
    *("IsBlank", "Blank", "IsEmpty", "IsError", "If", "Switch", "With", "And", "Or", "Not"),
    *("Text", "Value", "Boolean", "Concatenate", "Concat", "Len", "Lower", "Upper", "Trim"),
    *("Left", "Right", "Mid", "Find", "StartsWith", "EndsWith", "Substitute", "Split", "Char"),
    *("EncodeUrl", "Now", "Today", "DateAdd", "DateDiff", "Weekday", "CountRows", "CountIf"),
    *("First", "FirstN", "Last", "LastN", "Index", "Filter", "LookUp", "ForAll", "Distinct"),
    *("SortByColumns", "Table", "Sum", "Min", "Max", "Round", "Mod", "JSON", "ParseJSON"),
    *("Coalesce", "IsMatch"),
]

# Each line is an expression and its value: a table that people can read.
_LINES = (Path(__file__).parent / "expressions.txt").read_text(encoding="utf-8").splitlines()
ROWS = [line.split(" => ") for line in _LINES if line and not line.startswith("#")]


def look_up(parts: tuple[str, ...]) -> Value:
    """A variable, or what stands in it."""
    variable = ".".join(parts[:2])
    return LANGUAGE if parts[0] == "System" else field(VARIABLES.get(variable), parts[2:])


@pytest.mark.parametrize(("source", "expected"), ROWS, ids=[source for source, _ in ROWS])
def test_a_function_gives(source: str, expected: str) -> None:
    if expected == "FAILS":
        with pytest.raises(ExpressionFailed):
            evaluate(parse(source), look_up, NOW)
        return
    found, wanted = evaluate(parse(source), look_up, NOW), json.loads(expected)
    assert (found, isinstance(found, bool)) == (wanted, isinstance(wanted, bool))


@pytest.mark.parametrize("name", NAMED)
def test_what_the_product_s_topics_use_is_there(name: str) -> None:
    assert name in FUNCTIONS


@pytest.mark.parametrize("name", FUNCTIONS)
def test_each_function_has_examples_of_right_and_wrong_use(name: str) -> None:
    own = Counter(expected == "FAILS" for source, expected in ROWS if f"{name}(" in source)
    assert own[False] >= 2
    assert own[True] >= 1 or name == "Blank"


def test_what_is_unknown_is_named_once_in_reading_order() -> None:
    expression = parse("Telepathy(Patch(1), Len(Telepathy(2))) & Connector.Send(3)")
    assert unknown_functions(expression) == ("Telepathy", "Patch", "Connector.Send")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("Len(1, 2)", "Len takes other arguments"),
        ("If(true)", "If takes other arguments"),
        ("Rand()", "the function Rand is not supported"),
        ('IsMatch(Topic.X, "(?=a)")', "the pattern is not supported: invalid perl operator: (?="),
    ],
)
def test_problems_are_told_before_they_are_reached(source: str, said: str) -> None:
    (problem,) = problems(parse(f'With({{a: 1}}, "so " & {source})'))
    assert problem.startswith(said)


def test_what_is_well_has_no_problem() -> None:
    assert problems(parse('If(IsMatch(Topic.X, "\\d+"), Len("a"), Now())')) == ()


def test_without_a_clock_there_is_no_now() -> None:
    with pytest.raises(ExpressionFailed, match="what time it is"):
        evaluate(parse("Now()"), look_up)


def test_now_is_told_in_utc() -> None:
    oslo = datetime.fromisoformat("2026-11-21T01:30:00+02:00")
    assert evaluate(parse("Today()"), look_up, oslo) == "2026-11-20"
