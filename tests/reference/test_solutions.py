"""Bots that move between environments in solutions: what moves, what stays, what is refused."""

from __future__ import annotations

import io
import json
import random
import zipfile
from pathlib import Path
from urllib.parse import quote

import pytest

from harness.reference.archives import packed
from harness.reference.operations import imports
from harness.reference.operations.organisations import World
from tests.reference.mover import Mover, about_tents, changed, files_of
from tests.reference.site import Client, Site
from tests.reference.test_import import IMPORT, zipped


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


def test_what_the_reference_does_not_run_is_given_back_as_it_came(mia: Mover) -> None:
    bot = mia.makes_bot()
    package = mia.exports(mia.makes_solution(bot), managed=False)
    schema = mia.bot(bot)["schema"]
    foreign: dict[str, bytes | None] = {
        f"botcomponents/{schema}.gpt.default/data": b"kind: GptComponentMetadata\r\n",
        f"botcomponents/{schema}.file.Prices/filedata/Prices.xlsx": b"PK\3\4 a sheet",
        "Workflows/Order.json": b"{ }",
        "Assets/set.xml": b"<set a='1'/>",
        f"bots/{schema}/configuration.json": b'{"aISettings": {},\n "channels": []}',
    }
    came = changed(package, foreign)
    solution = mia.imports(came)
    again = mia.exports(solution["id"], mia.home, managed=False)
    before, after = files_of(came), files_of(again)
    del before["[Content_Types].xml"], after["[Content_Types].xml"]
    assert after == before
    [component] = solution["components"]
    mia.writes(component["id"], "Newer.", "Greeting")
    mia.site.do("Mia", "PUT", f"/portal/{{org}}/api/bots/{component['id']}/connection")
    edited = files_of(mia.exports(solution["id"], mia.home, managed=False))
    differs = {path for path in edited if edited[path] != after.get(path)}
    greeting = f"botcomponents/{schema}.topic.Greeting/data"
    heads = {"[Content_Types].xml", "solution.xml"}
    own = {f"bots/{schema}/bot.xml", f"bots/{schema}/configuration.json"}
    assert differs == heads | own | {greeting}
    assert json.loads(edited[f"bots/{schema}/configuration.json"]) == {
        "$kind": "BotConfiguration",
        "channels": [{"$kind": "ChannelDefinition", "channelId": "Omnichannel"}],
        "aISettings": {},
    }


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
    status = mia.site.get("Mia", f"/portal/{{org}}/api/bots/{component['id']}/alm")
    assert status["handoffWorks"] is (connected and managed), "an unmanaged one is not published"
    assert status["notice"] == (None if hidden else "cannotDetermine")
    assert (status["managed"], status["unmanagedLayer"]) == (managed, managed and layered)
    if managed:
        assert (status["ocEnabledInExport"], status["latestImported"]) == (connected, latest)


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


@pytest.mark.parametrize("managed", [True, False])
@pytest.mark.parametrize("unpacked", [True, False])
def test_a_package_is_a_bot_wherever_bots_are_read(
    mia: Mover, tmp_path: Path, managed: bool, unpacked: bool
) -> None:
    bot = mia.makes_bot()
    mia.writes(bot, "Ours are dry.")
    package = mia.exports(mia.makes_solution(bot), managed=managed)
    place = tmp_path / "guides.zip"
    if unpacked:
        place = tmp_path / "guides"
        zipfile.ZipFile(io.BytesIO(package)).extractall(place)
    else:
        place.write_bytes(package)
    [read] = imports.opened(str(place))
    assert (read.name, read.schema) == ("Alpine Guide", mia.bot(bot)["schema"])
    assert imports.topics_of(read).texts == mia.topics(bot)


def test_what_the_platforms_tool_has_unpacked_comes_in_when_it_is_zipped(mia: Mover) -> None:
    package = mia.exports(mia.makes_solution(mia.makes_bot()), managed=False)
    files = files_of(package)
    names = {"solution.xml": "Other/Solution.xml", "customizations.xml": "Other/Customizations.xml"}
    del files["[Content_Types].xml"]
    zipped = packed({f"guides/{names.get(path, path)}": text for path, text in files.items()})
    solution = mia.imports(zipped)
    assert mia.exports(solution["id"], mia.home, managed=False) == package


def test_solutions_of_any_script_have_names_of_their_own(mia: Mover) -> None:
    names = []
    for title in ("小包", "包裹", "2nd try", "Guides", "Guides!", "G" * 100):
        path = mia.solutions(mia.development)
        names.append(mia.site.do("Mia", "POST", path, {"name": title}, 201)["name"])
    assert names == ["Solution", "Solution2", "Solution2ndtry", "Guides", "Guides2", "G" * 60]


EXPORTED = ("bakery", "clinic", "ferries", "library", "orchard", "parcels")


@pytest.mark.parametrize("name", EXPORTED)
def test_a_bot_of_any_layout_comes_back_as_it_went(mia: Mover, name: str) -> None:
    made = mia.site.ask("Mia", "POST", IMPORT, content=zipped(name)).json()["bots"]
    path = mia.solutions(mia.home)
    solution = mia.site.do("Mia", "POST", path, {"name": name}, 201)["id"]
    for bot in made:
        mia.site.do("Mia", "POST", f"{path}/{solution}/components", {"bot": bot["id"]}, 201)
    package = mia.exports(solution, mia.home, managed=False)
    moved = mia.imports(package, mia.development)
    assert mia.exports(moved["id"], mia.development, managed=False) == package
    there = {component["schema"]: component["id"] for component in moved["components"]}
    for bot in made:
        assert mia.topics(there[bot["schema"]]) == mia.topics(bot["id"])


def test_topics_with_any_text_come_back_as_they_went(mia: Mover) -> None:
    chance, names = random.Random(20261121), "Zelt ⛺ né /\\:*?.-_ ﷽ e\u0301"
    bot = mia.makes_bot()
    for _ in range(60):
        name = "".join(chance.choices(names, k=chance.randrange(1, 30))).strip() or "x"
        said = "".join(chance.choices(" aä<&>{}'\"⛺\r\n\t#:", k=30))
        text = about_tents(said.replace("{", "(").replace("}", ")"))
        ending = chance.choice(("\n", "\r\n"))
        address = f"/portal/{{org}}/api/bots/{bot}/topics/{quote(name, safe='')}"
        mia.site.do("Mia", "PUT", address, {"content": text.replace("\n", ending)})
    package = mia.exports(mia.makes_solution(bot), managed=False)
    moved = mia.imports(package)
    assert mia.exports(moved["id"], mia.home, managed=False) == package
    here, there = mia.topics(bot), mia.topics(moved["components"][0]["id"])
    assert there == {name: text.replace("\r\n", "\n") for name, text in here.items()}
