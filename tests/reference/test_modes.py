"""Push and pick: who is given what comes in, and who has to fetch it (OCA-01)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.reference.site import Site, fill, look, refusal

WORK = "/workspace/{org}/api"
ADMIN = "/admin/{org}/api"


def begin(site: Site, name: str = "Ada") -> str:
    """A chat as the widget starts it; the id of its conversation."""
    before = {each["id"] for each in site.get("Sam", f"{WORK}/ongoing")["value"]}
    widget = site.shown["widget"]["app_id"]
    path = f"/livechatconnector/organization/{site.id}/widgetApp/{widget}/conversation"
    headers = {"Request-Id": str(uuid4())}
    site.client.request("POST", path, headers=headers, json={"preChatResponse": {"Name": name}})
    [new] = [
        each["id"]
        for each in site.get("Sam", f"{WORK}/ongoing")["value"]
        if each["id"] not in before
    ]
    return str(new)


def stream(site: Site, **given: Any) -> dict[str, Any]:
    made: dict[str, Any] = site.do("Olga", "POST", f"{ADMIN}/workstreams", given, 201)
    return made


@pytest.fixture
def picking(site: Site) -> Site:
    """Where the widget's conversations come into a pick workstream that has the bot."""
    made = stream(site, name="Back office", mode="Pick")
    site.do("Olga", "PATCH", f"{ADMIN}/workstreams/{made['id']}", {"bot": site.shown["bot"]["id"]})
    site.do("Olga", "PUT", f"{ADMIN}/widget", {"workstream": made["id"]})
    site.do("Ben", "PUT", f"{WORK}/presence", {"presence": "Available"})
    return site


def test_a_bot_in_a_pick_workstream_gets_nothing(picking: Site) -> None:
    shown = picking.get("Sam", f"{WORK}/conversations/{begin(picking)}")
    assert (shown["state"], shown["assignee"], shown["queue"]) == ("Open", None, "Support")
    assert not [line for line in shown["transcript"] if line["role"] == "bot"]


def test_it_rings_at_nobody_and_waits_until_it_is_picked(picking: Site) -> None:
    id = begin(picking)
    assert picking.get("Ben", f"{WORK}/notifications") == {"value": []}
    assert [each["id"] for each in picking.get("Bea", f"{WORK}/waiting")["value"]] == [id]
    taken = picking.do("Bea", "POST", f"{WORK}/conversations/{id}/pick")
    assert (taken["state"], taken["assignee"]["name"]) == ("Active", "Bea")
    assert picking.get("Ben", f"{WORK}/waiting") == {"value": []}
    late = picking.ask("Ben", "POST", f"{WORK}/conversations/{id}/pick", json={})
    assert refusal(late) == (409, "IllegalState")


def test_a_queue_with_a_bot_does_not_give_it_what_is_picked(picking: Site) -> None:
    bot = picking.shown["bot"]["id"]
    body = {"name": "Bots first", "members": ["Ben"], "bot": bot}
    queue = picking.do("Olga", "POST", f"{ADMIN}/queues", body, 201)
    fed = picking.get("Olga", f"{ADMIN}/widget")["workstream"]
    picking.do("Olga", "PATCH", f"{ADMIN}/workstreams/{fed}", {"queue": queue["id"]})
    shown = picking.get("Sam", f"{WORK}/conversations/{begin(picking)}")
    assert (shown["state"], shown["queue"]) == ("Open", "Bots first")


def test_only_agents_of_the_queue_pick(picking: Site) -> None:
    id = begin(picking)
    queue = picking.do("Olga", "POST", f"{ADMIN}/queues", {"name": "Q", "members": ["Ben"]}, 201)
    fed = picking.get("Olga", f"{ADMIN}/widget")["workstream"]
    picking.do("Olga", "PATCH", f"{ADMIN}/workstreams/{fed}", {"queue": queue["id"]})
    other = begin(picking, "Cleo")
    assert [each["id"] for each in picking.get("Bea", f"{WORK}/waiting")["value"]] == [id]
    refused = picking.ask("Bea", "POST", f"{WORK}/conversations/{other}/pick", json={})
    assert refusal(refused) == (409, "IllegalState")


def test_what_rings_in_push_mode_is_not_picked(site: Site) -> None:
    assert site.get("Olga", f"{ADMIN}/workstreams")["value"][0]["mode"] == "Push"
    id = begin(site)
    assert site.get("Ben", f"{WORK}/waiting") == {"value": []}
    refused = site.ask("Ben", "POST", f"{WORK}/conversations/{id}/pick", json={})
    assert refusal(refused) == (409, "IllegalState")


def test_the_widget_feeds_the_first_workstream_until_another_is_chosen(site: Site) -> None:
    [first] = site.get("Olga", f"{ADMIN}/workstreams")["value"]
    other = stream(site, name="Evenings")
    assert site.get("Olga", f"{ADMIN}/widget")["workstream"] == first["id"]
    fed = site.do("Olga", "PUT", f"{ADMIN}/widget", {"workstream": other["id"]})
    assert fed == {"app_id": site.shown["widget"]["app_id"], "workstream": other["id"]}
    shown = site.get("Sam", f"{WORK}/conversations/{begin(site)}")
    assert shown["assignee"] is None, "the new one has no bot"


def test_a_mode_is_kept_for_good(site: Site) -> None:
    [only] = site.get("Olga", f"{ADMIN}/workstreams")["value"]
    one = f"{ADMIN}/workstreams/{only['id']}"
    assert refusal(site.ask("Olga", "PATCH", one, json={"mode": "Pick"})) == (409, "IllegalState")
    assert site.do("Olga", "PATCH", one, {"mode": "Push"})["mode"] == "Push"


def test_on_pages_a_workstream_is_made_fed_and_picked_from(site: Site) -> None:
    made = fill(site, "Olga", "/admin/{org}/workstreams", {"name": "Back office", "mode": "Pick"})
    assert made == (303, f"/admin/{site.id}")
    [new] = [
        each["id"]
        for each in site.get("Olga", f"{ADMIN}/workstreams")["value"]
        if each["mode"] == "Pick"
    ]
    assert "Use Back office for the widget" in look(site, "Olga", "/admin/{org}")
    assert fill(site, "Olga", "/admin/{org}/widget", {"workstream": new})[0] == 303
    id = begin(site)
    shown = look(site, "Ben", "/workspace/{org}")
    assert f'data-waiting="{id}"' in shown
    assert "Open work items" in shown
    picked = fill(site, "Ben", f"/workspace/{{org}}/conversations/{id}/pick", {})
    assert picked == (303, f"/workspace/{site.id}/conversations/{id}")
    assert "Open work items" not in look(site, "Ben", "/workspace/{org}")
    assert fill(site, "Bea", f"/workspace/{{org}}/conversations/{id}/pick", {})[0] == 409


def test_a_page_keeps_what_was_written_into_a_refused_form(site: Site) -> None:
    status, text = fill(site, "Olga", "/admin/{org}/workstreams", {"name": "X", "mode": "Pull"})
    assert status == 400
    assert 'data-name="MalformedBody"' in text
    assert 'value="X"' in text


@pytest.mark.parametrize(
    ("body", "status", "name"),
    [
        ({"name": " "}, 400, "MalformedBody"),
        ({"name": "X", "mode": "push"}, 400, "MalformedBody"),
        ({"name": "X", "type": "Record"}, 400, "MalformedBody"),
        ({"name": "X", "type": "Voice", "mode": "Pick"}, 400, "MalformedBody"),
        ({"name": "X", "queue": "nowhere"}, 404, "NotFound"),
        ({}, 400, "MalformedBody"),
    ],
)
def test_a_workstream_that_cannot_be(
    site: Site, body: dict[str, Any], status: int, name: str
) -> None:
    refused = site.ask("Olga", "POST", f"{ADMIN}/workstreams", json=body)
    assert refusal(refused) == (status, name)
    assert len(site.get("Olga", f"{ADMIN}/workstreams")["value"]) == 1


def test_what_the_widget_cannot_feed(classic_site: Site) -> None:
    streams = classic_site.get("Olga", f"{ADMIN}/workstreams")["value"]
    [voice] = [each["id"] for each in streams if each["type"] == "Voice"]
    for id, status in ((voice, 400), ("nowhere", 404)):
        refused = classic_site.ask("Olga", "PUT", f"{ADMIN}/widget", json={"workstream": id})
        assert refused.status_code == status


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "workstreams", {"name": "X"}),
        ("PUT", "widget", {"workstream": "x"}),
        ("GET", "widget", None),
    ],
)
def test_who_may_not(site: Site, method: str, path: str, body: dict[str, str] | None) -> None:
    refused = site.ask("Noah", method, f"{ADMIN}/{path}", json=body)
    assert refusal(refused) == (403, "InsufficientRole")


def test_an_organisation_may_begin_in_pick_mode(site: Site) -> None:
    made = site.do(None, "POST", "/control/organisations", {"mode": "Pick"}, 201)
    assert site.client.request("GET", f"/shop/{made['id']}").status_code == 200
    wrong = site.ask(None, "POST", "/control/organisations", json={"mode": "pick"})
    assert refusal(wrong) == (400, "MalformedBody")
