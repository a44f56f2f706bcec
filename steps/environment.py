"""Environments: their licences, extensions and trials, and who has which role in them."""

from __future__ import annotations

from collections.abc import Sequence

from pytest_bdd import given, then, when

from harness import Cast, connecting, connections, environments
from harness.errors import Refused
from harness.expect.refusals import refusal_of
from harness.protocol.conversations import Generation

from .types import sentence


@given(sentence("an organisation of the {generation:Generation}"))
def an_organisation_of_the(cast: Cast, generation: Generation) -> None:
    connecting.is_of(cast, generation)


@given(sentence("{platform:Platform} has given {maker:Maker} {roles:Roles}"))
def platform_has_given_maker(cast: Cast, platform: str, maker: str, roles: Sequence[str]) -> None:
    cast.platform(platform).gives_roles(maker, roles)


@given(sentence('there is an environment "{environment:Text}" in "{region:Text}"'))
def there_is_an_environment_in(cast: Cast, environment: str, region: str) -> None:
    connecting.makes_environment(cast, environment, region, omnichannel=False)


@given(sentence('there is an environment "{environment:Text}" in "{region:Text}" with Omnichannel'))
def there_is_an_environment_in_with_omnichannel(cast: Cast, environment: str, region: str) -> None:
    connecting.makes_environment(cast, environment, region, omnichannel=True)


@given(sentence('{platform:Platform} has taken away the licence "{licence:Text}"'))
def platform_has_taken_away_the_licence(cast: Cast, platform: str, licence: str) -> None:
    connecting.loses_licence(cast, licence)


@given(sentence('{platform:Platform} has left the licences "{one:Text}" and "{other:Text}"'))
def platform_has_left_the_licences(cast: Cast, platform: str, one: str, other: str) -> None:
    connecting.keeps_licences(cast, (one, other))


@given(sentence("{platform:Platform} has removed the {extension:Extension} extension"))
def platform_has_removed_the_extension(cast: Cast, platform: str, extension: str) -> None:
    connecting.removes_extension(cast, extension)


@given(sentence("{platform:Platform} has removed every extension"))
def platform_has_removed_every_extension(cast: Cast, platform: str) -> None:
    connecting.removes_extensions(cast)


@given(sentence('{platform:Platform} has installed every extension in "{environment:Text}"'))
def platform_has_installed_every_extension_in(cast: Cast, platform: str, environment: str) -> None:
    connecting.installs_extensions(cast, environment)


@when(sentence('{platform:Platform} makes an environment "{environment:Text}" with Omnichannel'))
def platform_makes_an_environment_with_omnichannel(
    cast: Cast, platform: str, environment: str
) -> None:
    cast.platform(platform).makes_environment(environment, "Europe", True)


@given(sentence('{maker:Maker} has chosen the environment "{environment:Text}"'))
def maker_has_chosen_the_environment(cast: Cast, maker: str, environment: str) -> None:
    cast.maker(maker).chooses_environment(cast.environment(environment))


@given(sentence("{maker:Maker} has chosen the home environment"))
def maker_has_chosen_the_home_environment(cast: Cast, maker: str) -> None:
    cast.maker(maker).chooses_environment(cast.organisation.environment)


@when(
    sentence('{maker:Maker} chooses the environment "{environment:Text}"'),
    target_fixture="refused",
)
def maker_chooses_the_environment(cast: Cast, maker: str, environment: str) -> Refused | None:
    id = cast.environment(environment)
    return refusal_of(lambda: cast.maker(maker).chooses_environment(id))


@when(sentence("{maker:Maker} chooses the home environment"), target_fixture="refused")
def maker_chooses_the_home_environment(cast: Cast, maker: str) -> Refused | None:
    home = cast.organisation.environment
    return refusal_of(lambda: cast.maker(maker).chooses_environment(home))


@given(sentence('{maker:Maker} has begun a trial in "{environment:Text}"'))
@when(sentence('{maker:Maker} begins a trial in "{environment:Text}"'))
def maker_begins_a_trial_in(cast: Cast, maker: str, environment: str) -> None:
    cast.maker(maker).begins_trial(cast.environment(environment))


@then(sentence("{maker:Maker} is invited to begin a trial"))
def maker_is_invited_to_begin_a_trial(refused: Refused | None, maker: str) -> None:
    connections.invites_to_trial(refused)


@then(sentence('{maker:Maker}\'s bot is to be connected to "{environment:Text}"'))
def makers_bot_is_to_be_connected_to(cast: Cast, maker: str, environment: str) -> None:
    connections.has_chosen(cast.maker(maker), environment)


@given(sentence("{maker:Maker} is warned of missing extensions"))
def maker_has_been_warned_of_missing_extensions(cast: Cast, maker: str) -> None:
    connections.warns_of_extensions(cast.maker(maker))


@then(sentence("{maker:Maker} is warned of missing extensions"))
def maker_is_warned_of_missing_extensions(cast: Cast, maker: str) -> None:
    connections.warns_of_extensions(cast.maker(maker))


@then(sentence("{maker:Maker} is not warned"))
def maker_is_not_warned(cast: Cast, maker: str) -> None:
    connections.warns_of_nothing(cast.maker(maker))


@then(sentence('{platform:Platform} finds every extension in "{environment:Text}"'))
def platform_finds_every_extension_in(cast: Cast, platform: str, environment: str) -> None:
    environments.has_extensions(cast.platform(platform), environment, connecting.EXTENSIONS)


@then(sentence("{administrator:Administrator} finds analytics of {maker:Maker}'s bot"))
def administrator_finds_analytics_of_makers_bot(cast: Cast, administrator: str, maker: str) -> None:
    connections.has_analytics(cast.maker(maker), cast.administrator(administrator))


@then(sentence("{administrator:Administrator} finds no analytics of {maker:Maker}'s bot"))
def administrator_finds_no_analytics_of_makers_bot(
    cast: Cast, administrator: str, maker: str
) -> None:
    connections.has_no_analytics(cast.maker(maker), cast.administrator(administrator))
