"""What the doctor could not look at is said, with the reason, and never taken for health."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness import doctor
from harness.doctor import Condition
from harness.target import Target
from tests.doctor import worlds
from tests.doctor.worlds import PEOPLE, World

Described = Callable[..., Path]


def notes(file: Path) -> list[str]:
    found = doctor.examine(str(file))
    return [finding.text for finding in found if finding.condition is Condition.NOTED]


@pytest.mark.parametrize(
    ("people", "unseen"),
    [
        (PEOPLE, []),
        (("Mia",), []),
        (("Mia", "Noah"), []),
        (("Olga", "Noah"), ["platform"]),
        (("Noah",), ["admin", "platform"]),
        (("Ben",), ["portal", "admin", "platform", "power-apps", "no token of Pia"]),
        ((), ["portal", "admin", "platform", "power-apps", "no token of Pia"]),
    ],
)
def test_each_surface_that_nobody_could_look_at_is_said(
    target: Target, described: Described, people: tuple[str, ...], unseen: list[str]
) -> None:
    said = notes(described(worlds.made(target, "web-app"), people))
    assert [re.split(":|,", text.partition("(")[2])[0] for text in said] == unseen
    assert all(text.startswith("not looked at: ") for text in said)
    assert all("no token of" in text for text in said if "power-apps" not in text)


def test_a_cause_is_named_by_whoever_can_see_it(target: Target, described: Described) -> None:
    world = worlds.made(target, "classic", published=False)
    for people in (("Noah",), ("Olga",), ("Pia",)):
        [finding] = worlds.wrongs(described(world, people))
        assert finding.cause == "bot unpublished"


@pytest.mark.parametrize("cause", ["bot unpublished", "application user disabled"])
def test_dataverse_tells_where_there_is_no_portal(
    target: Target, described: Described, cause: str
) -> None:
    world = worlds.made(target, "web-app", published=cause != "bot unpublished")
    if cause == "application user disabled":
        [user] = world.do("Olga", "GET", "admin/application-users")["value"]
        world.do("Olga", "PATCH", f"admin/application-users/{user['id']}", {"disabled": True})
    file = described(world)
    file.write_text(file.read_text().replace(f'organisation = "{world.id}"', 'organisation = "x"'))
    wrong = [each for each in worlds.wrongs(file) if "cannot sign in" not in each.text]
    assert [finding.cause for finding in wrong] == [cause]
    assert len(notes(file)) == 4, "portal, admin centre, platform and layers are still told"


def test_a_tenant_that_has_dataverse_alone(target: Target, described: Described) -> None:
    file = described(worlds.made(target, "preview", published=False))
    text = file.read_text()
    file.write_text("".join(line for line in text.splitlines(True) if not line.startswith("url")))
    assert [finding.cause for finding in worlds.wrongs(file)] == ["bot unpublished"]
    assert len(notes(file)) == 1


def test_a_target_without_these_surfaces(target: Target, described: Described) -> None:
    file = described(worlds.made(target, "web-app", published=False))
    lines = file.read_text().splitlines()
    file.write_text("\n".join(line for line in lines if not line.startswith(("url", "bot ="))))
    [said] = notes(file)
    assert said.startswith("not looked at: the bot, its publication and its connection; ")
    assert said.endswith("([addresses] url is not there)")


def test_a_target_whose_desk_has_no_such_organisation(target: Target, described: Described) -> None:
    world = worlds.made(target, "web-app")
    world.dataverse = ""
    file = described(world)
    file.write_text(file.read_text().replace(f'organisation = "{world.id}"', 'organisation = "x"'))
    said = notes(file)
    assert len(said) == 4
    assert all("404 NotFound" in text for text in said[:3])


def test_a_bot_that_the_portal_does_not_have(target: Target, described: Described) -> None:
    world = worlds.made(target, "web-app")
    world.bot = world.id
    [finding] = worlds.wrongs(described(world))
    assert finding.text.startswith(f"the portal has no bot {world.id}: correct [addresses] bot")


def changed(file: Path, key: str, value: str) -> Path:
    """The target's file with another value."""
    file.write_text(re.sub(rf'^{key} = ".*"$', f'{key} = "{value}"', file.read_text(), flags=re.M))
    return file


def test_a_file_that_names_another_generation(target: Target, described: Described) -> None:
    file = changed(described(worlds.made(target, "classic")), "generation", "web-app")
    [finding] = worlds.wrongs(file)
    assert finding.text.endswith(
        'the portal is Classic: write generation = "classic" into the file'
    )


@pytest.mark.parametrize("ca", ["nowhere.pem", __file__])
def test_certificates_that_cannot_be_read(target: Target, described: Described, ca: str) -> None:
    file = changed(described(worlds.made(target, "web-app")), "ca", ca)
    [finding] = worlds.wrongs(file)
    assert finding.text.startswith(f"[addresses] ca cannot be used: {ca}: ")


def test_surfaces_that_give_no_answer_are_told_once(target: Target, described: Described) -> None:
    file = changed(described(worlds.made(target, "web-app")), "url", "https://127.0.0.1:1")
    [finding] = worlds.wrongs(file)
    assert finding.text.startswith("nobody listens at 127.0.0.1:1")
    [said] = notes(file)
    assert said.endswith("([addresses] url gives no answer)")


def test_a_wrong_organisation_is_not_blamed_on_the_page(
    target: Target, described: Described
) -> None:
    world = worlds.made(target, "web-app")
    file = changed(described(world), "org_id", "00000000-0000-4000-8000-000000000000")
    [finding] = worlds.wrongs(file)
    assert "(errorcode 701)" in finding.text


def test_an_old_connection_that_looks_unconfigured_is_told(
    target: Target, described: Described
) -> None:
    world = worlds.made(
        target, "classic", now="2023-03-02T09:00:00Z", connected_on="2021-05-02T09:00:00Z"
    )
    file = described(world)
    [said] = notes(file)
    assert said.startswith("Alpine Helper was connected before November 2021")
    assert worlds.wrongs(file) == []


def test_extensions_for_voice_that_a_bot_for_text_lacks_are_told(
    target: Target, described: Described
) -> None:
    telephony = "Power Virtual Agents telephony extension"
    voice = "Omnichannel Voice Power Virtual Agents extension"
    world = worlds.made(target, "classic")
    world.do("Mia", "PATCH", f"portal/bots/{world.bot}", {"voice_enabled": False})
    for extension in (voice, telephony):
        world.do("Pia", "DELETE", f"platform/environments/{world.home}/extensions/{extension}")
    file = described(world)
    [said] = notes(file)
    assert said.endswith("; a bot for text needs neither")
    assert worlds.wrongs(file) == []


def started(folder: Path, plans: list[dict[str, Any]]) -> tuple[subprocess.Popen[bytes], Any]:
    """A server of these organisations, without a control surface, and its readiness line."""
    file = folder / "organisations.json"
    file.write_text(json.dumps(plans))
    process = subprocess.Popen(
        [*(sys.executable, "-m", "harness.reference", "--port", "0"), "--organisation", str(file)],
        stdout=subprocess.PIPE,
    )
    assert process.stdout
    return process, json.loads(process.stdout.readline())


def test_the_command_on_a_server_of_planned_organisations(
    tmp_path: Path, described: Described
) -> None:
    process, ready = started(
        tmp_path,
        [
            {"generation": "classic"},
            {"generation": "preview", "published": False},
            {"generation": "web-app", "mode": "Pick"},
        ],
    )
    client = worlds.load("reference").at({"url": ready["url"], "ca": ready["ca"]}).client
    told = []
    for shown in ready["organisations"]:
        file = described(World(client, shown, ready["ca"]))
        run = subprocess.run(
            [sys.executable, "-m", "harness.cli", "doctor", "--target", str(file)],
            capture_output=True,
            text=True,
        )
        wrong = [line for line in run.stdout.splitlines() if line.startswith("  NO")]
        told.append((run.returncode, [line[6:].partition(":")[0] for line in wrong]))
    process.terminate()
    process.wait(10)
    assert process.stdout
    process.stdout.close()
    assert told == [(0, []), (1, ["bot unpublished"]), (1, ["bot in a pull workstream"])]
