"""A world in memory, and one organisation of each generation in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from harness.protocol.conversations import Generation
from harness.reference.operations import setup
from harness.reference.operations.notifications import Silence
from harness.reference.operations.organisations import Organisation, World
from harness.reference.store.sqlite import SqliteStore
from tests.reference.desk import Desk


@pytest.fixture
def world() -> Iterator[World]:
    store = SqliteStore()
    yield World(store, Silence(), "https://127.0.0.1:1")
    store.close()


@pytest.fixture
def organisation(world: World) -> Organisation:
    return setup.create(world, setup.Plan())


@pytest.fixture
def desk(world: World, organisation: Organisation) -> Desk:
    return Desk(world, organisation)


@pytest.fixture
def classic(world: World) -> Desk:
    return Desk(world, setup.create(world, setup.Plan(Generation.CLASSIC)))
