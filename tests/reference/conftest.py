"""A world in memory, and one organisation of each generation in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from harness.protocol.conversations import Generation
from harness.reference.app import application
from harness.reference.operations import setup
from harness.reference.operations.notifications import Silence
from harness.reference.operations.organisations import Organisation, World
from harness.reference.store.sqlite import SqliteStore
from harness.reference.web.switchboard import Switchboard
from tests.reference.desk import Desk
from tests.reference.mover import Mover, files_of
from tests.reference.prey import Way, ways
from tests.reference.site import Client, Site
from tests.reference.workshop import Workshop


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


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[Client, World]]:
    store = SqliteStore()
    world = World(store, Switchboard(), "https://testserver")
    client = Client(application(world, with_control=True))
    yield client, world
    client.close()
    store.close()


@pytest.fixture(scope="module")
def routes(served: tuple[Client, World]) -> list[Way]:
    """Every method of every route of the application."""
    return ways(served[0].app)


@pytest.fixture
def site(served: tuple[Client, World]) -> Site:
    return Site(*served, "web-app")


@pytest.fixture
def classic_site(served: tuple[Client, World]) -> Site:
    return Site(*served, "classic")


@pytest.fixture(params=Generation)
def shop(request: pytest.FixtureRequest, world: World) -> Workshop:
    return Workshop(world, request.param)


@pytest.fixture
def classic_shop(world: World) -> Workshop:
    return Workshop(world, Generation.CLASSIC)


@pytest.fixture
def preview_shop(world: World) -> Workshop:
    return Workshop(world, Generation.PREVIEW)


@pytest.fixture
def web_shop(world: World) -> Workshop:
    return Workshop(world, Generation.WEB_APP)


@pytest.fixture(scope="module")
def mover(served: tuple[Client, World]) -> Mover:
    return Mover(Site(*served, "web-app"))


@pytest.fixture(scope="module")
def package(mover: Mover) -> bytes:
    return mover.exports(mover.makes_solution(mover.makes_bot()))


@pytest.fixture(scope="module")
def schema(package: bytes) -> str:
    return next(path for path in files_of(package) if path.startswith("bots/")).split("/")[1]
