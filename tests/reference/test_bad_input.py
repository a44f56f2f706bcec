"""Every bad input against every JSON surface."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import uuid4

import pytest

from harness.reference.app import application
from harness.reference.operations.organisations import World
from harness.reference.operations.tokens import issue
from harness.reference.store.sqlite import SqliteStore
from harness.reference.web.bodies import LARGEST
from harness.reference.web.switchboard import Switchboard
from tests.reference.site import NOWHERE, Client, Site, refusal

CHANGES: list[tuple[str | None, str, str]] = [
    (None, "POST", "/control/organisations"),
    (None, "POST", "/control/organisations/{org}/clock"),
    (None, "PUT", "/control/organisations/{org}/faults"),
    ("Mia", "POST", "/portal/{org}/api/bots"),
    ("Mia", "PATCH", "/portal/{org}/api/bots/{bot}"),
    ("Mia", "PUT", "/portal/{org}/api/bots/{bot}/topics/New"),
    ("Mia", "POST", "/portal/{org}/api/bots/{bot}/publish"),
    ("Mia", "PUT", "/portal/{org}/api/bots/{bot}/connection"),
    ("Mia", "DELETE", "/portal/{org}/api/bots/{bot}/connection"),
    ("Pia", "POST", "/platform/{org}/api/environments"),
    ("Pia", "PATCH", "/platform/{org}/api/environments/{environment}"),
    ("Pia", "PUT", "/platform/{org}/api/environments/{environment}/extensions/x"),
    ("Pia", "POST", "/platform/{org}/api/users"),
    ("Pia", "PATCH", "/platform/{org}/api/users/Noah"),
    ("Mia", "POST", "/azure/{org}/api/app-registrations"),
    ("Olga", "PATCH", "/admin/{org}/api/workstreams/{nowhere}"),
    ("Olga", "POST", "/admin/{org}/api/queues"),
    ("Ben", "PUT", "/workspace/{org}/api/presence"),
    ("Ben", "POST", "/workspace/{org}/api/conversations/{nowhere}/accept"),
    ("Ben", "POST", "/workspace/{org}/api/conversations/{nowhere}/messages"),
    ("Sam", "POST", "/workspace/{org}/api/ongoing/{nowhere}/close"),
    (None, "POST", "/telephony/{org}/api/calls"),
    (None, "POST", "/telephony/{org}/api/calls/{nowhere}/speech"),
    (None, "POST", "/telephony/{org}/api/calls/{nowhere}/tones"),
    (None, "POST", "/telephony/{org}/api/calls/{nowhere}/hang-up"),
]


async def chunked(body: bytes) -> AsyncIterator[bytes]:
    """A body that does not announce how long it is."""
    yield body


MALFORMED = {
    "no JSON": b"{",
    "a bare word": b"hello",
    "no UTF-8": b'{"a": "\xff"}',
    "half a surrogate": rb'{"a": "\ud800"}',
    "another type": b"7",
    "too deep": b"[" * 100_000,
    "a huge number": b"1" * 10_000,
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED.keys())
@pytest.mark.parametrize(("who", "method", "path"), CHANGES)
def test_malformed_json_is_refused(
    site: Site, who: str | None, method: str, path: str, body: bytes
) -> None:
    assert refusal(site.ask(who, method, path, content=body)) == (400, "MalformedBody")


@pytest.mark.parametrize(("who", "method", "path"), CHANGES)
def test_an_oversized_body_is_refused(site: Site, who: str | None, method: str, path: str) -> None:
    body = b" " * (LARGEST + 1)
    assert refusal(site.ask(who, method, path, content=body)) == (413, "BodyTooLarge")
    assert refusal(site.ask(who, method, path, content=chunked(body))) == (413, "BodyTooLarge")


@pytest.mark.parametrize(("who", "method", "path"), CHANGES)
def test_an_unknown_organisation_is_not_found(
    site: Site, who: str | None, method: str, path: str
) -> None:
    if "{org}" in path:
        elsewhere = path.replace("{org}", NOWHERE)
        assert refusal(site.ask(who, method, elsewhere, json={})) == (404, "NotFound")


@pytest.mark.parametrize(("who", "method", "path"), [row for row in CHANGES if row[0]])
def test_a_change_needs_a_token(site: Site, who: str, method: str, path: str) -> None:
    assert refusal(site.ask(None, method, path, json={})) == (401, "NotSignedIn")


QUESTIONS = [
    ("Mia", "/portal/{org}/api/bots"),
    ("Mia", "/portal/{org}/api/bots/{bot}"),
    ("Mia", "/portal/{org}/api/bots/{bot}/topics"),
    ("Mia", "/portal/{org}/api/bots/{bot}/sessions"),
    ("Pia", "/platform/{org}/api/environments"),
    ("Pia", "/platform/{org}/api/environments/{environment}"),
    ("Pia", "/platform/{org}/api/users"),
    ("Mia", "/azure/{org}/api/app-registrations"),
    ("Olga", "/admin/{org}/api/application-users"),
    ("Olga", "/admin/{org}/api/workstreams"),
    ("Olga", "/admin/{org}/api/queues"),
    ("Ben", "/workspace/{org}/api/presence"),
    ("Ben", "/workspace/{org}/api/notifications"),
    ("Ben", "/workspace/{org}/api/conversations"),
    ("Sam", "/workspace/{org}/api/ongoing"),
]


@pytest.mark.parametrize(("who", "path"), QUESTIONS)
def test_a_question_needs_a_token_that_lives_and_is_of_here(
    site: Site, served: tuple[Client, World], who: str, path: str
) -> None:
    assert refusal(site.ask(None, "GET", path)) == (401, "NotSignedIn")
    organisation = site.world.find(site.id)
    ended = issue(site.world, organisation, "x", lifetime=timedelta(0))
    strange = Site(*served, "web-app").tokens[who]
    customer = issue(site.world, organisation, "8:acs:somebody")
    for token, name in (
        (ended, "TokenExpired"),
        (strange, "NotSignedIn"),
        (customer, "NotSignedIn"),
        ("nonsense", "NotSignedIn"),
        (site.tokens[who] + "x", "NotSignedIn"),
    ):
        site.tokens["X"] = token
        assert refusal(site.ask("X", "GET", path)) == (401, name)


@pytest.mark.parametrize(("who", "path"), QUESTIONS)
def test_a_question_is_for_those_who_may_ask(site: Site, who: str, path: str) -> None:
    other = "Noah" if path.startswith(("/workspace", "/admin")) else "Ben"
    assert refusal(site.ask(other, "GET", path)) == (403, "InsufficientRole")


@pytest.mark.parametrize(
    ("who", "method", "path"),
    [
        ("Mia", "GET", "/portal/{org}/api/bots/{nowhere}"),
        ("Mia", "PUT", "/portal/{org}/api/bots/{nowhere}/connection"),
        ("Mia", "DELETE", "/portal/{org}/api/bots/{bot}/topics/None"),
        ("Ben", "GET", "/workspace/{org}/api/conversations/{nowhere}"),
        ("Ben", "POST", "/workspace/{org}/api/conversations/{nowhere}/end"),
        ("Sam", "POST", "/workspace/{org}/api/ongoing/{nowhere}/close"),
        (None, "GET", "/telephony/{org}/api/calls/{nowhere}"),
        (None, "POST", "/telephony/{org}/api/calls/{nowhere}/hang-up"),
        (None, "GET", "/nothing/here"),
        (None, "GET", "/control/organisations/%00/faults"),
        ("Mia", "GET", "/portal/{org}/api/bots/" + "x" * 5000),
    ],
)
def test_what_does_not_exist_is_not_found(
    site: Site, who: str | None, method: str, path: str
) -> None:
    assert refusal(site.ask(who, method, path)) == (404, "NotFound")


@pytest.mark.parametrize("path", sorted({path for _, _, path in CHANGES}))
def test_a_wrong_method_is_refused(site: Site, path: str) -> None:
    assert refusal(site.ask("Mia", "TRACE", path)) == (405, "MethodNotAllowed")


@pytest.mark.parametrize(
    ("method", "path", "body", "expected"),
    [
        ("POST", "/control/organisations", {"generation": "next"}, "MalformedBody"),
        ("POST", "/control/organisations", {"surprise": 1}, "MalformedBody"),
        ("POST", "/control/organisations", {"faults": ["none"]}, "UnknownFault"),
        ("POST", "/control/organisations", {"now": "2026-03-02T09:00:00"}, "MalformedBody"),
        ("POST", "/control/organisations", {"now": "9999-12-31T23:59:59Z"}, "Malformed"),
        ("POST", "/control/organisations", {"id": "x"}, "Malformed"),
        ("PUT", "/control/organisations/{org}/faults", ["none"], "UnknownFault"),
        ("POST", "/control/organisations/{org}/clock", {"advance": "-PT1M"}, "TimeRunsForward"),
        ("POST", "/control/organisations/{org}/clock", {"advance": "P401D"}, "MalformedBody"),
        ("POST", "/control/organisations/{org}/clock", {"advance": "soon"}, "MalformedBody"),
        ("POST", "/control/organisations/{org}/clock", {}, "MalformedBody"),
    ],
)
def test_control_refuses_nonsense(
    site: Site, method: str, path: str, body: object, expected: str
) -> None:
    assert refusal(site.ask(None, method, path, json=body)) == (400, expected)


@pytest.mark.parametrize("digits", ["", "abc", "1 2", "\u0661", "1\n"])
def test_keys_that_no_telephone_has_are_refused(classic_site: Site, digits: str) -> None:
    numbers = {"from": "+15550100001", "to": classic_site.shown["phone"]["organisation"]}
    call = classic_site.do(None, "POST", "/telephony/{org}/api/calls", numbers, 201)
    tones = f"/telephony/{{org}}/api/calls/{call['id']}/tones"
    pressed = classic_site.ask(None, "POST", tones, json={"digits": digits})
    assert refusal(pressed) == (400, "MalformedBody")


def test_a_topic_without_a_name_is_refused(site: Site) -> None:
    path = "/portal/{org}/api/bots/{bot}/topics/"
    [topic, *_] = site.get("Mia", "/portal/{org}/api/bots/{bot}/topics")["value"]
    written = site.ask("Mia", "PUT", path, json={"content": topic["content"]})
    assert refusal(written) == (400, "MalformedBody")


def test_an_organisation_can_be_given_its_id_once(site: Site) -> None:
    id = str(uuid4())
    assert site.do(None, "POST", "/control/organisations", {"id": id}, 201)["id"] == id
    twice = site.ask(None, "POST", "/control/organisations", json={"id": id})
    assert refusal(twice) == (400, "Malformed")


def test_a_token_expires_on_the_organisations_clock(site: Site) -> None:
    path = f"/control/organisations/{site.id}/clock"
    site.do(None, "POST", path, {"advance": "P366D"})
    refused = site.ask("Ben", "GET", "/workspace/{org}/api/presence")
    assert refusal(refused) == (401, "TokenExpired")


def test_a_page_asks_with_its_cookie(site: Site) -> None:
    answer = site.client.request(
        "GET",
        f"/workspace/{site.id}/api/presence",
        headers={"Cookie": f"handoff={site.tokens['Ben']}"},
    )
    assert answer.json() == {"presence": "Offline"}


def test_hostile_texts_are_kept_as_they_are(site: Site) -> None:
    name = "<script>\x00'\";DROP TABLE records;--\u202e🏔"
    made = site.do("Mia", "POST", "/portal/{org}/api/bots", {"name": name}, 201)
    assert site.get("Mia", f"/portal/{{org}}/api/bots/{made['id']}")["name"] == name


def test_without_control_there_is_no_such_surface() -> None:
    store = SqliteStore()
    world = World(store, Switchboard(), "https://testserver")
    client = Client(application(world))
    assert client.request("GET", "/control/faults").status_code == 404
    client.close()
    store.close()
