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

CONNECTORS: dict[Generation, frozenset[SecurityRole]] = {
    Generation.PREVIEW: frozenset({SecurityRole.OMNICHANNEL_ADMINISTRATOR}),
    Generation.CLASSIC: frozenset({SecurityRole.SYSTEM_ADMINISTRATOR}),
    Generation.WEB_APP: frozenset({SecurityRole.OC_ADMIN, SecurityRole.BOT_AUTHOR}),
}
"""The roles, all of them, that connecting and disconnecting need (CON-15 to CON-17)."""

SETTERS_UP: frozenset[SecurityRole] = frozenset().union(*CONNECTORS.values())
"""The roles of those who set bots up."""

ROLE_FAULTS: dict[Generation, tuple[str, str, str]] = {
    Generation.PREVIEW: (
        "preview_ignores_roles",
        "preview_refuses_more_roles",
        "preview_wants_every_role",
    ),
    Generation.CLASSIC: (
        "classic_ignores_roles",
        "classic_refuses_more_roles",
        "classic_wants_every_role",
    ),
    Generation.WEB_APP: (
        "connect_ignores_roles",
        "connect_refuses_more_roles",
        "connect_wants_every_role",
    ),
}
"""Deviations: nobody is refused, whoever has further roles is, whoever lacks any role is."""

REDESIGN = datetime(2021, 11, 1, tzinfo=UTC)
"""The portal shows a connection that was made before as none, until `Enable` (CON-27, CON-28)."""

STAYS_ENABLED = {
    Generation.CLASSIC: "disconnect_bot_keeps_user_enabled",
    Generation.WEB_APP: "disconnect_keeps_user_enabled",
}
"""Deviations of DIS-01 and DIS-02."""

CHANNEL_STAYS_OFF = ("teams_channel_stays_off", "adding_leaves_teams_channel_off")
"""Deviations of CON-21 and CON-38."""

NONE = BotConnection()

OTHER_CODE = "disconnected_bot_has_another_code"
"""Deviation of ESC-30."""

NOT_PUBLISHED = 2009
NOT_FOUND = 2013


def faithful(fault: str) -> bool:
    """Deviates in nothing."""
    return False


def needs_application(generation: Generation) -> bool:
    """Whether a maker registers an application, and traffic takes the Teams channel (CON-29)."""
    return generation is not Generation.WEB_APP


def refuse_connector(bot: Bot, roles: tuple[str, ...], deviates: Deviates) -> None:
    """Raises InsufficientRole for a user who may not connect this bot."""
    missing = CONNECTORS[bot.generation].difference(roles)
    surplus = set(roles) - CONNECTORS[bot.generation]
    ignores, refuses_more, wants_all = ROLE_FAULTS[bot.generation]
    if surplus and not missing and deviates(refuses_more):
        raise InsufficientRole(f"Connecting {bot.name!r} is not for {', '.join(sorted(surplus))}.")
    has_all = surplus >= SETTERS_UP - CONNECTORS[bot.generation]
    if not missing and not has_all and deviates(wants_all):
        raise InsufficientRole(f"Connecting {bot.name!r} needs every role there is.")
    if missing and not deviates(ignores):
        raise InsufficientRole(
            f"The connection of {bot.name!r} is for people who also have the role"
            f" {' and '.join(sorted(missing))}. Ask an administrator of the platform for it."
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


def lacks_recommended(bot: Bot, own: Environment, deviates: Deviates = faithful) -> bool:
    """Whether Classic warns: an extension is missing where the bot is (CON-19, CON-45)."""
    opened = bot.connection.state is not ConnectionState.NOT_CONFIGURED
    if bot.generation is not Generation.CLASSIC or not opened:
        return False
    elsewhere = bot.connection.environment not in ("", own.id)
    if set(Extension).difference(own.extensions):
        return not deviates(
            "elsewhere_extensions_count" if elsewhere else "missing_extensions_go_unseen"
        )
    return deviates("installed_extensions_go_unseen" if elsewhere else "extensions_always_missing")


def keeps_back(bot: Bot, around: Surroundings, deviates: Deviates) -> bool:
    """The deviation of a bot that chats and wrongly hands nobody over."""
    if displays_as_new(bot):
        return deviates("bots_of_2021_hand_nobody_over")
    missing = set(Extension).difference(around.own.extensions)
    if not missing or bot.generation is Generation.PREVIEW:
        return False
    if Extension.OMNICHANNEL not in missing:
        return deviates("a_warning_stops_the_hand_off")
    return deviates("text_needs_extensions") or deviates("missing_extensions_stop_the_hand_off")


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
    again = bot.connection.connects and deviates("reconnect_leaves_user_disabled")
    if user and (again or deviates("connected_user_stays_disabled")):
        connection = replace(connection, user=replace(user, disabled=True))
    if application and deviates("user_gets_another_application"):
        connection = replace(connection, user=user_for(replace(bot, connection=NONE), ""))
    channel = bot.teams_channel or needs_application(bot.generation)
    if not bot.teams_channel and any(map(deviates, CHANNEL_STAYS_OFF)):
        channel = False
    if bot.teams_channel and deviates("teams_channel_is_toggled"):
        channel = False
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
        if deviates("disconnect_leaves_user"):
            return replace(bot, connection=connection)
        return replace(
            bot, connection=replace(connection, user=None, environment="", application="")
        )
    user = connection.user
    if user and not deviates(STAYS_ENABLED[bot.generation]):
        user = replace(user, disabled=True)
    return replace(bot, connection=replace(connection, user=user))


def displays_as_new(bot: Bot) -> bool:
    """Whether the tile looks unconfigured though the bot is connected (F11)."""
    connection = bot.connection
    kept = connection.state in (ConnectionState.CONNECTED, ConnectionState.DISABLED)
    old = connection.made is not None and connection.made < REDESIGN
    return bot.generation is Generation.CLASSIC and kept and old and not connection.seen


def has_analytics(bot: Bot, deviates: Deviates = faithful) -> bool:
    """Whether Omnichannel's analytics know the bot: not from another environment (CON-13)."""
    chosen = bot.connection.environment
    if bot.generation is not Generation.CLASSIC or chosen in ("", bot.environment):
        return not (chosen and deviates("analytics_never_available"))
    return deviates("analytics_promised_elsewhere")


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
    closed = needs_application(bot.generation) and not bot.teams_channel
    if closed and not deviates("bot_answers_without_channel"):
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
    if lacks_extension(bot, around.own) and not deviates("preview_answers_without_extension"):
        yield f"{Extension.OMNICHANNEL!s} is not installed in {around.own.name!r}. Install it."


def trouble(bot: Bot, around: Surroundings, deviates: Deviates) -> int | None:
    """The run-time error code of a bot that cannot answer customers; None when it can (F9, F10)."""
    works = next(failures(bot, around, deviates), None) is None
    if bot.connection.state is ConnectionState.DISABLED and deviates("disabled_bot_answers"):
        works = True
    if bot.connection.state is ConnectionState.DISCONNECTED and deviates(OTHER_CODE):
        return NOT_PUBLISHED
    if not works and not deviates("disconnected_bot_answers"):
        other = not bot.teams_channel and deviates("closed_channel_has_another_code")
        return NOT_PUBLISHED if other else NOT_FOUND
    if not bot.version and not deviates("unpublished_bot_answers"):
        return NOT_FOUND if deviates("unpublished_bot_has_another_code") else NOT_PUBLISHED
    return None
