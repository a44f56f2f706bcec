"""Disabling, testing, disconnecting and connecting again; what each of them leaves behind."""

from __future__ import annotations

from pytest_bdd import given, then, when

from harness import Cast, connections, conversations, refusal_of
from harness.errors import Refused
from harness.protocol.portal import Connection

from .types import sentence


@given(sentence("{maker:Maker} has disabled the connection"))
def maker_has_disabled_the_connection(cast: Cast, maker: str) -> None:
    cast.maker(maker).disables_connection()
    connections.is_disabled(cast.maker(maker))


@when(sentence("{maker:Maker} disables the connection"), target_fixture="before")
def maker_disables_the_connection(cast: Cast, maker: str) -> Connection:
    before = cast.maker(maker).connection()
    cast.maker(maker).disables_connection()
    return before


@when(sentence("{maker:Maker} tests the connection"), target_fixture="before")
def maker_tests_the_connection(cast: Cast, maker: str) -> Connection:
    before = cast.maker(maker).connection()
    cast.maker(maker).refreshes()
    return before


@when(
    sentence("{maker:Maker} connects the bot with the application it had"),
    target_fixture="refused",
)
def maker_connects_the_bot_with_the_application_it_had(cast: Cast, maker: str) -> Refused | None:
    person = cast.maker(maker)
    return refusal_of(lambda: person.connects(person.connection().application_id))


@given(sentence("{maker:Maker} has connected the bot"))
def maker_has_connected_the_bot(cast: Cast, maker: str) -> None:
    cast.maker(maker).connects()
    connections.is_connected(cast.maker(maker))


@given(sentence("{administrator:Administrator} has given {maker:Maker}'s bot the chats"))
@when(sentence("{administrator:Administrator} gives {maker:Maker}'s bot the chats"))
def administrator_gives_makers_bot_the_chats(cast: Cast, administrator: str, maker: str) -> None:
    cast.administrator(administrator).assigns_bot(cast.maker(maker).works_on)


@then(sentence("{maker:Maker}'s bot is disabled"))
def makers_bot_is_disabled(cast: Cast, maker: str) -> None:
    connections.is_disabled(cast.maker(maker))


@then(sentence("{maker:Maker}'s bot keeps environment and application"))
def makers_bot_keeps_environment_and_application(
    cast: Cast, maker: str, before: Connection
) -> None:
    connections.keeps_configuration(cast.maker(maker), before)


@then(sentence("{maker:Maker}'s bot is connected as before"))
def makers_bot_is_connected_as_before(cast: Cast, maker: str, before: Connection) -> None:
    connections.is_unchanged(cast.maker(maker), before)


@then(sentence("{maker:Maker} reads that the connection works"))
def maker_reads_that_the_connection_works(cast: Cast, maker: str) -> None:
    connections.is_confirmed(cast.maker(maker))


@then(sentence("{maker:Maker} reads that the connection is broken"))
def maker_reads_that_the_connection_is_broken(cast: Cast, maker: str) -> None:
    connections.is_found_broken(cast.maker(maker))


@then(sentence("the bot answers {customer:Customer} no more"))
def the_bot_answers_customer_no_more(cast: Cast, customer: str) -> None:
    conversations.bot_has_stopped(cast.customer(customer))
