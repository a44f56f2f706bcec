"""What supervisors do and see."""

from __future__ import annotations

from pytest_bdd import given, then, when

from harness import Cast, supervisors

from .types import sentence


@given(sentence("{supervisor:Supervisor} sees {customer:Customer}'s conversation in the list"))
def supervisor_sees_customers_conversation_in_the_list(
    cast: Cast, supervisor: str, customer: str
) -> None:
    supervisors.lists(cast.supervisor(supervisor), cast.conversation(customer))


@when(sentence("{supervisor:Supervisor} closes {customer:Customer}'s conversation"))
def supervisor_closes_customers_conversation(cast: Cast, supervisor: str, customer: str) -> None:
    cast.supervisor(supervisor).closes(cast.conversation(customer))


@then(sentence("{supervisor:Supervisor} still lists {customer:Customer}'s conversation"))
def supervisor_still_lists_customers_conversation(
    cast: Cast, supervisor: str, customer: str
) -> None:
    supervisors.lists(cast.supervisor(supervisor), cast.conversation(customer))


@then(sentence("{supervisor:Supervisor} no longer lists {customer:Customer}'s conversation"))
def supervisor_no_longer_lists_customers_conversation(
    cast: Cast, supervisor: str, customer: str
) -> None:
    supervisors.does_not_list(cast.supervisor(supervisor), cast.conversation(customer))


@then(sentence("{supervisor:Supervisor} counts {number:Number} closed conversation"))
@then(sentence("{supervisor:Supervisor} counts {number:Number} closed conversations"))
def supervisor_counts_closed_conversations(cast: Cast, supervisor: str, number: int) -> None:
    supervisors.counts_closed(cast.supervisor(supervisor), number)


@given(sentence("{supervisor:Supervisor} counts {number:Number} conversation with {holder:Holder}"))
def supervisor_has_counted_conversations_with(
    cast: Cast, supervisor: str, number: int, holder: str
) -> None:
    supervisors.counts_with(cast.supervisor(supervisor), holder, number)


@then(sentence("{supervisor:Supervisor} counts {number:Number} conversations with {holder:Holder}"))
def supervisor_counts_conversations_with(
    cast: Cast, supervisor: str, number: int, holder: str
) -> None:
    supervisors.counts_with(cast.supervisor(supervisor), holder, number)
