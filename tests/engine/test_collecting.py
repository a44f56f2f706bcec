"""Feature files are collected as they stand, anywhere, and everything in them is a result."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engine.conftest import ADDING, Runner

Write = Callable[..., Path]

EVERYTHING = """
Feature: Everything that Gherkin has
  Background:
    Given a counter at 1

  Rule: Sums are right
    Background:
      Given a counter at 2

    Scenario: A rule's background comes last
      Then the counter is 2

    Scenario Outline: Rows
      When <more> is added
      Then the counter is <sum>
      Examples: Small
        | more | sum |
        | 1    | 3   |
      Examples: Great
        | more | sum |
        | 100  | 102 |

  Scenario: Stars and conjunctions
    Given a counter at 5
    When 1 is added
    * 2 is added
    But 3 is added
    Then the counter is 11
"""

TABLES = """
from pytest_bdd import given, then

@given("a table", target_fixture="table")
def a_table(datatable):
    return datatable

@given("a text", target_fixture="text")
def a_text(docstring):
    return docstring

@then("both are as written")
def both_are_as_written(table, text):
    assert table == [["name", "age"], ["Ada", "36"]]
    assert text == "first\\n  second"
"""


def test_runs_everything_that_gherkin_has(feature: Write, run: Runner) -> None:
    feature(EVERYTHING)
    run("counting.feature").assert_outcomes(passed=4)


def test_passes_tables_and_doc_strings(
    feature: Write, run: Runner, project: pytest.Pytester
) -> None:
    project.makeconftest(TABLES)
    feature(
        """
        Feature: Tables
          Scenario: A table and a text
            Given a table
              | name | age |
              | Ada  | 36  |
            And a text
              \"\"\"
              first
                second
              \"\"\"
            Then both are as written
        """
    )
    run("counting.feature").assert_outcomes(passed=1)


def test_reads_other_languages(feature: Write, run: Runner) -> None:
    feature(
        "# language: de\nFunktionalität: Zählen\n  Szenario: Addieren\n"
        "    Angenommen a counter at 1\n    Wenn 2 is added\n    Dann the counter is 3\n"
    )
    run("counting.feature").assert_outcomes(passed=1)


def test_node_ids_are_the_words_as_written(feature: Write, run: Runner) -> None:
    feature(EVERYTHING, "deep/down/all.feature")
    run("--collect-only", "-q", "deep").stdout.fnmatch_lines(
        [
            "deep/down/all.feature::A rule's background comes last",
            "deep/down/all.feature::Rows[[]1-3[]]",
            "deep/down/all.feature::Rows[[]100-102[]]",
            "deep/down/all.feature::Stars and conjunctions",
        ]
    )


@pytest.mark.parametrize(
    ("id_", "passed"),
    [("::Rows", 2), ("::Rows[100-102]", 1), ("::Stars and conjunctions", 1), ("", 4)],
)
def test_a_person_can_type_a_node_id(feature: Write, run: Runner, id_: str, passed: int) -> None:
    feature(EVERYTHING)
    run(f"counting.feature{id_}").assert_outcomes(passed=passed)


def test_finds_a_file_far_from_here(run: Runner, tmp_path: Path) -> None:
    far = tmp_path / "far.feature"
    far.write_text("Feature: Far\n  Scenario: Unknown words\n    Given nothing known\n")
    run(far).assert_outcomes(errors=1)


def test_a_nearer_sentence_wins(feature: Write, run: Runner, project: pytest.Pytester) -> None:
    feature(ADDING, "near/counting.feature")
    (project.path / "near" / "conftest.py").write_text(
        "from pytest_bdd import given\n"
        "@given('a counter at 1', target_fixture='counter')\n"
        "def another():\n    return [1000]\n"
    )
    result = run("near")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*assert 1002 == 3*"])


def test_a_given_value_serves_fixtures_as_well(
    feature: Write, run: Runner, project: pytest.Pytester
) -> None:
    project.makeconftest(
        """
        import pytest
        from pytest_bdd import given, then

        @pytest.fixture
        def name():
            return "nobody"

        @pytest.fixture
        def greeting(name):
            return f"Hello {name}"

        @given("Ada", target_fixture="name")
        def ada():
            return "Ada"

        @then("she is greeted")
        def she_is_greeted(greeting):
            assert greeting == "Hello Ada"
        """
    )
    feature("Feature: F\n  Scenario: S\n    Given Ada\n    Then she is greeted\n")
    run("counting.feature").assert_outcomes(passed=1)


def test_a_step_that_yields_cleans_up_afterwards(
    feature: Write, run: Runner, project: pytest.Pytester
) -> None:
    project.makeconftest(
        """
        from pathlib import Path
        from pytest_bdd import given, then

        @given("a file", target_fixture="file")
        def a_file():
            Path("made").touch()
            yield Path("made")
            Path("made").rename("cleaned")

        @then("it is there")
        def it_is_there(file):
            assert file.exists()
        """
    )
    feature("Feature: F\n  Scenario: S\n    Given a file\n    Then it is there\n")
    run("counting.feature").assert_outcomes(passed=1)
    assert (project.path / "cleaned").exists()


def test_tags_select(feature: Write, run: Runner) -> None:
    feature(ADDING.replace("  Scenario", "  @web-app @req:ESC-01\n  Scenario"))
    run("-m", "web-app").assert_outcomes(passed=1)
    run("-m", "requirement(id='ESC-01')").assert_outcomes(passed=1)
    run("-m", "classic").assert_outcomes(deselected=1)


def test_hooks_of_pytest_bdd_are_called(
    feature: Write, run: Runner, project: pytest.Pytester
) -> None:
    conftest = project.path / "conftest.py"
    conftest.write_text(
        conftest.read_text()
        + """
def pytest_bdd_before_scenario(scenario): print("begins", scenario.name)
def pytest_bdd_before_step(step): print("step", step.name)
def pytest_bdd_after_step(step_func_args): print("took", sorted(step_func_args))
def pytest_bdd_step_error(exception): print("went wrong", type(exception).__name__)
def pytest_bdd_apply_tag(tag, function):
    if tag == "slow":
        import pytest
        pytest.mark.skip(reason="too slow")(function)
        return True
"""
    )
    feature(ADDING.replace("is 3", "is 4"))
    run("-s").stdout.fnmatch_lines(
        ["*begins Adding*", "step a counter at 1", "took [[]'number'[]]", "*went wrong Assert*"]
    )
    feature(ADDING.replace("  Scenario", "  @slow\n  Scenario"))
    run("-o", "markers=slow").assert_outcomes(skipped=1)


def test_scenarios_function_of_an_adopter_still_works(
    feature: Write, run: Runner, project: pytest.Pytester
) -> None:
    feature(ADDING)
    project.makepyfile(test_bound="from pytest_bdd import scenarios\nscenarios('counting.feature')")
    run("test_bound.py").assert_outcomes(passed=1)


def test_workers_run_and_report_the_same(feature: Write, project: pytest.Pytester) -> None:
    feature(EVERYTHING)
    result = project.runpytest_subprocess("-n", "2", "--report", "report", "counting.feature")
    result.assert_outcomes(passed=4)
    assert len((project.path / "report" / "results.jsonl").read_text().splitlines()) == 4


def test_a_plain_test_that_speaks_of_a_scenario_is_none(
    feature: Write, project: pytest.Pytester
) -> None:
    feature(EVERYTHING)
    project.makepyfile(
        test_plain="""
        import pytest

        @pytest.mark.parametrize("typed", ["counting.feature::Adding"])
        def test_typed(typed): ...
        """
    )
    result = project.runpytest_subprocess("-n", "2", "counting.feature", "test_plain.py")
    result.assert_outcomes(passed=5)
    assert result.ret == 0
