"""The bot itself: what its maker has put into it."""

from __future__ import annotations

from pytest_bdd import given, then, when

from harness import Cast, arrangements, bots, connecting, preparations
from harness.protocol.portal import DYNAMICS, PORTAL
from harness.staging.boundaries import Value, bot_name

from .types import sentence


@when(sentence("{maker:Maker} makes a bot from Dynamics 365"))
def maker_makes_a_bot_from_dynamics_365(cast: Cast, maker: str) -> None:
    cast.maker(maker).makes_bot("Delta Helper", DYNAMICS)


@when(sentence("{maker:Maker} makes a bot in the portal"))
def maker_makes_a_bot_in_the_portal(cast: Cast, maker: str) -> None:
    cast.maker(maker).makes_bot("Delta Helper", PORTAL)


@then(sentence('{maker:Maker}\'s bot has the topic "{topic:Text}"'))
def makers_bot_has_the_topic(cast: Cast, maker: str, topic: str) -> None:
    bots.has_topic(cast.maker(maker), topic)


@then(sentence('{maker:Maker}\'s bot has no topic "{topic:Text}"'))
def makers_bot_has_no_topic(cast: Cast, maker: str, topic: str) -> None:
    bots.lacks_topic(cast.maker(maker), topic)


@then(sentence('the topic "{topic:Text}" of {maker:Maker}\'s bot starts from silence'))
def the_topic_of_makers_bot_starts_from_silence(cast: Cast, topic: str, maker: str) -> None:
    bots.starts_from_silence(cast.maker(maker), topic)


@then(sentence('the topic "{topic:Text}" of {maker:Maker}\'s bot can transfer'))
def the_topic_of_makers_bot_can_transfer(cast: Cast, topic: str, maker: str) -> None:
    bots.can_transfer(cast.maker(maker), topic)


@then(sentence('the topic "{topic:Text}" of {maker:Maker}\'s bot cannot transfer'))
def the_topic_of_makers_bot_cannot_transfer(cast: Cast, topic: str, maker: str) -> None:
    bots.cannot_transfer(cast.maker(maker), topic)


@given(sentence("{maker:Maker} has a published bot"))
def maker_has_a_published_bot(cast: Cast, maker: str) -> None:
    arrangements.makes_bot(cast, maker, "Beta Helper")


@given(sentence("{maker:Maker} has an unpublished bot"))
def maker_has_an_unpublished_bot(cast: Cast, maker: str) -> None:
    cast.maker(maker).makes_bot("Gamma Helper")


@given(sentence("{maker:Maker} has a bot named by {length:Number} {letters:Letters}"))
def maker_has_a_bot_named_by(cast: Cast, maker: str, length: int, letters: str) -> None:
    arrangements.makes_bot(cast, maker, bot_name(letters, length))


@given(sentence('{maker:Maker} has renamed the bot "{name:Text}"'))
def maker_has_renamed_the_bot(cast: Cast, maker: str, name: str) -> None:
    cast.maker(maker).renames_bot(name)


@given(sentence('{maker:Maker} has a published bot in the environment "{environment:Text}"'))
def maker_has_a_published_bot_in_the_environment(cast: Cast, maker: str, environment: str) -> None:
    connecting.has_bot_in(cast, maker, environment)


@given(sentence("{maker:Maker} has connected a bot without publishing it"))
def maker_has_connected_a_bot_without_publishing_it(cast: Cast, maker: str) -> None:
    arrangements.connects_unpublished_bot(cast, maker, "Gamma Helper")


@given(sentence('the bot remembers {value:Value} as "{name:Text}"'))
def the_bot_remembers_as(cast: Cast, value: Value, name: str) -> None:
    preparations.remembers(cast, name, value)


@given(sentence('the bot remembers {value:Value} as "{name:Text}" after "{phrase:Text}"'))
def the_bot_remembers_as_after(cast: Cast, value: Value, name: str, phrase: str) -> None:
    preparations.remembers_after(cast, phrase, name, value)


@given(
    sentence("the bot remembers {value:Value} by a name of {length:Number} characters"),
    target_fixture="named",
)
def the_bot_remembers_by_a_name_of_characters(cast: Cast, value: Value, length: int) -> str:
    return preparations.remembers_under_name(cast, length, value)


@given(sentence('the bot offers "{one:Text}" or "{other:Text}" after "{phrase:Text}"'))
def the_bot_offers_or_after(cast: Cast, one: str, other: str, phrase: str) -> None:
    preparations.asks_after(cast, phrase, "Which one?", (one, other))


@given(sentence('the bot greets with what it knows as "{name:Text}"'))
def the_bot_greets_with_what_it_knows_as(cast: Cast, name: str) -> None:
    preparations.greets_with(cast, name)


@given(sentence('asked for a person, the bot says "{words:Text}"'))
def asked_for_a_person_the_bot_says(cast: Cast, words: str) -> None:
    preparations.only_says_when_asked_for_person(cast, words)


@given("the bot has no private message for agents")
def the_bot_has_no_private_message_for_agents(cast: Cast) -> None:
    preparations.tells_agents(cast, None)


@given(sentence('the bot tells agents "{message:Text}"'))
def the_bot_tells_agents(cast: Cast, message: str) -> None:
    preparations.tells_agents(cast, message)


@given(sentence("the bot tells agents {message:Made}"))
def the_bot_tells_agents_made(cast: Cast, message: str) -> None:
    preparations.tells_agents(cast, message)


@given(sentence('the bot answers the unknown with "{words:Text}"'))
def the_bot_answers_the_unknown_with(cast: Cast, words: str) -> None:
    preparations.answers_unknown_with(cast, words)


@then(sentence('{maker:Maker}\'s bot has kept "{words:Text}" of {customer:Customer}'))
def makers_bot_has_kept_of_customer(cast: Cast, maker: str, words: str, customer: str) -> None:
    bots.keeps_words(cast.maker(maker), cast.conversation(customer), words)
