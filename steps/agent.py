"""What agents do at the desk, and what they see there."""

from __future__ import annotations

from pytest_bdd import given, then, when

from harness import Cast, agents, arrangements, conversations, customers, refusal_of
from harness.errors import Refused
from harness.protocol.conversations import Presence

from .types import sentence


@given(sentence("{agent:Agent} is available"))
def agent_is_available(cast: Cast, agent: str) -> None:
    cast.agent(agent).sets_presence(Presence.AVAILABLE)


@given(sentence("{agent:Agent} is away"))
def agent_is_away(cast: Cast, agent: str) -> None:
    cast.agent(agent).sets_presence(Presence.AWAY)


@given("no agent is available")
def no_agent_is_available(cast: Cast) -> None:
    cast.nobody_is_available()


@given(sentence("{customer:Customer}'s conversation rings at {agent:Agent}"))
def customers_conversation_rings_at(cast: Cast, customer: str, agent: str) -> None:
    agents.is_notified_of(cast.agent(agent), cast.conversation(customer))


@given(sentence("{agent:Agent} has accepted {customer:Customer}'s conversation"))
def agent_has_accepted_customers_conversation(cast: Cast, agent: str, customer: str) -> None:
    arrangements.takes(cast, agent, cast.conversation(customer))
    conversations.is_active(cast.desk, cast.conversation(customer), agent)


@given(sentence('{agent:Agent} has said "{text:Text}" to {customer:Customer}'))
def agent_has_said_to_customer(cast: Cast, agent: str, text: str, customer: str) -> None:
    cast.agent(agent).says(cast.conversation(customer), text)
    customers.sees_line(cast.customer(customer), text)


@given(sentence("{agent:Agent} has ended {customer:Customer}'s conversation"))
def agent_has_ended_customers_conversation(cast: Cast, agent: str, customer: str) -> None:
    cast.agent(agent).ends(cast.conversation(customer))
    conversations.is_in_wrap_up(cast.desk, cast.conversation(customer))


@given(sentence("{agent:Agent} has closed {customer:Customer}'s conversation"))
def agent_has_closed_customers_conversation(cast: Cast, agent: str, customer: str) -> None:
    cast.agent(agent).ends(cast.conversation(customer))
    cast.agent(agent).closes(cast.conversation(customer))


@when(sentence("{agent:Agent} becomes available"))
def agent_becomes_available(cast: Cast, agent: str) -> None:
    cast.agent(agent).sets_presence(Presence.AVAILABLE)


@when(sentence("{agent:Agent} accepts {customer:Customer}'s conversation"))
def agent_accepts_customers_conversation(cast: Cast, agent: str, customer: str) -> None:
    arrangements.takes(cast, agent, cast.conversation(customer))


@when(sentence("{agent:Agent} rejects {customer:Customer}'s conversation"))
def agent_rejects_customers_conversation(cast: Cast, agent: str, customer: str) -> None:
    cast.agent(agent).rejects(cast.conversation(customer))


@when(sentence("{agent:Agent} ends {customer:Customer}'s conversation"))
def agent_ends_customers_conversation(cast: Cast, agent: str, customer: str) -> None:
    cast.agent(agent).ends(cast.conversation(customer))


@when(sentence("{agent:Agent} closes {customer:Customer}'s conversation"))
def agent_closes_customers_conversation(cast: Cast, agent: str, customer: str) -> None:
    cast.agent(agent).closes(cast.conversation(customer))


@when(sentence("{agent:Agent} tries to force {customer:Customer}'s conversation closed"))
def agent_tries_to_force_customers_conversation_closed(
    cast: Cast, agent: str, customer: str
) -> None:
    refusal_of(lambda: cast.agent(agent).forces_closed(cast.conversation(customer)))


@when(sentence('{agent:Agent} says "{text:Text}" to {customer:Customer}'))
def agent_says_to_customer(cast: Cast, agent: str, text: str, customer: str) -> None:
    cast.agent(agent).says(cast.conversation(customer), text)


@when(
    sentence("{agent:Agent} tries to tell {customer:Customer} {text:Made}"),
    target_fixture="refused",
)
def agent_tries_to_tell_customer_made(
    cast: Cast, agent: str, customer: str, text: str
) -> Refused | None:
    return refusal_of(lambda: cast.agent(agent).says(cast.conversation(customer), text))


@when(sentence("{agent:Agent} types to {customer:Customer}"))
def agent_types_to_customer(cast: Cast, agent: str, customer: str) -> None:
    cast.agent(agent).types(cast.conversation(customer))


@then(sentence("{customer:Customer}'s conversation rings at {agent:Agent}"))
def customers_conversation_must_ring_at(cast: Cast, customer: str, agent: str) -> None:
    agents.is_notified_of(cast.agent(agent), cast.conversation(customer))


@then(sentence("{customer:Customer}'s conversation rings at {agent:Agent} alone"))
def customers_conversation_rings_at_alone(cast: Cast, customer: str, agent: str) -> None:
    agents.alone_is_notified_of(cast.agent(agent), cast.others(agent), cast.conversation(customer))


@then(sentence('{agent:Agent} sees "{text:Text}" from {customer:Customer}'))
def agent_sees_from_customer(cast: Cast, agent: str, text: str, customer: str) -> None:
    agents.sees_line(cast.agent(agent), cast.conversation(customer), text)


@then(sentence("{agent:Agent} sees {text:Made} from {customer:Customer}"))
def agent_sees_made_from_customer(cast: Cast, agent: str, text: str, customer: str) -> None:
    agents.sees_line(cast.agent(agent), cast.conversation(customer), text)


@then(sentence("{agent:Agent} sees that {customer:Customer} is typing"))
def agent_sees_that_customer_is_typing(cast: Cast, agent: str, customer: str) -> None:
    agents.sees_customer_typing(cast.agent(agent), cast.conversation(customer))
