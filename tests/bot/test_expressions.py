"""Expressions: what they mean, and what is refused."""

from __future__ import annotations

import pytest

from harness.reference.bot.expressions import (
    MAX_RESULT,
    ExpressionFailed,
    ExpressionInvalid,
    Value,
    evaluate,
    parse,
    text,
    truth,
)

VARIABLES: dict[str, Value] = {
    "Topic.City": "Oslo",
    "Topic.Count": 3,
    "Topic.Five": "5",
    "Topic.Empty": "",
    "System.Activity.Channel": "Omnichannel",
    "question_1.opt": "Cats",
    "Topic.Long": "x" * MAX_RESULT,
}


def value(source: str) -> Value:
    return evaluate(parse(source), lambda parts: VARIABLES.get(".".join(parts)))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("7 / 2 - 1", 2.5),
        ("-Topic.Count", -3),
        ("+2.50", 2.5),
        ('"say ""hi"""', 'say "hi"'),
        ('Topic.City & ", " & 2', "Oslo, 2"),
        ("Topic.Unknown", None),
        ('Topic.City = "Oslo"', True),
        ('Topic.City = "oslo"', False),
        ('Topic.City <> "Oslo"', False),
        ("1 = true", False),
        ("Blank() = Topic.Unknown", True),
        ("Topic.Five > 4", True),
        ("Topic.Count >= 3 && Topic.Count <= 3", True),
        ("Topic.Unknown < 1", True),
        ("false || true && false", False),
        ("true Or false And false", True),
        ("And(true, Or(false, true))", True),
        ("!true", False),
        ("Not(false)", True),
        ("Not false And true", True),
        ("IsBlank(Topic.Empty)", True),
        ("IsBlank(0)", False),
        ('If(Topic.Count > 2, "many", "few")', "many"),
        ('If(false, "a", true, "b", "c")', "b"),
        ('If(false, "a")', None),
        ("If(true, 1, 1 / 0)", 1),
        ('Concatenate("a", 1, true, Blank())', "a1true"),
        ("Len(Topic.City)", 4),
        ("Lower(Topic.City) & Upper(Topic.City)", "osloOSLO"),
        ("Text(2.0)", "2"),
        ('Value("2.5") + 1', 3.5),
        ("Value(Topic.Empty)", None),
        ('System.Activity.Channel = "Omnichannel"', True),
        ("'question_1'.opt", "Cats"),
        ("'it''s'.x", None),
        ("Notable", None),
        ("Orange = Andorra", True),
        ("true1", None),
    ],
)
def test_an_expression_has_its_value(source: str, expected: Value) -> None:
    found = value(source)
    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize(
    "source",
    ["", "1 +", "1 = = 2", '"open', "f(", "[1, 2", "{a 1}", "a..b", "1 2", "'' = 1", "1e999"],
)
def test_what_is_no_expression_is_refused(source: str) -> None:
    with pytest.raises(ExpressionInvalid):
        parse(source)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("1 / 0", "division by zero"),
        ('1 + "x"', "a text is not a number"),
        ('Value("inf")', "a text is not a number"),
        ('If("x", 1)', "neither true nor false"),
        ("If(true)", "other arguments"),
        ("Len()", "other arguments"),
        ("Telepathy(1)", "the function Telepathy is not supported"),
        ("Topic.Long & 1", "longer than"),
        ("999999999999999" + " * 999999999999999" * 21, "not a finite number"),
    ],
)
def test_what_cannot_be_evaluated_says_why(source: str, reason: str) -> None:
    with pytest.raises(ExpressionFailed, match=reason):
        value(source)


def test_a_value_is_shown_as_a_message_shows_it() -> None:
    assert [text(each) for each in (None, True, False, "a", 2, 2.0, 2.5)] == [
        *("", "true", "false", "a", "2", "2", "2.5")
    ]


def test_a_value_is_true_or_false() -> None:
    assert [truth(each) for each in (None, True, "TRUE", "false", 0, 2)] == [
        *(False, True, True, False, False, True)
    ]
