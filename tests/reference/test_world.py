"""The world around a bot: environments, licences, extensions, people, applications."""

from __future__ import annotations

from itertools import chain, combinations
from typing import Any
from uuid import UUID

import pytest

from tests.reference.site import Client, Site, refusal

ENVIRONMENTS = "/platform/{org}/api/environments"
USERS = "/platform/{org}/api/users"
APPLICATIONS = "/azure/{org}/api/app-registrations"
TELEPHONY = "Power Virtual Agents telephony extension"
OMNICHANNEL = "Omnichannel Power Virtual Agents extension"
VOICE = "Omnichannel Voice Power Virtual Agents extension"
ROLES = ("OC_Admin", "Bot Author", "System Administrator", "Omnichannel administrator")


def environments(site: Site) -> dict[str, dict[str, Any]]:
    """The environments by name, as Pia sees them."""
    return {each["name"]: each for each in site.get("Pia", ENVIRONMENTS)["value"]}


def extension(site: Site, environment: str, name: str) -> str:
    return f"{ENVIRONMENTS}/{environments(site)[environment]['id']}/extensions/{name}"


def test_a_fresh_organisation_has_two_environments_and_one_desk(site: Site) -> None:
    production, development = environments(site).values()
    assert production["id"] == site.shown["environment"]
    assert (production["name"], development["name"]) == ("Production", "Development")
    assert (production["home"], development["home"]) == (True, False)
    assert (production["omnichannel"], development["omnichannel"]) == (True, False)
    assert production["extensions"] == [TELEPHONY, OMNICHANNEL, VOICE]
    assert development["extensions"] == []
    assert development["licences"] == ["Power Virtual Agents"]
    assert production["region"] == development["region"]
    assert site.shown["environments"] == [production, development]


def test_an_environment_is_made_and_changed(site: Site) -> None:
    made = site.do("Pia", "POST", ENVIRONMENTS, {"name": " North ", "region": "Canada"}, 201)
    assert (made["name"], made["region"], made["omnichannel"]) == ("North", "Canada", False)
    one = f"{ENVIRONMENTS}/{made['id']}"
    changed = site.do("Pia", "PATCH", one, {"name": "South", "region": "India"})
    assert (changed["name"], changed["region"]) == ("South", "India")
    assert site.get("Pia", one) == changed


def test_omnichannel_brings_licences_and_extensions(site: Site) -> None:
    one = f"{ENVIRONMENTS}/{environments(site)['Development']['id']}"
    with_it = site.do("Pia", "PATCH", one, {"omnichannel": True})
    assert len(with_it["licences"]) == 3
    assert with_it["extensions"] == [TELEPHONY, OMNICHANNEL, VOICE]
    without = site.do("Pia", "PATCH", one, {"omnichannel": False, "licences": []})
    assert (without["omnichannel"], without["licences"]) == (False, [])
    assert without["extensions"] == with_it["extensions"]


def test_what_the_same_change_says_of_licences_holds(site: Site) -> None:
    one = f"{ENVIRONMENTS}/{environments(site)['Development']['id']}"
    licences = ["Chat Add-in for Dynamics 365 Customer Service"]
    changed = site.do("Pia", "PATCH", one, {"omnichannel": True, "licences": licences * 2})
    assert changed["licences"] == licences


def test_extensions_are_installed_and_removed_in_order(site: Site) -> None:
    def refused(method: str, name: str) -> tuple[int, str]:
        return refusal(site.ask("Pia", method, extension(site, "Development", name)))

    assert refused("PUT", VOICE) == (409, "InstallOrder")
    site.do("Pia", "PUT", extension(site, "Development", OMNICHANNEL))
    assert refused("PUT", VOICE) == (409, "InstallOrder")
    site.do("Pia", "PUT", extension(site, "Development", TELEPHONY))
    assert environments(site)["Development"]["extensions"] == [TELEPHONY, OMNICHANNEL]
    site.do("Pia", "PUT", extension(site, "Development", VOICE))
    assert refused("DELETE", TELEPHONY) == (409, "InstallOrder")
    assert refused("DELETE", OMNICHANNEL) == (409, "InstallOrder")
    assert environments(site)["Development"]["extensions"] == [TELEPHONY, OMNICHANNEL, VOICE]
    for name in (VOICE, TELEPHONY, OMNICHANNEL):
        site.do("Pia", "DELETE", extension(site, "Development", name))
    assert environments(site)["Development"]["extensions"] == []


@pytest.mark.parametrize("name", [TELEPHONY, OMNICHANNEL])
def test_installing_or_removing_twice_changes_nothing(site: Site, name: str) -> None:
    path = extension(site, "Development", name)
    once = site.do("Pia", "PUT", path)
    assert site.do("Pia", "PUT", path) == once
    gone = site.do("Pia", "DELETE", path)
    assert site.do("Pia", "DELETE", path) == gone


@pytest.mark.parametrize(
    ("body", "refused"),
    [
        ({"name": ""}, (400, "MalformedBody")),
        ({"name": " \t"}, (400, "MalformedBody")),
        ({"name": "x" * 101}, (400, "MalformedBody")),
        ({"name": "production"}, (409, "NameTaken")),
        ({"name": "North", "region": " "}, (400, "MalformedBody")),
        ({"name": "North", "regoin": "Europe"}, (400, "MalformedBody")),
        ({"name": "North", "omnichannel": "yes"}, (400, "MalformedBody")),
        ({}, (400, "MalformedBody")),
    ],
)
def test_an_environment_that_cannot_be_is_not_made(
    site: Site, body: dict[str, object], refused: tuple[int, str]
) -> None:
    assert refusal(site.ask("Pia", "POST", ENVIRONMENTS, json=body)) == refused
    assert list(environments(site)) == ["Production", "Development"]


@pytest.mark.parametrize(
    ("body", "refused"),
    [
        ({"name": "PRODUCTION"}, (409, "NameTaken")),
        ({"licences": ["Power Virtual Agent"]}, (400, "MalformedBody")),
        ({"omnichannel": True, "region": ""}, (400, "MalformedBody")),
        ({"extensions": []}, (400, "MalformedBody")),
    ],
)
def test_a_refused_change_leaves_an_environment_as_it_was(
    site: Site, body: dict[str, object], refused: tuple[int, str]
) -> None:
    before = environments(site)
    one = f"{ENVIRONMENTS}/{before['Development']['id']}"
    assert refusal(site.ask("Pia", "PATCH", one, json=body)) == refused
    assert environments(site) == before


def test_what_was_meant_is_named(site: Site) -> None:
    one = f"{ENVIRONMENTS}/{environments(site)['Development']['id']}"
    answer = site.ask("Pia", "PATCH", one, json={"licences": ["Power Virtual Agent"]})
    assert "did you mean 'Power Virtual Agents'?" in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"{ENVIRONMENTS}/{{nowhere}}"),
        ("PATCH", f"{ENVIRONMENTS}/{{nowhere}}"),
        ("PUT", f"{ENVIRONMENTS}/{{nowhere}}/extensions/{OMNICHANNEL}"),
        ("DELETE", f"{ENVIRONMENTS}/{{nowhere}}/extensions/{OMNICHANNEL}"),
        ("PATCH", f"{USERS}/Nobody"),
        ("GET", f"{APPLICATIONS}/{{nowhere}}"),
    ],
)
def test_what_is_not_there_is_not_found(site: Site, method: str, path: str) -> None:
    body = {"roles": []} if path.startswith(USERS) else {}
    assert refusal(site.ask("Pia", method, path, json=body)) == (404, "NotFound")


def test_an_unknown_extension_is_not_found(site: Site) -> None:
    answer = site.ask("Pia", "PUT", extension(site, "Development", OMNICHANNEL[:-1]))
    assert refusal(answer) == (404, "NotFound")
    assert OMNICHANNEL in answer.json()["error"]["message"]


SETS = list(chain.from_iterable(combinations(ROLES, size) for size in range(len(ROLES) + 1)))


@pytest.mark.parametrize("roles", SETS, ids=lambda roles: "+".join(roles) or "none")
def test_every_combination_of_roles_can_be_somebody(site: Site, roles: tuple[str, ...]) -> None:
    made = site.do("Pia", "POST", USERS, {"name": "Zoe", "roles": roles}, 201)
    assert set(made["roles"]) == set(roles)
    site.tokens["Zoe"] = made["token"]
    may = 200 if "System Administrator" in roles else 403
    assert site.ask("Zoe", "GET", USERS).status_code == may
    may = 200 if roles else 403
    assert site.ask("Zoe", "GET", APPLICATIONS).status_code == may


def test_roles_hold_from_the_next_request_on(site: Site) -> None:
    assert refusal(site.ask("Noah", "GET", ENVIRONMENTS)) == (403, "InsufficientRole")
    site.do("Pia", "PATCH", f"{USERS}/Noah", {"roles": ["System Administrator"]})
    assert site.ask("Noah", "GET", ENVIRONMENTS).status_code == 200
    site.do("Pia", "PATCH", f"{USERS}/Noah", {"roles": []})
    assert refusal(site.ask("Noah", "GET", ENVIRONMENTS)) == (403, "InsufficientRole")


def test_somebody_remains_who_may_give_roles(site: Site) -> None:
    site.do("Pia", "PATCH", f"{USERS}/Mia", {"roles": ["Bot Author"]})
    answer = site.ask("Pia", "PATCH", f"{USERS}/Pia", json={"roles": ["Bot Author"]})
    assert refusal(answer) == (409, "LastAdministrator")
    people = {user["name"]: user["roles"] for user in site.get("Pia", USERS)["value"]}
    assert people["Pia"] == ["System Administrator"]
    assert people["Mia"] == ["Bot Author"]


@pytest.mark.parametrize(
    ("body", "refused"),
    [
        ({"name": "Zoe", "roles": ["Bot Autor"]}, (400, "MalformedBody")),
        ({"name": "Zoe", "roles": "Bot Author"}, (400, "MalformedBody")),
        ({"name": "Zoe"}, (400, "MalformedBody")),
        ({"name": "  ", "roles": []}, (400, "MalformedBody")),
        ({"name": "Noah", "roles": []}, (409, "NameTaken")),
    ],
)
def test_a_person_who_cannot_be_is_not_taken_on(
    site: Site, body: dict[str, object], refused: tuple[int, str]
) -> None:
    before = site.get("Pia", USERS)
    assert refusal(site.ask("Pia", "POST", USERS, json=body)) == refused
    assert site.get("Pia", USERS) == before


def test_an_application_is_registered(site: Site) -> None:
    made = site.do("Mia", "POST", APPLICATIONS, {"name": "Alpine Desk"}, 201)
    assert str(UUID(made["application_id"])) == made["application_id"]
    assert made["id"] != made["application_id"]
    namesake = site.do("Olga", "POST", APPLICATIONS, {"name": "Alpine Desk"}, 201)
    assert namesake["application_id"] != made["application_id"]
    assert site.get("Mia", f"{APPLICATIONS}/{made['id']}") == made
    assert site.get("Noah", APPLICATIONS)["value"] == [made, namesake]
    assert refusal(site.ask("Ben", "POST", APPLICATIONS, json={"name": "X"}))[0] == 403
    assert refusal(site.ask("Mia", "POST", APPLICATIONS, json={"name": ""}))[0] == 400


@pytest.mark.parametrize("generation", ["preview", "classic"])
def test_a_connected_bot_has_an_application_of_its_own(
    served: tuple[Client, Any], generation: str
) -> None:
    site = Site(*served, generation)
    [application] = site.get("Mia", APPLICATIONS)["value"]
    [user] = site.get("Olga", "/admin/{org}/api/application-users")["value"]
    assert application["name"] == "Alpine Helper"
    assert user["application_id"] == application["application_id"]


def test_a_web_app_bot_needs_no_application(site: Site) -> None:
    assert site.get("Mia", APPLICATIONS)["value"] == []
