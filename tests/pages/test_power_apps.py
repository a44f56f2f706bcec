"""The page object of Power Apps against the running reference."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from harness.actors import lifecycle
from harness.actors.maker import Maker
from harness.actors.session import Session
from harness.errors import Refused
from harness.expect.solutions import holding
from harness.pages.browser import Window
from harness.pages.power_apps import LifecyclePage
from harness.protocol import roles
from harness.protocol.lifecycle import REMOVE_LAYER, SEE_LAYERS, Layer
from harness.protocol.organisations import Organisation
from harness.target import Target
from tests.pages.barriers import barriers, sticking_out
from tests.pages.conftest import account, place


def _as_lifecycle(page: LifecyclePage) -> roles.Lifecycle:
    return page


def _as_actor(actor: lifecycle.Lifecycle) -> roles.Lifecycle:
    return actor


def of_bot(lifecycle: roles.Lifecycle, environment: str, bot: str) -> str:
    """The id of the solution that holds the bot."""
    held = holding(lifecycle.solutions(environment), bot)
    assert held is not None
    return held.id


@pytest.fixture
def mia(window: Callable[[], Window], organisation: Organisation) -> LifecyclePage:
    return LifecyclePage(window(), place(organisation, "power-apps"), account(organisation, "Mia"))


@pytest.fixture
def actor(target: Target, organisation: Organisation) -> lifecycle.Lifecycle:
    who = account(organisation, "Mia")
    return lifecycle.Lifecycle(Session(target.client, place(organisation, "power-apps"), who))


@pytest.fixture
def maker(target: Target, organisation: Organisation) -> Maker:
    who = account(organisation, "Mia")
    return Maker(Session(target.client, place(organisation, "portal"), who), organisation.bot)


@pytest.fixture
def environments(organisation: Organisation) -> tuple[str, str]:
    home, development = (each.id for each in organisation.environments)
    return home, development


def test_a_solution_goes_the_whole_way(
    mia: LifecyclePage,
    actor: lifecycle.Lifecycle,
    maker: Maker,
    organisation: Organisation,
    environments: tuple[str, str],
) -> None:
    home, other = environments
    made = mia.makes_solution(home, "Helpers")
    mia.adds_to_solution(home, made, organisation.bot)
    assert mia.solutions(home) == actor.solutions(home)
    package = mia.exports(home, made, managed=True)
    assert package == actor.exports(home, made, managed=True)
    moved = mia.imports(other, package)
    [solution] = {of_bot(each, other, moved) for each in (mia, actor)}
    assert mia.commands(other, solution, moved) == [SEE_LAYERS]
    [below] = mia.layers(other, solution, moved)
    assert below == Layer("Helpers", managed=True, order=1)

    maker.works_on = moved
    maker.renames_bot("Somebody else")
    top, below = mia.layers(other, solution, moved)
    assert (top.managed, top.offers, below.offers) == (False, (REMOVE_LAYER,), ())
    assert [top, below] == list(actor.layers(other, solution, moved))
    mia.removes_unmanaged_layer(other, solution, moved)
    assert maker.bot().name == "Alpine Helper"
    assert [layer.managed for layer in mia.layers(other, solution, moved)] == [True]
    mia.deletes_solution(other, solution)
    assert not mia.solutions(other)


def test_a_refused_package_says_which_file_and_why(
    mia: LifecyclePage, environments: tuple[str, str]
) -> None:
    home, _ = environments
    with pytest.raises(Refused, match="ArchiveRefused"):
        mia.imports(home, b"PK no more")
    expect(mia.page.get_by_role("alert")).to_contain_text("The package was not imported")
    expect(mia.page.get_by_role("alert")).to_contain_text("no zip archive")


def test_who_may_not_move_is_told(
    window: Callable[[], Window],
    actor: lifecycle.Lifecycle,
    organisation: Organisation,
    environments: tuple[str, str],
) -> None:
    noah = account(organisation, "Noah")
    page = LifecyclePage(window(), place(organisation, "power-apps"), noah)
    made = actor.makes_solution(environments[0], "Helpers")
    with pytest.raises(Refused, match="InsufficientRole"):
        page.exports(environments[0], made, managed=True)
    with pytest.raises(Refused, match="InsufficientRole"):
        page.imports(environments[0], b"PK\5\6" + bytes(18))


def _flaws(page: Page) -> list[str]:
    """What somebody who sees nothing, or holds a phone, would stumble over."""
    return [*barriers(page), *sticking_out(page)]


def test_every_page_on_the_way_names_its_parts(
    mia: LifecyclePage,
    actor: lifecycle.Lifecycle,
    maker: Maker,
    organisation: Organisation,
    environments: tuple[str, str],
) -> None:
    home, other = environments
    made = actor.makes_solution(home, "Helpers of the " + "l" * 40)
    mia.opens(f"/environments/{home}/solutions/{made}")
    assert _flaws(mia.page) == []
    actor.adds_to_solution(home, made, organisation.bot)
    moved = maker.works_on = actor.imports(other, actor.exports(home, made, managed=True))
    maker.renames_bot("Somebody else")
    solution = of_bot(actor, other, moved)
    mia.commands(other, solution, moved)
    assert _flaws(mia.page) == []
    mia.layers(other, solution, moved)
    assert _flaws(mia.page) == []
    mia.opens(f"/environments/{other}/solutions")
    assert _flaws(mia.page) == []
    mia.opens(f"/environments/{other}")
    assert _flaws(mia.page) == []
