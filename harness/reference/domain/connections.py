"""When a bot may be connected to Omnichannel, and what connecting changes (specification 2, 8)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

from harness.protocol.conversations import Generation
from harness.protocol.portal import ConnectionState
from harness.reference.domain.bots import Bot, BotConnection, BotUser
from harness.reference.domain.desk import SecurityRole
from harness.reference.domain.errors import (
    BotNameTooLong,
    DomainError,
    EnvironmentMismatch,
    InsufficientRole,
)

Deviates = Callable[[str], bool]

LONGEST_NAME = 30
"""Code points; 31 fail, 29 pass, and what 30 do is our reading (specification 2.5)."""

CONNECTORS: dict[Generation, frozenset[str]] = {
    Generation.PREVIEW: frozenset({SecurityRole.OMNICHANNEL_ADMINISTRATOR}),
    Generation.CLASSIC: frozenset({SecurityRole.SYSTEM_ADMINISTRATOR}),
    Generation.WEB_APP: frozenset({SecurityRole.OC_ADMIN, SecurityRole.BOT_AUTHOR}),
}
"""The roles, all of them, that connecting and disconnecting need (CON-15 to CON-17)."""

NOT_PUBLISHED = 2009
NOT_FOUND = 2013


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


def refusal(bot: Bot, environment: str, deviates: Deviates) -> DomainError | None:
    """Why a bot cannot be connected to the Omnichannel of an environment; None when it can."""
    if bot.generation is not Generation.WEB_APP:
        return None
    length = len(bot.name)
    if length > LONGEST_NAME and not deviates("connect_accepts_any_name"):
        return BotNameTooLong(
            f"The name {bot.name!r} has {length} characters; {LONGEST_NAME} are allowed. Rename it."
        )
    if LONGEST_NAME > length >= LONGEST_NAME - 1 and deviates("connect_refuses_long_names"):
        return BotNameTooLong(f"The name {bot.name!r} has {length} characters.")
    if bot.environment != environment and not deviates("connect_ignores_environment"):
        return EnvironmentMismatch(
            f"{bot.name!r} is in {bot.environment}, Omnichannel in {environment};"
            " both must be in one environment."
        )
    return None


def user_for(bot: Bot) -> BotUser:
    """The bot's application user, enabled: a new one, or the one it had."""
    known = bot.connection.user
    return BotUser(known.id if known else str(uuid4()), bot.name)


def connected(bot: Bot, deviates: Deviates) -> Bot:
    """The bot with a connection that works; connecting a connected one changes nothing."""
    if bot.connection.state is ConnectionState.CONNECTED:
        return bot
    user = None if deviates("connect_creates_no_user") else user_for(bot)
    connects = bot.connection.connects + 1
    connection = BotConnection(ConnectionState.CONNECTED, user, connects, bot.voice_enabled)
    return replace(bot, connection=connection)


def disconnected(bot: Bot, deviates: Deviates) -> Bot:
    """The bot with its application user disabled; one that was never connected stays so."""
    connection = bot.connection
    if connection.state is ConnectionState.NOT_CONFIGURED:
        return bot
    user = connection.user
    if user and not deviates("disconnect_keeps_user_enabled"):
        user = replace(user, disabled=True)
    connection = replace(connection, state=ConnectionState.DISCONNECTED, user=user)
    return replace(bot, connection=connection)


def trouble(bot: Bot, deviates: Deviates) -> int | None:
    """The run-time error code of a bot that cannot answer customers; None when it can (F9, F10)."""
    connection = bot.connection
    user = connection.user
    works = connection.state is ConnectionState.CONNECTED and user and not user.disabled
    if not works and not deviates("disconnected_bot_answers"):
        return NOT_FOUND
    if not bot.version and not deviates("unpublished_bot_answers"):
        return NOT_PUBLISHED
    return None
