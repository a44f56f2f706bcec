"""What of solutions is refused, and why; and how a solution ends."""

from __future__ import annotations

import re

import pytest

from tests.reference.mover import Mover, changed, files_of
from tests.reference.site import Site, refusal


@pytest.fixture
def mia(site: Site) -> Mover:
    return Mover(site)


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


def test_an_upgrade_that_fails_half_way_changes_nothing(mia: Mover) -> None:
    """What would go is at work, and that is found when what stays has been changed already."""
    stays, goes = mia.makes_bot("Stays"), mia.makes_bot("Goes")
    both = mia.makes_solution(stays, goes)
    moved = {bot["name"]: bot["id"] for bot in mia.imports(mia.exports(both))["components"]}
    [chats, *_] = mia.site.get("Olga", "/admin/{org}/api/workstreams")["value"]
    path = f"/admin/{{org}}/api/workstreams/{chats['id']}"
    mia.site.do("Olga", "PATCH", path, {"bot": moved["Goes"]})
    mia.site.do("Mia", "DELETE", mia.solutions(mia.development, f"/{both}"), status=204)
    mia.writes(stays, "Newer.")
    upgrade = mia.exports(mia.makes_solution(stays))
    status, name, message = refused_import(mia, upgrade)
    assert (status, name) == (409, "StillInUse")
    assert "Live chat" in message
    mia.site.do("Olga", "PATCH", path, {"bot": mia.site.shown["bot"]["id"]})
    [component] = mia.imports(upgrade)["components"]
    assert component["id"] == moved["Stays"]
    assert (
        mia.site.ask("Mia", "GET", f"/portal/{{org}}/api/bots/{moved['Goes']}").status_code == 404
    )


@pytest.mark.parametrize("managed", [True, False])
def test_importing_twice_is_importing_once(mia: Mover, managed: bool) -> None:
    package = mia.exports(mia.makes_solution(mia.makes_bot()), managed=managed)
    first = mia.imports(package)
    assert mia.imports(package) == first
    assert len(mia.site.get("Mia", mia.solutions(mia.home))["value"]) == 1
