"""Scenarios that an adopter's own test module binds with pytest-bdd's `scenarios()`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_bdd.parser import ScenarioTemplate

from harness.engine import lifecycle
from harness.engine.session import ScenarioSession
from harness.errors import CollectedTwice

_BOUND: Any = sys.modules["pytest_bdd.scenario"]


def hold(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Refuse a feature that is reached both ways; give the others what our sentences ask for."""
    bound = list(_bound(items))
    if not bound:
        return
    session = lifecycle.begin(config)
    for item, template in bound:
        shown = session.files.get(Path(template.feature.filename))
        if shown is not None:
            module = item.nodeid.partition("::")[0]
            told = f"{shown} is reached twice: as a file and by scenarios() in {module}"
            raise pytest.UsageError(str(CollectedTwice(f"{told}; keep one of the two")))
    templates = {id(template): template for _, template in bound}.values()
    ours = session.own_vocabulary
    if any(ours.knows(step.type, step.name) for template in templates for step in template.steps):
        session.start_target()
    for item, _ in bound:
        _equip(item, session)


def _equip(item: pytest.Item, session: ScenarioSession) -> None:
    """Give an item what our fixtures ask a scenario for: customers are played by the API."""
    given = {
        "driver": "api",
        "generation": "",
        "faults": (),
        "process_faults": (),
        "verdict": None,
        "recorder": None,
        "target": session.target,
    }
    for name, value in given.items():
        setattr(item, name, value)


def _bound(items: list[pytest.Item]) -> Iterator[tuple[pytest.Item, ScenarioTemplate]]:
    """Every item that pytest-bdd made, with its scenario."""
    registry = _BOUND.scenario_wrapper_template_registry
    for item in items:
        template = registry.get(getattr(item, "obj", None)) if hasattr(item, "obj") else None
        if template is not None:
            yield item, template
