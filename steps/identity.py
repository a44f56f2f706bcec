"""Customers whom their own site knows, and who come back."""

from __future__ import annotations

from pytest_bdd import given, then, when

from harness import Cast, customers, identities, refusal_of, refusals
from harness.errors import Refused
from harness.identity import Flaw

from .types import sentence


@given("chats need signing in")
def chats_need_signing_in(cast: Cast) -> None:
    identities.need_signing_in(cast)


@given(sentence("{customer:Customer} is signed in"))
def customer_is_signed_in(cast: Cast, customer: str) -> None:
    identities.signs_in(cast, customer)


@given(sentence("{customer:Customer} has a token that is {flaw:Flaw}"))
def customer_has_a_token_that_is(cast: Cast, customer: str, flaw: Flaw) -> None:
    identities.signs_in(cast, customer, flaw)


@given(sentence('{customer:Customer} is signed in with "{value:Text}" as "{name:Text}"'))
def customer_is_signed_in_with_as(cast: Cast, customer: str, value: str, name: str) -> None:
    identities.signs_in(cast, customer, contexts={name: value})


@when(sentence("{customer:Customer} tries to start a chat"), target_fixture="refused")
def customer_tries_to_start_a_chat(cast: Cast, customer: str) -> Refused | None:
    return refusal_of(cast.customer(customer).starts_chat)


@then("the chat is refused to somebody unknown")
def the_chat_is_refused_to_somebody_unknown(refused: Refused | None) -> None:
    refusals.is_unauthorised(refused)


@given("the bot asks customers to sign in")
def the_bot_asks_customers_to_sign_in(cast: Cast) -> None:
    identities.asks_bot_to_sign_in(cast)


@given(sentence("{customer:Customer}'s page signs in to bots"))
def customers_page_signs_in_to_bots(cast: Cast, customer: str) -> None:
    cast.customer(customer).signs_in_to_bot(identities.bot_token(customer))


@given(sentence("nobody is logged in to {customer:Customer}'s page"))
def nobody_is_logged_in_to_customers_page(cast: Cast, customer: str) -> None:
    cast.customer(customer).signs_in_to_bot(identities.NOBODY)


@then(sentence("{customer:Customer} is asked to sign in"))
def customer_is_asked_to_sign_in(cast: Cast, customer: str) -> None:
    customers.sees_line(cast.customer(customer), identities.SIGN_IN)


@then(sentence("{customer:Customer} is not asked to sign in"))
def customer_is_not_asked_to_sign_in(cast: Cast, customer: str) -> None:
    customers.does_not_see(cast.customer(customer), identities.SIGN_IN, cast.witness(customer))


@then(sentence("{customer:Customer} is signed in to the bot"))
def customer_is_signed_in_to_the_bot(cast: Cast, customer: str) -> None:
    customers.sees_line(cast.customer(customer), identities.WELCOME)


@then(sentence("{customer:Customer} is not signed in to the bot"))
def customer_is_not_signed_in_to_the_bot(cast: Cast, customer: str) -> None:
    customers.does_not_see(cast.customer(customer), identities.WELCOME, cast.witness(customer))


@then(sentence("the bot has the token of {customer:Customer}'s page"))
def the_bot_has_the_token_of_customers_page(cast: Cast, customer: str) -> None:
    customers.sees_line(cast.customer(customer), identities.bot_token(customer))


@given(sentence("{customer:Customer}'s page is gone"))
def customers_page_is_gone(cast: Cast, customer: str) -> None:
    identities.disappears(cast, customer)


@given(sentence("customers may come back for {minutes:Number} minutes"))
def customers_may_come_back_for_minutes(cast: Cast, minutes: int) -> None:
    identities.may_come_back(cast, minutes)


@given(sentence("{customer:Customer} has a link back to the chat"), target_fixture="link")
def customer_has_a_link_back_to_the_chat(cast: Cast, customer: str) -> str:
    return identities.link_back(cast, customer)


@given(sentence("{customer:Customer} has ended the chat"))
def customer_has_ended_the_chat(cast: Cast, customer: str) -> None:
    cast.customer(customer).ends_chat()


@when(sentence("{customer:Customer} follows the link"))
def customer_follows_the_link(cast: Cast, customer: str, link: str) -> None:
    cast.customer(customer).follows(link)


@then(sentence("{customer:Customer} is back in the chat"))
def customer_is_back_in_the_chat(cast: Cast, customer: str) -> None:
    customers.is_back(cast.customer(customer))


@then(sentence("{customer:Customer} is not back in the chat"))
def customer_is_not_back_in_the_chat(cast: Cast, customer: str) -> None:
    customers.is_not_back(cast.customer(customer))
