"""Every activity that the reference emits is one for Microsoft's own model, and for our schema."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import msgspec
import pytest

from harness.protocol.messages import DeliveredActivity
from tests.clients.programs import Program
from tests.wire.chat import PERSON, Desk
from tests.wire.directline import bearer, secret, start, website_token

Activity = dict[str, Any]
TOPIC = """
kind: AdaptiveDialog
beginDialog:
  kind: OnRecognizedIntent
  intent:
    triggerQueries: [show me a card]
  actions:
    - kind: SendActivity
      activity:
        text: [Look]
        speak: [Look]
        attachments:
          - {kind: HeroCardTemplate, title: Boots, text: Warm ones}
        quickReplies: [{kind: MessageBack, text: Buy}]
    - kind: AdaptiveCardPrompt
      card: '={type: "AdaptiveCard", body: [{type: "TextBlock", text: "Which parcel?"}]}'
      output: {binding: {parcel: Topic.Parcel}}
    - {kind: SendActivity, activity: "Found {Topic.Parcel}"}
"""
SHOWN = "show me a card"
SUBMITTED = {"type": "message", "from": {"id": "u"}, "value": {"parcel": "P-1"}}


class Maker:
    """Mia, who writes a bot and reads what it has done."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.bot = desk.description["bot"]["id"]

    def asks(self, method: str, path: str, body: object = None, who: str = "Mia") -> Any:
        headers = self.desk.as_user(who)
        url = "/" + path.format(org=self.desk.id, bot=self.bot)
        answer = self.desk.client.request(method, url, json=body, headers=headers)
        assert answer.status_code < 300, answer.text
        return answer.json() if answer.content else None

    def shows_cards(self) -> None:
        self.asks("PUT", "portal/{org}/api/bots/{bot}/topics/Cards", {"content": TOPIC})
        self.asks("POST", "portal/{org}/api/bots/{bot}/publish")

    def session(self, conversation: str) -> list[Activity]:
        """What its bot and the desk have exchanged, traces and hand-off included."""
        told = self.asks("GET", f"portal/{{org}}/api/bots/{{bot}}/sessions/{conversation}")
        activities: list[Activity] = told["activities"]
        return activities


@pytest.fixture
def maker(desk: Desk) -> Maker:
    return Maker(desk)


@pytest.fixture(scope="module")
def oracle(reference: dict[str, Any]) -> Iterator[Callable[[Activity], str]]:
    """Asks Microsoft's model: empty when it takes the activity, else why not."""
    program = Program("activities", reference["ca"])

    def asks(activity: Activity) -> str:
        program.does(activity=activity)
        return str(program.says()["refused"])

    yield asks
    program.ends()


@pytest.fixture
def held(oracle: Callable[[Activity], str]) -> Callable[..., set[str]]:
    """Holds activities against both models; gives the kinds that there were."""

    def holds(activities: list[Activity]) -> set[str]:
        assert activities
        for activity in activities:
            assert not (refused := oracle(activity)), (refused, activity)
            msgspec.convert(activity, DeliveredActivity)
        return {str(each.get("name") or each["type"]) for each in activities}

    return holds


def test_a_handed_over_chat(desk: Desk, maker: Maker, held: Callable[..., set[str]]) -> None:
    maker.shows_cards()
    chat = desk.start()
    chat.say(SHOWN)
    chat.say("Buy")
    conversation = chat.hand_over()
    desk.agent("POST", f"conversations/{conversation}/messages", {"text": "I am Ben"})
    desk.agent("POST", f"conversations/{conversation}/end", {})
    found = maker.session(conversation)
    assert held(found) >= {"message", "trace", "startConversation", "handoff.initiate"}
    [event] = [each for each in found if each.get("name") == "handoff.initiate"]
    held(event["attachments"][0]["content"]["activities"])


@pytest.mark.parametrize("door", [website_token, secret])
def test_a_chat_over_direct_line(
    desk: Desk, maker: Maker, held: Callable[..., set[str]], door: Callable[[Desk], str]
) -> None:
    maker.shows_cards()
    line = start(desk, door(desk))
    line.says("opening hours", channelData={"clientActivityID": "c-1"}, locale="en-US")
    line.says(SHOWN)
    line.post(SUBMITTED)
    line.post({"type": "event", "name": "basketChanged", "value": {}})
    line.says("goodbye")
    seen = line.sees()["activities"]
    assert held(seen) >= {"message", "endOfConversation"}
    assert any("attachments" in each for each in seen)
    assert any("suggestedActions" in each for each in seen)


def test_an_agent_over_direct_line(desk: Desk, held: Callable[..., set[str]]) -> None:
    desk.agent("PUT", "presence", {"presence": "Available"})
    line = start(desk, secret(desk))
    line.says(PERSON)
    [ringing] = desk.agent("GET", "notifications")["value"]
    talk = f"conversations/{ringing['conversation']}"
    desk.agent("POST", f"{talk}/accept", {})
    with line.stream() as stream:
        pushed = stream.next()
        desk.agent("POST", f"{talk}/messages", {"text": "I am Ben"})
        pushed += stream.next()
        desk.agent("POST", f"{talk}/end", {})
        pushed += stream.next()
    assert held(pushed) >= {"message"}
    assert held(line.sees()["activities"]) >= {"message", "endOfConversation"}


def test_a_bot_that_runs_elsewhere(desk: Desk, maker: Maker, held: Callable[..., set[str]]) -> None:
    body = {"name": "Outside Helper", "origin": "azure"}
    made = maker.asks("POST", "portal/{org}/api/bots", body)
    maker.asks("PUT", f"portal/{{org}}/api/bots/{made['id']}/connection", {})
    stream = maker.asks("GET", "admin/{org}/api/workstreams", who="Olga")["value"][0]["id"]
    to = {"bot": made["id"]}
    maker.asks("PATCH", f"admin/{{org}}/api/workstreams/{stream}", to, who="Olga")
    chat = desk.start()
    chat.say("Hello?")
    headers = bearer(made["connector"]["token"])
    place = f"{made['connector']['service_url']}v3/conversations/{chat.conversation()}/activities"
    escalate = {"type": "message", "text": "Summary", "channelData": {"tags": ESCALATE}}
    assert desk.client.post(place, json=escalate, headers=headers).status_code == 201
    heard = desk.client.get(place, headers=headers).json()["activities"]
    assert held(heard) >= {"conversationUpdate", "startConversation", "message"}


ESCALATE = json.dumps({"type": "Escalate", "context": {"Topic": "CreditCard"}})


def test_a_stream_direct_from_the_engine(
    desk: Desk, maker: Maker, held: Callable[..., set[str]]
) -> None:
    maker.shows_cards()
    place = f"/copilotstudio/{desk.id}/channel/conversations"
    headers = bearer(secret(desk))
    opening = {"emitStartConversationEvent": True}
    begun = desk.client.post(place, json=opening, headers=headers)
    seen = _events(begun)
    one = f"{place}/{begun.headers['x-ms-conversationid']}"
    for text in ("opening hours", SHOWN, "goodbye"):
        turn = {"activity": {"type": "message", "text": text}}
        seen += _events(desk.client.post(one, json=turn, headers=headers))
    assert held(seen) >= {"message"}


def _events(answer: httpx.Response) -> list[Activity]:
    assert answer.status_code == 200, answer.text
    lines = answer.text.splitlines()
    data = [line.removeprefix("data: ") for line in lines if line.startswith("data: {")]
    return [json.loads(each) for each in data]


@pytest.mark.parametrize(
    "broken",
    [{}, {"type": "message", "id": ""}, {"type": "event", "name": None}, {"type": "x", "from": 1}],
)
def test_the_oracle_notices(oracle: Callable[[Activity], str], broken: Activity) -> None:
    assert oracle(broken)
