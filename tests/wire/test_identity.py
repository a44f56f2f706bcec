"""Customers who sign in, come back, or are gone: over the wire, as the SDK asks (wire notes 2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import httpx
import pytest

from harness import identity
from harness.identity import Flaw
from tests.wire.chat import PERSON, Chat, Desk

AUTHENTICATION = {
    "name": "Shop",
    "public_key": identity.public_key(),
    "client_function": identity.FUNCTION,
}
Found = Callable[..., Desk]


@pytest.fixture
def shop(found: Found) -> Desk:
    return found(widget={"authentication": AUTHENTICATION})


def token(desk: Desk, subject: str = "ada-1", **more: Any) -> str:
    return identity.token(subject, datetime.fromisoformat(desk.description["now"]), **more)


def begins(desk: Desk, signed: str, **body: Any) -> httpx.Response:
    """Starts a chat as a signed-in customer does."""
    return desk.client.post(
        f"/livechatconnector/auth/organization/{desk.id}/widgetApp/{desk.app}/conversation",
        headers={"Request-Id": body.pop("request", str(uuid4())), "AuthenticatedUserToken": signed},
        json={"locale": "en-us", **body},
    )


def asks(desk: Desk, path: str, signed: str = "", **headers: str) -> httpx.Response:
    """A question of a signed-in customer, or of an unknown one."""
    auth = "auth/" if signed else ""
    sent = headers | ({"AuthenticatedUserToken": signed} if signed else {})
    return desk.client.get(f"/livechatconnector/{auth}{path}", headers=sent)


def started(desk: Desk, signed: str, **body: Any) -> Chat:
    request = str(uuid4())
    answer = begins(desk, signed, request=request, **body)
    assert answer.status_code == 200, answer.text
    return Chat(desk, request, answer.json())


def conversation_of(desk: Desk, chat: Chat, signed: str = "") -> dict[str, Any]:
    path = f"getliveworkitemdetails/{desk.id}/{desk.app}/{chat.request}"
    answer = asks(desk, path, signed)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = desk.agent(
        "GET", f"conversations/{answer.json()['ConversationId']}", name="Sam"
    )
    return found


def test_the_settings_name_the_function_of_the_page(shop: Desk) -> None:
    settings = shop.client.get(f"/livechatconnector/config/{shop.id}/{shop.app}").json()
    assert settings["LiveChatConfigAuthSettings"] == {
        "msdyn_authsettingname": "Shop",
        "msdyn_javascriptclientfunction": "shopToken",
    }


def test_a_valid_token_signs_in_and_its_context_counts(shop: Desk) -> None:
    signed = token(shop, contexts={"loyaltyTier": "gold", "cartValue": 310, "vip": True})
    custom = {"Tier": {"value": "silver", "isDisplayable": True}}
    chat = started(shop, signed, customContextData=custom)
    seen = conversation_of(shop, chat, signed)
    assert seen["authenticated"] is True
    values = {name: each["value"] for name, each in seen["context"].items()}
    assert values == {"loyaltyTier": "gold", "cartValue": "310", "vip": "true"}


@pytest.mark.parametrize("flaw", [flaw for flaw in Flaw if flaw is not Flaw.NONE])
def test_a_token_with_a_flaw_is_refused_and_nothing_begins(shop: Desk, flaw: Flaw) -> None:
    answer = begins(shop, token(shop, flaw=flaw))
    assert answer.status_code == 401, answer.text
    assert answer.json()["error"]["name"] in ("NotSignedIn", "TokenExpired")
    assert shop.agent("GET", "ongoing", name="Sam")["value"] == []


@pytest.mark.parametrize(
    "contexts",
    ['{"a": 1}', {"a": {"deep": 1}}, [1], 7],
    ids=["a text of its own", "deep", "a list", "a number"],
)
def test_a_context_that_is_no_object_of_primitive_values_is_refused(
    shop: Desk, contexts: Any
) -> None:
    assert begins(shop, token(shop, contexts=contexts)).status_code == 401


@pytest.mark.parametrize("signed", ["", "x", "a.b.c", "ey.ey.ey", "0" * 5000])
def test_what_is_no_token_is_refused(shop: Desk, signed: str) -> None:
    assert begins(shop, signed).status_code == 401


def test_times_are_those_of_the_organisation(shop: Desk) -> None:
    signed = token(shop)
    assert begins(shop, signed).status_code == 200
    shop.advance("PT60M")
    answer = begins(shop, signed)
    assert (answer.status_code, answer.json()["error"]["name"]) == (401, "TokenExpired")


def test_nobody_chats_unknown_where_customers_sign_in(shop: Desk) -> None:
    path = f"/livechatconnector/organization/{shop.id}/widgetApp/{shop.app}/conversation"
    answer = shop.client.post(path, headers={"Request-Id": "r"}, json={})
    assert answer.status_code == 401
    assert asks(shop, f"v2/getchattoken/{shop.id}/{shop.app}/r").status_code == 401


def test_agents_availability_is_told_to_unknown_customers_too(shop: Desk) -> None:
    path = f"/livechatconnector/auth/getagentavailability/{shop.id}/{shop.app}/r"
    assert shop.client.post(path, json={}).status_code == 200


def test_a_chat_is_its_own_customers_alone(shop: Desk) -> None:
    ada, cleo = token(shop, "ada-1"), token(shop, "cleo-2")
    chat = started(shop, ada)
    mine = f"{shop.id}/{shop.app}/{chat.request}"
    assert asks(shop, f"getliveworkitemdetails/{mine}", cleo).status_code == 204
    assert asks(shop, f"getliveworkitemdetails/{mine}").status_code == 204
    assert asks(shop, f"getchattoken/{mine}", cleo).status_code == 204
    assert begins(shop, cleo, request=chat.request).status_code == 403
    closing = f"/livechatconnector/sessionclose/{mine}"
    assert shop.client.post(closing, json={}).status_code == 404
    exists = f"validateauthchatmaprecord/{shop.id}/{shop.app}/{chat.token['ChatId']}/{chat.request}"
    assert asks(shop, exists, ada).json() == {"authChatExist": True}
    assert asks(shop, exists, cleo).json() == {"authChatExist": False}


def test_the_older_flow_signs_in_too(shop: Desk) -> None:
    signed, request = token(shop), str(uuid4())
    mine = f"{shop.id}/{shop.app}/{request}"
    first = asks(shop, f"v4/getchattoken/{mine}", signed)
    assert first.status_code == 404, "the version comes before auth/"
    path = f"/livechatconnector/v4/auth/getchattoken/{mine}"
    given = shop.client.get(path, headers={"AuthenticatedUserToken": signed})
    assert given.status_code == 200
    started = shop.client.post(
        f"/livechatconnector/auth/sessioninit/{mine}",
        headers={"AuthenticatedUserToken": signed},
        json={},
    )
    assert started.status_code == 200
    chat = Chat(shop, request, given.json())
    assert conversation_of(shop, chat, signed)["authenticated"] is True
    assert chat.say("hello").status_code == 201


def test_somebody_unknown_is_shown_as_such(desk: Desk) -> None:
    assert conversation_of(desk, desk.start())["authenticated"] is False


# Persistent chats


@pytest.fixture
def loyal(found: Found) -> Desk:
    return found(widget={"authentication": AUTHENTICATION, "persistent": True})


def reconnectable(desk: Desk, signed: str) -> httpx.Response:
    return asks(desk, f"reconnectablechats/{desk.id}/{desk.app}/{uuid4()}", signed)


def test_a_persistent_chat_is_gone_on_with(loyal: Desk) -> None:
    signed = token(loyal)
    assert reconnectable(loyal, signed).status_code == 204
    first = started(loyal, signed)
    first.say("opening hours")
    reconnect = reconnectable(loyal, signed).json()["reconnectid"]
    again = started(loyal, signed, reconnectId=reconnect)
    assert again.token["ChatId"] == first.token["ChatId"]
    assert "opening hours" in again.texts()
    assert again.say("still me").status_code == 201
    assert reconnectable(loyal, token(loyal, "cleo-2")).status_code == 204
    assert len(loyal.agent("GET", "ongoing", name="Sam")["value"]) == 1


def test_its_customer_cannot_end_it(loyal: Desk) -> None:
    signed = token(loyal)
    chat = started(loyal, signed)
    path = f"/livechatconnector/auth/sessionclose/{loyal.id}/{loyal.app}/{chat.request}"
    query = "?channelId=lcw&isPersistentChat=true"
    sent = {"AuthenticatedUserToken": signed}
    assert loyal.client.post(path + query, json={}, headers=sent).status_code == 200
    assert conversation_of(loyal, chat, signed)["state"] == "Active"


def test_history_comes_in_pages(loyal: Desk) -> None:
    signed = token(loyal)
    chat = started(loyal, signed)
    for number in range(5):
        chat.say(f"word {number}")
    path = f"organization/{loyal.id}/widgetapp/{loyal.app}/conversation/history?pageSize=4"
    pages, following = [], ""
    while following is not None:
        page = asks(loyal, path, signed, PageToken=following).json()
        pages.append(page["chatMessages"])
        following = page["nextPageToken"]
    said = [message["content"] for page in reversed(pages) for message in page]
    assert [text for text in said if text.startswith("word")] == [f"word {n}" for n in range(5)]
    assert all(len(page) <= 4 for page in pages)
    assert asks(loyal, path, token(loyal, "cleo-2")).json()["chatMessages"] == []
    assert asks(loyal, path, signed, PageToken="x").status_code == 400


# Coming back by a link


@pytest.fixture
def patient(found: Found) -> Desk:
    away = {"minutes": 10, "redirect_url": "https://shop.example.test/bye"}
    return found(widget={"reconnection": away})


def availability(desk: Desk, reconnect: str) -> dict[str, Any]:
    answer: dict[str, Any] = asks(desk, f"reconnect/{desk.id}/{desk.app}/{reconnect}").json()
    return answer


def goes_on(desk: Desk, reconnect: str) -> Chat:
    request = str(uuid4())
    path = f"/livechatconnector/organization/{desk.id}/widgetApp/{desk.app}/conversation"
    answer = desk.client.post(
        path, headers={"Request-Id": request}, json={"reconnectId": reconnect}
    )
    return Chat(desk, request, answer.json())


def test_a_link_leads_back_while_nobody_has_ended(patient: Desk) -> None:
    chat = patient.start()
    conversation = chat.hand_over()
    seen = patient.agent("GET", f"conversations/{conversation}")
    link = seen["reconnect_link"]
    assert link == f"{patient.description['widget']['page']}?oc.reconnectid={chat.request}"
    assert availability(patient, chat.request)["isReconnectAvailable"] is True
    again = goes_on(patient, chat.request)
    assert again.token["ChatId"] == chat.token["ChatId"]
    assert again.conversation() == conversation
    again.say("back again")
    assert "back again" in chat.texts()
    patient.agent("POST", f"conversations/{conversation}/end", {})
    assert availability(patient, chat.request) == {
        "reconnectId": chat.request,
        "isReconnectAvailable": False,
        "reconnectRedirectionURL": "https://shop.example.test/bye",
    }
    assert goes_on(patient, chat.request).token["ChatId"] != chat.token["ChatId"]
    token = asks(patient, f"v4/getchattoken/{patient.id}/{patient.app}/{uuid4()}/{chat.request}")
    assert token.status_code == 204
    assert patient.agent("GET", f"conversations/{conversation}")["reconnect_link"] == ""


def test_without_reconnection_no_link_leads_back(desk: Desk) -> None:
    chat = desk.start()
    assert availability(desk, chat.request)["isReconnectAvailable"] is False
    assert conversation_of(desk, chat)["reconnect_link"] == ""


def test_an_unknown_link_leads_nowhere(patient: Desk) -> None:
    assert availability(patient, "nobody")["isReconnectAvailable"] is False


# Pages that are gone


def is_noticed(desk: Desk, conversation: str) -> None:
    for _ in range(200):
        if not desk.agent("GET", f"conversations/{conversation}", name="Sam")["customer_present"]:
            return
    raise AssertionError("nobody noticed that the page is gone")


def leaves(chat: Chat) -> str:
    conversation = chat.conversation()
    with chat.listening():
        pass
    is_noticed(chat.desk, conversation)
    return conversation


def state(desk: Desk, conversation: str) -> str:
    return str(desk.agent("GET", f"conversations/{conversation}", name="Sam")["state"])


def test_three_minutes_after_its_page_a_waiting_chat_is_closed(desk: Desk) -> None:
    chat = desk.start()
    chat.say(PERSON)
    conversation = leaves(chat)
    desk.advance("PT2M59S")
    assert state(desk, conversation) == "Open"
    desk.advance("PT1S")
    assert state(desk, conversation) == "Closed"


def test_three_minutes_after_its_page_an_agents_chat_is_wrapped_up(desk: Desk) -> None:
    chat = desk.start()
    chat.hand_over()
    conversation = leaves(chat)
    desk.advance("PT3M")
    seen = desk.agent("GET", f"conversations/{conversation}", name="Sam")
    assert (seen["state"], seen["closure_reason"]) == ("Wrap-up", "CustomerDisconnect")


def test_who_comes_back_in_time_goes_on(desk: Desk) -> None:
    chat = desk.start()
    chat.hand_over()
    conversation = leaves(chat)
    desk.advance("PT2M")
    with chat.listening():
        desk.advance("PT10M")
        assert state(desk, conversation) == "Active"


def test_who_goes_on_without_a_socket_is_not_given_up(desk: Desk) -> None:
    chat = desk.start()
    chat.hand_over()
    conversation = leaves(chat)
    for _ in range(3):
        desk.advance("PT2M")
        chat.texts()
    assert state(desk, conversation) == "Active"
    desk.advance("PT3M")
    assert state(desk, conversation) == "Wrap-up"


def test_the_widgets_own_limit_counts(patient: Desk) -> None:
    chat = patient.start()
    chat.hand_over()
    conversation = leaves(chat)
    patient.advance("PT9M")
    assert state(patient, conversation) == "Active"
    patient.advance("PT1M")
    assert state(patient, conversation) == "Wrap-up"
    assert availability(patient, chat.request)["isReconnectAvailable"] is False


# Settings that cannot be


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"authentication": {"name": "x", "client_function": "f"}}, "public_key"),
        ({"authentication": {**AUTHENTICATION, "public_key": "no key"}}, "PEM"),
        ({"authentication": {**AUTHENTICATION, "client_function": "f()"}}, "client_function"),
        ({"persistent": True}, "authentication"),
        ({"reconnection": {"minutes": 0}}, "minutes"),
        ({"reconnection": {"minutes": 5, "redirect_url": "javascript:x"}}, "redirect_url"),
    ],
)
def test_settings_that_cannot_be_are_refused(
    desk: Desk, settings: dict[str, Any], told: str
) -> None:
    url = f"/admin/{desk.id}/api/widget"
    answer = desk.client.patch(url, json=settings, headers=desk.as_user("Olga"))
    assert answer.status_code == 400
    assert told in answer.json()["error"]["message"]
