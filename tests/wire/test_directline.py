"""Direct Line 3.0: tokens, conversations with the bot alone, refusals."""

from __future__ import annotations

import json
from typing import Any

import httpx
import jwt
import pytest

from tests.wire.chat import Desk
from tests.wire.directline import ROOT, Line, bearer, code, secret, start, website_token


@pytest.fixture
def site(desk: Desk) -> Line:
    """A conversation on the bot's own website."""
    return start(desk, website_token(desk))


def test_a_page_polls_from_its_watermark(site: Line) -> None:
    first = site.sees()
    assert [activity["from"]["role"] for activity in first["activities"]] == ["bot"]
    assert site.sees(first["watermark"])["activities"] == []
    said = site.says("opening hours")
    new = site.sees(first["watermark"])["activities"]
    assert [activity["from"]["role"] for activity in new] == ["user", "bot"]
    assert {activity["channelId"] for activity in new} == {"directline"}
    assert said.json()["id"] == new[0]["id"]


def test_a_client_gets_its_own_activity_back(site: Line) -> None:
    mark = site.sees()["watermark"]
    own = {
        "channelData": {"clientActivityID": "c-1", "attachmentSizes": []},
        "entities": [{"type": "ClientCapabilities", "supportsListening": False}],
        "locale": "en-US",
        "localTimestamp": "2026-03-02T10:00:00.000+01:00",
        "textFormat": "plain",
    }
    answer = site.says("opening hours", **own)
    echo, *_ = site.sees(mark)["activities"]
    assert echo["id"] == answer.json()["id"]
    assert echo["from"]["role"] == "user"
    assert {name: echo[name] for name in own} == own


def test_the_desk_never_hears_of_it(site: Line) -> None:
    site.says("talk to agent")
    event = site.sees()["activities"][-1]
    assert (event["type"], event["name"]) == ("event", "handoff.initiate")
    assert event["value"]["va_Scope"] == "bot"
    assert site.desk.agent("GET", "ongoing", name="Sam")["value"] == []
    assert code(site.says("hello?")) == (404, "ConversationNotFound")


def test_a_client_that_has_seen_the_end_is_told_to_stop(site: Line) -> None:
    site.says("goodbye")
    assert site.again().status_code == 200
    seen = site.sees()
    assert seen["activities"][-1]["type"] == "endOfConversation"
    assert code(site.again(seen["watermark"])) == (404, "ConversationNotFound")
    refresh = site.desk.client.post(f"{ROOT}/tokens/refresh", headers=site.headers)
    assert code(refresh) == (404, "ConversationNotFound")


@pytest.mark.parametrize("value", ["opening hours", 7, ["a"], True, {"a": None}, {}])
def test_a_value_of_any_kind_is_taken(site: Line, value: object) -> None:
    mark = site.sees()["watermark"]
    assert site.post({"type": "message", "value": value}).status_code == 200
    own, *answers = site.sees(mark)["activities"]
    assert own["value"] == value
    assert answers


def test_an_event_is_an_event_whatever_its_name(site: Line) -> None:
    site.post({"type": "event", "name": "endOfConversation"})
    assert site.sees()["activities"][-1]["type"] == "event"


def test_a_file_comes_back_once(site: Line) -> None:
    # Clients announce a file in the activity, too, without an address.
    announced = {"type": "message", "attachments": [{"contentType": "text/plain", "name": "a.txt"}]}
    parts = {
        "activity": ("blob", json.dumps(announced).encode(), "application/vnd.microsoft.activity"),
        "file": ("a.txt", b"parcel 7", "text/plain"),
    }
    mark = site.sees()["watermark"]
    url = f"{site.path}/upload?userId=u-1"
    assert site.desk.client.post(url, files=parts, headers=site.headers).status_code == 200
    own, *_ = site.sees(mark)["activities"]
    [file] = own["attachments"]
    assert site.desk.client.get(file["contentUrl"]).content == b"parcel 7"


@pytest.mark.parametrize(
    "body", [{"user": None, "locale": None}, {"user": {"id": None, "name": None}}]
)
def test_what_is_null_was_not_said(desk: Desk, body: dict[str, object]) -> None:
    line = start(desk, secret(desk), **body)
    activity = {"type": "message", "text": "hello", "from": {"id": "u", "name": None}}
    assert line.post({**activity, "locale": None, "attachments": None}).status_code == 200


def test_an_event_comes_back_and_typing_does_not(site: Line) -> None:
    mark = site.sees()["watermark"]
    assert site.post({"type": "typing"}).status_code == 200
    assert site.post({"type": "event", "name": "basketChanged", "value": {}}).status_code == 200
    assert [each["name"] for each in site.sees(mark)["activities"]] == ["basketChanged"]


@pytest.mark.parametrize("activity", [{"type": "message"}, {}, [], "hello"])
def test_a_malformed_activity_is_refused(site: Line, activity: object) -> None:
    assert code(site.post(activity)) == (400, "BadArgument")


@pytest.mark.parametrize(
    "part",
    [
        {"attachments": [{}]},
        {"attachments": [{"contentType": "image/png", "contentUrl": 5}]},
        {"attachmentLayout": "pile"},
        {"entities": "x"},
        {"entities": [{}]},
        {"inputHint": 8},
        {"localTimestamp": "soon"},
        {"localTimezone": 3},
        {"textFormat": "html"},
    ],
)
def test_what_no_client_could_read_does_not_come_back(site: Line, part: dict[str, Any]) -> None:
    """It goes back as it came, to every client of the conversation."""
    seen = site.sees()
    assert code(site.says("hello", **part)) == (400, "BadArgument")
    assert site.sees() == seen


@pytest.mark.parametrize("mark", ["soon", "-1", "1" * 16, "٣"])
def test_a_malformed_watermark_is_refused(site: Line, mark: str) -> None:
    assert code(site.get(mark)) == (400, "BadArgument")


def test_a_message_has_a_largest_size(site: Line) -> None:
    assert code(site.says("a" * 28_673)) == (413, "MessageSizeTooBig")


def test_an_activity_has_a_largest_size(site: Line) -> None:
    answer = site.says("hello", channelData={"clientActivityID": "a" * 262_144})
    assert code(answer) == (413, "MessageSizeTooBig")


def test_a_token_is_for_one_conversation(desk: Desk, site: Line) -> None:
    other = start(desk, website_token(desk))
    answer = desk.client.get(f"{other.path}/activities", headers=site.headers)
    assert code(answer) == (403, "BadArgument")
    unopened = desk.client.get(site.path, headers=bearer(website_token(desk)))
    assert code(unopened) == (403, "BadArgument")


def test_a_token_starts_its_conversation_once(site: Line) -> None:
    again = site.desk.client.post(f"{ROOT}/conversations", headers=site.headers, json={})
    assert (again.status_code, again.json()["conversationId"]) == (200, site.id)
    assert len(site.sees()["activities"]) == 1


def test_a_secret_gives_tokens_for_conversations_that_are_to_start(desk: Desk) -> None:
    body = {"user": {"id": "dl_ada", "name": "Ada"}}
    asked = desk.client.post(f"{ROOT}/tokens/generate", headers=bearer(secret(desk)), json=body)
    given = asked.json()
    assert (asked.status_code, given["expires_in"]) == (200, 1800)
    line = start(desk, given["token"])
    assert line.id == given["conversationId"]
    line.says("hello")
    own = [each for each in line.sees()["activities"] if each["from"]["role"] == "user"]
    assert own[0]["from"]["id"] == "dl_ada"
    asked = desk.client.post(f"{ROOT}/tokens/generate", headers=line.headers)
    assert code(asked) == (403, "BadArgument")


def test_a_token_is_renewed_for_the_same_conversation(site: Line) -> None:
    given = site.desk.client.post(f"{ROOT}/tokens/refresh", headers=site.headers).json()
    assert given["conversationId"] == site.id
    renewed = Line(site.desk, {**site.begun, **given})
    assert renewed.sees()["activities"]


def test_a_secret_is_not_renewed(desk: Desk) -> None:
    answer = desk.client.post(f"{ROOT}/tokens/refresh", headers=bearer(secret(desk)))
    assert code(answer) == (403, "BadArgument")


def test_a_token_expires(site: Line) -> None:
    site.desk.advance("PT29M")
    assert site.get().status_code == 200
    site.desk.advance("PT1M")
    for answer in (site.get(), site.says("hello"), site.again()):
        assert code(answer) == (403, "TokenExpired")


@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        ({}, (401, "Unauthorized")),
        ({"authorization": "Basic dGVzdA=="}, (401, "Unauthorized")),
        ({"authorization": "Bearer guessed"}, (401, "Unauthorized")),
    ],
)
def test_nobody_enters_without_a_token(
    site: Line, headers: dict[str, str], refused: tuple[int, str]
) -> None:
    answer = site.desk.client.get(f"{site.path}/activities", headers=headers)
    assert code(answer) == refused


def test_a_token_of_the_desk_opens_no_conversation(desk: Desk) -> None:
    answer = desk.client.post(f"{ROOT}/conversations", headers=desk.as_user("Mia"), json={})
    assert code(answer) == (403, "BadArgument")


def test_whoever_a_client_calls_its_user_is_nobody_at_the_desk(desk: Desk) -> None:
    ben = desk.as_user("Ben")
    claims = jwt.decode(ben["authorization"].split()[1], options={"verify_signature": False})
    body = {"user": {"id": claims["sub"]}}
    asked = desk.client.post(f"{ROOT}/tokens/generate", headers=bearer(secret(desk)), json=body)
    for token in (asked.json()["token"], start(desk, secret(desk), **body).begun["token"]):
        place = f"/workspace/{desk.id}/api/notifications"
        assert desk.client.get(place, headers=ben).status_code == 200
        assert desk.client.get(place, headers=bearer(token)).status_code == 401


def test_a_bot_that_is_not_there_has_no_website(desk: Desk) -> None:
    place = f"/website/{desk.id}/powervirtualagents/botsbyschema/gone/directline/token"
    assert desk.client.get(place).status_code == 404


def test_a_session_belongs_to_a_conversation(site: Line) -> None:
    place = f"{ROOT}/session/getsessionid"
    answer: httpx.Response = site.desk.client.get(place, headers=site.headers)
    assert answer.json()["sessionId"] in answer.headers["set-cookie"]
    assert site.desk.client.get(place, headers=site.headers).json() == answer.json()


def test_pages_of_other_origins_may_speak_it(desk: Desk) -> None:
    wanted = "authorization,content-type,x-ms-bot-agent,x-requested-with"
    answer = desk.client.options(
        f"{ROOT}/conversations",
        headers={
            "origin": "https://shop.example",
            "access-control-request-method": "POST",
            "access-control-request-headers": wanted,
        },
    )
    assert answer.headers["access-control-allow-origin"] == "https://shop.example"
    assert answer.headers["access-control-allow-headers"] == wanted
