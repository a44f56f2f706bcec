"""The connection over JSON: what it looks like, and how each refusal is told."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from harness.reference.operations.organisations import World
from tests.reference.site import Client, Site, refusal

BOT = "/portal/{org}/api/bots/{bot}"
PLACE = BOT + "/connection"
KEYS = {
    *("state", "environment", "environment_name", "application_id", "application_user"),
    *("view_url", "teams_channel", "warnings", "notice", "verification", "legacy_display"),
    *("analytics_available", "next"),
}


@pytest.fixture
def preview_site(served: tuple[Client, World]) -> Site:
    return Site(*served, "preview")


def new(site: Site, name: str = "Second") -> str:
    made = site.do("Mia", "POST", "/portal/{org}/api/bots", {"name": name}, 201)
    return PLACE.replace("{bot}", made["id"])


def home(site: Site) -> str:
    [first, *_] = site.get("Mia", "/portal/{org}/api/environments")["value"]
    return str(first["id"])


def register(site: Site) -> str:
    path = "/azure/{org}/api/app-registrations"
    return str(site.do("Mia", "POST", path, {"name": "Alpine"}, 201)["application_id"])


def selected(site: Site) -> str:
    """The place of a new bot's connection, with everything done but the commit."""
    place = new(site)
    site.do("Mia", "POST", f"{place}/enable", {"acknowledged": True})
    site.do("Mia", "PUT", f"{place}/environment", {"environment": home(site)})
    return place


def test_a_connection_has_the_documented_keys(
    site: Site, classic_site: Site, preview_site: Site
) -> None:
    for each in (site, classic_site, preview_site):
        shown = each.get("Mia", PLACE)
        assert set(shown) == KEYS
        assert shown == each.get("Mia", BOT)["connection"]
        user = shown["application_user"]
        assert (user["user_type"], user["security_roles"]) == (
            "Bot application user",
            ["Omnichannel agent"],
        )
        assert each.get("Olga", "/admin/{org}/api/bots/{bot}")["connection"] == shown


def test_a_duplicate_has_the_documented_code(classic_site: Site, preview_site: Site) -> None:
    for site in (classic_site, preview_site):
        taken = site.get("Mia", PLACE)["application_id"]
        place = selected(site)
        answer = site.ask("Mia", "PUT", place, json={"application_id": taken})
        error = answer.json()["error"]
        assert answer.status_code == 409
        assert error.pop("message")
        assert error == {
            "code": 1004,
            "name": "DuplicateBotAppId",
            "reason": "ApplicationIdInUse",
            "conflictingBotId": site.shown["bot"]["id"],
        }


def test_the_whole_procedure_of_classic(classic_site: Site) -> None:
    site, place = classic_site, selected(classic_site)
    body = {"application_id": register(site)}
    connected = site.do("Mia", "PUT", place, body)
    assert (connected["state"], connected["application_id"]) == ("connected", *body.values())
    assert site.do("Mia", "PUT", place, body) == connected
    assert not site.do("Mia", "POST", f"{place}/refresh")["verification"]["succeeded"]
    assert site.do("Mia", "POST", f"{place}/disable")["state"] == "disabled"
    assert site.do("Mia", "POST", f"{place}/enable")["state"] == "connected"
    assert site.do("Mia", "DELETE", place)["application_user"]["disabled"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, (400, "ApplicationIdMalformed")),
        ({"application_id": "x"}, (400, "ApplicationIdMalformed")),
        ({"application_id": 7}, (400, "MalformedBody")),
        ({"application_id": str(uuid4())}, (400, "ApplicationNotRegistered")),
    ],
)
def test_an_application_id_that_is_none(
    classic_site: Site, body: dict[str, Any], expected: tuple[int, str]
) -> None:
    place = selected(classic_site)
    answer = classic_site.ask("Mia", "PUT", place, json=body)
    assert refusal(answer) == expected
    assert answer.json()["error"]["code"] is None


def test_environments_that_cannot_be_chosen(classic_site: Site) -> None:
    site, place = classic_site, f"{selected(classic_site)}/environment"
    bare = next(each for each in site.shown["environments"] if not each["home"])["id"]
    for environment, expected in (
        ("nowhere", (404, "NotFound")),
        (bare, (409, "OmnichannelNotProvisioned")),
    ):
        answer = site.ask("Mia", "PUT", place, json={"environment": environment})
        assert refusal(answer) == expected
    assert refusal(site.ask("Mia", "PUT", place, json={})) == (400, "MalformedBody")


def test_steps_that_are_not_offered_or_not_yet(site: Site, classic_site: Site) -> None:
    for path in ("/enable", "/refresh", "/disable"):
        answer = site.ask("Mia", "POST", PLACE + path, json={})
        assert refusal(answer) == (409, "NotOffered")
    place = new(classic_site)
    for method, path, name in (
        ("PUT", "", "NotEnabled"),
        ("POST", "/refresh", "NotConnected"),
        ("DELETE", "", "NotConnected"),
    ):
        answer = classic_site.ask("Mia", method, place + path, json={})
        assert refusal(answer) == (409, name)
    assert refusal(classic_site.ask("Ben", "GET", place)) == (403, "InsufficientRole")
    assert refusal(classic_site.ask(None, "GET", place)) == (401, "NotSignedIn")


def test_omnichannels_analytics_of_a_bot_in_another_environment(classic_site: Site) -> None:
    site, path = classic_site, "/admin/{org}/api/bots/{bot}/analytics"
    assert site.get("Olga", path)["total"] == 0
    away = next(each for each in site.shown["environments"] if not each["home"])["id"]
    shown = site.do("Mia", "PATCH", BOT, {"environment": away})
    assert not shown["connection"]["analytics_available"]
    assert [each["id"] for each in shown["connection"]["warnings"]] == ["missingExtensions"]
    assert refusal(site.ask("Olga", "GET", path)) == (409, "AnalyticsUnavailable")


def test_the_teams_channel_is_switched_by_a_maker(classic_site: Site) -> None:
    shown = classic_site.do("Mia", "PATCH", BOT, {"teams_channel": False})
    assert (shown["teams_channel"], shown["connection"]["teams_channel"]) == (False, False)
