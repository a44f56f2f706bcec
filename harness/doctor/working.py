"""Whether the widget's conversations reach the bot, and after it people: workstreams and queues."""

from __future__ import annotations

from collections.abc import Iterator

from harness.doctor import roles
from harness.doctor.facts import MESSAGES, PUSH, Line, Seen, Stream, World
from harness.doctor.findings import Finding, named

CENTRE = "the admin centre, Workstreams"


def fed(world: World) -> Stream | None:
    """The workstream that the widget's conversations come into."""
    streams = [stream for stream in world.streams or () if stream.type == MESSAGES]
    chosen = [stream for stream in streams if stream.id == world.fed]
    return next(iter(chosen or streams), None)


def streams(world: World, bot: Seen) -> Iterator[Finding]:
    """Whether the bot is where the work comes from."""
    entry = fed(world)
    if entry is None:
        return
    known = [stream for stream in world.streams or () if stream.bot == bot.id]
    own = [stream for stream in known if stream.type == MESSAGES]
    if own and not any(stream.mode == PUSH for stream in own):
        yield named(
            "bot in a pull workstream",
            f"{bot.name} is in the workstream {own[0].name}, whose mode is {own[0].mode}, and bots "
            "get work from push workstreams alone: make a workstream with mode Push in "
            f"{CENTRE}, add the bot, and let the widget use it",
        )
    elif own and entry.bot != bot.id:
        yield named(
            "widget feeds another workstream",
            f"{bot.name} is in the workstream {own[0].name}, and the widget's conversations come "
            f"into {entry.name}: choose {own[0].name} for the widget in the admin centre",
        )


def idle(world: World, bot: Seen) -> Iterator[Finding]:
    """A bot that is in no workstream and no queue; asked only of one that is connected."""
    if world.streams is None:
        return
    taken = {stream.bot for stream in world.streams} | {line.bot for line in world.queues or ()}
    if bot.id not in taken:
        yield named(
            "bot in no workstream",
            f"{bot.name} is connected and in no workstream, so nothing is given to it: "
            f"add it to a push workstream in {CENTRE}",
        )


def queue(world: World) -> Iterator[Finding]:
    """Whether anybody is there when the bot hands over."""
    entry = fed(world)
    lines = {line.id: line for line in world.queues or ()}
    line: Line | None = lines.get(entry.queue or "") if entry else None
    if entry and line and not line.members:
        yield named(
            "queue without agents",
            f"the queue {line.name} of the workstream {entry.name} has nobody in it, so what is "
            "handed over waits for ever: add agents in the admin centre, Queues",
        )
    yield from roles.agents(world, line)
