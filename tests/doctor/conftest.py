"""One reference for all broken worlds, and the doctor's look at one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.doctor import Finding
from harness.target import Target
from tests.doctor import worlds
from tests.doctor.worlds import PEOPLE, World


@pytest.fixture(scope="session")
def target() -> Iterator[Target]:
    with worlds.reference() as started:
        yield started


@pytest.fixture
def described(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[World, tuple[str, ...]], Path]:
    """The target's file of a world; the tokens of these people are in the environment."""

    def describe(world: World, people: tuple[str, ...] = PEOPLE) -> Path:
        path, secrets = world.file(tmp_path, people)
        for variable, token in secrets.items():
            monkeypatch.setenv(variable, token)
        return path

    return describe


@pytest.fixture
def examined(described: Callable[..., Path]) -> Callable[[World], list[Finding]]:
    """What the doctor finds wrong in a world, asked with everybody's token."""
    return lambda world: worlds.wrongs(described(world))
