"""Bad input: the product's status and a clear body; never a 500, never a hang, nothing lost."""

from __future__ import annotations

from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from tests.wire.chat import Desk

HUGE = b'{"content":"' + b"x" * 1_100_000 + b'"}'
DEEP = b"[" * 100_000

POSTS = (
    "/livechatconnector/organization/{org}/widgetApp/{app}/conversation",
    "/livechatconnector/sessioninit/{org}/{app}/r-1",
    "/livechatconnector/auth/getagentavailability/{org}/{app}/r-1",
    "/livechatconnector/createemailrequest/r-1",
    "{thread}/messages",
    "/v3/registrations",
)
"""Calls with a body."""


def url_of(path: str, desk: Desk, thread: str) -> str:
    return path.format(org=desk.id, app=desk.app, thread=thread)


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b"null", 400),
        (b'"text"', 400),
        (b"\xff\xfe", 400),
        (b'{"a":"\\ud800"}', 400),
        (DEEP, 400),
        (HUGE, 413),
    ],
    ids=["cut", "list", "null", "text", "bytes", "surrogate", "deep", "huge"],
)
def test_a_body_that_cannot_be_read_is_refused(
    desk: Desk, path: str, body: bytes, status: int
) -> None:
    chat = desk.start()
    headers = chat.headers | {"Request-Id": "r-2", "x-skypetoken": chat.token["Token"]}
    answer = desk.client.post(url_of(path, desk, chat.thread), content=body, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.json()["error"]["message"]
    assert len(chat.texts()) == 1


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"content": 1},
        {"content": None},
        {"content": "x", "metadata": []},
        {"content": "x", "metadata": {"tags": 1}},
        {"content": ["x"]},
    ],
)
def test_a_message_of_the_wrong_shape_is_refused_and_not_kept(desk: Desk, body: Any) -> None:
    chat = desk.start()
    answer = chat.post("messages", body)
    assert (answer.status_code, answer.json()["error"]["name"]) == (400, "MalformedBody")
    assert len(chat.texts()) == 1


def test_a_message_over_28_kilobytes_is_refused(desk: Desk) -> None:
    chat = desk.start()
    assert chat.say("é" * 15_000).status_code == 413
    assert chat.say("é" * 10_000).status_code == 201


@pytest.mark.parametrize("text", ["", " ", "\u0000", "🏔️" * 500, "a\u2028b", "<script>", '{"x":1}'])
def test_any_text_is_a_message(desk: Desk, text: str) -> None:
    chat = desk.start()
    assert chat.say(text).status_code == 201
    assert text in chat.texts()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("DELETE", "/livechatconnector/config/{org}/{app}"),
        ("GET", "/livechatconnector/sessionclose/{org}/{app}/r-1"),
        ("PUT", "{thread}/messages"),
        ("GET", "{thread}/typing"),
        ("GET", "/v4/a"),
        ("POST", "/socket.io/1/"),
        ("POST", "/livechatwidget/scripts/LiveChatBootstrapper.js"),
    ],
)
def test_a_wrong_method_is_405(desk: Desk, method: str, path: str) -> None:
    chat = desk.start()
    answer = desk.client.request(method, url_of(path, desk, chat.thread), headers=chat.headers)
    assert answer.status_code == 405


@pytest.mark.parametrize("path", ["/chat/nowhere", "/livechatconnector/nowhere", "/v4/nowhere"])
def test_a_path_that_is_not_there_is_404_with_a_reason(desk: Desk, path: str) -> None:
    answer = desk.client.get(path)
    assert (answer.status_code, answer.json()["error"]["name"]) == (404, "NotFound")


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "Bearer", "é"])
def test_a_token_that_was_not_issued_here_is_401(desk: Desk, token: str) -> None:
    chat = desk.start()
    bad = {"authorization": f"Bearer {token}".strip().encode()}
    assert desk.client.get(f"{chat.thread}/messages", headers=bad).status_code == 401
    skype = {"x-skypetoken": token.encode()}
    assert desk.client.post("/v4/a?epid=x", headers=skype).status_code == 401


def test_a_chat_token_opens_no_other_thread(desk: Desk) -> None:
    chat, other = desk.start(), desk.start()
    answer = desk.client.get(f"{other.thread}/messages", headers=chat.headers)
    assert (answer.status_code, answer.json()["error"]["name"]) == (403, "InsufficientRole")


def test_a_token_of_the_desk_opens_no_thread(desk: Desk) -> None:
    chat = desk.start()
    answer = desk.client.get(f"{chat.thread}/messages", headers=desk.as_user("Ben"))
    assert answer.status_code == 403


def test_a_chat_token_does_not_open_the_desk(desk: Desk) -> None:
    chat = desk.start()
    answer = desk.client.get(f"/workspace/{desk.id}/api/ongoing", headers=chat.headers)
    assert answer.status_code in (401, 403)


def test_a_chat_token_ends_on_the_organisations_clock(desk: Desk) -> None:
    chat = desk.start()
    desk.advance("PT24H")
    answer = chat.get("messages")
    assert (answer.status_code, answer.json()["error"]["name"]) == (401, "TokenExpired")
    allocated = desk.client.post("/v4/a?epid=x", headers={"x-skypetoken": chat.token["Token"]})
    assert allocated.status_code == 401


@pytest.mark.parametrize(
    "query", ["startTime=yesterday", "startTime=99999-01-01", "maxPageSize=-1", "maxPageSize=x"]
)
def test_a_query_that_cannot_be_read_is_400(desk: Desk, query: str) -> None:
    chat = desk.start()
    answer = desk.client.get(f"{chat.thread}/messages?{query}", headers=chat.headers)
    assert answer.status_code == 400


@pytest.mark.parametrize("epid", ["", "x" * 101])
def test_a_page_without_a_fit_name_is_400(desk: Desk, epid: str) -> None:
    chat = desk.start()
    answer = desk.client.post(f"/v4/a?epid={epid}", headers={"x-skypetoken": chat.token["Token"]})
    assert answer.status_code == 400


def test_a_start_without_a_request_id_is_400(desk: Desk) -> None:
    url = f"/livechatconnector/organization/{desk.id}/widgetApp/{desk.app}/conversation"
    assert desk.client.post(url, json={}).status_code == 400


@pytest.mark.parametrize(
    "body", [{"customContextData": []}, {"preChatResponse": "{"}, {"locale": 1}]
)
def test_a_start_of_the_wrong_shape_starts_nothing(desk: Desk, body: Any) -> None:
    url = f"/livechatconnector/organization/{desk.id}/widgetApp/{desk.app}/conversation"
    assert desk.client.post(url, headers={"Request-Id": "r-3"}, json=body).status_code == 400
    details = desk.client.get(desk.connector("getliveworkitemdetails", "r-3"))
    assert details.status_code == 204


def test_a_socket_cannot_be_guessed(desk: Desk) -> None:
    """Its name is drawn, and nothing that others know of a chat leads to it."""
    chat = desk.start()
    with chat.listening("page-1"):
        known = (chat.token["ChatId"], chat.token["VisitorId"], chat.conversation(), "page-1", "0")
        for guess in known:
            answer = desk.client.get("/socket.io/1/", params={"sr": guess})
            assert answer.status_code == 404
    assert len({desk.start().allocate("page-1")["id"] for _ in range(3)}) == 3


def test_a_frame_has_a_largest_size(desk: Desk) -> None:
    with desk.start().listening() as page:
        page.socket.send("5:::" + "x" * 1_100_000)
        with pytest.raises(ConnectionClosed) as ended:
            page.until(lambda _: False)
    assert ended.value.rcvd
    assert ended.value.rcvd.code == 1009


@pytest.mark.parametrize("suggestions", ["{", "null", "[1]", '["a"]'])
def test_what_a_customer_calls_suggestions_is_only_metadata(desk: Desk, suggestions: str) -> None:
    chat = desk.start()
    with chat.listening() as page:
        body = {"content": "hello", "metadata": {"suggestions": suggestions}}
        assert chat.post("messages", body).status_code == 201
        assert page.next()["messageBody"] == "hello"
    assert "hello" in chat.texts()


@pytest.mark.parametrize("id", ["0", "x", "1.5", "\u0663", "9" * 19, "9" * 5000])
def test_a_message_that_is_not_there_is_404(desk: Desk, id: str) -> None:
    answer = desk.start().get(f"messages/{id}")
    assert (answer.status_code, answer.json()["error"]["name"]) == (404, "NotFound")
