"""Which silent failure is the cause (docs/doctor.md): the root, not what follows from it."""

from __future__ import annotations

from collections.abc import Iterator

from harness.doctor import connecting, roles, working
from harness.doctor.facts import Seen, World
from harness.doctor.findings import Condition, Finding, good, named
from harness.protocol.portal import ConnectionState


def diagnosed(world: World) -> Iterator[Finding]:
    """What is wrong with the bot and its surroundings; one good sentence when nothing is."""
    found = [*roles.refused(world), *_of_bot(world), *working.queue(world)]
    yield from found
    if world.bot and all(finding.condition is not Condition.MISCONFIGURED for finding in found):
        yield good(_healthy(world, world.bot))


def _healthy(world: World, bot: Seen) -> str:
    """No more than was seen."""
    if bot.state is None or world.streams is None:
        return f"nothing is wrong with what was seen of {bot.name}"
    entry = working.fed(world)
    gets = "the widget brings" if entry and entry.bot == bot.id else "is passed on to its queue"
    return f"{bot.name} is published, connected, and gets what {gets}"


def _of_bot(world: World) -> Iterator[Finding]:
    bot = world.bot
    if bot is None:
        return
    barred = [*connecting.places(world, bot), *roles.connectors(world, bot.generation)]
    is_barred = bool(barred) or roles.bars(world, bot.generation)
    state = list(connecting.state(bot, is_barred=is_barred))
    yield from barred
    yield from state
    yield from _published(bot)
    yield from _layers(bot)
    yield from working.streams(world, bot)
    if bot.state in (None, ConnectionState.CONNECTED) and not barred:
        yield from working.idle(world, bot)


def _published(bot: Seen) -> Iterator[Finding]:
    if bot.published is False:
        yield named(
            "bot unpublished",
            f"{bot.name} was never published, so customers read error code 2009: "
            "select Publish in the portal",
        )


def _layers(bot: Seen) -> Iterator[Finding]:
    """Managed bots: what lies above the import, and what the portal cannot determine (2.7)."""
    if bot.managed and bot.layered:
        yield named(
            "unmanaged layer",
            f"{bot.name} is managed and was changed here, and that layer hides what an import "
            "brings: in Power Apps, Solutions, open See solution layers of the bot, select the "
            "unmanaged layer and Remove unmanaged layer",
        )
    if bot.exported_without or bot.lags or (bot.cannot_determine and not bot.layered):
        lag = "was changed where it is developed since it was imported here"
        first = ""
        if bot.exported_without:
            lag = "was exported before it was connected to Omnichannel there"
            first = "connect it where it is developed, then "
        yield named(
            "managed bot out of step",
            f"{bot.name} is managed and {lag}, so the portal cannot determine whether Omnichannel "
            f"is enabled: {first}export the latest version and import it here",
        )
