"""What customers do, and what they see."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pytest_bdd import given, then, when

from harness import Cast, arrangements, customers, messages, preparations, refusal_of, refusals
from harness.errors import Refused

from .types import sentence

if TYPE_CHECKING:
    from faker import Faker


@given(sentence("{customer:Customer} is chatting with the bot"))
def customer_is_chatting_with_the_bot(cast: Cast, customer: str) -> None:
    arrangements.is_chatting(cast, customer)


@given(sentence("{customer:Customer} is waiting for an agent"))
def customer_is_waiting_for_an_agent(cast: Cast, customer: str) -> None:
    arrangements.is_waiting(cast, customer)


@given(sentence("{customer:Customer} is chatting with {agent:Agent}"))
def customer_is_chatting_with_agent(cast: Cast, customer: str, agent: str) -> None:
    arrangements.is_with(cast, customer, agent)


@given(sentence("{customer:Customer} has told the bot the store is in {town}"))
def customer_has_told_the_bot_the_store_is_in(
    cast: Cast, fake: Faker, customer: str, town: str
) -> None:
    arrangements.tells_store(cast, customer, fake.bothify("#####"), town)


@given(sentence("the bot has asked {customer:Customer} for the parcel number"))
def the_bot_has_asked_customer_for_the_parcel_number(cast: Cast, customer: str) -> None:
    arrangements.asks_for_parcel(cast, customer)


@given(sentence('{customer:Customer} has said "{text:Text}"'))
def customer_has_said(cast: Cast, customer: str, text: str) -> None:
    cast.customer(customer).says(text)
    customers.sees_line(cast.customer(customer), text)


@when(sentence("{customer:Customer} starts a chat"))
def customer_starts_a_chat(cast: Cast, customer: str) -> None:
    cast.customer(customer).starts_chat()


@when(sentence('{customer:Customer} starts a chat with "{text:Text}"'))
def customer_starts_a_chat_with(cast: Cast, customer: str, text: str) -> None:
    cast.customer(customer).starts_chat()
    cast.customer(customer).says(text)


@when(sentence("{customer:Customer} ends the chat"))
def customer_ends_the_chat(cast: Cast, customer: str) -> None:
    cast.customer(customer).ends_chat()


@when(sentence("{customer:Customer} comes back to the page"))
def customer_comes_back_to_the_page(cast: Cast, customer: str) -> None:
    cast.customer(customer).comes_back()


@when(sentence('{customer:Customer} says "{text:Text}"'))
def customer_says(cast: Cast, customer: str, text: str) -> None:
    cast.customer(customer).says(text)


@when(sentence('{customer:Customer} tries to say "{text:Text}"'))
def customer_tries_to_say(cast: Cast, customer: str, text: str) -> None:
    refusal_of(lambda: cast.customer(customer).says(text))


@given(sentence('{customer:Customer} brings {value:Value} as "{name:Text}"'))
def customer_brings_as(cast: Cast, customer: str, value: object, name: str) -> None:
    cast.customer(customer).brings(name, value)


@given(sentence("{customer:Customer} brings {count:Number} details"))
def customer_brings_details(cast: Cast, customer: str, count: int) -> None:
    preparations.brings_details(cast, customer, count)


@when(sentence("{customer:Customer} tries to say {text:Made}"), target_fixture="refused")
def customer_tries_to_say_made(cast: Cast, customer: str, text: str) -> Refused | None:
    return refusal_of(lambda: cast.customer(customer).says(text))


@then("the message is refused as too large")
def the_message_is_refused_as_too_large(refused: Refused | None) -> None:
    refusals.is_too_large(refused)


@then("the message is not refused")
def the_message_is_not_refused(refused: Refused | None) -> None:
    refusals.is_taken(refused)


@then(sentence("{customer:Customer} sees {text:Made}"))
def customer_sees_made(cast: Cast, customer: str, text: str) -> None:
    customers.sees_line(cast.customer(customer), text)


@then(sentence("{customer:Customer} sees the id of the conversation"))
def customer_sees_the_id_of_the_conversation(cast: Cast, customer: str) -> None:
    customers.sees_line(cast.customer(customer), cast.conversation(customer))


@then(sentence('{customer:Customer} sees the id of the {kind:Record} "{name:Text}"'))
def customer_sees_the_id_of_the_record(cast: Cast, customer: str, kind: str, name: str) -> None:
    customers.sees_line(cast.customer(customer), preparations.record(cast, kind, name))


@when(sentence("{customer:Customer} types"))
def customer_types(cast: Cast, customer: str) -> None:
    cast.customer(customer).types()


@then(sentence('{customer:Customer} sees "{text:Text}"'))
def customer_sees(cast: Cast, customer: str, text: str) -> None:
    customers.sees_line(cast.customer(customer), text)


@then(sentence('{customer:Customer} sees "{first:Text}" before "{second:Text}"'))
def customer_sees_before(cast: Cast, customer: str, first: str, second: str) -> None:
    customers.sees_in_order(cast.customer(customer), (first, second))


@then(sentence('{customer:Customer} does not see "{text:Text}"'))
def customer_does_not_see(cast: Cast, customer: str, text: str) -> None:
    customers.does_not_see(cast.customer(customer), text, cast.witness(customer))


@then(sentence("{customer:Customer} sees that {agent:Agent} has joined"))
def customer_sees_that_agent_has_joined(cast: Cast, customer: str, agent: str) -> None:
    customers.sees_join_of(cast.customer(customer), agent)


@then(sentence("{customer:Customer} sees that {agent:Agent} is typing"))
def customer_sees_that_agent_is_typing(cast: Cast, customer: str, agent: str) -> None:
    customers.sees_agent_typing(cast.customer(customer))


@then(sentence("{customer:Customer} sees error code {code:Number}"))
def customer_sees_error_code(cast: Cast, customer: str, code: int) -> None:
    customers.sees_error_code(cast.customer(customer), code)


@then(sentence("{customer:Customer} is told code {code:Number}, the conversation and the time"))
def customer_is_told_code_the_conversation_and_the_time(
    cast: Cast, customer: str, code: int
) -> None:
    customers.is_told_of_failure(cast.customer(customer), code, cast.conversation(customer))


@then(sentence('{customer:Customer} sees "{text:Text}" once'))
def customer_sees_once(cast: Cast, customer: str, text: str) -> None:
    customers.sees_once(cast.customer(customer), text, cast.witness(customer))


@then(sentence("{customer:Customer}'s messages are marked as a customer's"))
def messages_are_marked_as_a_customers(cast: Cast, customer: str) -> None:
    messages.carry_customer_tags(cast.customer(customer), partial(cast.exchanges, customer))


@then(sentence("{customer:Customer} can no longer write"))
def customer_can_no_longer_write(cast: Cast, customer: str) -> None:
    customers.cannot_write(cast.customer(customer))
