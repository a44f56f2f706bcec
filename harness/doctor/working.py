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
    own = _own(world, bot)
    pushed = [stream for stream in own if stream.mode == PUSH]
    if entry in own and entry not in pushed:
        yield _pulled(bot, entry, pushed)
    elif own and not pushed:
        yield _pulled(bot, own[0], pushed)
    elif own and entry not in own:
        yield named(
            "widget feeds another workstream",
            f"{bot.name} is in the workstream {pushed[0].name}, and the widget's conversations "
            f"come into {entry.name}: choose {pushed[0].name} for the widget in the admin centre",
        )


def _own(world: World, bot: Seen) -> list[Stream]:
    """The workstreams for messages that have the bot; those for calls bring it no chat."""
    streams = world.streams or ()
    return [each for each in streams if each.bot == bot.id and each.type == MESSAGES]


def _pulled(bot: Seen, stream: Stream, pushed: list[Stream]) -> Finding:
    mend = f"make a workstream with mode Push in {CENTRE}, add the bot, and let the widget use it"
    if pushed:
        mend = f"choose {pushed[0].name} for the widget in the admin centre"
    return named(
        "bot in a pull workstream",
        f"{bot.name} is in the workstream {stream.name}, whose mode is {stream.mode}, and bots "
        f"get work from push workstreams alone: {mend}",
    )


def idle(world: World, bot: Seen) -> Iterator[Finding]:
    """A bot that is in no workstream and no queue; asked only of one that is connected."""
    if world.streams is None:
        return
    if not _own(world, bot) and bot.id not in {line.bot for line in world.queues or ()}:
        calls = any(stream.bot == bot.id for stream in world.streams)
        lack = "for messages, so no chat" if calls else "or queue, so nothing"
        yield named(
            "bot in no workstream",
            f"{bot.name} is connected and in no workstream {lack} is given to it: "
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
