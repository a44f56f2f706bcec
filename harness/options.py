"""The options that `pytest` and `handoff run` share."""

from __future__ import annotations

import sys

import pytest

from harness.protocol.conversations import Generation

DEFAULT_TARGET = "reference"


def add(parser: pytest.Parser) -> None:
    """Tell pytest about our options."""
    group = parser.getgroup("handoff", "scenarios against a target")
    group.addoption(
        "--target",
        default=DEFAULT_TARGET,
        metavar="NAME|FILE",
        help="what is judged: a file, or the name of one in targets/ (default: reference)",
    )
    group.addoption(
        "--bot",
        metavar="PATH[::NAME]",
        help="an exported bot, a zip or a folder, that the reference runs instead of its own",
    )
    group.addoption(
        "--generation",
        choices=[generation.value for generation in Generation],
        help="judge this generation of the product instead of the target's own",
    )
    group.addoption(
        "--customer",
        choices=["widget", "api"],
        help="play customers by the widget only, or by the API only (default: by both)",
    )
    group.addoption("--report", metavar="DIR", help="write the report of the scenarios here")
    group.addoption(
        "--expected-failures",
        metavar="FILE",
        help="TOML that lists what is known to fail; what passes or has expired fails the run",
    )
    group.addoption("--seed", type=int, metavar="N", help="seed of the made-up data")
    group.addoption(
        "--prove",
        metavar="again|all|FAULT,…",
        help="run faults of the reference against the scenarios of their requirements",
    )
    group.addoption(
        "--green", metavar="DIR", help="the report of a run without faults, not to be repeated"
    )


def are_for_scenarios(config: pytest.Config) -> bool:
    """Whether scenarios are sure to run: a report of them was asked for, or a worker is told so."""
    if config.option.collectonly or config.option.help or config.option.version:
        return False
    return bool(config.option.report) or "handoff" in getattr(config, "workerinput", {})


def has_scenarios_function() -> bool:
    """Whether a module has called pytest-bdd's `scenarios()`."""
    scenario = sys.modules.get("pytest_bdd.scenario")
    return bool(scenario and scenario.scenario_wrapper_template_registry)
