"""What a waiting customer is told, and what a page is told before a chat (specification 4.10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from msgspec.structs import replace as replaced

from harness.reference.clock import START
from harness.reference.domain import waits
from harness.reference.domain.conversations import Channel, Conversation
from harness.reference.operations import customers, widgets
from tests.reference.desk import Desk
from tests.reference.site import Site, refusal

MINUTE = timedelta(minutes=1)


def accepted(at: datetime, waited: timedelta) -> Conversation:
    return Conversation(
        id=str(uuid4()),
        organisation="o",
        request="r",
        thread="t",
        visitor="v",
        channel=Channel.LIVE_CHAT,
        customer="Ada",
        workstream="w",
        bot=None,
        started=at - waited,
        changed=at,
        queued=at - waited,
        agent_accepted=at,
    )


def series(count: int, waited: timedelta, start: datetime = START) -> list[Conversation]:
    return [accepted(start + number * MINUTE, waited) for number in range(count)]


def test_the_average_is_that_of_the_last_twenty_and_needs_so_many() -> None:
    now = START + timedelta(hours=2)
    assert waits.average(series(19, 3 * MINUTE), START, now) is None
    known = [*series(20, 9 * MINUTE), *series(20, 3 * MINUTE, START + timedelta(hours=1))]
    assert waits.average(known, START, now) == 3 * MINUTE


def test_the_average_is_reckoned_every_ten_minutes() -> None:
    known = series(20, 3 * MINUTE)
    assert waits.average(known, START, START + 19 * MINUTE) is None
    assert waits.average(known, START, START + 20 * MINUTE) == 3 * MINUTE


def test_the_average_forgets_after_a_week_without_a_chat() -> None:
    known = series(20, 3 * MINUTE)
    week = known[-1].agent_accepted
    assert week is not None
    assert waits.average(known, START, week + waits.IDLE - MINUTE) == 3 * MINUTE
    assert waits.average(known, START, week + waits.IDLE) is None
    later = series(1, MINUTE, week + waits.IDLE)
    assert waits.average([*known, *later], START, week + waits.IDLE + 20 * MINUTE) is None


def test_the_time_is_told_above_one_minute() -> None:
    assert waits.wait_told(MINUTE) is None
    assert waits.wait_told(3 * MINUTE) == "Average wait time 3 mins."


@pytest.mark.parametrize(("crowd", "seconds"), [(149, 30), (150, 60)])
def test_a_crowd_is_told_less_often(crowd: int, seconds: int) -> None:
    assert waits.interval(crowd) == timedelta(seconds=seconds)


def test_a_place_that_changes_often_is_told_when_the_pause_is_over(desk: Desk) -> None:
    chats = [desk.chat("talk to agent") for _ in range(4)]
    for chat in chats[:3]:
        customers.end(desk.organisation, chat.request)
    told = [line for line in desk.lines(chats[3]) if line.startswith("system: ")]
    assert told == ["system: People ahead of you: 3."]
    desk.pass_time(seconds=29)
    assert desk.lines(chats[3])[-1] == "system: People ahead of you: 3."
    desk.pass_time(seconds=1)
    assert desk.lines(chats[3])[-1] == "system: You're next in line..."


def test_a_place_is_not_told_where_the_widget_says_so(desk: Desk) -> None:
    quiet = replaced(widgets.of(desk.organisation), queue_position=False)
    desk.organisation.store.put(desk.organisation.id, quiet)
    assert not [line for line in desk.lines(desk.chat("talk to agent")) if "line..." in line]


def test_a_persistent_chat_is_told_nothing_of_the_queue(desk: Desk) -> None:
    chat = desk.chat("hello")
    desk.organisation.store.save(replace(chat, persistent=True))
    desk.say(chat, "talk to agent")
    assert not [line for line in desk.lines(chat) if "line..." in line]


def ask(site: Site, **context: object) -> Any:
    place = f"{site.id}/{site.shown['widget']['app_id']}/{uuid4()}"
    path = f"/livechatconnector/auth/getagentavailability/{place}?channelId=lcw"
    return site.client.request("POST", path, json={"customContextData": context})


def test_a_page_learns_whether_somebody_could_take_a_chat(site: Site) -> None:
    support = site.get("Olga", "/admin/{org}/api/queues")["value"][0]
    asked = ask(site).json()
    assert asked == {
        "queueId": support["id"],
        "isQueueAvailable": True,
        "StartTimeOfNextOperatingHour": None,
        "EndTimeOfNextOperatingHour": None,
        "nexttransitiontime": None,
        "positionInQueue": 0,
        "isAgentAvailable": False,
        "averageWaitTime": 0,
    }
    site.do("Ben", "PUT", "/workspace/{org}/api/presence", {"presence": "Available"})
    assert ask(site).json()["isAgentAvailable"] is True


def test_a_page_learns_of_the_hours(site: Site) -> None:
    site.do("Olga", "PATCH", "/admin/{org}/api/widget", {"hours": {"start": "10:00"}})
    asked = ask(site).json()
    assert asked["isQueueAvailable"] is False
    assert asked["StartTimeOfNextOperatingHour"] == "2026-03-02T10:00:00Z"
    assert asked["EndTimeOfNextOperatingHour"] == "2026-03-02T17:00:00Z"
    assert asked["nexttransitiontime"] == "2026-03-02T10:00:00Z"


def test_a_page_learns_of_the_queue_that_its_context_leads_to(site: Site) -> None:
    made = site.do(
        "Olga", "POST", "/admin/{org}/api/queues", {"name": "Parcels", "members": ["Bea"]}, 201
    )
    [stream, *_] = site.get("Olga", "/admin/{org}/api/workstreams")["value"]
    rule = {"variable": "Kind", "equals": "parcel", "queue": made["id"]}
    path = f"/admin/{{org}}/api/workstreams/{stream['id']}"
    site.do("Olga", "PATCH", path, {"rules": [rule]})
    site.do("Ben", "PUT", "/workspace/{org}/api/presence", {"presence": "Available"})
    asked = ask(site, Kind={"value": "parcel", "isDisplayable": True}).json()
    assert (asked["queueId"], asked["isAgentAvailable"]) == (made["id"], False)


def test_after_a_hundred_questions_in_a_minute_no_more_is_answered(site: Site) -> None:
    assert {ask(site).status_code for _ in range(100)} == {200}
    assert refusal(ask(site)) == (429, "TooManyCalls")
    site.client.request("POST", f"/control/organisations/{site.id}/clock", json={"advance": "PT1M"})
    assert ask(site).status_code == 200
