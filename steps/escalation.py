"""Handing a conversation over, and what travels with it."""

from __future__ import annotations

from pytest_bdd import given, then, when

from harness import Cast, agents, arrangements, conversations, escalations, preparations
from harness.staging.boundaries import Value

from .types import sentence


@when(sentence("{customer:Customer} asks for a person"))
def customer_asks_for_a_person(cast: Cast, customer: str) -> None:
    cast.customer(customer).says(arrangements.ASKS_FOR_PERSON)


@when(sentence("{customer:Customer} is transferred to {agent:Agent}"))
def customer_is_transferred_to(cast: Cast, customer: str, agent: str) -> None:
    arrangements.is_transferred(cast, customer, agent)


@given(sentence("{customer:Customer} has been transferred to {agent:Agent}"))
def customer_has_been_transferred_to(cast: Cast, customer: str, agent: str) -> None:
    arrangements.is_transferred(cast, customer, agent)
    conversations.is_active(cast.desk, cast.conversation(customer), agent)


@then(sentence("{agent:Agent} sees everything {customer:Customer} and the bot said"))
def agent_sees_everything_customer_and_the_bot_said(cast: Cast, agent: str, customer: str) -> None:
    told = cast.customer(customer).transcript()
    agents.sees_whole_history(cast.agent(agent), cast.conversation(customer), told)


@then(sentence('{agent:Agent} sees the {variable:Variable} "{value:Text}" of {customer:Customer}'))
def agent_sees_the_variable_of_customer(
    cast: Cast, agent: str, variable: str, value: str, customer: str
) -> None:
    agents.sees_variable(cast.agent(agent), cast.conversation(customer), variable, value)


@then(sentence('{agent:Agent} sees only the topic "{topic:Text}" of {customer:Customer}'))
def agent_sees_only_the_topic_of_customer(
    cast: Cast, agent: str, topic: str, customer: str
) -> None:
    agents.sees_topics(cast.agent(agent), cast.conversation(customer), (topic,))


@then(sentence('{agent:Agent} sees the last words "{text:Text}" of {customer:Customer}'))
def agent_sees_the_last_words_of_customer(cast: Cast, agent: str, text: str, customer: str) -> None:
    agents.sees_last_phrase(cast.agent(agent), cast.conversation(customer), text)


@then(sentence("{agent:Agent} sees this private message about {customer:Customer}"))
def agent_sees_this_private_message_about_customer(
    cast: Cast, docstring: str, agent: str, customer: str
) -> None:
    agents.sees_private_message(cast.agent(agent), cast.conversation(customer), docstring)


@then(sentence('{agent:Agent} sees {value:Value} as "{name:Text}" of {customer:Customer}'))
def agent_sees_as_of_customer(
    cast: Cast, agent: str, value: Value, name: str, customer: str
) -> None:
    agents.sees_variable(cast.agent(agent), cast.conversation(customer), name, value)


@then(sentence("{agent:Agent} sees {value:Value} by that name of {customer:Customer}"))
def agent_sees_by_that_name_of_customer(
    cast: Cast, named: str, agent: str, value: Value, customer: str
) -> None:
    agents.sees_variable(cast.agent(agent), cast.conversation(customer), named, value)


@then(sentence("{agent:Agent} sees {count:Number} details of {customer:Customer}"))
def agent_sees_details_of_customer(cast: Cast, agent: str, count: int, customer: str) -> None:
    name = preparations.DETAIL
    agents.sees_variables(cast.agent(agent), cast.conversation(customer), name, count)


@then(sentence("{agent:Agent} reads {text:Made} about {customer:Customer}"))
def agent_reads_made_about_customer(cast: Cast, agent: str, text: str, customer: str) -> None:
    agents.sees_private_message(cast.agent(agent), cast.conversation(customer), text)


@then(sentence("{agent:Agent} sees no private message about {customer:Customer}"))
def agent_sees_no_private_message_about_customer(cast: Cast, agent: str, customer: str) -> None:
    agents.sees_no_private_message(cast.agent(agent), cast.conversation(customer))


@then(sentence("{maker:Maker}'s bot has handed {customer:Customer} over in the documented form"))
def makers_bot_has_handed_customer_over_in_the_documented_form(
    cast: Cast, maker: str, customer: str
) -> None:
    escalations.has_handoff_event(cast.maker(maker), cast.conversation(customer))


@then(sentence("{maker:Maker}'s bot has handed over everything {customer:Customer} and it said"))
def makers_bot_has_handed_over_everything_said(cast: Cast, maker: str, customer: str) -> None:
    conversation = cast.conversation(customer)
    escalations.has_handoff_transcript(cast.maker(maker), cast.customer(customer), conversation)


@then(sentence("{maker:Maker}'s bot greets {customer:Customer} after it was informed"))
def makers_bot_greets_customer_after_it_was_informed(cast: Cast, maker: str, customer: str) -> None:
    escalations.greeted_after_context(cast.maker(maker), cast.conversation(customer))


@then(sentence("{customer:Customer}'s transfer follows a documented limit of names"))
def customers_transfer_follows_a_documented_limit_of_names(
    cast: Cast, named: str, customer: str
) -> None:
    conversation = cast.conversation(customer)
    escalations.follows_a_name_limit(cast.desk, conversation, named, "Oslo")
