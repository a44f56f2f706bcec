"""Managed bots: what lies above an import, and an import that lags behind."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.actors.lifecycle import Lifecycle
from harness.actors.session import Session
from harness.doctor import Finding
from harness.expect import solutions
from harness.protocol.organisations import Account
from harness.target import Target
from tests.doctor import worlds
from tests.doctor.test_causes import adds_to_workstream
from tests.doctor.worlds import World

PLACES = ({"name": "Production"}, {"name": "Build", "omnichannel": True})


def imported(target: Target, generation: str, *, connected: bool = True) -> World:
    """A world whose bot was developed in another environment and came in managed."""
    made = {"name": "Traveller", "environment": "Build", "connected": connected}
    world = worlds.made(target, generation, environments=PLACES, bots=[made])
    listed = world.do("Mia", "GET", "portal/bots")["value"]
    source = next(bot["id"] for bot in listed if bot["name"] == "Traveller")
    mover = mover_of(target, world)
    build = world.environment("Build")
    solution = mover.makes_solution(build, "Parcels")
    mover.adds_to_solution(build, solution, source)
    world.bot = mover.imports(world.home, mover.exports(build, solution, managed=True))
    adds_to_workstream(world)
    return world


def mover_of(target: Target, world: World) -> Lifecycle:
    account = Account("Mia", (), world.tokens["Mia"])
    surface = f"{world.shown['url']}/power-apps/{world.id}"
    return Lifecycle(Session(target.client, surface, account))


def renames(world: World) -> None:
    world.do("Mia", "PATCH", f"portal/bots/{world.bot}", {"name": "Renamed here"})


@pytest.mark.parametrize("generation", ["preview", "classic", "web-app"])
def test_a_bot_that_was_imported_whole_is_healthy(
    target: Target, examined: Callable[[World], list[Finding]], generation: str
) -> None:
    assert examined(imported(target, generation)) == []


@pytest.mark.parametrize("generation", ["preview", "classic", "web-app"])
def test_an_unmanaged_layer_is_named_until_it_is_removed(
    target: Target, examined: Callable[[World], list[Finding]], generation: str
) -> None:
    world = imported(target, generation)
    renames(world)
    [finding] = examined(world)
    assert finding.cause == "unmanaged layer"
    assert "Remove unmanaged layer" in finding.text
    mover = mover_of(target, world)
    held = solutions.holding(mover.solutions(world.home), world.bot)
    assert held is not None
    mover.removes_unmanaged_layer(world.home, held.id, world.bot)
    assert examined(world) == []


def test_a_later_version_elsewhere_is_named(
    target: Target, examined: Callable[[World], list[Finding]]
) -> None:
    world = imported(target, "web-app")
    listed = world.do("Mia", "GET", "portal/bots")["value"]
    build = world.environment("Build")
    source = next(bot["id"] for bot in listed if bot["environment"] == build)
    world.do("Mia", "PATCH", f"portal/bots/{source}", {"name": "Traveller, later"})
    [finding] = examined(world)
    assert finding.cause == "managed bot out of step"
    renames(world)
    found = [each.cause for each in examined(world)]
    assert found == ["unmanaged layer", "managed bot out of step"]
