"""Bots that move between environments in solutions: what moves, what stays, what is refused."""

from __future__ import annotations

import re

import pytest

from harness.reference.domain.bots import Topics, live_of
from harness.reference.operations.organisations import World
from tests.reference.mover import Mover, changed, files_of
from tests.reference.site import Client, Site, refusal


@pytest.fixture
def mia(site: Site) -> Mover:
    return Mover(site)


def test_a_bot_moves_managed_with_its_topics_and_its_connection(mia: Mover) -> None:
    bot = mia.makes_bot()
    mia.writes(bot, "Ours are dry.")
    package = mia.exports(mia.makes_solution(bot))
    solution = mia.imports(package)
    assert (solution["managed"], solution["name"], solution["title"]) == (True, "Guides", "Guides")
    [component] = solution["components"]
    assert (component["managed"], component["layered"]) == (True, False)
    moved = mia.bot(component["id"])
    assert mia.topics(moved["id"]) == mia.topics(bot)
    assert moved["published"], "it was published where it comes from"
    assert moved["connection"]["state"] == "connected"
    users = {mia.bot(id)["connection"]["application_user"]["id"] for id in (bot, moved["id"])}
    assert len(users) == 2, "it has a user of its own"


def test_what_is_exported_imported_and_exported_again_is_the_same(mia: Mover) -> None:
    bot = mia.makes_bot("Grüße & <Gäste>")
    mia.writes(bot, "Ours are dry.", "Zelte ⛺")
    package = mia.exports(mia.makes_solution(bot, name="Grüße"), managed=False)
    solution = mia.imports(package)
    again = mia.exports(solution["id"], mia.home, managed=False)
    assert files_of(package) == files_of(again)
    assert package == again, "to the byte"


def test_an_unmanaged_package_adds_and_overwrites_and_removes_nothing(mia: Mover) -> None:
    bot = mia.makes_bot()
    mia.writes(bot, "Ours are dry.")
    solution = mia.makes_solution(bot)
    moved = mia.imports(mia.exports(solution, managed=False))["components"][0]["id"]
    assert not mia.bot(moved)["published"], "whoever develops there publishes it"
    mia.writes(moved, "Only there.", "Stoves")
    mia.writes(bot, "Ours are light.")
    mia.imports(mia.exports(solution, managed=False))
    topics = mia.topics(moved)
    assert "light" in topics["Tents"]
    assert "Only there" in topics["Stoves"]
    assert not mia.notice(moved)


def test_where_omnichannel_is_not_provisioned_the_bot_waits_for_it(mia: Mover) -> None:
    package = mia.exports(mia.makes_solution(mia.makes_bot()))
    path = "/platform/{org}/api/environments"
    bare = mia.site.do("Pia", "POST", path, {"name": "Bare", "region": "Europe"}, 201)["id"]
    [component] = mia.imports(package, bare)["components"]
    assert mia.bot(component["id"])["connection"]["state"] == "not configured"
    assert not mia.notice(component["id"]), "it is known that Omnichannel is enabled for it"


def test_a_bot_that_was_not_connected_comes_in_unconnected(mia: Mover) -> None:
    package = mia.exports(mia.makes_solution(mia.makes_bot(connected=False)))
    [component] = mia.imports(package)["components"]
    assert mia.bot(component["id"])["connection"]["state"] == "not configured"
    assert mia.notice(component["id"])


@pytest.mark.parametrize("connected", [True, False])
@pytest.mark.parametrize("latest", [True, False])
@pytest.mark.parametrize("layered", [True, False])
@pytest.mark.parametrize("managed", [True, False])
def test_the_notice_is_the_decision_table(
    mia: Mover, managed: bool, connected: bool, latest: bool, layered: bool
) -> None:
    bot = mia.makes_bot(connected=connected)
    solution = mia.makes_solution(bot)
    [component] = mia.imports(mia.exports(solution, managed=managed))["components"]
    if not latest:
        mia.writes(bot, "Newer in development.")
    if layered:
        mia.writes(component["id"], "Changed where customers are.")
    hidden = not managed or (connected and latest and not layered)
    assert mia.notice(component["id"]) is not hidden
    state = mia.bot(component["id"])["connection"]["state"]
    assert state == ("connected" if connected else "not configured"), "hand-off works all the same"


def test_the_latest_package_makes_the_notice_go(mia: Mover) -> None:
    bot = mia.makes_bot()
    solution = mia.makes_solution(bot)
    moved = mia.imports(mia.exports(solution))["components"][0]["id"]
    mia.writes(bot, "Newer.")
    assert mia.notice(moved)
    package = mia.exports(solution)
    assert mia.notice(moved), "exporting alone changes nothing"
    mia.imports(package)
    assert not mia.notice(moved)
    assert "Newer" in mia.topics(moved)["Tents"]


def test_a_bot_connected_later_is_known_to_be_after_the_next_import(mia: Mover) -> None:
    bot = mia.makes_bot(connected=False)
    solution = mia.makes_solution(bot)
    moved = mia.imports(mia.exports(solution))["components"][0]["id"]
    assert mia.notice(moved)
    mia.site.do("Mia", "PUT", f"/portal/{{org}}/api/bots/{bot}/connection")
    mia.imports(mia.exports(solution))
    assert not mia.notice(moved)
    assert mia.bot(moved)["connection"]["state"] == "connected"


def test_a_preview_bot_has_no_notice(served: tuple[Client, World]) -> None:
    mia = Mover(Site(*served, "preview"))
    package = mia.exports(mia.makes_solution(mia.makes_bot(connected=False)))
    [component] = mia.imports(package)["components"]
    assert not mia.notice(component["id"])


def test_a_classic_bot_moves_with_an_application_of_its_own(classic_site: Site) -> None:
    mia = Mover(classic_site)
    bot = mia.site.shown["bot"]["id"]
    path = mia.solutions(mia.home)
    made = mia.site.do("Mia", "POST", path, {"name": "Guides"}, 201)["id"]
    mia.site.do("Mia", "POST", f"{path}/{made}/components", {"bot": bot}, 201)
    package = mia.exports(made, mia.home)
    [component] = mia.imports(package, mia.development)["components"]
    moved = mia.bot(component["id"])
    assert (moved["voice_enabled"], moved["teams_channel"]) == (True, True)
    connection, before = moved["connection"], mia.bot(bot)["connection"]
    assert connection["state"] == "connected"
    assert connection["application_id"] not in ("", None, before["application_id"])


# Layers


def test_removing_the_unmanaged_layer_brings_the_managed_content_back(mia: Mover) -> None:
    bot = mia.makes_bot()
    mia.writes(bot, "Ours are dry.")
    mia.writes(bot, "Hot.", "Stoves")
    solution = mia.imports(mia.exports(mia.makes_solution(bot)))
    moved, before = solution["components"][0]["id"], mia.bot(solution["components"][0]["id"])
    brought = mia.topics(moved)
    [managed] = mia.layers(solution["id"], moved)
    assert (managed["managed"], managed["name"], managed["offers"]) == (True, "Guides", [])

    path = f"/portal/{{org}}/api/bots/{moved}"
    mia.writes(moved, "Changed.")
    mia.writes(moved, "New.", "Boots")
    mia.site.do("Mia", "DELETE", f"{path}/topics/Stoves", status=204)
    mia.site.do("Mia", "PATCH", path, {"name": "Somebody else"})
    mia.site.do("Mia", "POST", f"{path}/publish")
    top, below = mia.layers(solution["id"], moved)
    assert (top["managed"], top["order"], top["offers"]) == (False, 1, ["Remove unmanaged layer"])
    assert (below["managed"], below["order"], below["offers"]) == (True, 2, [])

    mia.removes_layer(solution["id"], moved)
    assert mia.topics(moved) == brought
    assert mia.bot(moved) == before
    live = mia.site.world.store.get(mia.site.id, Topics, live_of(moved))
    assert live and live.texts == brought
    refused = mia.removes_layer(solution["id"], moved, 409)
    assert refused["error"]["name"] == "NoUnmanagedLayer"


def test_saving_what_is_there_already_is_no_layer(mia: Mover) -> None:
    bot = mia.makes_bot()
    mia.writes(bot, "Ours are dry.")
    solution = mia.imports(mia.exports(mia.makes_solution(bot)))
    [component] = solution["components"]
    mia.writes(component["id"], "Ours are dry.")
    mia.site.do(
        "Mia", "PATCH", f"/portal/{{org}}/api/bots/{component['id']}", {"name": "Alpine Guide"}
    )
    mia.site.do("Mia", "POST", f"/portal/{{org}}/api/bots/{component['id']}/publish")
    assert len(mia.layers(solution["id"], component["id"])) == 1


def test_an_upgrade_goes_below_the_unmanaged_layer(mia: Mover) -> None:
    bot = mia.makes_bot()
    for topic in ("Tents", "Stoves", "Boots"):
        mia.writes(bot, "First.", topic)
    exporting = mia.makes_solution(bot)
    solution = mia.imports(mia.exports(exporting))
    moved = solution["components"][0]["id"]
    mia.writes(moved, "Mine.", "Tents")
    for topic in ("Tents", "Stoves", "Ropes"):
        mia.writes(bot, "Second.", topic)
    mia.site.do("Mia", "DELETE", f"/portal/{{org}}/api/bots/{bot}/topics/Boots", status=204)
    mia.imports(mia.exports(exporting))
    topics = mia.topics(moved)
    assert "Mine" in topics["Tents"], "what was changed there stays on top"
    assert "Second" in topics["Stoves"]
    assert "Second" in topics["Ropes"]
    assert "Boots" not in topics, "an upgrade removes what is no more"
    assert mia.notice(moved), "the layer still stands"
    mia.removes_layer(solution["id"], moved)
    assert mia.topics(moved) == mia.topics(bot)
    assert not mia.notice(moved)


def test_an_unmanaged_bot_is_one_layer_that_cannot_be_removed(mia: Mover) -> None:
    solution = mia.imports(mia.exports(mia.makes_solution(mia.makes_bot()), managed=False))
    [component] = solution["components"]
    [layer] = mia.layers(solution["id"], component["id"])
    assert (layer["managed"], layer["offers"]) == (False, [])
    mia.removes_layer(solution["id"], component["id"], 409)


# Versions, and what is refused


def test_every_change_of_a_bot_is_a_new_version(mia: Mover) -> None:
    bot = mia.makes_bot()
    solution = mia.makes_solution(bot)

    def version() -> str:
        path = mia.solutions(mia.development, f"/{solution}")
        shown: str = mia.site.get("Mia", path)["version"]
        return shown

    first = version()
    assert mia.exports(solution) == mia.exports(solution)
    assert version() == first
    mia.writes(bot, "Newer.")
    assert version() != first


def refused_import(mia: Mover, package: bytes, environment: str = "") -> tuple[int, str, str]:
    """Status, name and message of an import that leaves everything as it was."""
    before = mia.everything()
    answer = mia.asks_to_import(package, environment)
    assert mia.everything() == before
    return (*refusal(answer), answer.json()["error"]["message"])


def test_an_older_version_is_refused(mia: Mover) -> None:
    bot = mia.makes_bot()
    solution = mia.makes_solution(bot)
    older = mia.exports(solution)
    mia.writes(bot, "Newer.")
    mia.imports(mia.exports(solution))
    status, name, message = refused_import(mia, older)
    assert (status, name) == (409, "OlderVersion")
    assert message.startswith("solution.xml: version 1.0.0.")


def test_managed_and_unmanaged_do_not_mix(mia: Mover) -> None:
    solution = mia.makes_solution(mia.makes_bot())
    managed, unmanaged = mia.exports(solution), mia.exports(solution, managed=False)
    status, name, message = refused_import(mia, managed, mia.development)
    assert (status, name) == (409, "SolutionUnmanaged")
    assert "Guides" in message
    mia.imports(managed)
    assert refused_import(mia, unmanaged)[:2] == (409, "SolutionManaged")


def test_a_bot_that_is_there_otherwise_is_not_taken_over(mia: Mover) -> None:
    bot = mia.makes_bot()
    one, other = mia.makes_solution(bot), mia.makes_solution(bot, name="Others")
    mia.site.do("Mia", "DELETE", mia.solutions(mia.development, f"/{one}"), status=204)
    status, name, message = refused_import(mia, mia.exports(other), mia.development)
    assert (status, name) == (409, "SolutionUnmanaged")
    third = mia.makes_solution(bot)
    mia.imports(mia.exports(third))
    status, name, message = refused_import(mia, mia.exports(other))
    assert (status, name) == (409, "SolutionManaged")
    assert f"bots/{mia.bot(bot)['schema']}/bot.xml" in message


def test_another_publisher_is_refused(mia: Mover) -> None:
    package = mia.exports(mia.makes_solution(mia.makes_bot()))
    mia.imports(package)
    manifest = files_of(package)["solution.xml"]
    found = re.search(rb"<UniqueName>(Cr\w+)<", manifest)
    assert found
    other = changed(package, {"solution.xml": manifest.replace(found[1], b"Somebody")})
    status, name, message = refused_import(mia, other)
    assert (status, name) == (409, "WrongPublisher")
    assert "'Somebody'" in message


def test_what_the_package_depends_on_has_to_be_there(mia: Mover) -> None:
    package = mia.exports(mia.makes_solution(mia.makes_bot()))
    need = (
        b'<MissingDependencies><MissingDependency><Required type="bot" schemaName="cr1_Porter"'
        b' displayName="Porter" solution="Porters (1.0)" /></MissingDependency>'
        b"</MissingDependencies>"
    )
    manifest = files_of(package)["solution.xml"].replace(b"<MissingDependencies />", need)
    needing = changed(package, {"solution.xml": manifest})
    status, name, message = refused_import(mia, needing)
    assert (status, name) == (409, "DependencyMissing")
    assert "Porter of Porters" in message
    porters = mia.makes_solution(mia.makes_bot("Porter"), name="Porters")
    mia.imports(mia.exports(porters))
    mia.imports(needing)


def test_only_who_may_moves_solutions(mia: Mover) -> None:
    solution = mia.makes_solution(mia.makes_bot())
    package = mia.exports(solution)
    assert refusal(mia.asks_to_import(package, who="Noah")) == (403, "InsufficientRole")
    path = mia.solutions(mia.development, f"/{solution}/export")
    assert refusal(mia.site.ask("Noah", "GET", path)) == (403, "InsufficientRole")
    assert mia.site.ask("Ben", "GET", mia.solutions(mia.home)).status_code == 403
    assert mia.site.ask(None, "GET", mia.solutions(mia.home)).status_code == 401


def test_what_is_not_there_is_not_found(mia: Mover) -> None:
    bot, nowhere = mia.makes_bot(), "env-nowhere"
    solution = mia.makes_solution(bot)
    for method, path, body in (
        ("GET", mia.solutions(nowhere), None),
        ("POST", mia.solutions(nowhere), {"name": "X"}),
        ("GET", mia.solutions(mia.home, f"/{solution}"), None),
        ("GET", mia.solutions(mia.development, "/{nowhere}/export"), None),
        ("POST", mia.solutions(mia.development, f"/{solution}/components"), {"bot": "{nowhere}"}),
        ("GET", mia.solutions(mia.development, f"/{solution}/components/x/layers"), None),
    ):
        sent = {"json": body} if body else {}
        assert refusal(mia.site.ask("Mia", method, path, **sent)) == (404, "NotFound"), path
    assert mia.asks_to_import(mia.exports(solution), nowhere).status_code == 404


def test_the_words_of_a_question_are_checked(mia: Mover) -> None:
    path = mia.solutions(mia.development)
    solution = mia.makes_solution(mia.makes_bot())
    assert refusal(mia.site.ask("Mia", "GET", f"{path}/{solution}/export?managed=yes"))[0] == 400
    assert refusal(mia.site.ask("Mia", "POST", path, json={"name": " "}))[0] == 400
    twice = mia.site.ask("Mia", "POST", path, json={"name": "guides"})
    assert refusal(twice) == (409, "NameTaken")


def test_a_managed_solution_is_neither_exported_nor_added_to(mia: Mover) -> None:
    solution = mia.imports(mia.exports(mia.makes_solution(mia.makes_bot())))
    path = mia.solutions(mia.home, f"/{solution['id']}")
    answer = mia.site.ask("Mia", "GET", f"{path}/export")
    assert refusal(answer) == (409, "SolutionManaged")
    own = {"bot": mia.site.shown["bot"]["id"]}
    answer = mia.site.ask("Mia", "POST", f"{path}/components", json=own)
    assert refusal(answer) == (409, "SolutionManaged")


def test_a_bot_that_runs_elsewhere_cannot_be_exported(mia: Mover) -> None:
    body = {"name": "Rex", "origin": "azure", "environment": mia.development}
    rex = mia.site.do("Mia", "POST", "/portal/{org}/api/bots", body, 201)["id"]
    path = mia.solutions(mia.development, f"/{mia.makes_solution()}/components")
    answer = mia.site.ask("Mia", "POST", path, json={"bot": rex})
    assert refusal(answer) == (409, "NotExportable")


# The end


def test_deleting_a_managed_solution_takes_its_bots(mia: Mover) -> None:
    package = mia.exports(mia.makes_solution(mia.makes_bot()))
    before = mia.everything()
    solution = mia.imports(package)
    mia.site.do("Mia", "DELETE", mia.solutions(mia.home, f"/{solution['id']}"), status=204)
    assert mia.everything() == before


def test_a_bot_at_work_is_not_deleted(mia: Mover) -> None:
    solution = mia.imports(mia.exports(mia.makes_solution(mia.makes_bot())))
    [component] = solution["components"]
    [chats, *_] = mia.site.get("Olga", "/admin/{org}/api/workstreams")["value"]
    path = f"/admin/{{org}}/api/workstreams/{chats['id']}"
    mia.site.do("Olga", "PATCH", path, {"bot": component["id"]})
    answer = mia.site.ask("Mia", "DELETE", mia.solutions(mia.home, f"/{solution['id']}"))
    assert refusal(answer) == (409, "StillInUse")
    assert "Live chat" in answer.json()["error"]["message"]
    assert mia.bot(component["id"])


def test_deleting_an_unmanaged_solution_leaves_its_bots(mia: Mover) -> None:
    bot = mia.makes_bot()
    solution = mia.makes_solution(bot)
    mia.site.do("Mia", "DELETE", mia.solutions(mia.development, f"/{solution}"), status=204)
    assert mia.bot(bot)
    assert mia.site.get("Mia", mia.solutions(mia.development))["value"] == []
