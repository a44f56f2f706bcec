"""Collects `.feature` files: anywhere on the disk, without Python beside them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_bdd.parser import Feature, ScenarioTemplate

from harness import layout
from harness import tags as tagging
from harness.engine import choice, features, hooks, plan
from harness.engine import session as sessions
from harness.engine.scenario import Place, ScenarioItem
from harness.errors import HarnessError


class FeatureFile(pytest.File):
    """A `.feature` file; its children are scenarios, one for each example and customer driver."""

    feature: Feature

    def collect(self) -> Iterator[ScenarioItem]:
        """Every result to come; raises `FeatureInvalid` for what must not run as it stands."""
        session = sessions.of(self.config)
        self.feature = features.read(self.path, self.nodeid)
        session.files[self.path] = self.nodeid
        self._hold_tags(session)
        place = Place(
            path=self.nodeid,
            area=_area(self.path),
            hooks_wanted=hooks.are_wanted(self.config),
            tag_hook_wanted=hooks.is_tag_hook_wanted(self.config),
        )
        # All scenarios of a file see the same fixtures: one FuncFixtureInfo serves them all.
        fixtures = self.session._fixturemanager.getfixtureinfo(self, None, None)  # type: ignore[arg-type]
        plans = self._plans(session)
        if session.proves is not None:
            plans = choice.chosen(plans, self.path, session.proves, session.cover, session.greens)
        for planned in plans:
            yield ScenarioItem.from_parent(
                self, name=planned.id, place=place, plan=planned, fixtureinfo=fixtures
            )

    def _plans(self, session: sessions.ScenarioSession) -> Iterator[plan.Plan]:
        vocabulary = session.vocabulary(self)
        for template in self.feature.scenarios.values():
            tags = features.tags_of(template)
            for example in features.examples(template):
                scenario = features.rendered(template, example)
                name, all_tags = template.name, tags | example.tags
                yield from plan.plans(session, vocabulary, scenario, name, example, all_tags)

    def _hold_tags(self, session: sessions.ScenarioSession) -> None:
        for line, tags in _tagged(self.feature):
            if tags:
                where = f"{self.nodeid}:{line}"
                tagging.hold(where, tags, session.register, session.markers)

    def repr_failure(  # type: ignore[override]
        self, excinfo: pytest.ExceptionInfo[BaseException]
    ) -> str | object:
        """Our errors as their sentence; anything else as pytest shows it."""
        if isinstance(excinfo.value, HarnessError):
            return str(excinfo.value)
        return super().repr_failure(excinfo)


def _tagged(feature: Feature) -> Iterator[tuple[int, set[str]]]:
    """Line and tags of everything that carries tags."""
    yield feature.line_number, feature.tags
    for scenario in feature.scenarios.values():
        yield scenario.line_number, _all_tags(scenario)


def _all_tags(scenario: ScenarioTemplate) -> set[str]:
    rule = scenario.rule.tags if scenario.rule else set()
    return scenario.tags.union(rule, *(table.tags for table in scenario.examples))


def _area(path: Path) -> str:
    """The folder under `features`, or the folder that the file lies in."""
    if path.is_relative_to(layout.FEATURES):
        parts = path.relative_to(layout.FEATURES).parts
        return parts[0] if len(parts) > 1 else ""
    return path.parent.name
