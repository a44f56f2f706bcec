"""App registrations, the ids that bots are added by, and the users that they get."""

from __future__ import annotations

from collections.abc import Callable

from pytest_bdd import given, then, when

from harness import Cast, applications, connecting
from harness.errors import Refused
from harness.expect.refusals import refusal_of

from .types import sentence


@given(
    sentence('{maker:Maker} has registered the application "{name:Text}"'),
    target_fixture="application",
)
def maker_has_registered_the_application(cast: Cast, maker: str, name: str) -> str:
    return cast.maker(maker).registers_application(name)


@given(sentence('{maker:Maker} has since registered the application "{name:Text}"'))
def maker_has_since_registered_the_application(cast: Cast, maker: str, name: str) -> None:
    cast.maker(maker).registers_application(name)


@given(sentence("{maker:Maker} has a bot ready to be added"))
def maker_has_a_bot_ready_to_be_added(cast: Cast, maker: str) -> None:
    connecting.has_ready_bot(cast, maker)


@given(sentence('{maker:Maker} has a bot ready to be added to "{environment:Text}"'))
def maker_has_a_bot_ready_to_be_added_to(cast: Cast, maker: str, environment: str) -> None:
    connecting.has_ready_bot(cast, maker, environment)


@given(sentence("{maker:Maker} has added a bot by that application"))
def maker_has_added_a_bot_by_that_application(cast: Cast, maker: str, application: str) -> None:
    connecting.has_added_bot(cast, maker, application)


@given(sentence('{maker:Maker} has added a bot by that application to "{environment:Text}"'))
def maker_has_added_a_bot_by_that_application_to(
    cast: Cast, maker: str, application: str, environment: str
) -> None:
    connecting.has_added_bot(cast, maker, application, environment)


@given(sentence("{maker:Maker} has been refused for an unknown application"))
def maker_has_been_refused_for_an_unknown_application(cast: Cast, maker: str) -> None:
    connecting.has_been_refused(cast, maker)


@when(sentence("{maker:Maker} adds the bot by that application"), target_fixture="refused")
def maker_adds_the_bot_by_that_application(
    cast: Cast, maker: str, application: str
) -> Refused | None:
    return refusal_of(lambda: cast.maker(maker).adds_bot(application))


@when(
    sentence("{maker:Maker} adds the bot by that application, written {form:Form}"),
    target_fixture="refused",
)
def maker_adds_the_bot_by_that_application_written(
    cast: Cast, maker: str, application: str, form: Callable[[str], str]
) -> Refused | None:
    return refusal_of(lambda: cast.maker(maker).adds_bot(form(application)))


@when(sentence("{maker:Maker} adds the bot by an unknown application"), target_fixture="refused")
def maker_adds_the_bot_by_an_unknown_application(cast: Cast, maker: str) -> Refused | None:
    return refusal_of(lambda: cast.maker(maker).adds_bot(connecting.UNKNOWN_APPLICATION))


@when(sentence('{maker:Maker} adds the bot by "{words:Text}"'), target_fixture="refused")
def maker_adds_the_bot_by(cast: Cast, maker: str, words: str) -> Refused | None:
    return refusal_of(lambda: cast.maker(maker).adds_bot(words))


@then("the application is refused as another bot's")
def the_application_is_refused_as_another_bots(refused: Refused | None) -> None:
    applications.is_refused_as_duplicate(refused)


@then("the application id is refused at once")
def the_application_id_is_refused_at_once(refused: Refused | None) -> None:
    applications.is_refused_before_asking(refused, "ApplicationIdMalformed")


@then(
    sentence(
        "{administrator:Administrator} finds that application with the user of {maker:Maker}'s bot"
    )
)
def administrator_finds_that_application_with_the_user_of_makers_bot(
    cast: Cast, administrator: str, application: str, maker: str
) -> None:
    bot = cast.maker(maker).works_on
    applications.has_application(cast.administrator(administrator), bot, application)


@then(sentence("{administrator:Administrator} finds {maker:Maker}'s bot among the agents"))
def administrator_finds_makers_bot_among_the_agents(
    cast: Cast, administrator: str, maker: str
) -> None:
    bot = cast.maker(maker).works_on
    applications.is_represented(cast.administrator(administrator), bot)


@then(
    sentence(
        "{platform:Platform} finds {maker:Maker}'s bot in Dataverse as"
        " {administrator:Administrator} does"
    )
)
def platform_finds_makers_bot_in_dataverse_as_administrator_does(
    cast: Cast, platform: str, maker: str, administrator: str
) -> None:
    bot, home = cast.maker(maker).works_on, cast.organisation.environment
    desk, dataverse = cast.administrator(administrator), cast.dataverse(platform)
    applications.agrees_with_dataverse(desk, dataverse, home, bot)
