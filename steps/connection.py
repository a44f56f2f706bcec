"""Connecting a bot to Omnichannel, disconnecting it, and what both leave behind."""

from __future__ import annotations

from pytest_bdd import given, then, when

from harness import Cast, connecting, connections, refusal_of, refusals
from harness.errors import Refused
from harness.protocol.portal import Connection

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


@given("the bot was connected in October 2021")
def the_bot_was_connected_in_october_2021(cast: Cast) -> None:
    connecting.was_connected_in_2021(cast)


@given(sentence("{maker:Maker} works on {owner:Maker}'s bot"))
def maker_works_on_owners_bot(cast: Cast, maker: str, owner: str) -> None:
    connecting.shares_bot(cast, maker, owner)


@given(sentence("{maker:Maker} has been refused a connection"))
def maker_has_been_refused_a_connection(cast: Cast, maker: str) -> None:
    connecting.has_been_refused_to_connect(cast, maker)


@given(sentence("{maker:Maker} has enabled the connection"))
def maker_has_enabled_the_connection(cast: Cast, maker: str) -> None:
    cast.maker(maker).enables()


@when(sentence("{maker:Maker} enables the connection"), target_fixture="refused")
def maker_enables_the_connection(cast: Cast, maker: str) -> Refused | None:
    return refusal_of(cast.maker(maker).enables)


@when(
    sentence("{maker:Maker} enables the connection without an acknowledgement"),
    target_fixture="refused",
)
def maker_enables_the_connection_without_an_acknowledgement(
    cast: Cast, maker: str
) -> Refused | None:
    return refusal_of(lambda: cast.maker(maker).enables(acknowledged=False))


@when(sentence("{maker:Maker} looks at the connection"), target_fixture="seen")
def maker_looks_at_the_connection(cast: Cast, maker: str) -> Connection:
    return cast.maker(maker).connection()


@given(sentence("the Teams channel of {maker:Maker}'s bot is {on:Switch}"))
def the_teams_channel_of_makers_bot_has_been(cast: Cast, maker: str, on: bool) -> None:
    cast.maker(maker).sets_teams_channel(on)


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


@then("the connection is not refused")
def the_connection_is_not_refused(refused: Refused | None) -> None:
    refusals.is_taken(refused)


@then(sentence("{maker:Maker}'s bot is not connected"))
def makers_bot_is_not_connected(cast: Cast, maker: str) -> None:
    connections.is_not_connected(cast.maker(maker))


@then(sentence("{maker:Maker}'s bot is connected or refused for its name"))
def makers_bot_is_connected_or_refused_for_its_name(
    cast: Cast, maker: str, refused: Refused | None
) -> None:
    connections.follows_a_name_reading(refused, cast.maker(maker))


@then(sentence("the way in which {maker:Maker}'s bot is shown is noted"))
def the_way_in_which_makers_bot_is_shown_is_noted(seen: Connection, maker: str) -> None:
    connections.follows_a_display_reading(seen)


@then(sentence("{maker:Maker}'s bot is shown with its details"))
def makers_bot_is_shown_with_its_details(cast: Cast, maker: str) -> None:
    connections.shows_details(cast.maker(maker))


@then(sentence("the Teams channel of {maker:Maker}'s bot is on"))
def the_teams_channel_of_makers_bot_is_on(cast: Cast, maker: str) -> None:
    connections.has_teams_channel(cast.maker(maker))


@then(sentence("the Teams channel of {maker:Maker}'s bot is still off"))
def the_teams_channel_of_makers_bot_is_still_off(cast: Cast, maker: str) -> None:
    connections.lacks_teams_channel(cast.maker(maker))


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
