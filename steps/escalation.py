"""Handing a conversation over, and what travels with it."""

from __future__ import annotations

from pytest_bdd import given, then, when

from harness import Cast, agents, arrangements, conversations

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
