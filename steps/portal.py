"""The pages of the portal, in their own words: only `features/portal` and `authoring` speak so."""

from __future__ import annotations

from collections.abc import Sequence

from pytest_bdd import given, then, when

from harness import Cast, portals, refusal_of
from harness.errors import Refused

from .types import sentence


@given(sentence('{maker:Maker} has opened "{path:Path}"'))
@when(sentence('{maker:Maker} opens "{path:Path}"'))
def maker_opens(cast: Cast, maker: str, path: Sequence[str]) -> None:
    cast.portal(maker).enters(path)


@given(sentence("{maker:Maker} has opened the bot's connection"))
@when(sentence("{maker:Maker} opens the bot's connection"))
def maker_opens_the_bots_connection(cast: Cast, maker: str) -> None:
    cast.portal(maker).opens_connection()


@given(sentence('{maker:Maker} has pressed "{label:Text}"'))
def maker_has_pressed(cast: Cast, maker: str, label: str) -> None:
    cast.portal(maker).presses(label)


@when(sentence('{maker:Maker} presses "{label:Text}"'), target_fixture="refused")
def maker_presses(cast: Cast, maker: str, label: str) -> Refused | None:
    return refusal_of(lambda: cast.portal(maker).presses(label))


@then(sentence('{maker:Maker} sees the tile "{tile:Text}"'))
def maker_sees_the_tile(cast: Cast, maker: str, tile: str) -> None:
    portals.shows_tile(cast.portal(maker), tile)


@then(sentence('{maker:Maker} is offered "{label:Text}"'))
def maker_is_offered(cast: Cast, maker: str, label: str) -> None:
    portals.offers(cast.portal(maker), label)


@then(sentence('{maker:Maker} is not offered "{label:Text}"'))
def maker_is_not_offered(cast: Cast, maker: str, label: str) -> None:
    portals.withholds(cast.portal(maker), label)


@then(sentence('{maker:Maker} is offered "{label:Text}" under "{tile:Text}"'))
def maker_is_offered_under(cast: Cast, maker: str, label: str, tile: str) -> None:
    portals.keeps_under(cast.portal(maker), label, tile)


@then(sentence('{maker:Maker} is asked for "{label:Text}"'))
def maker_is_asked_for(cast: Cast, maker: str, label: str) -> None:
    portals.asks_for(cast.portal(maker), label)


@then(sentence("{maker:Maker} is asked for an application"))
def maker_is_asked_for_an_application(cast: Cast, maker: str) -> None:
    portals.asks_for_application(cast.portal(maker))


@then(sentence("{maker:Maker} is not asked for an application"))
def maker_is_not_asked_for_an_application(cast: Cast, maker: str) -> None:
    portals.asks_for_no_application(cast.portal(maker))


@then(sentence('{maker:Maker} can choose the environment "{name:Text}"'))
def maker_can_choose_the_environment(cast: Cast, maker: str, name: str) -> None:
    portals.asks_for_environment(cast.portal(maker), name)


@then(sentence("{maker:Maker} is cautioned about data sovereignty"))
def maker_is_cautioned_about_data_sovereignty(cast: Cast, maker: str) -> None:
    portals.cautions(cast.portal(maker))


@then(sentence('{maker:Maker} is first warned about "{one:Text}" and "{other:Text}"'))
def maker_is_first_warned_about_and(cast: Cast, maker: str, one: str, other: str) -> None:
    portals.begins_with_warning(cast.portal(maker), (one, other))


@then(sentence("{maker:Maker} stands before the bot's entry in Omnichannel"))
def maker_stands_before_the_bots_entry(cast: Cast, maker: str) -> None:
    portals.is_at_entry(cast.portal(maker))


@then(sentence("{maker:Maker} can go on with the bot's workstreams there"))
def maker_can_go_on_with_the_bots_workstreams(cast: Cast, maker: str) -> None:
    portals.can_go_on(cast.portal(maker))


@then(sentence("{maker:Maker} sees the details of the connection there"))
def maker_sees_the_details_of_the_connection(cast: Cast, maker: str) -> None:
    portals.shows_details(cast.portal(maker))


@then(sentence("{maker:Maker} reads that Omnichannel cannot be determined"))
def maker_reads_that_omnichannel_cannot_be_determined(cast: Cast, maker: str) -> None:
    portals.tells(cast.portal(maker), "cannotDetermine")


@then(sentence('it is reported whether {maker:Maker} is offered "{label:Text}"'))
def it_is_reported_whether_maker_is_offered(cast: Cast, maker: str, label: str) -> None:
    portals.follows_a_reading_of_disable(cast.portal(maker), label)
