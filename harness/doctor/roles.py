"""Who lacks a security role: makers who cannot connect, agents whom nothing reaches."""

from __future__ import annotations

from collections.abc import Iterator

from harness.cast import MAKERS
from harness.doctor.facts import Line, World
from harness.doctor.findings import Finding, named
from harness.doctor.needs import AGENT, CONNECTORS, WORDS
from harness.protocol.conversations import Generation

WHERE = "in the Power Platform admin centre, Users"


def refused(world: World) -> Iterator[Finding]:
    """Who signs in and is turned away at what is their own work."""
    for person, words in world.refused.items():
        also = _to_connect(world, person)
        yield named(
            "role missing", f"{person} was turned away ({words}): give the role {WHERE}{also}"
        )


def _to_connect(world: World, person: str) -> str:
    """What the first maker needs besides, where no maker can connect the bot."""
    if world.bot is None or person != MAKERS[0]:
        return ""
    generation = world.bot.generation
    if some_maker_connects(world, generation):
        return ""
    return f"; connecting a bot in {WORDS[generation]} takes {' and '.join(CONNECTORS[generation])}"


def some_maker_connects(world: World, generation: Generation) -> bool:
    """Whether a maker has all roles that connecting a bot needs."""
    people, needed = world.people or {}, set(CONNECTORS[generation])
    return any(needed <= set(people.get(maker, ())) for maker in MAKERS)


def bars(world: World, generation: Generation) -> bool:
    """Whether a maker was turned away, and no other could connect the bot."""
    is_turned_away = any(maker in world.refused for maker in MAKERS)
    return is_turned_away and not some_maker_connects(world, generation)


def connectors(world: World, generation: Generation) -> Iterator[Finding]:
    """Nobody among the makers may connect the bot, nor mend its connection."""
    people = world.people or {}
    makers = [name for name in MAKERS if name in people] or list(people)
    needed = CONNECTORS[generation]
    if not makers or any(set(needed) <= set(people[name]) for name in makers):
        return
    first = makers[0]
    if first in world.refused:
        return
    lacking = [role for role in needed if role not in people[first]]
    able = [name for name, roles in people.items() if set(needed) <= set(roles)]
    other = f", or let {able[0]} connect it" if able else ""
    yield named(
        "role missing",
        f"{first} lacks the role {' and '.join(lacking)}, without which nobody connects a bot in "
        f"{WORDS[generation]}: give it {WHERE}{other}",
    )


def agents(world: World, queue: Line | None) -> Iterator[Finding]:
    """People of the queue at whom nothing may ring."""
    for name in queue.members if queue else ():
        roles = (world.people or {}).get(name)
        if queue and roles is not None and AGENT not in roles and name not in world.refused:
            yield named(
                "role missing",
                f"{name} is in the queue {queue.name} and lacks the role {AGENT}, so nothing rings "
                f"there: give it {WHERE}",
            )
