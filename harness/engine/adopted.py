"""Scenarios that an adopter's own test module binds with pytest-bdd's `scenarios()`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from harness.engine import lifecycle
from harness.errors import CollectedTwice

_BOUND: Any = sys.modules["pytest_bdd.scenario"]


def hold(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Refuse a feature that is reached both ways; give the others what our sentences ask for."""
    bound = list(_bound(items))
    if not bound:
        return
    session = lifecycle.begin(config)
    for item, path in bound:
        if path in session.files:
            raise pytest.UsageError(
                str(
                    CollectedTwice(
                        f"{session.files[path]} is reached twice: as a file and by scenarios() in "
                        f"{item.nodeid.partition('::')[0]}; keep one of the two"
                    )
                )
            )
    if not config.option.collectonly:
        _ = session.own_vocabulary


def _bound(items: list[pytest.Item]) -> Iterator[tuple[pytest.Item, Path]]:
    """Every item that pytest-bdd made, with its feature file."""
    registry = _BOUND.scenario_wrapper_template_registry
    for item in items:
        template = registry.get(getattr(item, "obj", None)) if hasattr(item, "obj") else None
        if template is not None:
            yield item, Path(template.feature.filename)
