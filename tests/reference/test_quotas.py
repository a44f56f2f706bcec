"""What the bots of an environment take in a minute, on every way that leads to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from harness.reference.operations.organisations import World
from tests.reference import customer
from tests.reference.site import Client, Site, refusal

MOST = 3


@pytest.fixture
def small(served: tuple[Client, World]) -> Site:
    """An organisation whose bots take few messages."""
    return Site(*served, "web-app", messages_a_minute=MOST)


def pass_a_minute(site: Site) -> None:
    path = f"/control/organisations/{site.id}/clock"
    site.client.request("POST", path, json={"advance": "PT1M"})


def in_the_chat(site: Site) -> Callable[[], Any]:
    chat = customer.Client(site)
    return lambda: chat.say("opening hours")


def over_direct_line(site: Site) -> Callable[[], Any]:
    secret = {"Authorization": f"Bearer {site.shown['channel']['secret']}"}
    begun = site.ask(None, "POST", "/v3/directline/conversations", secret, json={}).json()
    token = {"Authorization": f"Bearer {begun['token']}"}
    path = f"/v3/directline/conversations/{begun['conversationId']}/activities"
    said = {"type": "message", "from": {"id": "ada"}, "text": "opening hours"}
    return lambda: site.ask(None, "POST", path, token, json=said)


def to_the_engine(site: Site) -> Callable[[], Any]:
    path = "/copilotstudio/{org}/bots/{bot}/conversations"
    id = site.ask("Noah", "POST", path, json={}).headers["x-ms-conversationid"]
    said = {"activity": {"type": "message", "text": "opening hours"}}
    return lambda: site.ask("Noah", "POST", f"{path}/{id}", json=said)


@pytest.mark.parametrize("way", [in_the_chat, over_direct_line, to_the_engine])
def test_one_more_than_a_minute_allows_is_told_when_to_come_again(
    small: Site, way: Callable[[Site], Callable[[], Any]]
) -> None:
    says = way(small)
    assert all(says().status_code < 300 for _ in range(MOST))
    refused = says()
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "60")
    assert "3 times within a minute" in refused.json()["error"]["message"]
    pass_a_minute(small)
    assert says().status_code < 300


def test_what_is_refused_is_not_kept_and_may_be_sent_again(small: Site) -> None:
    chat, other = customer.Client(small), customer.Client(small)
    ids = [str(uuid4()) for _ in range(MOST + 1)]
    kept = [chat.say("opening hours", clientMessageId=id).json() for id in ids[:MOST]]
    seen = chat.messages()
    assert refusal(chat.say("one more", clientMessageId=ids[MOST])) == (429, "TooManyCalls")
    assert refusal(other.say("opening hours"))[0] == 429, "the environment is one"
    assert chat.messages() == seen
    assert chat.say("opening hours", clientMessageId=ids[0]).json() == kept[0], "known already"
    pass_a_minute(small)
    assert chat.say("one more", clientMessageId=ids[MOST]).status_code == 201


def test_people_take_as_many_as_they_like(small: Site) -> None:
    chat = customer.Client(small)
    chat.meets()
    assert {chat.say("Thank you").status_code for _ in range(MOST * 2)} == {201}


def test_eight_hundred_are_usual(site: Site) -> None:
    assert site.world.find(site.id).tenant.messages_a_minute == 800


@pytest.mark.parametrize("most", [0, -1, 1_000_001, 1.5, "3", None])
def test_a_plan_with_no_rate_is_refused(served: tuple[Client, World], most: object) -> None:
    plan = {"messages_a_minute": most}
    answer = served[0].request("POST", "/control/organisations", json=plan)
    assert refusal(answer) == (400, "MalformedBody")
    assert "messages_a_minute" in answer.text


def test_a_question_too_many_for_agents_says_when_to_ask_again(site: Site) -> None:
    chat = customer.Client(site)
    answers = [chat.connector("POST", "auth/getagentavailability", {}) for _ in range(101)]
    assert (answers[-1].status_code, answers[-1].headers["retry-after"]) == (429, "60")
