"""What an organisation lacks that an earlier version has kept: it is given when it is opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

from harness.protocol.portal import ConnectionState
from harness.reference.domain import environments as rules
from harness.reference.domain.bots import Bot
from harness.reference.domain.connections import needs_application
from harness.reference.domain.desk import SecurityRole, User
from harness.reference.domain.environments import Environment
from harness.reference.operations import environments, registrations
from harness.reference.operations.organisations import Organisation

ADMINISTRATOR = "Pia"


def complete(organisation: Organisation) -> None:
    """Gives environments to an organisation that has none, and its bots a place in them."""
    if environments.every(organisation):
        return
    store = organisation.store
    with organisation.command():
        home = Environment(organisation.tenant.environment, "Production", environments.REGION)
        store.put(organisation.id, rules.provisioned(home))
        store.put(organisation.id, environments.fresh("Development", environments.REGION, False))
        if not store.find(organisation.id, User, "name", ADMINISTRATOR):
            roles = (SecurityRole.SYSTEM_ADMINISTRATOR,)
            store.put(organisation.id, User(str(uuid4()), ADMINISTRATOR, roles))
        for bot in _bots(organisation):
            _place(organisation, bot)


def _place(organisation: Organisation, bot: Bot) -> None:
    """Lets a bot be in an environment that is there, and its connection name where it leads."""
    store = organisation.store
    if store.get(organisation.id, Environment, bot.environment) is None:
        # Any word was an environment before.
        store.put(
            organisation.id, Environment(bot.environment, bot.environment, environments.REGION)
        )
    if bot.connection.state is ConnectionState.CONNECTED:
        bot = _connected(organisation, bot)
    store.put(organisation.id, bot)


def _connected(organisation: Organisation, bot: Bot) -> Bot:
    application = ""
    if needs_application(bot.generation):
        application = registrations.register(organisation, bot.name).application_id
    user = bot.connection.user
    connection = replace(
        bot.connection,
        environment=organisation.tenant.environment,
        application=application,
        user=user and replace(user, application=application or str(uuid4())),
        made=organisation.tenant.started,
    )
    return replace(bot, connection=connection, teams_channel=bool(application))


def _bots(organisation: Organisation) -> Iterator[Bot]:
    after = None
    while page := organisation.store.page(organisation.id, Bot, after):
        yield from page
        after = page[-1].id
