"""What disabling and testing change of a connection, and how ending one goes wrong (section 8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from harness.protocol.portal import ConnectionState
from harness.reference.domain.bots import Bot, Verification
from harness.reference.domain.connections import Deviates

VERIFIED = "The connection was tested and works."

GOES_ON = {
    ConnectionState.DISABLED: ("disabled_bot_goes_on",),
    ConnectionState.DISCONNECTED: (
        "disconnected_bot_goes_on",
        "disconnect_bot_leaves_chats",
        "preview_leaves_chats_to_bot",
    ),
}
"""Deviations: the bot keeps the chats that it held when its connection was ended."""


def disabled(bot: Bot, deviates: Deviates) -> Bot:
    """The bot without traffic; environment, application and user stay (DIS-03)."""
    connection = replace(bot.connection, state=ConnectionState.DISABLED)
    if connection.user and deviates("disable_disables_user"):
        connection = replace(connection, user=replace(connection.user, disabled=True))
    if deviates("disable_forgets_configuration"):
        connection = replace(connection, environment="", application="")
    return replace(bot, connection=connection)


def tested(bot: Bot, wrong: list[str], now: datetime, deviates: Deviates) -> Bot:
    """The bot with what a test of its connection has found, and nothing else changed (DIS-04)."""
    if wrong and deviates("refresh_always_succeeds"):
        wrong = []
    if not wrong and deviates("refresh_fails_in_a_workstream"):
        wrong = ["The bot is in a workstream."]
    if deviates("refresh_changes_the_channel"):
        bot = replace(bot, teams_channel=not bot.teams_channel)
    found = Verification(now, not wrong, " ".join(wrong) or VERIFIED)
    if deviates("refresh_reports_nothing"):
        return bot
    return replace(bot, connection=replace(bot.connection, verification=found))


def goes_on(bot: Bot, deviates: Deviates) -> bool:
    """The deviation of a bot that still answers in the chats that it held."""
    return any(deviates(fault) for fault in GOES_ON.get(bot.connection.state, ()))


def stays_open(bot: Bot, deviates: Deviates) -> bool:
    """The deviation of a chat that nobody holds any more and that is never closed."""
    gone = bot.connection.state is ConnectionState.DISCONNECTED
    return gone and deviates("disconnected_chat_never_closes")


def come_back(bot: Bot, deviates: Deviates) -> Bot:
    """The deviation of a disconnected bot that something else than connecting brings back."""
    user, state = bot.connection.user, bot.connection.state
    if not user or state is not ConnectionState.DISCONNECTED:
        return bot
    if not deviates("disconnected_bot_comes_back"):
        return bot
    connection = replace(
        bot.connection, state=ConnectionState.CONNECTED, user=replace(user, disabled=False)
    )
    return replace(bot, connection=connection)
