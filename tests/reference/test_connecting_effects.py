"""What follows from connecting, disabling, disconnecting: for customers, users and repetitions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from harness.protocol.conversations import Closure, Generation, Role, State
from harness.protocol.portal import ConnectionState
from harness.reference.domain.environments import AppRegistration, Environment
from harness.reference.domain.errors import (
    AlreadyConnected,
    ApplicationNotRegistered,
    LicenceMissing,
    PrivacyNotAcknowledged,
)
from harness.reference.domain.transitions import Verb
from harness.reference.operations import (
    administrators,
    connecting,
)
from harness.reference.operations.administrators import Settings
from harness.reference.operations.organisations import World
from tests.reference.desk import Desk
from tests.reference.workshop import CLASSIC, PREVIEW, WEB_APP, Workshop


def test_a_licence_that_is_missing_blocks_and_one_that_is_lost_stops_traffic(
    shop: Workshop,
) -> None:
    home = shop.place("Production")
    shop.change(home, licences=("Power Virtual Agents",))
    apologised(shop, shop.chat("hello"), 2013)
    shop.new()
    with pytest.raises(LicenceMissing):
        shop.go()


def test_the_preview_asks_for_an_acknowledgement(preview_shop: Workshop) -> None:
    preview_shop.new()
    mia = preview_shop.user("Mia")
    with pytest.raises(PrivacyNotAcknowledged):
        connecting.enable(preview_shop.organisation, mia, preview_shop.id)
    assert preview_shop.now_is() is ConnectionState.NOT_CONFIGURED


def test_f9_customers_of_an_unpublished_bot_read_2009(world: World) -> None:
    for generation in Generation:
        shop = Workshop(world, generation, published=False, connected=False)
        assert shop.go()["state"] == "connected"
        chat = shop.chat()
        assert shop.lines(chat) == []
        shop.say(chat, "hello")
        apologised(shop, chat, 2009)


def apologised(shop: Desk, chat: Any, code: int) -> None:
    """The customer's last line has the three facts of the documents."""
    last = shop.lines(chat)[-1]
    now = shop.organisation.clock.now()
    assert last.startswith("system: ")
    for fact in (f"Error code: {code}", f"Conversation ID: {chat.id}", f"Time (UTC): {now:%FT%TZ}"):
        assert fact in last


def test_f10_customers_of_a_broken_connection_read_2013(shop: Workshop) -> None:
    organisation, olga = shop.organisation, shop.user("Olga")
    user = shop.shown()["application_user"]["id"]
    before = shop.chat("hello")
    administrators.disable_application_user(organisation, olga, user, True)
    shop.say(before, "hello?")
    apologised(shop, before, 2013)
    administrators.disable_application_user(organisation, olga, user, False)
    shop.say(before, "opening hours")
    assert shop.lines(before)[-1].startswith("bot: ")
    administrators.delete_application_user(organisation, olga, user)
    after = shop.chat("hello")
    apologised(shop, after, 2013)
    assert not any(line.startswith("bot:") for line in shop.lines(after))
    assert shop.do(Verb.CONNECT)["application_user"], "connecting again makes the user anew"
    shop.say(after, "opening hours")
    assert shop.lines(after)[-1].startswith("bot: ")


@pytest.mark.parametrize("connected_on", ["2021-10-31T23:59:59Z", "2021-11-01T00:30:00+01:00"])
def test_f11_an_old_connection_looks_unconfigured_and_works(
    world: World, connected_on: str
) -> None:
    shop = Workshop(world, CLASSIC, connected_on=datetime.fromisoformat(connected_on))
    chat = shop.chat("hello")
    before = shop.kept()
    shown = shop.shown()
    assert (shown["state"], shown["legacy_display"]) == ("connected", True)
    assert shown["next"][0] == "enable"
    after = shop.do(Verb.ENABLE)
    assert (after["state"], after["legacy_display"]) == ("connected", False)
    assert "enable" not in after["next"]
    assert after["application_user"] == shown["application_user"]
    assert shop.kept() == replace(before, connection=replace(before.connection, seen=True))
    shop.say(chat, "opening hours")
    assert shop.lines(chat)[-1].startswith("bot: ")


def test_f11_later_connections_and_other_generations_look_as_they_are(world: World) -> None:
    november, october = datetime(2021, 11, 1, tzinfo=UTC), datetime(2021, 10, 1, tzinfo=UTC)
    for generation, made in ((CLASSIC, november), (PREVIEW, october), (WEB_APP, october)):
        assert not Workshop(world, generation, connected_on=made).shown()["legacy_display"]


def test_f12_the_teams_channel_is_switched_on_by_the_commit_alone(shop: Workshop) -> None:
    needed = shop.organisation.generation is not WEB_APP
    shop.new()
    assert not shop.shown()["teams_channel"]
    if needed:
        shop.do(Verb.ENABLE)
        assert not shop.do(Verb.CHOOSE)["teams_channel"]
    assert shop.go()["teams_channel"] is needed
    shop.id = shop.bot().id
    shop.alter(teams_channel=False)
    chat = shop.chat("hello")
    assert shop.lines(chat)[-1].startswith("system: " if needed else "bot: ")
    assert shop.do(Verb.CONNECT)["teams_channel"] is needed, "connecting again repairs it"


# disconnecting, disabling, refreshing -------------------------------------------------------------


def test_disconnecting_and_connecting_again(shop: Workshop) -> None:
    before = shop.chat("hello")
    user = shop.shown()["application_user"]
    shown = shop.do(Verb.DISCONNECT)
    if shop.organisation.generation is PREVIEW:
        assert (shown["application_user"], shown["application_id"]) == (None, None)
        users = administrators.application_users(shop.organisation, shop.user("Olga"))
        assert users["value"] == [], "it is out of Omnichannel"
    else:
        assert shown["application_user"] == user | {"disabled": True}
    shop.say(before, "hello?")
    apologised(shop, before, 2013)
    after = shop.chat("hello")
    apologised(shop, after, 2013)
    shown = shop.go(shown["application_id"] or "")
    assert not shown["application_user"]["disabled"]
    shop.say(after, "opening hours")
    assert shop.lines(after)[-1].startswith("bot: "), "connected again, it answers"


def test_disabling_stops_traffic_and_keeps_everything(classic_shop: Workshop) -> None:
    chat, before = classic_shop.chat("hello"), classic_shop.kept()
    classic_shop.do(Verb.DISABLE)
    made = replace(before.connection, state=ConnectionState.DISABLED)
    assert classic_shop.kept() == replace(before, connection=made)
    classic_shop.say(chat, "hello?")
    apologised(classic_shop, chat, 2013)
    classic_shop.do(Verb.ENABLE)
    classic_shop.say(chat, "opening hours")
    assert classic_shop.lines(chat)[-1].startswith("bot: ")


@pytest.mark.parametrize("verb", [Verb.DISABLE, Verb.DISCONNECT])
def test_chats_with_people_go_on_and_those_of_the_bot_run_out(world: World, verb: Verb) -> None:
    shop = Workshop(world, CLASSIC)
    helped, held = shop.with_agent(), shop.chat("hello")
    shop.do(verb)
    said = len(shop.lines(held))
    shop.pass_time(minutes=29)
    assert shop.now(held).held_by is Role.BOT
    shop.pass_time(minutes=1)
    assert shop.now(held).closure is Closure.AUTO_CLOSE
    assert not any(line.startswith("bot: ") for line in shop.lines(held)[said:])
    assert shop.now(helped).state is State.ACTIVE


def test_refreshing_confirms_and_changes_nothing_else(classic_shop: Workshop) -> None:
    before = classic_shop.kept()
    verification = classic_shop.do(Verb.REFRESH)["verification"]
    assert verification["succeeded"]
    after = classic_shop.kept()
    assert after == replace(
        before, connection=replace(before.connection, verification=after.connection.verification)
    )
    classic_shop.pass_time(minutes=1)
    assert classic_shop.do(Verb.REFRESH)["verification"]["at"] > verification["at"]


def test_refreshing_names_everything_that_is_wrong(classic_shop: Workshop) -> None:
    organisation, olga = classic_shop.organisation, classic_shop.user("Olga")
    classic_shop.new()
    classic_shop.go()
    said = refreshed(classic_shop, False)
    assert "workstream" in said
    stream = administrators.workstreams(organisation, olga)[0]["id"]
    administrators.set_workstream(organisation, olga, stream, Settings(bot=classic_shop.id))
    refreshed(classic_shop, True)
    user = classic_shop.shown()["application_user"]["id"]
    administrators.disable_application_user(organisation, olga, user, True)
    assert "application user is disabled" in refreshed(classic_shop, False)
    administrators.delete_application_user(organisation, olga, user)
    assert "application user is gone" in refreshed(classic_shop, False)
    [registration] = [
        each
        for each in organisation.store.all(organisation.id, AppRegistration)
        if each.application_id == classic_shop.kept().connection.application
    ]
    organisation.store.put(organisation.id, replace(registration, application_id="gone"))
    assert "app registration" in refreshed(classic_shop, False)


def refreshed(shop: Workshop, succeeds: bool) -> str:
    verification = shop.do(Verb.REFRESH)["verification"]
    assert verification["succeeded"] is succeeds
    return str(verification["text"])


def test_a_queue_brings_work_to_a_bot_too(classic_shop: Workshop) -> None:
    bot = classic_shop.new()
    classic_shop.go()
    organisation, olga = classic_shop.organisation, classic_shop.user("Olga")
    administrators.create_queue(organisation, olga, "Bots", (), bot)
    refreshed(classic_shop, True)


# again, at once, elsewhere ------------------------------------------------------------------------


def test_a_connection_is_not_changed_by_connecting_otherwise(classic_shop: Workshop) -> None:
    before = classic_shop.kept()
    with pytest.raises(AlreadyConnected):
        classic_shop.do(Verb.CONNECT, classic_shop.register())
    with pytest.raises(AlreadyConnected):
        classic_shop.do(Verb.CHOOSE, classic_shop.provide("North"))
    assert classic_shop.kept() == before


def test_a_bot_that_is_connected_elsewhere_answers_nobody_here(preview_shop: Workshop) -> None:
    preview_shop.do(Verb.DISCONNECT)
    preview_shop.go(place=preview_shop.provide("North"))
    apologised(preview_shop, preview_shop.chat("hello"), 2013)


def test_two_makers_at_once_make_one_connection(shop: Workshop) -> None:
    shop.new()
    application = shop.register()
    first = shop.go(application)
    second = shop.do(Verb.CONNECT, "" if shop.organisation.generation is WEB_APP else application)
    assert first == second
    users = administrators.application_users(shop.organisation, shop.user("Olga"))["value"]
    assert len([user for user in users if user["bot"] == shop.id]) == 1
    assert shop.kept().connection.connects == 1


def test_what_is_refused_half_way_leaves_nothing(classic_shop: Workshop, world: World) -> None:
    classic_shop.new()
    classic_shop.do(Verb.ENABLE)
    classic_shop.do(Verb.CHOOSE)
    before = classic_shop.kept()
    world.store.put(classic_shop.organisation.id, before)
    for _ in range(2):
        with pytest.raises(ApplicationNotRegistered):
            classic_shop.do(Verb.CONNECT, str(uuid4()))
        assert classic_shop.kept() == before


def test_makers_choose_among_the_environments(shop: Workshop) -> None:
    for who in ("Mia", "Noah", "Olga"):
        listed = connecting.choices(shop.organisation, shop.user(who))
        assert [(each["name"], each["home"]) for each in listed] == [
            ("Production", True),
            ("Development", False),
        ]


def test_time_stands_in_the_connection(shop: Workshop) -> None:
    shop.pass_time(minutes=5)
    shop.new()
    shop.go()
    made = shop.kept().connection.made
    assert made == shop.organisation.clock.now()
    assert made - shop.organisation.tenant.started == timedelta(minutes=5)
    assert shop.organisation.store.get(
        shop.organisation.id, Environment, shop.shown()["environment"]
    )
