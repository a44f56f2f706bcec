"""Begins a session with scenarios, and ties controller and workers of xdist together."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from harness.engine import session as sessions
from harness.engine.collector import FeatureFile
from harness.engine.recording import NAME, Recording
from harness.engine.session import ScenarioSession
from harness.errors import NotReachable, UsageError
from harness.options import DEFAULT_TARGET

MACHINE = 3
"""The exit code when nothing can be judged because of the harness or the machine."""


def begin(config: pytest.Config) -> ScenarioSession:
    """The session with scenarios, listened to; raises pytest's UsageError for ours."""
    session = sessions.of(config)
    if not config.pluginmanager.has_plugin(NAME):
        try:
            if _hold_expectations(session):
                # Read now: a list that cannot be read must not end a run in its middle.
                session.expectations.hold()
            if session.is_early:
                session.start_target()
            if session.has_bot:
                # Waited for: a bot that cannot run is told once, not by every scenario.
                session.start_target()
                session.target.ready()
            if asked := config.getoption("prove"):
                session.prove(asked)
            config.pluginmanager.register(Recording(session), NAME)
            _leave_scenarios(config)
        except UsageError as error:
            raise pytest.UsageError(str(error)) from error
        except NotReachable as error:
            pytest.exit(str(error), MACHINE)
    return session


def _hold_expectations(session: ScenarioSession) -> bool:
    """Whether the lists are to be read at once: where somebody named one, or their target.

    Runs of an adopter's own sentences do not load a target for the list that it may have.
    """
    named = session.config.getoption("target") != DEFAULT_TARGET
    return not session.worker and (session.expects or session.is_early or named)


def _leave_scenarios(config: pytest.Config) -> None:
    """Keep allure-pytest to plain tests: a scenario's result is written from its record."""
    if sessions.of(config).evidence is not None:
        # Evidence is loaded only by runs that have some.
        from harness.evidence.listener import leave_scenarios  # noqa: PLC0415

        leave_scenarios(config)


def file(path: Path, parent: pytest.Collector) -> FeatureFile:
    """The node of a feature file."""
    begin(parent.config)
    return FeatureFile.from_parent(parent, path=path)


def hand_over(node: Any) -> None:
    """Put address and seed into a worker's input, once the target can be asked."""
    session = begin(node.config)
    try:
        handed = {"seed": session.seed, **session.address()}
    except NotReachable as failure:
        # Told by each scenario that needs it, as without workers; others run.
        handed = {"seed": session.seed, "address": {"failure": str(failure)}}
    if session.proves is not None:
        handed["faults"] = [asdict(fault) for fault in session.proves]
    node.workerinput["handoff"] = handed
