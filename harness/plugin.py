"""What pytest asks of us: a table of contents, one line each.

Nothing heavy is imported here: a run without scenarios must not notice the plug-in.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from harness import options

if TYPE_CHECKING:
    from harness.engine.collector import FeatureFile


def pytest_addoption(parser: pytest.Parser) -> None:
    """Our options."""
    options.add(parser)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Begin to start the target, if scenarios are sure to run."""
    if options.are_for_scenarios(config):
        from harness.engine import lifecycle  # noqa: PLC0415  (start-up)

        lifecycle.begin(config)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> FeatureFile | None:
    """Feature files are ours."""
    if file_path.suffix != ".feature":
        return None
    from harness.engine import lifecycle  # noqa: PLC0415  (start-up)

    return lifecycle.file(file_path, parent)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A feature reached both as a file and by `scenarios()` is an error."""
    if options.has_scenarios_function():
        from harness.engine import adopted  # noqa: PLC0415  (start-up)

        adopted.hold(config, items)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker of xdist where the target is."""
    from harness.engine import lifecycle  # noqa: PLC0415  (start-up)

    lifecycle.hand_over(node)
