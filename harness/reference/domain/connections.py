"""Who may connect a bot, what each step changes, and whether it works (specification 2, 8).

What a bot cannot be connected for is in `preconditions`, which step follows which in `transitions`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import uuid4

from harness.protocol.conversations import Generation
from harness.protocol.portal import ConnectionState
from harness.reference.domain.bots import Bot, BotConnection, BotUser
from harness.reference.domain.desk import SecurityRole
from harness.reference.domain.environments import (
    Environment,
    Extension,
    Licence,
    missing_licences,
)
from harness.reference.domain.errors import InsufficientRole

Deviates = Callable[[str], bool]

CONNECTORS: dict[Generation, frozenset[str]] = {
    Generation.PREVIEW: frozenset({SecurityRole.OMNICHANNEL_ADMINISTRATOR}),
    Generation.CLASSIC: frozenset({SecurityRole.SYSTEM_ADMINISTRATOR}),
    Generation.WEB_APP: frozenset({SecurityRole.OC_ADMIN, SecurityRole.BOT_AUTHOR}),
}
"""The roles, all of them, that connecting and disconnecting need (CON-15 to CON-17)."""

REDESIGN = datetime(2021, 11, 1, tzinfo=UTC)
"""The portal shows a connection that was made before as none, until `Enable` (CON-27, CON-28)."""

NOT_PUBLISHED = 2009
NOT_FOUND = 2013


def needs_application(generation: Generation) -> bool:
    """Whether a maker registers an application, and traffic takes the Teams channel (CON-29)."""
    return generation is not Generation.WEB_APP


def refuse_connector(bot: Bot, roles: tuple[str, ...], deviates: Deviates) -> None:
    """Raises InsufficientRole for a user who may not connect this bot."""
    missing = CONNECTORS[bot.generation].difference(roles)
    surplus = set(roles) - CONNECTORS[bot.generation]
    if surplus and not missing and deviates("connect_refuses_more_roles"):
        raise InsufficientRole(f"Connecting {bot.name!r} is not for {', '.join(sorted(surplus))}.")
    if missing and not deviates("connect_ignores_roles"):
        raise InsufficientRole(
            f"Connecting {bot.name!r} needs the role {' and '.join(sorted(missing))} as well."
        )


# What a connection needs besides


def lacking_licences(bot: Bot, own: Environment, chosen: Environment) -> list[Licence]:
    """What is missing: the bots' licence where the bot is, the other one where Omnichannel is."""
    lacking = {*missing_licences(own, bot.generation)} & {Licence.BOTS}
    lacking |= {*missing_licences(chosen, bot.generation)} - {Licence.BOTS}
    return [licence for licence in Licence if licence in lacking]


def lacks_extension(bot: Bot, own: Environment) -> bool:
    """Whether the extension is missing without which the preview cannot hand over (CON-41)."""
    needed = bot.generation is Generation.PREVIEW
    return needed and Extension.OMNICHANNEL not in own.extensions


def lacks_recommended(bot: Bot, own: Environment) -> bool:
    """Whether Classic warns: an extension is missing where the bot is (CON-19, CON-45)."""
    opened = bot.connection.state is not ConnectionState.NOT_CONFIGURED
    warns = bot.generation is Generation.CLASSIC and opened
    return warns and any(extension not in own.extensions for extension in Extension)


# What each step changes


def user_for(bot: Bot, application: str) -> BotUser:
    """The bot's application user, enabled: the one it had with this application, or a new one."""
    known = bot.connection.user
    if known and application in ("", known.application):
        return replace(known, disabled=False)
    return BotUser(str(uuid4()), bot.name, application=application or str(uuid4()))


def connected(
    bot: Bot, environment: Environment, application: str, now: datetime, deviates: Deviates
) -> Bot:
    """The bot with a connection that works; the Teams channel is on where traffic needs it."""
    user = None if deviates("connect_creates_no_user") else user_for(bot, application)
    connection = BotConnection(
        ConnectionState.CONNECTED,
        user,
        connects=bot.connection.connects + 1,
        voice=bot.voice_enabled,
        environment=environment.id,
        application=application,
        made=now,
    )
    channel = bot.teams_channel or needs_application(bot.generation)
    return replace(bot, connection=connection, teams_channel=channel)


def is_intact(bot: Bot) -> bool:
    """Whether connecting again would change nothing."""
    user = bot.connection.user
    channel = bot.teams_channel or not needs_application(bot.generation)
    connected = bot.connection.state is ConnectionState.CONNECTED
    return connected and user is not None and not user.disabled and channel


def disconnected(bot: Bot, deviates: Deviates) -> Bot:
    """The bot with its application user disabled; in the preview nothing of it stays (DIS-14)."""
    connection = replace(bot.connection, state=ConnectionState.DISCONNECTED)
    if bot.generation is Generation.PREVIEW:
        return replace(
            bot, connection=replace(connection, user=None, environment="", application="")
        )
    user = connection.user
    if user and not deviates("disconnect_keeps_user_enabled"):
        user = replace(user, disabled=True)
    return replace(bot, connection=replace(connection, user=user))


def displays_as_new(bot: Bot) -> bool:
    """Whether the tile looks unconfigured though the bot is connected (F11)."""
    connection = bot.connection
    kept = connection.state in (ConnectionState.CONNECTED, ConnectionState.DISABLED)
    old = connection.made is not None and connection.made < REDESIGN
    return bot.generation is Generation.CLASSIC and kept and old and not connection.seen


def has_analytics(bot: Bot) -> bool:
    """Whether Omnichannel's analytics know the bot: not from another environment (CON-13)."""
    chosen = bot.connection.environment
    return bot.generation is not Generation.CLASSIC or chosen in ("", bot.environment)


# Whether it works


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a connection depends on: the bot's environment, and the one that has the desk."""

    own: Environment
    home: Environment


def failures(bot: Bot, around: Surroundings, deviates: Deviates) -> Iterator[str]:
    """Why conversations do not find the bot (F10): each cause, with what to do about it."""
    connection = bot.connection
    user = connection.user
    if connection.state is not ConnectionState.CONNECTED:
        yield f"The connection is {connection.state}. Connect the bot."
    if user is None:
        yield "The application user is gone. Disconnect the bot and connect it again."
    elif user.disabled:
        yield "The application user is disabled. Enable it in the admin centre."
    if needs_application(bot.generation) and not bot.teams_channel:
        yield "The Teams channel is off. Switch it on in the bot's channels."
    if connection.environment != around.home.id:
        yield (
            f"The bot is connected to another environment than {around.home.name!r}, where the"
            " desk is. Disconnect it and choose that one."
        )
    if not around.home.omnichannel:
        yield f"Omnichannel is not provisioned in {around.home.name!r}. Provision it there."
    for licence in lacking_licences(bot, around.own, around.home):
        yield f"The licence {licence!s} is missing. Assign it in the Power Platform admin centre."
    if lacks_extension(bot, around.own):
        yield f"{Extension.OMNICHANNEL!s} is not installed in {around.own.name!r}. Install it."


def trouble(bot: Bot, around: Surroundings, deviates: Deviates) -> int | None:
    """The run-time error code of a bot that cannot answer customers; None when it can (F9, F10)."""
    works = next(failures(bot, around, deviates), None) is None
    if not works and not deviates("disconnected_bot_answers"):
        return NOT_FOUND
    if not bot.version and not deviates("unpublished_bot_answers"):
        return NOT_PUBLISHED
    return None
