"""A bot that runs elsewhere, and what it tells the desk."""

from __future__ import annotations

from pytest_bdd import given, when

from harness import Cast, preparations, refusal_of
from harness.staging.boundaries import Value, name_of

from .types import sentence


@given(sentence("the outside bot {bot:OutsideBot} takes the chats"))
def the_outside_bot_takes_the_chats(cast: Cast, bot: str) -> None:
    preparations.answers_from_outside(cast, bot)


@given(sentence("{customer:Customer} is chatting with {bot:OutsideBot}"))
def customer_is_chatting_with_outside_bot(cast: Cast, customer: str, bot: str) -> None:
    preparations.is_chatting_with_outside(cast, customer, bot)


@when(sentence('{bot:OutsideBot} says "{text:Text}" to {customer:Customer}'))
def outside_bot_says_to_customer(cast: Cast, bot: str, text: str, customer: str) -> None:
    cast.outside[bot].says(cast.conversation(customer), text)


@when(sentence('{bot:OutsideBot} tells agents "{text:Text}" about {customer:Customer}'))
def outside_bot_tells_agents_about_customer(cast: Cast, bot: str, text: str, customer: str) -> None:
    cast.outside[bot].tells_agents(cast.conversation(customer), text)


@given(
    sentence(
        '{bot:OutsideBot} has handed {customer:Customer} over with {value:Value} as "{name:Text}"'
    )
)
@when(
    sentence('{bot:OutsideBot} hands {customer:Customer} over with {value:Value} as "{name:Text}"')
)
def outside_bot_hands_customer_over_with_as(
    cast: Cast, bot: str, customer: str, value: Value, name: str
) -> None:
    preparations.hands_over(cast, bot, customer, {name: value})


@when(
    sentence(
        "{bot:OutsideBot} hands {customer:Customer} over by a name of {length:Number} characters"
    ),
    target_fixture="named",
)
def outside_bot_hands_customer_over_by_a_name_of_characters(
    cast: Cast, bot: str, customer: str, length: int
) -> str:
    preparations.hands_over(cast, bot, customer, {name_of(length): "Oslo"})
    return name_of(length)


@when(sentence("{bot:OutsideBot} hands {customer:Customer} over with an unheard-of attachment"))
def outside_bot_hands_customer_over_with_an_unheard_of_attachment(
    cast: Cast, bot: str, customer: str
) -> None:
    preparations.hands_over_with_unknown_attachment(cast, bot, customer)


@when(sentence("{bot:OutsideBot} ends {customer:Customer}'s conversation"))
def outside_bot_ends_customers_conversation(cast: Cast, bot: str, customer: str) -> None:
    refusal_of(lambda: cast.outside[bot].ends(cast.conversation(customer)))
