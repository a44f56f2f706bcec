"""The bot's own website: what becomes of a customer there, outside the desk."""

from __future__ import annotations

from pytest_bdd import then

from harness import Cast, websites

from .types import sentence


@then(sentence("{customer:Customer}'s chat on that website does not ring at {agent:Agent}"))
def customers_chat_on_that_website_does_not_ring_at(cast: Cast, customer: str, agent: str) -> None:
    websites.rings_at_nobody(cast.visitor(customer), cast.agent(agent))


@then(sentence("{supervisor:Supervisor} knows nothing of {customer:Customer}'s chat there"))
def supervisor_knows_nothing_of_customers_chat_there(
    cast: Cast, supervisor: str, customer: str
) -> None:
    websites.is_unknown_to_desk(cast.visitor(customer), cast.supervisor(supervisor))


@then(sentence("{customer:Customer} is told that something cannot be drawn"))
def customer_is_told_that_something_cannot_be_drawn(cast: Cast, customer: str) -> None:
    websites.says_what_it_cannot_draw(cast.canvas(customer))
