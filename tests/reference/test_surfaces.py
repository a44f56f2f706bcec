"""The JSON surfaces, in process: what docs/reference-api.md promises."""

from __future__ import annotations

from uuid import uuid4

from harness.reference.faults import CATALOGUE
from tests.reference.site import Site, refusal


def test_a_fresh_organisation_is_described(site: Site, classic_site: Site) -> None:
    assert site.shown["now"] == "2026-03-02T09:00:00Z"
    assert site.shown["widget"]["page"] == f"https://testserver/shop/{site.id}"
    assert list(site.tokens) == ["Mia", "Noah", "Ben", "Bea", "Sam", "Olga", "Pia"]
    assert site.shown["phone"] is None
    assert classic_site.shown["phone"]["organisation"] == "+15550100099"


def test_time_passes_on_request(site: Site) -> None:
    path = f"/control/organisations/{site.id}/clock"
    passed = site.do(None, "POST", path, {"advance": "PT20M"})
    assert passed == {"now": "2026-03-02T09:20:00Z", "fired": 0}


def test_faults_are_switched_and_reported(site: Site) -> None:
    path = f"/control/organisations/{site.id}/faults"
    assert site.do(None, "PUT", path, ["connect_ignores_roles"]) == {
        "active": ["connect_ignores_roles"]
    }
    site.do("Noah", "PUT", "/portal/{org}/api/bots/{bot}/connection")
    assert site.get(None, path) == {
        "active": ["connect_ignores_roles"],
        "reached": ["connect_ignores_roles"],
    }


def test_the_catalogue_is_served(site: Site) -> None:
    served = site.get(None, "/control/faults")["value"]
    assert {fault["name"] for fault in served} == set(CATALOGUE)


def test_an_organisation_that_is_deleted_is_gone(site: Site) -> None:
    path = f"/control/organisations/{site.id}"
    assert site.ask(None, "DELETE", path).status_code == 204
    assert refusal(site.ask(None, "DELETE", path)) == (404, "NotFound")
    assert refusal(site.ask("Ben", "GET", "/workspace/{org}/api/presence")) == (404, "NotFound")


def test_the_whole_desk_over_http(site: Site) -> None:
    client, org, widget = site.client, site.id, site.shown["widget"]["app_id"]
    site.do("Ben", "PUT", "/workspace/{org}/api/presence", {"presence": "Available"})
    assert site.get("Ben", "/workspace/{org}/api/presence") == {"presence": "Available"}
    opened = client.request(
        "POST",
        f"/livechatconnector/organization/{org}/widgetApp/{widget}/conversation",
        headers={"Request-Id": str(uuid4())},
        json={"preChatResponse": {"Name": "Ada"}},
    ).json()
    client.request(
        "POST",
        f"/chat/threads/{opened['ChatId']}/messages",
        headers={"Authorization": f"Bearer {opened['Token']}"},
        json={"content": "talk to agent"},
    )
    [ring] = site.get("Ben", "/workspace/{org}/api/notifications")["value"]
    assert (ring["customer"], ring["queue"]) == ("Ada", "Support")
    one = f"/workspace/{org}/api/conversations/{ring['conversation']}"
    assert site.do("Ben", "POST", f"{one}/accept")["state"] == "Active"
    assert int(site.do("Ben", "POST", f"{one}/messages", {"text": "Hello"}, 201)["id"])
    site.do("Ben", "POST", f"{one}/typing", status=204)
    assert len(site.get("Ben", "/workspace/{org}/api/conversations")["value"]) == 1
    assert site.do("Ben", "POST", f"{one}/end")["state"] == "Wrap-up"
    assert len(site.get("Sam", "/workspace/{org}/api/ongoing")["value"]) == 1
    assert site.do("Ben", "POST", f"{one}/close")["state"] == "Closed"
    assert site.get("Sam", one)["closure_reason"] == "AgentEndConversation"
    again = site.ask("Sam", "POST", f"/workspace/{org}/api/ongoing/{ring['conversation']}/close")
    assert refusal(again) == (409, "ConversationClosed")


def test_the_portal_and_the_admin_centre_over_http(site: Site) -> None:
    bots = "/portal/{org}/api/bots"
    made = site.do("Mia", "POST", bots, {"name": "New", "origin": "d365"}, 201)
    new = f"{bots}/{made['id']}"
    assert not made["published"]
    assert site.do("Mia", "PATCH", new, {"name": "Newer"})["name"] == "Newer"
    topics = site.get("Mia", f"{new}/topics")["value"]
    assert {
        *("name", "trigger", "phrases", "content", "source", "off", "problem", "findings")
    } == set(topics[0])
    written = site.do("Mia", "PUT", f"{new}/topics/A%2FB/copy", {"content": topics[0]["content"]})
    assert written["name"] == "A/B/copy"
    site.do("Mia", "DELETE", f"{new}/topics/A%2FB/copy", status=204)
    assert site.do("Mia", "POST", f"{new}/publish")["published"]
    assert site.do("Mia", "PUT", f"{new}/connection")["state"] == "connected"
    assert len(site.get("Olga", "/admin/{org}/api/application-users")["value"]) == 2
    assert site.do("Mia", "DELETE", f"{new}/connection")["state"] == "disconnected"
    assert site.get("Mia", f"{new}/sessions") == {"value": []}
    queue = site.do("Olga", "POST", "/admin/{org}/api/queues", {"name": "Q", "members": []}, 201)
    assert queue in site.get("Olga", "/admin/{org}/api/queues")["value"]
    [stream] = site.get("Olga", "/admin/{org}/api/workstreams")["value"]
    changed = site.do(
        "Olga",
        "PATCH",
        f"/admin/{{org}}/api/workstreams/{stream['id']}",
        {"bot": made["id"], "rules": [{"variable": "a", "equals": "b", "queue": queue["id"]}]},
    )
    assert changed["bot"] == made["id"]


def test_a_call_over_http(classic_site: Site) -> None:
    calls = "/telephony/{org}/api/calls"
    call = classic_site.do(None, "POST", calls, {"from": "+15550100001", "to": "+15550100099"}, 201)
    one = f"{calls}/{call['id']}"
    assert classic_site.do(None, "POST", f"{one}/tones", {"digits": "1"})["held_by"] == "bot"
    assert classic_site.do(None, "POST", f"{one}/speech", {"text": "agent"})["state"] == "connected"
    assert classic_site.do(None, "POST", f"{one}/hang-up")["ended_by"] == "caller"
    assert classic_site.get(None, one)["events"][-1]["kind"] == "ended"
