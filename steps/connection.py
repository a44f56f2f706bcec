"""Connecting a bot to Omnichannel, disconnecting it, and what both leave behind."""

from __future__ import annotations

from pytest_bdd import given, then, when

from harness import Cast, connections, refusal_of
from harness.errors import Refused

from .types import sentence


@given(sentence("{maker:Maker} has a bot that is connected"))
def maker_has_a_bot_that_is_connected(cast: Cast, maker: str) -> None:
    connections.is_connected(cast.maker(maker))


@given(sentence("{maker:Maker} has disconnected the bot"))
def maker_has_disconnected_the_bot(cast: Cast, maker: str) -> None:
    cast.maker(maker).disconnects()
    connections.is_disconnected(cast.maker(maker))


@given(sentence("{maker:Maker} has connected the bot again"))
def maker_has_connected_the_bot_again(cast: Cast, maker: str) -> None:
    cast.maker(maker).connects()
    connections.is_connected(cast.maker(maker))


@given(sentence("{administrator:Administrator} has disabled the bot's user"))
def administrator_has_disabled_the_bots_user(cast: Cast, administrator: str) -> None:
    cast.administrator(administrator).disables(cast.organisation.bot)


@given(sentence("{administrator:Administrator} has removed the bot's user"))
def administrator_has_removed_the_bots_user(cast: Cast, administrator: str) -> None:
    cast.administrator(administrator).removes_user(cast.organisation.bot)


@when(sentence("{maker:Maker} connects the bot"), target_fixture="refused")
def maker_connects_the_bot(cast: Cast, maker: str) -> Refused | None:
    return refusal_of(cast.maker(maker).connects)


@when(sentence("{maker:Maker} disconnects the bot"))
def maker_disconnects_the_bot(cast: Cast, maker: str) -> None:
    cast.maker(maker).disconnects()


@then(sentence("the connection is refused because {reason:Reason}"))
def the_connection_is_refused_because(refused: Refused | None, reason: str) -> None:
    connections.is_refused_for(refused, reason)


@then(sentence("{maker:Maker}'s bot is connected"))
def makers_bot_is_connected(cast: Cast, maker: str) -> None:
    connections.is_connected(cast.maker(maker))


@then(sentence("{administrator:Administrator} finds no user for {maker:Maker}'s bot"))
def administrator_finds_no_user_for_makers_bot(cast: Cast, administrator: str, maker: str) -> None:
    own, other = cast.maker(maker).works_on, cast.organisation.bot
    connections.has_no_application_user(cast.administrator(administrator), own, other)


@then(sentence("{administrator:Administrator} finds an enabled user for {maker:Maker}'s bot"))
def administrator_finds_an_enabled_user_for_makers_bot(
    cast: Cast, administrator: str, maker: str
) -> None:
    bot = cast.maker(maker).works_on
    connections.has_enabled_application_user(cast.administrator(administrator), bot)


@then(sentence("{administrator:Administrator} finds a disabled user for {maker:Maker}'s bot"))
def administrator_finds_a_disabled_user_for_makers_bot(
    cast: Cast, administrator: str, maker: str
) -> None:
    bot = cast.maker(maker).works_on
    connections.has_disabled_application_user(cast.administrator(administrator), bot)
