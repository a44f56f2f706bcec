"""Who is in a scenario: an organisation that a sentence plans, people in more than one role."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from harness.cast import Cast
from harness.errors import Inconclusive, NotApplicable, Refused
from harness.protocol.conversations import Generation
from harness.target import Target, load

DEPLOYMENT = 'schema = 1\nkind = "deployment"\ngeneration = "web-app"\n'


@pytest.fixture(scope="module")
def target() -> Iterator[Target]:
    target = load("reference")
    target.start()
    target.ready()
    yield target
    target.stop()


@pytest.fixture
def cast(target: Target) -> Iterator[Cast]:
    people = Cast(target, Generation.CLASSIC)
    yield people
    people.leaves()


@pytest.fixture
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Cast:
    """The people of a target that has an organisation of its own."""
    file = tmp_path_factory.mktemp("targets") / "tenant.toml"
    file.write_text(DEPLOYMENT)
    return Cast(load(str(file)), Generation.WEB_APP)


def test_what_is_planned_comes_about(cast: Cast) -> None:
    cast.plans(users=[{"name": "Noah", "roles": ["OC_Admin"]}])
    cast.plans(users=[{"name": "Zoe", "roles": []}], connected=False)
    people = cast.platform("Pia").people()
    assert (people["Noah"], people["Zoe"]) == (("OC_Admin",), ())
    assert cast.maker("Mia").connection().application_user is None


def test_a_plan_comes_before_the_organisation(cast: Cast) -> None:
    cast.maker("Mia")
    with pytest.raises(Inconclusive, match=r"has to come before .* people or a bot"):
        cast.plans(connected=False)


def test_a_plan_that_cannot_be_is_refused(cast: Cast) -> None:
    cast.plans(users=[{"name": "Noah", "roles": ["Bot Autor"]}])
    with pytest.raises(Refused, match=r"users\[0\]: .*did you mean 'Bot Author'\?"):
        cast.maker("Mia")


def test_an_organisation_that_stays_is_not_planned(deployed: Cast) -> None:
    with pytest.raises(NotApplicable, match="that nobody plans"):
        deployed.plans(connected=False)


def test_environments_are_known_by_name(cast: Cast) -> None:
    home, development = cast.organisation.environments
    assert cast.environment("Development") == development.id
    assert home.id == cast.organisation.environment
    north = cast.platform("Pia").makes_environment("North", "Canada")
    assert cast.environment("North") == north
    with pytest.raises(Inconclusive, match="there are Production, Development, North"):
        cast.environment("South")


def test_roles_that_are_given_hold_at_once(cast: Cast) -> None:
    noah = cast.maker("Noah")
    noah.works_on = cast.organisation.bot
    with pytest.raises(Refused, match="InsufficientRole"):
        noah.disconnects()
    cast.platform("Pia").gives_roles("Noah", ("Bot Author", "System Administrator"))
    noah.disconnects()


def test_extensions_are_installed_in_their_order(cast: Cast) -> None:
    pia, place = cast.platform("Pia"), cast.environment("Development")
    with pytest.raises(Refused, match="InstallOrder"):
        pia.installs("Omnichannel Voice Power Virtual Agents extension", place)
    pia.installs("Omnichannel Power Virtual Agents extension", place)
    pia.changes_environment(place, region="India", licences=())
    [changed] = [each for each in pia.environments() if each.id == place]
    assert changed.extensions == ("Omnichannel Power Virtual Agents extension",)
    assert (changed.region, changed.licences) == ("India", ())


@pytest.mark.parametrize(
    "plays",
    [
        lambda cast: cast.maker("Pia"),
        lambda cast: cast.platform("Mia"),
        lambda cast: cast.administrator("Ben"),
    ],
)
def test_a_person_has_the_roles_of_the_cast(cast: Cast, plays: Callable[[Cast], object]) -> None:
    with pytest.raises(Inconclusive, match=r"is no (maker|platform|administrator)"):
        plays(cast)


def test_one_person_may_play_two_roles(cast: Cast) -> None:
    maker, lifecycle = cast.maker("Mia"), cast.lifecycle("Mia")
    assert maker is not lifecycle
    assert cast.maker("Mia") is maker
    assert cast.lifecycle("Mia") is lifecycle


def test_nobody_plays_the_platform_of_a_target_that_has_none(deployed: Cast) -> None:
    with pytest.raises(NotApplicable, match="nobody to play the platform"):
        deployed.platform("Pia")
