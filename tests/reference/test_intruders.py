"""Nobody reads or changes what is not theirs by guessing ids, on any route that there is.

The routes are those of the application, so a new one is tried by itself. An intruder knows every id
of the other organisation or chat, and none of its secrets: tokens, and the request ids by which a
chat without a sign-in is known to the page that began it.
"""

from __future__ import annotations

import pytest

from harness.reference.operations.organisations import World
from tests.reference.prey import MARK, Caller, Hunt, Way
from tests.reference.site import Client

LISTED, UNLISTED = "https://shop.example.test", "https://elsewhere.example.test"
INTRUDERS = (
    "nobody",
    "somebody of another organisation with every role",
    "another customer",
    "a customer of another organisation",
    "a visitor of another conversation",
    "another organisation's channel",
    "another bot",
)


@pytest.fixture(scope="module")
def hunt(served: tuple[Client, World]) -> Hunt:
    return Hunt(*served)


def leaks(hunt: Hunt, caller: Caller, routes: list[Way]) -> list[str]:
    """The addresses whose answers hold what is marked; none may be a defect either."""
    found = []
    for address, answer in hunt.answers(caller, routes):
        assert answer.status_code < 500, (address, answer.text)
        told = f"{answer.text} {answer.headers}"
        if MARK in told.replace(address.partition(" ")[2], ""):
            found.append(address)
    return found


def test_everybody_who_may_finds_it(hunt: Hunt, routes: list[Way]) -> None:
    """Without this, the others would prove nothing: what is marked can be read on many routes."""
    asking = [way for way in routes if way.method == "GET"]
    found = {owner.name: leaks(hunt, owner, asking) for owner in hunt.owners()}
    assert all(found.values()), found
    assert len(set().union(*found.values())) > 20


@pytest.mark.parametrize("name", INTRUDERS)
def test_nobody_else_reads_or_changes_anything(hunt: Hunt, routes: list[Way], name: str) -> None:
    before = hunt.alpha.state()
    assert leaks(hunt, hunt.intruders[name], routes) == []
    assert hunt.alpha.state() == before


def test_the_intruders_are_all_tried(hunt: Hunt) -> None:
    assert set(INTRUDERS) == set(hunt.intruders)


def test_what_has_expired_opens_nothing(hunt: Hunt, routes: list[Way]) -> None:
    owners, asking = list(hunt.owners()), [way for way in routes if way.method == "GET"]
    hunt.alpha.site.do(None, "POST", "/control/organisations/{org}/clock", {"advance": "P366D"})
    for owner in owners:
        assert leaks(hunt, owner, asking) == [], owner.name


def test_only_pages_of_listed_domains_read_what_a_widget_is_answered(
    hunt: Hunt, routes: list[Way]
) -> None:
    """On every route of the customer's wire that names the organisation, preflights included."""
    settings = {"domains": ["shop.example.test"]}
    hunt.beta.do("Olga", "PATCH", "/admin/{org}/api/widget", settings)
    thread = f"19:{hunt.beta.id.replace('-', '')}-0@thread.v2"
    known = {"org": hunt.beta.id, "thread": thread, "id": thread}
    places = ("/livechatconnector/", "/chat/threads/", "/v1/objects/", "/survey/")
    tried = [
        (way, way.filled(known))
        for way in routes
        if way.path.startswith(places) and {"org", "thread", "id"} & set(way.names)
    ]
    assert len(tried) > 60
    for way, address in tried:
        for method in (way.method, "OPTIONS"):
            for origin, takes in ((LISTED, True), (UNLISTED, "/config/" in address)):
                headers = {"origin": origin, "access-control-request-method": way.method}
                answer = hunt.client.request(method, address, headers=headers)
                told = answer.headers.get("access-control-allow-origin")
                assert told == (origin if takes else None), (method, address, origin)
