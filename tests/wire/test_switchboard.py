"""Who is told what, and who is waited for, without a network."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from harness.protocol.conversations import Role
from harness.reference.operations import setup
from harness.reference.operations.notifications import Typing
from harness.reference.operations.organisations import Organisation, World
from harness.reference.store.sqlite import SqliteStore
from harness.reference.web.switchboard import ENDPOINTS_A_THREAD, Endpoint, Line, Switchboard

TYPES = Typing(Role.AGENT, "Ben")


@pytest.fixture
def switchboard() -> Switchboard:
    return Switchboard(patience=0.01)


@pytest.fixture
def organisation(switchboard: Switchboard) -> Iterator[Organisation]:
    store = SqliteStore()
    yield setup.create(World(store, switchboard, "https://127.0.0.1:1"), setup.Plan())
    store.close()


def page(switchboard: Switchboard, organisation: Organisation, epid: str = "page") -> Endpoint:
    return switchboard.allocate(organisation, "19:thread", "8:acs:visitor", epid)


async def drained(line: Line) -> list[str]:
    """Everything that waits to be written."""
    frames: list[str] = []
    while not line.idle.is_set():
        try:
            frames.append(await asyncio.wait_for(line.next(), 0.01))
        except TimeoutError:
            break
    return frames


def test_a_flush_gives_up_a_socket_that_takes_nothing(
    switchboard: Switchboard, organisation: Organisation
) -> None:
    async def scene() -> None:
        endpoint = page(switchboard, organisation)
        line = endpoint.connect()
        await switchboard.flush(organisation.id)
        assert line.gone.is_set()
        assert endpoint.line is None

    asyncio.run(scene())


def test_a_flush_waits_for_a_socket_that_is_slow_but_writes(organisation: Organisation) -> None:
    async def scene() -> None:
        switchboard = Switchboard(patience=5)
        line = page(switchboard, organisation).connect()
        switchboard.publish(organisation.id, "19:thread", TYPES)
        frames, _ = await asyncio.gather(drained(line), switchboard.flush(organisation.id))
        assert len(frames) == 3
        assert not line.gone.is_set()

    asyncio.run(scene())


def test_nobody_listening_is_no_error(switchboard: Switchboard, organisation: Organisation) -> None:
    switchboard.publish(organisation.id, "19:nobody", TYPES)
    asyncio.run(switchboard.flush(organisation.id))


def test_a_page_keeps_its_endpoint(switchboard: Switchboard, organisation: Organisation) -> None:
    assert page(switchboard, organisation) is page(switchboard, organisation)
    assert page(switchboard, organisation) is not page(switchboard, organisation, "another")


def test_pages_long_gone_are_forgotten_first(
    switchboard: Switchboard, organisation: Organisation
) -> None:
    first = page(switchboard, organisation, "0")
    for number in range(1, ENDPOINTS_A_THREAD + 5):
        page(switchboard, organisation, str(number))
    assert switchboard.find(first.name) is None
    newest = page(switchboard, organisation, str(ENDPOINTS_A_THREAD + 4))
    assert switchboard.find(newest.name) is newest


def test_a_thread_of_one_organisation_is_nobody_elses(
    switchboard: Switchboard, organisation: Organisation
) -> None:
    endpoint = page(switchboard, organisation)
    switchboard.publish("another", "19:thread", TYPES)
    line = asyncio.run(connected(endpoint))
    assert asyncio.run(drained(line))[2:] == []


def test_a_forgotten_organisation_leaves_nothing(
    switchboard: Switchboard, organisation: Organisation
) -> None:
    endpoint = page(switchboard, organisation)
    switchboard.forget(organisation.id)
    assert switchboard.find(endpoint.name) is None


async def connected(endpoint: Endpoint) -> Line:
    return endpoint.connect()
