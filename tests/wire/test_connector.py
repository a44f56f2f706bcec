"""How a chat starts, stands and ends on the live chat connector."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from uuid import uuid4

import pytest

from tests.wire.chat import PERSON, Chat, Desk


def test_the_settings_of_the_widget_are_words(desk: Desk) -> None:
    answer = desk.client.get(f"/livechatconnector/config/{desk.id}/{desk.app}?channelId=lcw")
    settings = answer.json()["LiveWSAndLiveChatEngJoin"]
    assert settings["OutOfOperatingHours"] == "False"
    assert answer.json()["LiveChatVersion"] == 2


@pytest.mark.parametrize("path", ["{org}/nobody", "nobody/{app}", "nobody/nobody"])
def test_an_unknown_widget_is_error_701(desk: Desk, path: str) -> None:
    known = path.format(org=desk.id, app=desk.app)
    answer = desk.client.get(f"/livechatconnector/config/{known}")
    assert (answer.status_code, answer.headers["errorcode"]) == (404, "701")
    assert answer.json()["error"]["name"] == "NotFound"


def test_the_chat_token_says_what_the_clients_read_of_it(desk: Desk) -> None:
    chat = desk.start()
    assert json.loads(chat.token["RegionGtms"])["ams"].startswith("https://")
    payload = chat.token["Token"].split(".")[1]
    claims = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    assert "8:" + claims["skypeid"] == chat.token["VisitorId"]
    assert claims["exp"] - claims["iat"] == 86400


def test_starting_twice_with_one_request_is_one_chat(desk: Desk) -> None:
    chat = desk.start()
    url = f"/livechatconnector/organization/{desk.id}/widgetApp/{desk.app}/conversation"
    again = desk.client.post(url, headers={"Request-Id": chat.request}, json={})
    assert again.json()["ChatId"] == chat.token["ChatId"]
    assert len(chat.texts()) == 1


@pytest.mark.parametrize("version", ["", "v2/", "v3/", "v4/"])
@pytest.mark.parametrize("auth", ["", "auth/"])
def test_the_older_flow_starts_the_same_chat(desk: Desk, version: str, auth: str) -> None:
    request = str(uuid4())
    token = desk.client.get(desk.connector(f"{version}{auth}getchattoken", request))
    details = desk.connector(f"{auth}getliveworkitemdetails", request)
    assert desk.client.get(details).status_code == 204, "nothing has begun"
    begun = desk.client.post(desk.connector(f"{auth}sessioninit", request), json={})
    assert begun.status_code == 200
    assert begun.headers["Oc-Sessionid"] == desk.client.get(details).json()["ConversationId"]
    again = desk.client.get(desk.connector(f"{version}{auth}getchattoken", request))
    assert again.json()["ChatId"] == token.json()["ChatId"]
    assert len(Chat(desk, request, token.json()).texts()) == 1, "the first token opens the chat"


def test_details_of_an_unknown_request_are_no_content(desk: Desk) -> None:
    answer = desk.client.get(desk.connector("getliveworkitemdetails", str(uuid4())))
    assert answer.status_code == 204


def test_details_tell_bot_from_agent(desk: Desk) -> None:
    chat = desk.start()
    assert chat.details().json()["ParticipantType"] == "Bot"
    assert chat.details().json()["State"] == "Active"
    chat.hand_over()
    details = chat.details().json()
    assert details["ParticipantType"] == "User"
    assert details["AgentAcceptedOn"] == "2026-03-02T09:00:00.000Z"


def test_the_state_after_an_agents_end_is_spelled_in_one_word(desk: Desk) -> None:
    chat = desk.start()
    conversation = chat.hand_over()
    desk.agent("POST", f"conversations/{conversation}/end", {})
    assert chat.details().json()["State"] == "WrapUp"


def test_an_agents_end_that_is_not_told_looks_active(desk: Desk) -> None:
    desk.deviate("agent_end_not_told")
    chat = desk.start()
    conversation = chat.hand_over()
    desk.agent("POST", f"conversations/{conversation}/end", {})
    assert chat.details().json()["State"] == "Active"
    assert desk.reached() == ["agent_end_not_told"]


def test_closing_twice_is_closing_once(desk: Desk) -> None:
    chat = desk.start()
    for _ in range(2):
        url = desk.connector("sessionclose", chat.request)
        assert desk.client.post(url, json={"chatId": chat.token["ChatId"]}).status_code == 200
    assert chat.details().json()["State"] == "Closed"


def test_closing_what_never_began_is_not_found(desk: Desk) -> None:
    answer = desk.client.post(desk.connector("sessionclose", str(uuid4())), json={})
    assert answer.status_code == 404


def test_custom_context_and_pre_chat_answers_reach_the_desk(desk: Desk) -> None:
    request = str(uuid4())
    url = f"/livechatconnector/organization/{desk.id}/widgetApp/{desk.app}/conversation"
    body = {
        "customContextData": {"orderId": {"value": "1001", "isDisplayable": True}},
        "preChatResponse": json.dumps({"Type": "InputSubmit", "Name": "Kim"}),
    }
    desk.client.post(url, headers={"Request-Id": request}, json=body)
    details = desk.client.get(desk.connector("getliveworkitemdetails", request)).json()
    conversation = desk.client.get(
        f"/workspace/{desk.id}/api/conversations/{details['ConversationId']}",
        headers=desk.as_user("Sam"),
    ).json()
    assert conversation["context"]["orderId"] == {"value": "1001", "displayable": True}
    assert conversation["customer"] == "Kim"


def test_the_transcript_is_for_its_own_chat_only(desk: Desk) -> None:
    chat, other = desk.start(), desk.start()
    chat.say(PERSON)
    path = chat.thread.removeprefix("/chat/threads/")
    url = f"/livechatconnector/v2/getchattranscripts/{path}/{chat.request}"
    own = desk.client.get(url, headers={"authorization": chat.token["Token"]})
    told = json.loads(own.json()["chatMessagesJson"])
    assert [message["content"] for message in reversed(told)] == chat.texts()
    foreign = desk.client.get(url, headers={"authorization": other.token["Token"]})
    assert foreign.status_code == 403


def test_a_page_of_another_origin_may_speak_the_wire_with_credentials(desk: Desk) -> None:
    origin = {"origin": "https://shop.example.test"}
    url = f"/livechatconnector/config/{desk.id}/{desk.app}"
    preflight = desk.client.options(
        url,
        headers=origin
        | {
            "access-control-request-method": "GET",
            "access-control-request-headers": "ms-oc-user-agent,oc-sessionid",
        },
    )
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-headers"] == "ms-oc-user-agent,oc-sessionid"
    for answer in (
        desk.client.get(url, headers=origin),
        desk.client.get(url + "x", headers=origin),
    ):
        assert answer.headers["access-control-allow-origin"] == origin["origin"]
        assert answer.headers["access-control-allow-credentials"] == "true"
        assert "errorcode" in answer.headers["access-control-expose-headers"]


def test_the_desk_is_closed_to_pages_of_another_origin(desk: Desk) -> None:
    answer = desk.client.get(
        f"/workspace/{desk.id}/api/ongoing",
        headers=desk.as_user("Sam") | {"origin": "https://shop.example.test"},
    )
    assert answer.status_code == 200
    assert "access-control-allow-origin" not in answer.headers
