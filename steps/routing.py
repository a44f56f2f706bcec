"""Queues, the rules that lead to them, and the bots that are asked first there."""

from __future__ import annotations

from pytest_bdd import given, then, when

from harness import Cast, conversations, preparations

from .types import sentence


@given(sentence('{agent:Agent} works in the queue "{queue:Text}"'))
def agent_works_in_the_queue(cast: Cast, agent: str, queue: str) -> None:
    preparations.works_in(cast, agent, queue)


@given(
    sentence('conversations with "{variable:Text}" "{value:Text}" go to the queue "{queue:Text}"')
)
def conversations_with_go_to_the_queue(cast: Cast, variable: str, value: str, queue: str) -> None:
    preparations.routes(cast, variable, value, queue)


@given(sentence('the bot "{bot:Text}" serves the queue "{queue:Text}"'))
def the_bot_serves_the_queue(cast: Cast, bot: str, queue: str) -> None:
    preparations.serves(cast, bot, queue)


@given(sentence('the bot "{bot:Text}" serves "{queue:Text}", telling "{name:Text}"'))
def the_bot_serves_telling(cast: Cast, bot: str, queue: str, name: str) -> None:
    preparations.serves(cast, bot, queue, name)


@given(sentence('the first bot serves the queue "{queue:Text}", too'))
def the_first_bot_serves_the_queue_too(cast: Cast, queue: str) -> None:
    preparations.serves_too(cast, queue)


@given(sentence('{agent:Agent} has transferred {customer:Customer} to the queue "{queue:Text}"'))
@when(sentence('{agent:Agent} transfers {customer:Customer} to the queue "{queue:Text}"'))
def agent_transfers_customer_to_the_queue(
    cast: Cast, agent: str, customer: str, queue: str
) -> None:
    cast.agent(agent).transfers(cast.conversation(customer), queue)


@then(sentence('{customer:Customer}\'s conversation waits in the queue "{queue:Text}"'))
def customers_conversation_waits_in_the_queue(cast: Cast, customer: str, queue: str) -> None:
    conversations.is_in_queue(cast.desk, cast.conversation(customer), queue)


@then(sentence('{customer:Customer}\'s conversation is active with the bot "{bot:Text}"'))
def customers_conversation_is_active_with_the_bot(cast: Cast, customer: str, bot: str) -> None:
    conversations.is_with_bot(cast.desk, cast.conversation(customer), bot)


@then(sentence("{customer:Customer}'s conversation stays with the bot"))
def customers_conversation_stays_with_the_bot(cast: Cast, customer: str) -> None:
    conversation = cast.conversation(customer)
    conversations.stays_with_bot(cast.desk, conversation, lambda: cast.witness(customer)())
