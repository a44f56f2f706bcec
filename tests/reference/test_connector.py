"""A bot that runs elsewhere, over the Bot Connector's calls."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest

from harness.reference.domain.bots import Bot
from harness.reference.faults import Faults
from harness.reference.operations import customers, deliveries
from tests.reference.site import NOWHERE, Site, refusal


class Outside:
    """A bot that runs elsewhere, and one customer who is with it."""

    def __init__(self, site: Site) -> None:
        self.site = site
        body = {"name": "Outside Helper", "origin": "azure"}
        made = site.do("Mia", "POST", "/portal/{org}/api/bots", body, 201)
        self.bot = made["id"]
        self.token = made["connector"]["token"]
        self.base = made["connector"]["service_url"].removeprefix("https://testserver")
        site.do("Mia", "PUT", f"/portal/{{org}}/api/bots/{self.bot}/connection")
        stream = site.get("Olga", "/admin/{org}/api/workstreams")["value"][0]["id"]
        site.do("Olga", "PATCH", f"/admin/{{org}}/api/workstreams/{stream}", {"bot": self.bot})
        self.organisation = site.world.find(site.id)
        self.chat = customers.start(self.organisation, str(uuid4()), customers.Opening(name="Ada"))
        self.activities = f"{self.base}v3/conversations/{self.chat.id}/activities"

    def ask(self, method: str, path: str, **sent: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"}
        return self.site.client.request(method, path, headers=headers, **sent)

    def post(self, activity: object, **more: Any) -> Any:
        return self.ask("POST", self.activities, json=activity, **more)

    def sends(self, **activity: Any) -> None:
        answer = self.post({"type": "message", **activity})
        assert answer.status_code == 201, answer.text
        assert answer.json()["id"].startswith(self.chat.id)

    def hears(self, watermark: str = "") -> tuple[list[str], str]:
        query = f"?watermark={watermark}" if watermark else ""
        answer = self.ask("GET", self.activities + query).json()
        told = [a.get("text") or a.get("name") or a["type"] for a in answer["activities"]]
        return told, answer["watermark"]

    def says(self, text: str) -> None:
        customers.say(self.organisation, self.chat.thread, text)

    def seen(self) -> list[str]:
        return [m.text for m in customers.history(self.organisation, self.chat.thread)]

    def desk(self) -> Any:
        return self.site.get("Sam", f"/workspace/{{org}}/api/conversations/{self.chat.id}")


@pytest.fixture
def outside(site: Site) -> Outside:
    return Outside(site)


def command(type: str, **context: object) -> dict[str, str]:
    return {"tags": json.dumps({"type": type, "context": context})}


def test_a_bot_asks_for_what_was_said(outside: Outside) -> None:
    listed = outside.ask("GET", f"{outside.base}v3/conversations").json()["conversations"]
    assert [entry["id"] for entry in listed] == [outside.chat.id]
    told, watermark = outside.hears()
    assert told == ["conversationUpdate", "startConversation"]
    outside.says("hello")
    outside.sends(text="Hi", channelData={"deliveryMode": "bridged"})
    assert outside.hears(watermark)[0] == ["hello"]
    assert outside.hears()[0][-1] == "hello"


def test_only_bridged_messages_reach_the_customer(outside: Outside) -> None:
    outside.sends(text="Hi", channelData={"deliveryMode": "bridged"})
    outside.sends(text="For the agent")
    assert outside.seen() == ["Hi"]
    assert [line["text"] for line in outside.desk()["transcript"]] == ["Hi", "For the agent"]
    outside.organisation.faults = Faults(frozenset({"unbridged_text_shown"}))
    outside.sends(text="Leaks")
    assert outside.seen() == ["Hi", "Leaks"]


def test_escalate_hands_over_with_context_and_summary(outside: Outside) -> None:
    context = {"Topic": "Parcels", "Priority": 2, "Key": {"value": "k", "isDisplayable": False}}
    outside.sends(text="Summary", channelData=command("Escalate", **context))
    shown = outside.desk()
    assert shown["state"] == "Open"
    assert shown["private_message"] == "Summary"
    assert shown["context"]["Priority"] == {"value": 2, "displayable": True}
    assert shown["context"]["Key"] == {"value": "k", "displayable": False}
    assert "Summary" not in outside.seen()
    answer = outside.post({"type": "message", "text": "still here"})
    assert refusal(answer) == (409, "IllegalState")


def test_a_bridged_escalation_is_said_aloud(outside: Outside) -> None:
    outside.sends(text="Bye", channelData={"deliveryMode": "bridged", **command("Escalate")})
    assert outside.seen()[0] == "Bye"
    assert outside.desk()["private_message"] is None


def test_end_conversation_closes(outside: Outside) -> None:
    outside.sends(text="Bye", channelData={"deliveryMode": "bridged", **command("EndConversation")})
    shown = outside.desk()
    assert (shown["state"], shown["closure_reason"]) == ("Closed", "BotEndConversation")


def hand_off(conversation: str, **changes: object) -> dict[str, Any]:
    return {
        "type": "event",
        "name": "handoff.initiate",
        "conversation": {"id": conversation},
        "value": {"Skill": "parcels", "va_AgentMessage": "Twice"},
        "attachments": [
            {"contentType": "application/json", "name": "Transcript", "content": {}},
            {"contentType": "application/x-unknown", "name": "Novelty", "content": 1},
        ],
    } | changes


def test_a_hand_off_event_hands_over_whatever_is_attached(outside: Outside) -> None:
    assert outside.post(hand_off(outside.chat.id)).status_code == 201
    shown = outside.desk()
    assert (shown["state"], shown["private_message"]) == ("Open", "Twice")
    assert shown["context"]["Skill"]["value"] == "parcels"
    path = f"/portal/{{org}}/api/bots/{outside.bot}/sessions/{outside.chat.id}"
    session = outside.site.get("Mia", path)
    assert session["outcome"] == "Escalated"
    assert [a for a in session["activities"] if a.get("name") == "handoff.initiate"]


@pytest.mark.parametrize(
    "part",
    [{"entities": 5}, {"locale": 7}, {"relatesTo": "x"}, {"attachments": [{}]}, {"code": 7}],
)
def test_a_hand_off_that_nobody_could_read_is_refused(
    outside: Outside, part: dict[str, Any]
) -> None:
    """It is kept as it came, and its maker's clients read it."""
    answer = outside.post(hand_off(outside.chat.id, **part))
    assert refusal(answer) == (400, "MalformedBody")
    assert outside.desk()["state"] == "Active"


@pytest.mark.parametrize(
    ("fault", "state"),
    [("unknown_attachment_refused", "Active"), ("end_command_ignored", "Active")],
)
def test_deviations_of_commands(outside: Outside, fault: str, state: str) -> None:
    outside.organisation.faults = Faults(frozenset({fault}))
    activity = hand_off(outside.chat.id)
    if fault == "end_command_ignored":
        activity = {"type": "message", "channelData": command("EndConversation")}
    assert outside.post(activity).status_code == 201
    assert outside.desk()["state"] == state


def test_the_commands_context_may_be_dropped(outside: Outside) -> None:
    outside.organisation.faults = Faults(frozenset({"command_context_dropped"}))
    outside.sends(channelData=command("Escalate", Topic="Parcels"))
    assert outside.desk()["context"] == {}


def test_a_reply_goes_the_same_way(outside: Outside) -> None:
    sent = {"type": "message", "text": "Hi", "channelData": {"deliveryMode": "bridged"}}
    assert outside.ask("POST", f"{outside.activities}/c%7C1", json=sent).status_code == 201
    assert outside.post({"type": "typing"}).status_code == 201
    assert outside.post({"type": "endOfConversation"}).status_code == 201
    assert outside.seen() == ["Hi"]


@pytest.mark.parametrize(
    "activity",
    [
        {},
        {"type": 5},
        {"type": "message", "channelData": {"tags": {"type": "Escalate"}}},
        {"type": "message", "channelData": {"tags": "Escalate"}},
        {"type": "message", "channelData": {"tags": "[1]"}},
        {"type": "message", "channelData": command("Explode")},
        {"type": "message", "channelData": command("Escalate", a=True)},
        {"type": "message", "channelData": command("Escalate", a=1.5)},
        {"type": "message", "channelData": command("Escalate", a={"value": [1]})},
        {
            "type": "message",
            "channelData": command("Escalate", a={"value": "k", "isDisplayable": "no"}),
        },
        {"type": "message", "channelData": command("Escalate", **{"x" * 101: "a"})},
        {"type": "message", "channelData": command("Escalate", a="x" * 4001)},
        {"type": "message", "text": "hi", "conversation": {"id": NOWHERE}},
        hand_off("{id}") | {"name": None},
        hand_off("{id}") | {"conversation": None},
        hand_off("{id}", value="text"),
        hand_off("{id}", value={"deep": json.loads("[" * 90 + "]" * 90)}),
        hand_off(NOWHERE),
    ],
)
def test_an_activity_that_cannot_be_is_refused_and_nothing_changes(
    outside: Outside, activity: dict[str, Any]
) -> None:
    written = json.dumps(activity).replace("{id}", outside.chat.id)
    answer = outside.ask("POST", outside.activities, content=written)
    assert refusal(answer) == (400, "MalformedBody")
    assert outside.desk()["state"] == "Active"
    assert outside.seen() == []


def test_an_activity_over_28_kilobytes_is_refused(outside: Outside) -> None:
    answer = outside.post({"type": "message", "text": "x" * 28 * 1024})
    assert refusal(answer) == (413, "MessageTooLarge")
    large = {"contentType": "application/json", "name": "Transcript", "content": "x" * 40_000}
    assert outside.post(hand_off(outside.chat.id, attachments=[large])).status_code == 201


def test_nobody_else_gets_in(outside: Outside, site: Site) -> None:
    assert refusal(outside.ask("GET", f"{outside.activities}?watermark=x"))[0] == 400
    nowhere = f"{outside.base}v3/conversations/{NOWHERE}/activities"
    assert refusal(outside.ask("GET", nowhere)) == (404, "NotFound")
    other = Outside(Site(site.client, site.world, "web-app"))
    foreign = outside.ask("GET", other.activities)
    assert refusal(foreign) == (401, "NotSignedIn")
    people = site.ask("Ben", "GET", outside.activities)
    assert refusal(people) == (401, "NotSignedIn")
    assert refusal(site.client.request("GET", outside.activities)) == (401, "NotSignedIn")
    body = {"name": "Stranger", "origin": "azure"}
    stranger = site.do("Mia", "POST", "/portal/{org}/api/bots", body, 201)
    outside.token = stranger["connector"]["token"]
    assert refusal(outside.post({"type": "message"})) == (403, "InsufficientRole")


def test_a_bot_that_is_not_connected_says_nothing(outside: Outside, site: Site) -> None:
    site.do("Mia", "DELETE", f"/portal/{{org}}/api/bots/{outside.bot}/connection")
    assert refusal(outside.post({"type": "message"})) == (403, "InsufficientRole")
    outside.says("hello")
    assert "Error code: 2013" in outside.seen()[-1]


def test_a_bots_cards_and_buttons_reach_the_customer(outside: Outside) -> None:
    card = {"contentType": "application/vnd.microsoft.card.adaptive", "content": {"body": []}}
    outside.sends(
        text="Which shop?",
        channelData={"deliveryMode": "bridged"},
        attachments=[card, {"contentType": "image/png", "contentUrl": "x", "name": None}],
        suggestedActions={"actions": [{"type": "imBack", "title": "Oslo", "value": "Oslo"}]},
    )
    [said] = customers.history(outside.organisation, outside.chat.thread)
    assert json.loads(said.metadata["cards"]) == [card]
    assert json.loads(said.metadata["suggestions"]) == ["Oslo"]
    outside.sends(attachments=[card], channelData={"deliveryMode": "bridged"})
    assert len(customers.history(outside.organisation, outside.chat.thread)) == 2


def test_a_picture_or_a_choice_alone_is_a_message(outside: Outside) -> None:
    bridged = {"deliveryMode": "bridged"}
    picture = {"contentType": "image/png", "contentUrl": "https://shop.example/map.png"}
    outside.sends(attachments=[picture], channelData=bridged)
    outside.sends(suggestedActions={"actions": [{"title": "Oslo"}]}, channelData=bridged)
    drawn, offered = customers.history(outside.organisation, outside.chat.thread)
    assert json.loads(drawn.metadata["cards"]) == [picture]
    assert json.loads(offered.metadata["suggestions"]) == ["Oslo"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "map.png", "", None])
def test_a_picture_that_is_not_on_the_web_is_passed_over(outside: Outside, url: object) -> None:
    picture = {"contentType": "image/png", "contentUrl": url}
    outside.sends(attachments=[picture], channelData={"deliveryMode": "bridged"})
    assert customers.history(outside.organisation, outside.chat.thread) == []


def service(outside: Outside) -> str:
    """The address at which the bot may answer in its conversation."""
    bot = outside.organisation.store.get(outside.site.id, Bot, outside.bot)
    assert bot
    url = deliveries.service_url(outside.site.world, outside.organisation, outside.chat, bot)
    return url.removeprefix("https://testserver")


def test_the_service_url_is_all_that_a_bot_without_credentials_needs(outside: Outside) -> None:
    place = f"{service(outside)}v3/conversations/{outside.chat.id}"
    sent = {"type": "message", "text": "Hi", "channelData": {"deliveryMode": "bridged"}}
    for path in ("activities", "activities/c%7C0000001"):
        answer = outside.site.client.request("POST", f"{place}/{path}", json=sent)
        assert answer.status_code == 201, answer.text
    assert outside.seen() == ["Hi", "Hi"]
    members = outside.site.client.request("GET", f"{place}/members").json()
    assert [member["role"] for member in members] == ["user", "bot"]


def test_a_service_url_opens_no_other_conversation(outside: Outside) -> None:
    opening = customers.Opening(name="Kim")
    other = customers.start(outside.organisation, str(uuid4()), opening)
    sent = {"type": "message", "text": "Hi", "channelData": {"deliveryMode": "bridged"}}
    place = service(outside)
    ask = outside.site.client.request
    stolen = ask("POST", f"{place}v3/conversations/{other.id}/activities", json=sent)
    assert refusal(stolen) == (401, "NotSignedIn")
    assert refusal(ask("GET", f"{place}v3/conversations/{other.id}/members"))[0] == 401
    # Nor does the key do so as a token.
    outside.token = place.rstrip("/").rpartition("/")[2]
    activities = f"{outside.base}v3/conversations/{other.id}/activities"
    assert refusal(outside.ask("GET", activities)) == (401, "NotSignedIn")
    assert refusal(outside.ask("GET", f"{outside.base}v3/conversations"))[0] == 401
    general = f"{outside.base}by/{outside.site.tokens['Ben']}/v3/conversations/{other.id}"
    assert refusal(ask("POST", f"{general}/activities", json=sent)) == (401, "NotSignedIn")
    assert customers.history(outside.organisation, other.thread) == []


def test_the_portal_keeps_a_messaging_endpoint(outside: Outside) -> None:
    path = f"/portal/{{org}}/api/bots/{outside.bot}"
    endpoint = "http://127.0.0.1:3978/api/messages"
    assert outside.site.get("Mia", path)["endpoint"] == ""
    assert outside.site.do("Mia", "PATCH", path, {"endpoint": endpoint})["endpoint"] == endpoint
    answer = outside.site.ask("Mia", "PATCH", path, json={"endpoint": "nowhere"})
    assert refusal(answer) == (400, "MalformedBody")
    assert outside.site.get("Mia", path)["endpoint"] == endpoint


def test_a_bot_hears_what_becomes_of_its_hand_off(outside: Outside) -> None:
    assert outside.post(hand_off(outside.chat.id)).status_code == 201
    before = outside.hears()[1]
    outside.site.do("Ben", "PUT", "/workspace/{org}/api/presence", {"presence": "Available"})
    place = f"/workspace/{{org}}/api/conversations/{outside.chat.id}"
    outside.site.do("Ben", "POST", f"{place}/accept")
    outside.says("hello, Ben")
    outside.site.do("Ben", "POST", f"{place}/end")
    url = f"{outside.activities}?watermark={before}"
    told = outside.ask("GET", url).json()["activities"]
    assert [activity["name"] for activity in told] == ["handoff.status"] * 2
    assert [activity["value"]["state"] for activity in told] == ["accepted", "completed"]


def test_a_command_asks_for_no_status(outside: Outside) -> None:
    outside.sends(channelData=command("Escalate"))
    outside.site.do("Sam", "POST", f"/workspace/{{org}}/api/ongoing/{outside.chat.id}/close")
    assert outside.hears()[0] == ["conversationUpdate", "startConversation"]


def test_the_page_of_such_a_bot_has_its_endpoint(outside: Outside) -> None:
    site, page = outside.site, f"/portal/{outside.site.id}/bots/{outside.bot}"
    mine = {"cookie": f"handoff={site.tokens['Mia']}", "origin": "https://testserver"}

    def saves(endpoint: str) -> Any:
        fields = {"name": "Outside Helper", "environment": site.shown["environment"]}
        sent = fields | {"endpoint": endpoint}
        return site.client.request("POST", f"{page}/details", data=sent, headers=mine)

    written = "http://127.0.0.1:3978/api/messages"
    assert saves(written).status_code == 303
    assert f'value="{written}"' in site.client.request("GET", page, headers=mine).text
    refused = saves("here")
    assert refused.status_code == 400
    assert 'value="here"' in refused.text, "what was written is there still"
    ours = f"/portal/{site.id}/bots/{site.shown['bot']['id']}"
    assert "Messaging endpoint" not in site.client.request("GET", ours, headers=mine).text


def test_a_maker_brings_such_a_bot_in_by_the_pages(site: Site) -> None:
    """The steps of docs/bots-elsewhere.md, form by form."""
    ask = site.client.request

    def page(who: str, path: str, **fields: str) -> Any:
        headers = {"cookie": f"handoff={site.tokens[who]}", "origin": "https://testserver"}
        sent: dict[str, Any] = {"data": fields} if fields else {}
        return ask("POST" if fields else "GET", path, headers=headers, **sent)

    portal = f"/portal/{site.id}/bots"
    assert "Add one that runs elsewhere" in page("Mia", portal).text
    made = page("Mia", f"{portal}/new", name="Outside", origin="azure")
    place = made.headers["location"]
    endpoint = "http://127.0.0.1:3978/api/messages"
    fields = {"name": "Outside", "environment": site.shown["environment"], "endpoint": endpoint}
    assert page("Mia", f"{place}/details", **fields).status_code == 303
    transfers = page("Mia", f"{place}/settings/agent-transfers")
    assert transfers.status_code == 200
    bot = place.rpartition("/")[2]
    site.do("Mia", "PUT", f"/portal/{{org}}/api/bots/{bot}/connection")
    entry = page("Olga", f"/admin/{site.id}/bots/{bot}")
    assert "Add bot" in entry.text
    assert site.get("Mia", f"/portal/{{org}}/api/bots/{bot}")["endpoint"] == endpoint
