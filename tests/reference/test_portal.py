"""Makers and administrators: bots, topics, connection, workstreams."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.protocol.conversations import Role
from harness.reference.domain.desk import Rule
from harness.reference.domain.errors import (
    BotNameTooLong,
    InsufficientRole,
    MalformedBody,
    NotFound,
    TopicInvalid,
)
from harness.reference.operations import administrators, agents, connecting, makers
from harness.reference.operations.administrators import Settings
from tests.reference.desk import Desk

SAYS = """
kind: AdaptiveDialog
beginDialog:
  kind: OnRecognizedIntent
  id: main
  intent: {displayName: Weather, triggerQueries: [weather]}
  actions:
    - {kind: SendActivity, id: say, activity: It snows.}
"""


def test_a_fresh_bot_is_connected_published_and_has_an_enabled_user(desk: Desk) -> None:
    shown = makers.bot(desk.organisation, desk.user("Mia"), desk.bot().id)
    assert shown["published"]
    assert shown["connection"]["state"] == "connected"
    users = administrators.application_users(desk.organisation, desk.user("Olga"))["value"]
    assert [(user["bot"], user["disabled"]) for user in users] == [(desk.bot().id, False)]


def test_a_topic_counts_once_it_is_published(desk: Desk) -> None:
    mia, bot = desk.user("Mia"), desk.bot().id
    shown = makers.write_topic(desk.organisation, mia, bot, "Weather", SAYS)
    assert shown["trigger"] == "OnRecognizedIntent"
    chat = desk.chat("weather")
    assert desk.lines(chat)[-1] != "bot: It snows."
    makers.publish(desk.organisation, mia, bot)
    desk.say(chat, "weather")
    assert desk.lines(chat)[-1] == "bot: It snows."
    makers.delete_topic(desk.organisation, mia, bot, "Weather")
    with pytest.raises(NotFound):
        makers.delete_topic(desk.organisation, mia, bot, "Weather")
    desk.say(chat, "weather")
    assert desk.lines(chat)[-1] == "bot: It snows.", "the draft alone has lost it"


def test_a_topic_that_is_none_is_refused_with_its_line(desk: Desk) -> None:
    with pytest.raises(TopicInvalid, match="Line"):
        makers.write_topic(desk.organisation, desk.user("Mia"), desk.bot().id, "X", "kind: [")


def test_a_bot_from_the_portal_has_neither_timeouts_nor_transfer(desk: Desk) -> None:
    mia = desk.user("Mia")
    plain = makers.create(desk.organisation, mia, "Plain", "portal", None)
    full = makers.create(desk.organisation, mia, "Full", "d365", None)
    triggers = {
        made["id"]: {t["trigger"] for t in makers.topics(desk.organisation, mia, made["id"])}
        for made in (plain, full)
    }
    assert "OnInactivity" in triggers[full["id"]]
    assert "OnInactivity" not in triggers[plain["id"]]
    assert (plain["published"], plain["connection"]["state"]) == (False, "not configured")
    with pytest.raises(MalformedBody):
        makers.create(desk.organisation, mia, "X", "elsewhere", None)
    with pytest.raises(MalformedBody):
        makers.create(desk.organisation, mia, " ", "portal", None)
    with pytest.raises(BotNameTooLong):
        makers.create(desk.organisation, mia, "x" * 201, "portal", None)


def test_administrators_set_workstreams_and_queues(desk: Desk) -> None:
    olga = desk.user("Olga")
    vip = administrators.create_queue(desk.organisation, olga, "VIP", ("Bea",))
    assert vip["members"] == ["Bea"]
    [stream] = administrators.workstreams(desk.organisation, olga)
    rule = Rule("ParcelNumber", "GOLD", vip["id"])
    shown = administrators.set_workstream(
        desk.organisation, olga, stream["id"], Settings(rules=(rule,))
    )
    assert shown["rules"] == [{"variable": "ParcelNumber", "equals": "GOLD", "queue": vip["id"]}]
    for name in ("Ben", "Bea"):
        desk.presence(name)
    chat = desk.chat("return a parcel", "GOLD", "talk to agent")
    assert desk.ringing("Bea") == [chat.id]
    queues = administrators.queues(desk.organisation, olga)
    assert [queue["name"] for queue in queues] == ["Support", "VIP"]


def test_administrators_are_told_what_does_not_exist(desk: Desk) -> None:
    olga = desk.user("Olga")
    [stream] = administrators.workstreams(desk.organisation, olga)
    attempts: tuple[Callable[[], object], ...] = (
        lambda: administrators.set_workstream(desk.organisation, olga, "none", Settings()),
        lambda: administrators.set_workstream(
            desk.organisation, olga, stream["id"], Settings(bot="none")
        ),
        lambda: administrators.set_workstream(
            desk.organisation, olga, stream["id"], Settings(rules=(Rule("a", "b", "none"),))
        ),
        lambda: administrators.bot(desk.organisation, olga, "none"),
    )
    for wrong in attempts:
        with pytest.raises(NotFound):
            wrong()
    with pytest.raises(MalformedBody):
        administrators.create_queue(desk.organisation, olga, "X", ("Sam",))
    with pytest.raises(MalformedBody):
        administrators.create_queue(desk.organisation, olga, " ", ())
    with pytest.raises(InsufficientRole):
        administrators.workstreams(desk.organisation, desk.user("Ben"))


def test_a_workstream_takes_another_bot(desk: Desk) -> None:
    mia, olga = desk.user("Mia"), desk.user("Olga")
    bot = makers.create(desk.organisation, mia, "Second", "d365", None)["id"]
    makers.publish(desk.organisation, mia, bot)
    connecting.connect(desk.organisation, mia, bot)
    [stream] = administrators.workstreams(desk.organisation, olga)
    administrators.set_workstream(desk.organisation, olga, stream["id"], Settings(bot=bot))
    chat = desk.chat("hello")
    assert chat.bot == bot
    assert chat.held_by is Role.BOT
    assert agents.ongoing(desk.organisation, desk.user("Sam"))[0]["assignee"] == {
        "kind": "bot",
        "name": "Second",
    }
