"""Direct to the engine: who may speak in which conversation, and what each answer holds."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest

from harness.reference.operations import customers
from tests.reference.site import NOWHERE, Site, refusal


class Caller:
    """Somebody with a token, before one of the two addresses."""

    def __init__(self, site: Site, place: str, token: str) -> None:
        self._site = site
        self._place = f"/copilotstudio/{site.id}/{place}/conversations"
        self._headers = {"authorization": f"Bearer {token}"}

    def asks(self, method: str, path: str = "", body: Any = None, **headers: str) -> Any:
        sent = self._headers | {name.replace("_", "-"): value for name, value in headers.items()}
        url = f"{self._place}{path}?api-version=2022-03-01-preview"
        return self._site.client.request(method, url, json=body, headers=sent)

    def starts(self, **asked: object) -> tuple[str, list[dict[str, Any]]]:
        """The conversation's id, and the greeting."""
        answer = self.asks("POST", body=asked)
        assert answer.status_code == 200, answer.text
        return answer.headers["x-ms-conversationid"], activities(answer)

    def says(self, id: str, text: str) -> Any:
        return self.asks("POST", f"/{id}", {"activity": {"type": "message", "text": text}})


def activities(answer: Any) -> list[dict[str, Any]]:
    """The activities of a stream of events, which ends as it should."""
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.text.endswith("event: end\ndata: end\n\n")
    lines = answer.text.splitlines()
    return [json.loads(line[6:]) for line in lines if line.startswith("data: {")]


@pytest.fixture
def noah(site: Site) -> Caller:
    return Caller(site, f"bots/{site.shown['bot']['id']}", site.tokens["Noah"])


@pytest.fixture
def channel(site: Site) -> Caller:
    return Caller(site, "channel", site.shown["channel"]["secret"])


def test_a_turn_has_the_answer_and_not_the_question(noah: Caller) -> None:
    id, greeting = noah.starts(locale="en-us", emitStartConversationEvent=True)
    assert [activity["conversation"]["id"] for activity in greeting] == [id]
    answered = activities(noah.says(id, "opening hours"))
    assert {activity["from"]["role"] for activity in answered} == {"bot"}
    passing = noah.asks("POST", f"/{id}", {"activity": {"type": "typing"}})
    assert activities(passing) == []


def test_a_client_may_choose_the_id_and_starts_once(noah: Caller) -> None:
    wanted = str(uuid4())
    assert noah.starts(conversationId=wanted)[0] == wanted
    assert noah.starts(conversationId=wanted) == (wanted, [])
    refused = noah.asks("POST", body={"conversationId": "mine"})
    assert refusal(refused) == (400, "MalformedBody")


def test_nobody_else_has_a_conversation(site: Site, noah: Caller, channel: Caller) -> None:
    id, _ = noah.starts()
    mia = Caller(site, f"bots/{site.shown['bot']['id']}", site.tokens["Mia"])
    for stranger in (mia, channel):
        assert refusal(stranger.says(id, "opening hours")) == (404, "NotFound")
        assert refusal(stranger.asks("GET", f"/{id}/subscribe")) == (404, "NotFound")
        assert refusal(stranger.asks("POST", body={"conversationId": id})) == (404, "NotFound")
    held, _ = channel.starts()
    assert refusal(noah.says(held, "hello")) == (404, "NotFound")


def test_a_chat_of_the_widget_is_none_of_the_channels(site: Site, channel: Caller) -> None:
    request = str(uuid4())
    chat = customers.start(site.world.find(site.id), request, customers.Opening(name="Ada"))
    for id in (request, chat.id, chat.thread, NOWHERE):
        assert refusal(channel.says(id, "hello"))[0] == 404
    assert refusal(channel.asks("POST", body={"conversationId": request})) == (404, "NotFound")
    assert customers.history(site.world.find(site.id), chat.thread)[-1].text != "hello"


@pytest.mark.parametrize(
    "body", [{}, {"activity": {}}, {"activity": {"type": "message"}}, {"activity": "hello"}, []]
)
def test_a_malformed_turn_is_refused(noah: Caller, body: object) -> None:
    id, _ = noah.starts()
    assert refusal(noah.asks("POST", f"/{id}", body)) == (400, "MalformedBody")


def test_an_event_id_that_was_never_given_is_refused(noah: Caller) -> None:
    id, _ = noah.starts()
    answer = noah.asks("GET", f"/{id}/subscribe", last_event_id="never")
    assert refusal(answer) == (400, "MalformedBody")


def test_a_token_of_another_organisation_opens_nothing(site: Site, noah: Caller) -> None:
    other = Site(site.client, site.world, "web-app")
    place = f"bots/{site.shown['bot']['id']}"
    assert refusal(Caller(site, place, other.tokens["Noah"]).asks("POST", body={}))[0] == 401
    secret = other.shown["channel"]["secret"]
    assert refusal(Caller(site, "channel", secret).asks("POST", body={}))[0] == 401
    assert refusal(Caller(site, "channel", site.tokens["Mia"]).asks("POST", body={}))[0] == 401
    gone = Caller(site, f"bots/{NOWHERE}", site.tokens["Noah"])
    assert refusal(gone.asks("POST", body={})) == (404, "NotFound")
