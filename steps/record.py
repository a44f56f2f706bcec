"""Records of customers that the desk keeps, and those that it links to a conversation."""

from __future__ import annotations

from pytest_bdd import given, then

from harness import Cast, agents, preparations

from .types import sentence


@given(sentence('the desk has the {kind:Record} "{name:Text}", {key:Key} "{text:Text}"'))
def the_desk_has_the_record(cast: Cast, kind: str, name: str, key: str, text: str) -> None:
    preparations.has_record(cast, kind, name, key, text)


@given(sentence('the desk had the {kind:Record} "{name:Text}", {key:Key} "{text:Text}"'))
def the_desk_had_the_record(cast: Cast, kind: str, name: str, key: str, text: str) -> None:
    preparations.has_record(cast, kind, name, key, text, active=False)


@then(sentence('{agent:Agent} sees the {kind:Record} "{name:Text}" linked to {customer:Customer}'))
def agent_sees_the_record_linked_to(
    cast: Cast, agent: str, kind: str, name: str, customer: str
) -> None:
    agents.sees_linked_record(cast.agent(agent), cast.conversation(customer), kind, name)


@then(sentence("{agent:Agent} sees no {kind:Record} linked to {customer:Customer}"))
def agent_sees_no_record_linked_to(cast: Cast, agent: str, kind: str, customer: str) -> None:
    agents.sees_no_linked_record(cast.agent(agent), cast.conversation(customer), kind)
