"""Layers: what a managed bot is below, what was changed above, and how that goes again."""

from __future__ import annotations

import pytest

from harness.reference.domain.bots import Topics, live_of
from tests.reference.mover import Mover
from tests.reference.site import Site


@pytest.fixture
def mia(site: Site) -> Mover:
    return Mover(site)


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
    assert live
    assert live.texts == brought
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
