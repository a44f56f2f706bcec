"""How the bot's analytics count what became of a chat."""

from __future__ import annotations

from pytest_bdd import given, then, when

from harness import Cast, analytics, silences

from .types import sentence


@given("the bot asks whether it has helped")
def the_bot_asks_whether_it_has_helped(cast: Cast) -> None:
    silences.asks_whether_it_helped(cast)


@given("the bot closes by its transfer")
def the_bot_closes_by_its_transfer(cast: Cast) -> None:
    silences.closes_by_transfer(cast)


@given(sentence("{customer:Customer} has needed nothing else"))
@when(sentence("{customer:Customer} needs nothing else"))
def customer_needs_nothing_else(cast: Cast, customer: str) -> None:
    cast.customer(customer).says(silences.HELPED)


@when(sentence("{customer:Customer} is done"))
def customer_is_done(cast: Cast, customer: str) -> None:
    cast.customer(customer).says(silences.CLOSES)


@then(sentence("{maker:Maker} counts {customer:Customer}'s session as {outcome:Outcome}"))
def maker_counts_customers_session_as(cast: Cast, maker: str, customer: str, outcome: str) -> None:
    analytics.counts_as(cast.maker(maker), cast.conversation(customer), outcome)


@then(sentence("{maker:Maker} counts {number:Number} {outcome:Outcome} session"))
@then(sentence("{maker:Maker} counts {number:Number} {outcome:Outcome} sessions"))
def maker_counts_sessions(cast: Cast, maker: str, number: int, outcome: str) -> None:
    analytics.counts_sessions(cast.maker(maker), outcome, number)
