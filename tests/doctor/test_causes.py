"""Broken worlds: the doctor names what was planted, and nothing that follows from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from harness import doctor
from harness.doctor import Finding
from harness.target import Target
from tests.doctor import worlds
from tests.doctor.worlds import World

EVERY = ("preview", "classic", "web-app")
APART = ("preview", "classic")
PRODUCTION = "Production"
FAR = ({"name": PRODUCTION}, {"name": "Far", "region": "United States"})
TWO_DESKS = ({"name": PRODUCTION}, {"name": "Second desk", "omnichannel": True})
TEXT = "Omnichannel Power Virtual Agents extension"
VOICE = "Omnichannel Voice Power Virtual Agents extension"
CHAT = "Chat Add-in for Dynamics 365 Customer Service"


def nothing(world: World) -> None:
    """The plan alone breaks it."""


@dataclass(frozen=True)
class Planted:
    """One broken world: how it is made, what is done to it, and what the doctor calls it."""

    cause: str
    generations: tuple[str, ...] = EVERY
    plan: dict[str, Any] = field(default_factory=dict)
    plant: Callable[[World], None] = nothing
    says: str = ""


def publishes_nothing(world: World) -> None:
    made = world.do("Mia", "POST", "portal/bots", {"name": "Young", "origin": "d365"})
    world.bot = made["id"]
    world.connects(world.bot, world.home)
    adds_to_workstream(world)


def adds_to_workstream(world: World) -> None:
    [stream, *_] = world.do("Olga", "GET", "admin/workstreams")["value"]
    world.do("Olga", "PATCH", f"admin/workstreams/{stream['id']}", {"bot": world.bot})


def moves_to(name: str) -> Callable[[World], None]:
    def moves(world: World) -> None:
        place = world.environment(name)
        world.do("Mia", "PATCH", f"portal/bots/{world.bot}", {"environment": place})

    return moves


def connects_to_second_desk(world: World) -> None:
    world.do("Mia", "DELETE", f"portal/bots/{world.bot}/connection")
    world.connects(world.bot, world.environment("Second desk"))


def removes_extension(*names: str) -> Callable[[World], None]:
    def removes(world: World) -> None:
        for name in names:
            world.do("Pia", "DELETE", f"platform/environments/{world.home}/extensions/{name}")

    return removes


def gives(person: str, *roles: str) -> Callable[[World], None]:
    return lambda world: world.do(
        "Pia", "PATCH", f"platform/users/{person}", {"roles": list(roles)}
    )


def user_of(world: World) -> str:
    users = world.do("Olga", "GET", "admin/application-users")["value"]
    return next(user["id"] for user in users if user["bot"] == world.bot)


def disables_user(world: World) -> None:
    path = f"admin/application-users/{user_of(world)}"
    world.do("Olga", "PATCH", path, {"disabled": True})


def deletes_user(world: World) -> None:
    world.do("Olga", "DELETE", f"admin/application-users/{user_of(world)}")


def switches_teams_off(world: World) -> None:
    world.do("Mia", "PATCH", f"portal/bots/{world.bot}", {"teams_channel": False})


def disconnects(world: World) -> None:
    world.do("Mia", "DELETE", f"portal/bots/{world.bot}/connection")


def disables_connection(world: World) -> None:
    world.do("Mia", "POST", f"portal/bots/{world.bot}/connection/disable")


def works_on_another_bot(world: World) -> None:
    made = world.do("Mia", "POST", "portal/bots", {"name": "Idle", "origin": "d365"})
    world.do("Mia", "POST", f"portal/bots/{made['id']}/publish")
    world.connects(made["id"], world.home)
    world.bot = made["id"]


def puts_into_pull_workstream(world: World) -> None:
    made = world.do("Olga", "POST", "admin/workstreams", {"name": "Back office", "mode": "Pick"})
    first = world.do("Olga", "GET", "admin/workstreams")["value"][0]["id"]
    other = world.do("Mia", "POST", "portal/bots", {"name": "Stand-in", "origin": "d365"})
    world.do("Olga", "PATCH", f"admin/workstreams/{first}", {"bot": other["id"]})
    world.do("Olga", "PATCH", f"admin/workstreams/{made['id']}", {"bot": world.bot})
    world.do("Olga", "PUT", "admin/widget", {"workstream": made["id"]})


def feeds_another_workstream(world: World) -> None:
    made = world.do("Olga", "POST", "admin/workstreams", {"name": "Evenings"})
    world.do("Olga", "PUT", "admin/widget", {"workstream": made["id"]})


def empties_the_queue(world: World) -> None:
    queue = world.do("Olga", "POST", "admin/queues", {"name": "Nobody", "members": []})
    [stream, *_] = world.do("Olga", "GET", "admin/workstreams")["value"]
    world.do("Olga", "PATCH", f"admin/workstreams/{stream['id']}", {"queue": queue["id"]})


def embeds(code: str) -> Callable[[World], None]:
    def embed(world: World) -> None:
        world.page = f"{world.page}?embed={code}"

    return embed


def hands_its_workstream_over(world: World) -> None:
    made = world.do("Mia", "POST", "portal/bots", {"name": "Stand-in", "origin": "d365"})
    [stream, *_] = world.do("Olga", "GET", "admin/workstreams")["value"]
    world.do("Olga", "PATCH", f"admin/workstreams/{stream['id']}", {"bot": made["id"]})


def is_in_a_pull_workstream_too(world: World) -> None:
    made = world.do("Olga", "POST", "admin/workstreams", {"name": "Back office", "mode": "Pick"})
    world.do("Olga", "PATCH", f"admin/workstreams/{made['id']}", {"bot": world.bot})
    world.do("Olga", "PUT", "admin/widget", {"workstream": made["id"]})


WORLDS = [
    Planted("bot unpublished", plan={"published": False}),
    Planted("bot unpublished", plant=publishes_nothing),
    Planted("connection never made", plan={"connected": False}),
    Planted("disconnected", plant=disconnects),
    Planted("connection disabled", ("classic",), plant=disables_connection),
    Planted("application user disabled", plant=disables_user),
    Planted("application user deleted", plant=deletes_user),
    Planted("Teams channel off", APART, plant=switches_teams_off),
    Planted("region mismatch", ("classic",), {"environments": FAR}, moves_to("Far")),
    Planted(
        "region mismatch",
        ("classic",),
        {"environments": FAR, "connected": False},
        moves_to("Far"),
    ),
    Planted("other environment", ("classic", "web-app"), plant=moves_to("Development")),
    Planted("other environment", ("web-app",), {"connected": False}, moves_to("Development")),
    Planted("other environment", ("web-app",), {"environments": FAR}, moves_to("Far"), "region"),
    Planted("other environment", APART, {"environments": TWO_DESKS}, connects_to_second_desk),
    Planted(
        "Omnichannel not provisioned",
        plan={"environments": [{"name": PRODUCTION, "omnichannel": False}], "connected": False},
    ),
    Planted(
        "licence missing",
        ("classic", "web-app"),
        {"environments": [{"name": PRODUCTION, "licences": ["Power Virtual Agents"]}]},
        says=CHAT,
    ),
    Planted(
        "licence missing",
        plan={
            "environments": [
                {
                    "name": PRODUCTION,
                    "licences": ["Omnichannel for Customer Service", CHAT],
                }
            ]
        },
        says="Power Virtual Agents",
    ),
    Planted("extension missing", ("preview", "web-app"), plant=removes_extension(VOICE, TEXT)),
    Planted("extension missing", ("classic",), plant=removes_extension(VOICE)),
    Planted("role missing", plan={"users": [{"name": "Mia", "roles": []}]}, says="Mia"),
    Planted(
        "role missing",
        plan={"connected": False, "users": [{"name": "Mia", "roles": ["Bot Author"]}]},
        says="Mia",
    ),
    Planted("role missing", plant=gives("Mia", "Bot Author"), says="Mia"),
    Planted("role missing", ("web-app",), plant=gives("Mia"), says="takes OC_Admin and Bot Author"),
    Planted("role missing", plant=gives("Ben"), says="Ben"),
    Planted("role missing", plant=gives("Olga"), says="Olga"),
    Planted("bot name too long", ("web-app",), {"connected": False}, lambda world: renames(world)),
    Planted("bot in a pull workstream", plan={"mode": "Pick"}),
    Planted("bot in a pull workstream", plant=puts_into_pull_workstream),
    Planted("bot in a pull workstream", plant=is_in_a_pull_workstream_too, says="choose Live chat"),
    Planted("bot in no workstream", plant=works_on_another_bot),
    Planted("bot in no workstream", plant=hands_its_workstream_over),
    Planted("widget feeds another workstream", plant=feeds_another_workstream),
    Planted("queue without agents", plant=empties_the_queue),
    Planted("wrong embed code", plant=embeds("bot"), says="the bot's own embed code"),
    Planted("wrong embed code", plant=embeds("other"), says="the snippet of another widget"),
]


def renames(world: World) -> None:
    world.do("Mia", "PATCH", f"portal/bots/{world.bot}", {"name": "A" * 31})


CASES = [
    pytest.param(planted, generation, id=f"{planted.cause}-{number}-{generation}")
    for number, planted in enumerate(WORLDS)
    for generation in planted.generations
]


@pytest.mark.parametrize(("planted", "generation"), CASES)
def test_the_planted_cause_is_named_and_nothing_else(
    target: Target,
    examined: Callable[[World], list[Finding]],
    planted: Planted,
    generation: str,
) -> None:
    world = worlds.made(target, generation, **planted.plan)
    planted.plant(world)
    found = examined(world)
    assert {finding.cause for finding in found} == {planted.cause}, found
    assert any(planted.says in finding.text for finding in found), found
    assert all(finding.text.startswith(f"{planted.cause}: ") for finding in found)


@pytest.mark.parametrize("generation", EVERY)
def test_a_healthy_world_is_not_talked_about(
    target: Target, examined: Callable[[World], list[Finding]], generation: str
) -> None:
    assert examined(worlds.made(target, generation)) == []


def test_who_has_the_one_role_of_the_preview_lacks_none(
    target: Target, examined: Callable[[World], list[Finding]]
) -> None:
    mia = {"name": "Mia", "roles": ["Omnichannel administrator"]}
    assert examined(worlds.made(target, "preview", users=[mia])) == []


def test_a_name_that_grew_too_long_is_named_before_connecting_again(
    target: Target, examined: Callable[[World], list[Finding]]
) -> None:
    world = worlds.made(target, "web-app")
    disconnects(world)
    renames(world)
    assert [each.cause for each in examined(world)] == ["bot name too long", "disconnected"]


def test_a_bot_of_a_queue_is_healthy_without_a_workstream(
    target: Target, described: Callable[[World], Path]
) -> None:
    world = worlds.made(target, "web-app")
    works_on_another_bot(world)
    queue = {"name": "Returns", "members": ["Ben"], "bot": world.bot}
    world.do("Olga", "POST", "admin/queues", queue)
    *_, last = doctor.examine(str(described(world)))
    assert last.text == "Idle is published, connected, and gets what is passed on to its queue"


def test_an_agent_without_a_role_bars_nobody_from_connecting(
    target: Target, examined: Callable[[World], list[Finding]]
) -> None:
    ben = {"name": "Ben", "roles": []}
    found = examined(worlds.made(target, "web-app", users=[ben], connected=False))
    assert [each.cause for each in found] == ["role missing", "connection never made"]
