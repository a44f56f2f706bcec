"""A bot's own website: tokens, Direct Line polled, and what never reaches the desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.wire.chat import Desk

CONVERSATIONS = "/v3/directline/conversations"


@dataclass
class Site:
    """One user's conversation with the bot of an organisation."""

    desk: Desk
    begun: dict[str, Any]

    @property
    def path(self) -> str:
        return f"{CONVERSATIONS}/{self.begun['conversationId']}/activities"

    @property
    def bearer(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.begun['token']}"}

    def post(self, activity: Any) -> httpx.Response:
        return self.desk.client.post(self.path, json=activity, headers=self.bearer)

    def says(self, text: str) -> httpx.Response:
        return self.post({"type": "message", "from": {"id": "u"}, "text": text})

    def sees(self, watermark: str = "") -> dict[str, Any]:
        answer = self.desk.client.get(f"{self.path}?watermark={watermark}", headers=self.bearer)
        assert answer.status_code == 200, answer.text
        seen: dict[str, Any] = answer.json()
        return seen


def token(desk: Desk) -> dict[str, str]:
    bot = desk.description["bot"]["id"]
    place = f"/website/{desk.id}/powervirtualagents/botsbyschema/{bot}/directline/token"
    answer = desk.client.get(place)
    assert answer.status_code == 200, answer.text
    return {"authorization": f"Bearer {answer.json()['token']}"}


@pytest.fixture
def site(desk: Desk) -> Site:
    answer = desk.client.post(CONVERSATIONS, headers=token(desk), json={})
    assert answer.status_code == 201, answer.text
    return Site(desk, answer.json())


def test_a_page_polls_from_its_watermark(site: Site) -> None:
    first = site.sees()
    assert [activity["from"]["role"] for activity in first["activities"]] == ["bot"]
    assert site.sees(first["watermark"])["activities"] == []
    said = site.says("opening hours")
    new = site.sees(first["watermark"])["activities"]
    assert [activity["from"]["role"] for activity in new] == ["user", "bot"]
    assert {activity["channelId"] for activity in new} == {"directline"}
    assert said.json()["id"] == new[-1]["id"]


def test_the_desk_never_hears_of_it(site: Site) -> None:
    site.says("talk to agent")
    event = site.sees()["activities"][-1]
    assert (event["type"], event["name"]) == ("event", "handoff.initiate")
    assert event["value"]["va_Scope"] == "bot"
    assert site.desk.agent("GET", "ongoing", name="Sam")["value"] == []
    late = site.says("hello?")
    assert (late.status_code, late.json()["error"]["name"]) == (409, "ConversationClosed")


def test_ending_is_an_activity(site: Site) -> None:
    site.says("goodbye")
    assert site.sees()["activities"][-1]["type"] == "endOfConversation"


def test_what_is_no_message_is_taken_and_not_answered(site: Site) -> None:
    before = site.sees()
    assert site.post({"type": "typing"}).status_code == 200
    assert site.post({"type": "event", "name": "basketChanged", "value": {}}).status_code == 200
    assert site.sees() == before


@pytest.mark.parametrize("activity", [{"type": "message"}, {}, [], "hello"])
def test_a_malformed_activity_is_refused(site: Site, activity: object) -> None:
    assert site.post(activity).json()["error"]["name"] == "MalformedBody"


def test_a_malformed_watermark_is_refused(site: Site) -> None:
    answer = site.desk.client.get(f"{site.path}?watermark=soon", headers=site.bearer)
    assert (answer.status_code, answer.json()["error"]["name"]) == (400, "MalformedBody")


def test_a_token_is_for_one_conversation(desk: Desk, site: Site) -> None:
    other = Site(desk, desk.client.post(CONVERSATIONS, headers=token(desk), json={}).json())
    answer = desk.client.get(other.path, headers=site.bearer)
    assert (answer.status_code, answer.json()["error"]["name"]) == (401, "NotSignedIn")
    unopened = desk.client.get(site.path, headers=token(desk))
    assert unopened.status_code == 401


def test_a_token_of_the_desk_opens_no_website(desk: Desk) -> None:
    answer = desk.client.post(CONVERSATIONS, headers=desk.as_user("Mia"), json={})
    assert (answer.status_code, answer.json()["error"]["name"]) == (401, "NotSignedIn")


def test_a_token_ends_with_the_hour(site: Site) -> None:
    site.desk.advance("PT1H")
    answer = site.desk.client.get(site.path, headers=site.bearer)
    assert (answer.status_code, answer.json()["error"]["name"]) == (401, "TokenExpired")


def test_a_bot_that_is_not_there_has_no_website(desk: Desk) -> None:
    place = f"/website/{desk.id}/powervirtualagents/botsbyschema/gone/directline/token"
    bearer = {"authorization": f"Bearer {desk.client.get(place).json()['token']}"}
    answer = desk.client.post(CONVERSATIONS, headers=bearer, json={})
    assert answer.status_code == 404


def test_pages_of_other_origins_may_speak_it(desk: Desk) -> None:
    answer = desk.client.options(
        CONVERSATIONS,
        headers={"origin": "https://shop.example", "access-control-request-method": "POST"},
    )
    assert answer.headers["access-control-allow-origin"] == "https://shop.example"
