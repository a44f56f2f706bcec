"""Expressions made to hurt: an answer or a refusal, soon; never a hang, never a crash.

Nothing here measures time: each case would end in hours, or in no memory, were it not bounded.
"""

from __future__ import annotations

import json
import random
from contextlib import suppress
from datetime import UTC, datetime
from typing import cast

import pytest

from harness.reference.bot.expressions import (
    FUNCTIONS,
    MAX_CHARACTERS,
    Budget,
    ExpressionFailed,
    ExpressionInvalid,
    Value,
    evaluate,
    parse,
    problems,
)

NOW = datetime(2026, 11, 21, tzinfo=UTC)
SEEDS = range(60)
# ErrorKind.BadRegex
BAD_REGEX = 15

VARIABLES: dict[str, Value] = {
    "Topic.Text": "a,b " * 2_000,
    "Topic.Table": [{"Name": f"n{each}", "Value": each} for each in range(50)],
    "Topic.Record": {"a": {"b": [1, None, "x"]}},
    "Topic.Half": "\ud800",
    "Topic.Huge": 10**400,
    "Topic.Pattern": "(a+)+$",
    "Topic.Date": "9999-12-31",
}


def value(source: str) -> Value:
    return evaluate(parse(source), lambda parts: VARIABLES.get(".".join(parts)), NOW)


@pytest.mark.parametrize(
    "source",
    [
        "(" * 150 + "1" + ")" * 149,
        "!" * 999,
        "-" * 9_999,
        "{a: " * 300 + "1" + "}" * 300,
        "[" * 300 + "]" * 300,
        '$"{' * 150 + "1" + '}"' * 150,
        "If(" * 300,
        "2^" * 300 + "2",
        "f(" * 101 + "1" + ")" * 101,
        "1" + "+1" * 400,
        '"' + "x" * MAX_CHARACTERS + '"',
        "/*" * 5_000,
        "'" * 9_999,
        '"' * 9_999,
        "1e999",
        "a." * 9_999 + "a",
        "f()" + ".a" * 9_999,
        "9" * 5_000,
    ],
)
def test_what_is_too_deep_or_too_long_is_refused_as_it_is_read(source: str) -> None:
    with pytest.raises(ExpressionInvalid):
        parse(source)


@pytest.mark.parametrize(
    ("source", "length"),
    [
        ("&".join(['"a"'] * 3_000), 3_000),
        ("Concatenate(" + ",".join(['"a"'] * 900) + ")", 900),
        ("(" * 90 + '"a"' + ")" * 90, 1),
        ('$"' + "{1}" * 1_000 + '"', 1_000),
    ],
)
def test_what_is_long_but_flat_is_no_trouble(source: str, length: int) -> None:
    assert len(str(value(source))) == length


def test_many_alternatives_are_one_level() -> None:
    assert value(" || ".join(["false"] * 2_000 + ["true"])) is True


TABLE = "Sequence(50000)"


@pytest.mark.parametrize(
    "source",
    [
        f"ForAll({TABLE}, ForAll({TABLE}, 1))",
        f"Sum({TABLE}, Sum({TABLE}, Sum({TABLE}, 1)))",
        f"CountIf({TABLE}, CountRows({TABLE}) > 0)",
        "Sequence(1e9)",
        "Sequence(50001)",
        f'Concat({TABLE}, "12345678")',
        "Concat(Sequence(200), Topic.Text)",
        'Substitute(Topic.Text, "a", Topic.Text)',
        "With({t: Topic.Text & Topic.Text}, With({u: t & t}, With({v: u & u}, v & v)))",
        f"ForAll({TABLE}, Topic.Text & Value)",
        f"ForAll({TABLE}, {{a: 1, b: 2, c: [1, 2, 3]}})",
        "With({a: [1]}, " + "With({a: [a, a, a, a, a, a, a, a]}, " * 12 + "a" + ")" * 13,
        f"Table({TABLE}, {TABLE}, {TABLE})",
        "JSON(" + "{a:" * 45 + "1" + "}" * 45 + ")",
        'ParseJSON("' + "[" * 60 + "]" * 60 + '")',
        f"IfError(ForAll({TABLE}, ForAll({TABLE}, 1)), 1)",
        f"IsError(ForAll({TABLE}, ForAll({TABLE}, 1)))",
        'Split(Topic.Text & Topic.Text & Topic.Text & Topic.Text & Topic.Text, "")',
    ],
)
def test_what_would_not_end_is_stopped(source: str) -> None:
    with pytest.raises(ExpressionFailed, match=r"more than|longer than|too many steps|JSON"):
        value(source)


@pytest.mark.parametrize(
    "source",
    [
        "10^10^10",
        "Power(10, 400)",
        "Power(-8, 1 / 3)",
        "Exp(1e308)",
        "1e308 * 10",
        "Round(1e308, 1e308)",
        "Round(1e308, -1e308)",
        'Text(1e308, "0.0000000000")',
        'Text(1, "' + "0" * 300 + '")',
        "DateAdd(Topic.Date, 1)",
        "DateAdd(Topic.Date, 1e300, TimeUnit.Years)",
        "Date(2020, 1e300, 1)",
        "Topic.Date - 1e300",
        "Char(1e300)",
        "UniChar(-1e300)",
        "Left(Topic.Text, 1e300)",
        "Mid(Topic.Text, 1e300, 1e300)",
        "Topic.Huge + 1",
        "Topic.Huge & 1",
        "Sum(Topic.Huge)",
        "Time(1e300, 1, 1)",
        "Index(Topic.Table, 1e300)",
        "FirstN(Topic.Table, 1e300)",
        "EncodeUrl(Topic.Half) & PlainText(Topic.Half)",
        'IsMatch(Topic.Half, ".")',
        'MatchAll(Topic.Half, ".")',
        'ParseJSON("' + "9" * 6_000 + '")',
        'ParseJSON("1e999")',
        'Value("' + "1" * 500 + '")',
    ],
)
def test_extreme_operands_give_a_value_or_a_failure(source: str) -> None:
    with suppress(ExpressionFailed):
        json.dumps(value(source))


@pytest.mark.parametrize(
    "pattern", ["(a+)+$", "(a|a)*b", "(.*)*x", "((a{0,50}){0,50}){0,50}", "[a-z" * 100, "(" * 500]
)
def test_a_hostile_pattern_does_not_match_or_is_refused(pattern: str) -> None:
    found = value(f'IfError(IsMatch("{"a" * 30_000}!", "{pattern}"), FirstError.Kind)')
    assert found in (False, BAD_REGEX)


def test_evaluations_can_share_a_budget() -> None:
    budget, expression = Budget(1_000), parse("CountRows(Sequence(300))")
    for _ in range(3):
        assert evaluate(expression, lambda _: None, budget=budget) == 300
    with pytest.raises(ExpressionFailed, match="too many steps"):
        evaluate(expression, lambda _: None, budget=budget)


def test_a_value_that_holds_itself_over_and_over_is_stopped() -> None:
    # What a topic in a loop does: twice itself, a hundred times.
    grow, kept = parse("{a: Topic.X, b: Topic.X}"), {"X": cast(Value, 1)}

    def repeat() -> None:
        for _ in range(100):
            kept["X"] = evaluate(grow, lambda parts: kept[parts[1]])

    with pytest.raises(ExpressionFailed, match="more than"):
        repeat()


PIECES = [
    *"()[]{}\"'&|!=<>+-*/^%.,;:$@#\\",
    *("Topic.Text", "Topic.Table", "Topic.Record", "Topic.Huge", "Topic.Half", "ThisRecord", "x"),
    *("1", "0", "-1", "1e308", ".5", '"a"', '"{"', '$"a{', '}"', "true", "false", "Blank()"),
    *(
        " And ",
        " Or ",
        "Not ",
        " in ",
        " exactin ",
        " As r",
        "//",
        "/*",
        "*/",
        "\n",
        " ",
        "ß",
        "\u202e",
    ),
    *("TimeUnit.Days", "Match.Email", "DateTimeFormat.UTC", "MatchOptions.IgnoreCase", "'q.x'"),
]


@pytest.mark.parametrize("seed", SEEDS)
def test_any_soup_of_words_makes_a_value_or_a_refusal(seed: int) -> None:
    dice = random.Random(seed)
    calls = [f"{name}(" for name in FUNCTIONS]
    for _ in range(80):
        words = dice.choices([*PIECES, *calls], k=dice.randrange(1, 25))
        survives("".join(words))


@pytest.mark.parametrize("seed", SEEDS)
def test_any_operands_make_a_value_or_a_refusal(seed: int) -> None:
    dice = random.Random(1_000 + seed)
    leaves = [
        *("Topic.Text", "Topic.Table", "Topic.Record", "Topic.Huge", "Topic.Half", "Topic.Date"),
        *(
            "0",
            "-1",
            "1.5",
            "1e308",
            '""',
            '"a"',
            '"2026-02-30"',
            "true",
            "Blank()",
            "[1, 2]",
            "{a: 1}",
        ),
        *(
            "Value",
            "ThisRecord",
            "Name",
            "TimeUnit.Months",
            "SortOrder.Descending",
            '"yyyy"',
            '"#,##0"',
        ),
    ]

    def grown(level: int) -> str:
        if level == 0 or dice.random() < 0.3:
            return dice.choice(leaves)
        name = dice.choice(list(FUNCTIONS))
        function = FUNCTIONS[name]
        count = dice.randrange(function.fewest, min(function.most, function.fewest + 2) + 1)
        return f"{name}({', '.join(grown(level - 1) for _ in range(count))})"

    for _ in range(60):
        survives(grown(3))


def survives(source: str) -> None:
    """Fails for anything but a JSON-able value or one of the two refusals."""
    with suppress(ExpressionInvalid, ExpressionFailed):
        expression = parse(source)
        problems(expression)
        json.dumps(evaluate(expression, lambda parts: VARIABLES.get(".".join(parts)), NOW))
