"""A fresh organisation as it is planned, and plans of which none can be made."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from harness.protocol.conversations import Generation
from harness.reference.domain.bots import Bot, BotConnection, BotUser
from harness.reference.domain.desk import User
from harness.reference.domain.environments import AppRegistration, Environment
from harness.reference.operations import setup, upgrades
from harness.reference.operations.organisations import World
from harness.reference.settings import parsed
from tests.reference.desk import Desk
from tests.reference.site import NOWHERE, Client, Site, refusal

CONTROL = "/control/organisations"
TELEPHONY = "Power Virtual Agents telephony extension"
VOICE = "Omnichannel Voice Power Virtual Agents extension"


def planned(served: tuple[Client, World], **plan: Any) -> Site:
    """A site of an organisation that was made so."""
    site = Site(*served, "classic")
    made = site.client.request("POST", CONTROL, json={"generation": "classic"} | plan)
    assert made.status_code == 201, made.text
    site.shown = made.json()
    site.id = site.shown["id"]
    site.tokens = {user["name"]: user["token"] for user in site.shown["users"]}
    return site


def bots(site: Site) -> dict[str, Bot]:
    kept = site.world.find(site.id).store.all(site.id, Bot)
    return {bot.name: bot for bot in kept}


def test_environments_are_as_planned(served: tuple[Client, World]) -> None:
    rows = [
        {"name": "Alps", "region": "Switzerland", "licences": ["Power Virtual Agents"]},
        {"name": "Bay", "omnichannel": True, "extensions": []},
        {"name": "Cove", "extensions": [TELEPHONY]},
    ]
    site = planned(served, environments=rows)
    alps, bay, cove = site.shown["environments"]
    assert site.shown["environment"] == alps["id"]
    assert (alps["home"], alps["omnichannel"], alps["region"]) == (True, True, "Switzerland")
    assert alps["licences"] == ["Power Virtual Agents"]
    assert len(alps["extensions"]) == 3
    assert (bay["home"], bay["omnichannel"], bay["extensions"]) == (False, True, [])
    assert (cove["omnichannel"], cove["extensions"]) == (False, [TELEPHONY])


def test_a_home_without_omnichannel_can_be_planned(served: tuple[Client, World]) -> None:
    site = planned(served, environments=[{"name": "Alps", "omnichannel": False}], connected=False)
    [alps] = site.shown["environments"]
    assert (alps["home"], alps["omnichannel"]) == (True, False)


def test_people_are_added_and_changed(served: tuple[Client, World]) -> None:
    rows = [
        {"name": "Noah", "roles": ["Bot Author", "OC_Admin", "Bot Author"]},
        {"name": "Zoe", "roles": []},
    ]
    people = {user["name"]: user["roles"] for user in planned(served, users=rows).shown["users"]}
    assert people["Noah"] == ["OC_Admin", "Bot Author"]
    assert people["Zoe"] == []
    assert list(people)[:2] == ["Mia", "Noah"]


def test_bots_stand_beside_the_first(served: tuple[Client, World]) -> None:
    rows = [
        {"name": "Plain"},
        {"name": "Quiet", "published": False, "origin": "portal", "environment": "Development"},
        {"name": "Ready", "connected": True, "teams_channel": False},
        {"name": "Old", "connected_on": "2021-10-04T09:00:00+02:00"},
    ]
    site = planned(served, bots=rows)
    known = bots(site)
    assert list(known) == ["Alpine Helper", "Plain", "Quiet", "Ready", "Old"]
    assert site.shown["bot"]["name"] == "Alpine Helper"
    states = {name: str(bot.connection.state) for name, bot in known.items()}
    assert states == {
        "Alpine Helper": "connected",
        "Plain": "not configured",
        "Quiet": "not configured",
        "Ready": "connected",
        "Old": "connected",
    }
    assert (known["Plain"].version, known["Quiet"].version) == (1, 0)
    assert known["Quiet"].origin == "portal"
    assert known["Quiet"].environment == site.shown["environments"][1]["id"]
    assert (known["Ready"].teams_channel, known["Old"].teams_channel) == (False, True)
    assert known["Old"].connection.made == datetime.fromisoformat("2021-10-04T07:00:00+00:00")
    ids = [bot.connection.application for bot in known.values() if bot.connection.application]
    assert len(ids) == len(set(ids)) == 3


def test_the_first_bot_was_connected_before_the_redesign(served: tuple[Client, World]) -> None:
    site = planned(served, connected_on="2021-10-04T09:00:00Z")
    path = "/portal/{org}/api/bots/{bot}/connection"
    shown = site.get("Mia", path)
    assert (shown["state"], shown["legacy_display"]) == ("connected", True)


def test_applications_are_registered(served: tuple[Client, World]) -> None:
    site = planned(served, applications=["Beta", "Beta"], connected=False)
    known = site.get("Mia", "/azure/{org}/api/app-registrations")["value"]
    assert [each["name"] for each in known] == ["Beta", "Beta"]


IMPOSSIBLE: list[tuple[dict[str, Any], str, str]] = [
    ({"enviroments": []}, "MalformedBody", "enviroments"),
    ({"environments": [{"region": "Europe"}]}, "MalformedBody", "name"),
    ({"environments": [{"name": " "}]}, "MalformedBody", "environments[0]: "),
    ({"environments": [{"name": "A", "region": ""}]}, "MalformedBody", "environments[0]: "),
    ({"environments": [{"name": "A"}, {"name": "a"}]}, "MalformedBody", "environments[1]: "),
    ({"environments": [{"name": "A", "licences": ["None"]}]}, "MalformedBody", "licence 'None'"),
    ({"environments": [{"name": "A", "extensions": [VOICE]}]}, "InstallOrder", TELEPHONY),
    ({"environments": [{"name": "A", "extensions": ["x"]}]}, "MalformedBody", "extension 'x'"),
    ({"users": [{"name": "Noah"}]}, "MalformedBody", "roles"),
    ({"users": [{"name": "Noah", "roles": ["Bot Autor"]}]}, "MalformedBody", "'Bot Author'?"),
    ({"users": [{"name": "", "roles": []}]}, "MalformedBody", "users[0]: "),
    ({"users": [{"name": "Z", "roles": []}] * 2}, "MalformedBody", "users[1]: "),
    ({"bots": [{"name": "B", "environment": "Mars"}]}, "MalformedBody", "Production, Development"),
    ({"bots": [{"name": "B", "origin": "azure"}]}, "MalformedBody", "bots[0]: origin"),
    ({"bots": [{"name": " "}]}, "MalformedBody", "bots[0]: "),
    (
        {"bots": [{"name": "B", "connected": False, "connected_on": "2021-10-04T09:00:00Z"}]},
        "MalformedBody",
        "bots[0].connected_on",
    ),
    ({"connected_on": "2021-10-04T09:00:00"}, "MalformedBody", "offset"),
    ({"connected_on": "2027-10-04T09:00:00Z"}, "MalformedBody", "2026-03-02"),
    ({"connected_on": "October"}, "MalformedBody", "connected_on"),
    ({"connected_on": "2021-10-04T09:00:00Z", "connected": False}, "MalformedBody", "connected"),
    ({"applications": [""]}, "MalformedBody", "applications[0]: "),
    ({"now": "2026-03-02T09:00:00"}, "MalformedBody", "offset"),
]


@pytest.mark.parametrize(("plan", "name", "says"), IMPOSSIBLE)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    site: Site, plan: dict[str, Any], name: str, says: str
) -> None:
    before = [organisation.id for organisation in site.world]
    answer = site.ask(None, "POST", CONTROL, json=plan)
    status = 409 if name == "InstallOrder" else 400
    assert refusal(answer) == (status, name)
    assert says in answer.json()["error"]["message"]
    assert [organisation.id for organisation in site.world] == before


@pytest.mark.parametrize(("plan", "name", "says"), IMPOSSIBLE)
def test_a_file_that_cannot_be_is_refused_in_a_sentence(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    plan: dict[str, Any],
    name: str,
    says: str,
) -> None:
    file = tmp_path / "organisation.json"
    file.write_text(json.dumps([{}, plan]))
    with pytest.raises(SystemExit) as ended:
        parsed(["--organisation", str(file), "--clock", "virtual"])
    assert ended.value.code == 2
    assert says in " ".join(capsys.readouterr().err.split())


def test_a_file_has_the_same_keys(tmp_path: Path) -> None:
    file = tmp_path / "organisation.json"
    plan = {
        "generation": "preview",
        "environments": [{"name": "Alps"}],
        "users": [{"name": "Zoe", "roles": ["Bot Author"]}],
        "bots": [{"name": "Second", "environment": "Alps"}],
        "applications": ["Beta"],
        "connected_on": "2021-10-04T09:00:00Z",
    }
    file.write_text(json.dumps(plan))
    [read] = parsed(["--organisation", str(file)]).organisations
    assert (read.users[0].name, read.bots[0].environment) == ("Zoe", "Alps")


def test_two_organisations_of_one_id_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "organisation.json"
    file.write_text(json.dumps([{"id": NOWHERE}, {"id": NOWHERE}]))
    with pytest.raises(SystemExit):
        parsed(["--organisation", str(file)])
    assert f"two organisations have the id {NOWHERE}" in capsys.readouterr().err


@pytest.mark.parametrize("generation", list(Generation))
def test_what_an_earlier_version_kept_is_completed(world: World, generation: Generation) -> None:
    desk = Desk(world, setup.create(world, setup.Plan(generation)))
    organisation, store = desk.organisation, desk.organisation.store
    for kind in (Environment, AppRegistration):
        for record in store.all(desk.organisation.id, kind):
            store.remove(organisation.id, kind, record.id)
    store.remove(organisation.id, User, desk.user("Pia").id)
    old = desk.bot().connection
    user = BotUser(old.user.id if old.user else "", "Alpine Helper")
    before = replace(desk.bot(), connection=BotConnection(old.state, user, 1), teams_channel=False)
    store.put(organisation.id, before)
    store.put(organisation.id, replace(before, id="b", environment="env-elsewhere"))
    upgrades.complete(organisation)
    kept = store.all(organisation.id, Environment)
    assert [each.name for each in kept] == ["Production", "Development", "env-elsewhere"]
    assert desk.user("Pia").roles == ("System Administrator",)
    assert desk.bot().connection.environment == kept[0].id
    assert desk.bot().connection.user == replace(user, application=application_of(desk))
    assert desk.lines(desk.chat("opening hours"))[-1].startswith("bot: ")
    upgrades.complete(organisation)
    assert store.all(organisation.id, Environment) == kept


def application_of(desk: Desk) -> str:
    connection = desk.bot().connection
    assert connection.user
    return connection.application or connection.user.application
