"""Reads a `.feature` file with pytest-bdd's parser and refuses what would silently run wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pytest_bdd.exceptions import GherkinParseError
from pytest_bdd.gherkin_parser import Scenario as GherkinScenario
from pytest_bdd.parser import Examples, Feature, FeatureParser, Rule, Scenario, ScenarioTemplate

from harness.errors import DuplicateScenario, FeatureInvalid

# What the official parser says of one error, behind its place: `(5:5): inconsistent cell count`.
_SAID = re.compile(r"\(\d+:\d+\): (.+)")
_COLUMN = re.compile(r"<(?! )([^<>]+)(?<! )>")


@dataclass(frozen=True, slots=True)
class Example:
    """One way to run a scenario: a row of its Examples, or the scenario itself.

    `values` maps column to cell, None without Examples; `tags` are those of the table.
    """

    values: dict[str, str] | None
    tags: frozenset[str]

    @property
    def id(self) -> str:
        """The row's cells joined, as they stand in a node id; empty without Examples."""
        return "-".join(self.values.values()) if self.values else ""


class _Parser(FeatureParser):
    """pytest-bdd keeps scenarios by name and drops the first of two; here the second is refused."""

    def __init__(self, path: Path, shown: str) -> None:
        # Editors on Windows begin a file with a mark that is no Gherkin.
        super().__init__(str(path.parent), path.name, "utf-8-sig")
        self._shown = shown
        self._lines: dict[str, int] = {}

    def parse_scenario(
        self, scenario_data: GherkinScenario, feature: Feature, rule: Rule | None = None
    ) -> ScenarioTemplate:
        scenario = super().parse_scenario(scenario_data, feature, rule)
        line = scenario.line_number
        if not scenario.name:
            raise FeatureInvalid(f"{self._shown}:{line}: this scenario has no name; give it one")
        first = self._lines.setdefault(scenario.name, line)
        if first != line:
            raise DuplicateScenario(
                f"{self._shown}:{line}: a scenario named {scenario.name!r} stands in line {first} "
                "already; give one of them another name"
            )
        return scenario


def read(path: Path, shown: str) -> Feature:
    """The feature in a file; `shown` is the path for people.

    Raises `FeatureInvalid` (with line) for what is no Gherkin, for scenarios without a name or of
    one name, and for Examples that hold no row, the same row twice or not every `<column>`.
    """
    try:
        feature = _Parser(path, shown).parse()
    except GherkinParseError as error:
        raise FeatureInvalid(f"{shown}:{error.line}: {_unread(error)}") from error
    except UnicodeDecodeError as error:
        raise FeatureInvalid(f"{shown}: is not written in UTF-8: {error}") from error
    except KeyError as error:
        # This is how pytest-bdd takes a file with nothing in it.
        raise FeatureInvalid(f"{shown}:1: holds no Feature") from error
    for scenario in feature.scenarios.values():
        _hold_examples(shown, scenario)
    return feature


def _unread(error: GherkinParseError) -> str:
    """Why the parser gave up, with the line where it did."""
    said = _SAID.search(error.message)
    return said[1] if said else f"{error.message} ({error.line_content.strip()})"


def _hold_examples(shown: str, scenario: ScenarioTemplate) -> None:
    seen: set[str] = set()
    for table in scenario.examples:
        where = f"{shown}:{table.line_number}"
        if not table.examples:
            raise FeatureInvalid(f"{where}: the Examples of {scenario.name!r} hold no row")
        _hold_columns(shown, scenario, table)
        for row in table.examples:
            id_ = "-".join(row)
            if id_ in seen:
                raise DuplicateScenario(f"{where}: {scenario.name!r} has the example {id_} twice")
            seen.add(id_)
    if not scenario.examples and scenario.keyword.endswith(("Outline", "Template")):
        where = f"{shown}:{scenario.line_number}"
        raise FeatureInvalid(f"{where}: {scenario.name!r} is an outline without Examples")


def _hold_columns(shown: str, scenario: ScenarioTemplate, table: Examples) -> None:
    """Refuse a `<column>` that the table lacks: the step would say it as it stands."""
    columns = table.example_params
    for step in scenario._steps:
        for name in _COLUMN.findall(f"{step.name} {step.docstring or ''}"):
            if name not in columns:
                raise FeatureInvalid(
                    f"{shown}:{step.line_number}: <{name}> is no column of the Examples in line "
                    f"{table.line_number}; there are {', '.join(columns)}"
                )


def examples(scenario: ScenarioTemplate) -> Iterator[Example]:
    """Every way to run the scenario, in the order of writing."""
    if not scenario.examples:
        yield Example(None, frozenset())
    for table in scenario.examples:
        tags = frozenset(table.tags)
        for values in table.as_contexts():
            yield Example(values, tags)


def rendered(scenario: ScenarioTemplate, example: Example) -> Scenario:
    """The scenario with the example's values in its sentences."""
    if example.values is not None:
        return scenario.render(example.values)
    # Nothing to fill in: the parsed steps serve as they are, which is what most scenarios need.
    return Scenario(
        feature=scenario.feature,
        keyword=scenario.keyword,
        name=scenario.name,
        line_number=scenario.line_number,
        steps=scenario.steps,
        description=scenario.description,
        tags=scenario.tags,
        rule=scenario.rule,
    )


def tags_of(scenario: ScenarioTemplate) -> frozenset[str]:
    """The tags of the scenario, its Rule and its Feature."""
    rule = scenario.rule.tags if scenario.rule else frozenset[str]()
    return frozenset(scenario.feature.tags | rule | scenario.tags)
