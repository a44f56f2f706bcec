"""What pytest-bdd lets pass in silence is a hard error here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engine.conftest import ADDING, Runner

Write = Callable[..., Path]


def test_an_asynchronous_step_is_an_error(
    feature: Write, run: Runner, project: pytest.Pytester
) -> None:
    project.makeconftest(
        "from pytest_bdd import given\n@given('a wait')\nasync def a_wait():\n    assert False\n"
    )
    feature("Feature: F\n  Scenario: S\n    Given a wait\n")
    result = run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*'Given a wait' (conftest.py:2) is asynchronous*"])


def test_a_step_that_returns_a_coroutine_is_an_error(
    feature: Write, run: Runner, project: pytest.Pytester
) -> None:
    project.makeconftest(
        """
        from pytest_bdd import given

        class Promise:
            def __await__(self): ...

        @given('a wait')
        def a_wait():
            return Promise()
        """
    )
    feature("Feature: F\n  Scenario: S\n    Given a wait\n")
    result = run()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*is asynchronous*"])


def test_two_scenarios_of_one_name_are_an_error(feature: Write, run: Runner) -> None:
    feature(ADDING + "\n  Rule: Another\n    Scenario: Adding\n      Given a counter at 1\n")
    result = run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        ["counting.feature:9: a scenario named 'Adding' stands in line 3 already*"]
    )


def test_two_equal_examples_are_an_error(feature: Write, run: Runner) -> None:
    feature(
        "Feature: F\n  Scenario Outline: S\n    Given a counter at <n>\n"
        "    Examples:\n      | n |\n      | 1 |\n      | 1 |\n"
    )
    run().stdout.fnmatch_lines(["counting.feature:4: 'S' has the example 1 twice"])


@pytest.mark.parametrize("rows", ["", "    Examples:\n      | n |\n"])
def test_an_outline_without_rows_is_an_error(feature: Write, run: Runner, rows: str) -> None:
    feature(f"Feature: F\n  Scenario Outline: S\n    Given a counter at <n>\n{rows}")
    result = run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["counting.feature:*'S'*"])


def test_an_ambiguous_step_names_every_definition(
    feature: Write, run: Runner, project: pytest.Pytester
) -> None:
    project.makeconftest(
        """
        from pytest_bdd import given, parsers

        @given("a cup of tea")
        def a_cup_of_tea(): ...

        @given(parsers.parse("a cup of {drink}"))
        def a_cup_of(drink): ...
        """
    )
    feature("Feature: F\n  Scenario: S\n    Given a cup of tea\n")
    result = run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        [
            "2 step definitions match 'a cup of tea':",
            "  Given a cup of tea  (conftest.py:3)",
            "  Given a cup of {drink}  (conftest.py:6)",
        ]
    )


def test_an_undefined_step_shows_the_three_nearest(feature: Write, run: Runner) -> None:
    feature(ADDING.replace("2 is added", "2 is aded"))
    result = run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        [
            "no step definition says When '2 is aded'. The nearest known ones are:",
            "  When {number:d} is added  (conftest.py:*)",
            "  * (*.py:*)",
            "  * (*.py:*)",
        ]
    )


def test_all_undefined_steps_of_a_scenario_are_told_at_once(feature: Write, run: Runner) -> None:
    feature(ADDING.replace("2 is added", "2 is aded") + "    Then nobody is happy\n")
    result = run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        [
            "no step definition says When '2 is aded'. The nearest known ones are:",
            "no step definition says Then 'nobody is happy'. The nearest known ones are:",
        ]
    )


def test_an_unknown_requirement_names_the_nearest(feature: Write, run: Runner) -> None:
    feature(ADDING.replace("  Scenario", "  @req:ESC-011\n  Scenario"))
    result = run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        ["counting.feature:4: no requirement ESC-011; the nearest known one is ESC-11"]
    )


def test_an_unregistered_tag_is_an_error(feature: Write, run: Runner) -> None:
    feature(ADDING.replace("  Scenario", "  @clasic\n  Scenario"))
    result = run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        ["counting.feature:4: nobody declared the tag @clasic. Was @classic meant?*"]
    )


def test_a_declared_tag_is_fine(feature: Write, run: Runner) -> None:
    feature(ADDING.replace("  Scenario", "  @mine\n  Scenario"))
    run("-o", "markers=mine: of this project").assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Scenario: S\n  Given x\n", "counting.feature:1: *"),
        ("Feature: F\n  Scenario: S\n    Given x\n  Gven y\n", "counting.feature:4: *"),
        ("", "counting.feature:1: holds no Feature"),
    ],
)
def test_what_is_no_gherkin_names_the_line(
    feature: Write, run: Runner, text: str, told: str
) -> None:
    feature(text)
    result = run("counting.feature")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([told])


def test_a_scenario_without_steps_is_an_error(feature: Write, run: Runner) -> None:
    feature("Feature: F\n  Scenario: Nothing\n")
    result = run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["scenario 'Nothing' has no steps*"])


def test_a_feature_reached_both_ways_is_an_error(
    feature: Write, run: Runner, project: pytest.Pytester
) -> None:
    feature(ADDING)
    project.makepyfile(test_bound="from pytest_bdd import scenarios\nscenarios('counting.feature')")
    result = run()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        ["*counting.feature is reached twice: as a file and by scenarios() in test_bound.py*"]
    )


def test_a_file_that_begins_with_a_byte_order_mark_runs(
    feature: Write, run: Runner, project: pytest.Pytester
) -> None:
    path = feature(ADDING)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    run().assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Feature: F\n  Scenario:\n    Given a counter at 1\n", "2: this scenario has no name*"),
        ("# language: xx\nFeature: F\n", "1: Language not supported: xx*"),
        (
            "Feature: F\n  Scenario: S\n    Given a counter at 1\n    | a | b |\n    | a |\n",
            "5: inconsistent cell count within the table*",
        ),
        (
            "Feature: F\n  Scenario Outline: S\n    Given a counter at <nmuber>\n"
            "    Examples:\n      | number |\n      | 1 |\n",
            "3: <nmuber> is no column of the Examples in line 4; there are number",
        ),
    ],
)
def test_what_is_no_sound_gherkin_is_named_with_its_line(
    feature: Write, run: Runner, text: str, said: str
) -> None:
    feature(text)
    result = run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([f"counting.feature:{said}"])


def test_a_misspelt_keyword_is_shown(feature: Write, run: Runner) -> None:
    feature("Feature: F\n  Scenario: S\n    Givn a counter at 1\n")
    result = run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*has no steps*read as its description*", "  Givn a counter at 1"])


def test_a_table_that_nobody_reads_is_an_error(feature: Write, run: Runner) -> None:
    feature("Feature: F\n  Scenario: S\n    Given a counter at 1\n      | a |\n")
    result = run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["line 3: 'Given a counter at {number:d}' * takes no table"])


def test_a_step_without_the_text_that_it_needs_is_an_error(
    feature: Write, run: Runner, project: pytest.Pytester
) -> None:
    project.makeconftest(
        "from pytest_bdd import given\n@given('a letter')\ndef a_letter(docstring): ...\n"
    )
    feature("Feature: F\n  Scenario: S\n    Given a letter\n")
    result = run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["line 3: 'Given a letter' * needs a text in triple quotes below*"])


def test_a_word_that_no_type_knows_is_named_with_those_that_it_knows(
    feature: Write, run: Runner, project: pytest.Pytester
) -> None:
    project.makeconftest(
        """
        from parse import with_pattern
        from pytest_bdd import given, parsers

        @with_pattern("tea|green tea")
        def drink(text): return text

        @given(parsers.parse("a cup of {drink:Drink} at {hour:d}", extra_types={"Drink": drink}))
        def a_cup_of(drink, hour): ...
        """
    )
    feature("Feature: F\n  Scenario: S\n    Given a cup of coffee at 8\n")
    result = run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["      'coffee' is no Drink; there are tea, green tea"])


def test_a_step_that_needs_what_another_makes_names_the_other(feature: Write, run: Runner) -> None:
    feature("Feature: F\n  Scenario: S\n    When 2 is added\n    Then the counter is 2\n")
    result = run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        [
            "line 3: 'When {number:d} is added' * needs one of these before it:",
            "  Given a counter at {number:d}  (conftest.py:3)",
        ]
    )
