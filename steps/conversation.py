"""The state of a conversation, as the desk shows it."""

from __future__ import annotations

from collections.abc import Callable

from pytest_bdd import then

from harness import Cast, conversations
from harness.protocol.conversations import Closure
from harness.protocol.roles import Reader

from .types import sentence


@then(sentence("{customer:Customer}'s conversation is {state:State}"))
def customers_conversation_is(
    cast: Cast, customer: str, state: Callable[[Reader, str], None]
) -> None:
    state(cast.desk, cast.conversation(customer))


@then(sentence("{customer:Customer}'s conversation is active with {agent:Agent}"))
def customers_conversation_is_active_with(cast: Cast, customer: str, agent: str) -> None:
    conversations.is_active(cast.desk, cast.conversation(customer), agent)


@then(sentence("{customer:Customer}'s conversation is closed by {closer:Closer}"))
def customers_conversation_is_closed_by(cast: Cast, customer: str, closer: Closure) -> None:
    conversations.is_closed_by(cast.desk, cast.conversation(customer), closer)


@then(sentence("the bot does not answer {customer:Customer}"))
def the_bot_does_not_answer(cast: Cast, customer: str) -> None:
    conversations.has_no_bot_line(cast.customer(customer))


@then(sentence("the bot stays silent towards {customer:Customer} and {agent:Agent}"))
def the_bot_stays_silent_towards(cast: Cast, customer: str, agent: str) -> None:
    chat = cast.conversation(customer)
    conversations.bot_stays_silent(cast.customer(customer), cast.agent(agent), chat)
