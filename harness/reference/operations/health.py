"""Whether a bot answers customers: its connection, and what that depends on."""

from __future__ import annotations

from collections.abc import Iterator

from harness.protocol.conversations import Generation
from harness.reference.domain import connections
from harness.reference.domain.bots import Bot
from harness.reference.domain.connections import Surroundings
from harness.reference.domain.desk import Queue, Workstream
from harness.reference.domain.environments import AppRegistration, Environment, share_region
from harness.reference.operations.organisations import Organisation

PUSH = "Push"


def trouble(organisation: Organisation, bot: Bot) -> int | None:
    """The run-time error code of a bot that cannot answer customers; None when it can (F9, F10)."""
    return connections.trouble(bot, surroundings(organisation, bot), organisation.faults.deviates)


def surroundings(organisation: Organisation, bot: Bot) -> Surroundings:
    """The bot's environment and the one that has the desk."""
    home = _environment(organisation, organisation.tenant.environment)
    if bot.environment == home.id:
        return Surroundings(home, home)
    return Surroundings(_environment(organisation, bot.environment), home)


def verified(organisation: Organisation, bot: Bot) -> list[str]:
    """What `Refresh` finds wrong with a connection, and what to do about it; empty for nothing."""
    around = surroundings(organisation, bot)
    return [
        *connections.failures(bot, around, organisation.faults.deviates),
        *_apart(organisation, bot, around),
        *_unregistered(organisation, bot),
        *_idle(organisation, bot),
    ]


def _apart(organisation: Organisation, bot: Bot, around: Surroundings) -> Iterator[str]:
    """A region is looked at when a connection is made and when it is tested (F4)."""
    if bot.generation is Generation.CLASSIC and not share_region(around.own, around.home):
        yield (
            f"The bot is in the region {around.own.region}, Omnichannel in {around.home.region}."
            " Both must be in one region."
        )


def _unregistered(organisation: Organisation, bot: Bot) -> Iterator[str]:
    id = bot.connection.application
    if not connections.needs_application(bot.generation):
        return
    if not organisation.store.find(organisation.id, AppRegistration, "application_id", id):
        yield f"No app registration has the Application ID {id}. Register it in Azure."


def _idle(organisation: Organisation, bot: Bot) -> Iterator[str]:
    """Work comes to a bot from a push workstream, or from a queue that it is in."""
    store = organisation.store
    streams = [s for s in store.all(organisation.id, Workstream) if s.bot == bot.id]
    if any(stream.mode == PUSH for stream in streams):
        return
    if any(queue.bot == bot.id for queue in store.all(organisation.id, Queue)):
        return
    if streams:
        yield f"The workstream {streams[0].name!r} is no push workstream. Choose one that is."
    else:
        yield "The bot is in no workstream. Add it to a push workstream in the admin centre."


def _environment(organisation: Organisation, id: str) -> Environment:
    found = organisation.store.get(organisation.id, Environment, id)
    assert found is not None, "a bot's environment is looked for before it is kept"
    return found
