"""Calls: what callers say and press, and what they hear."""

from __future__ import annotations

from pytest_bdd import given, then, when

from harness import Cast, agents, arrangements, calls
from harness.protocol.conversations import Presence

from .types import sentence


@given(sentence("{caller:Caller} is calling the bot"))
def caller_is_calling_the_bot(cast: Cast, caller: str) -> None:
    cast.caller(caller).calls()
    calls.is_connected(cast.caller(caller))


@given(sentence('{caller:Caller} has pressed "{digits:Text}"'))
def caller_has_pressed(cast: Cast, caller: str, digits: str) -> None:
    cast.caller(caller).presses(digits)


@given(sentence('{caller:Caller} has said "{text:Text}" on the phone'))
def caller_has_said_on_the_phone(cast: Cast, caller: str, text: str) -> None:
    cast.caller(caller).says(text)


@when(sentence('{caller:Caller} says "{text:Text}" on the phone'))
def caller_says_on_the_phone(cast: Cast, caller: str, text: str) -> None:
    cast.caller(caller).says(text)


@when(sentence('{caller:Caller} presses "{digits:Text}"'))
def caller_presses(cast: Cast, caller: str, digits: str) -> None:
    cast.caller(caller).presses(digits)


@when(sentence("{caller:Caller} hangs up"))
def caller_hangs_up(cast: Cast, caller: str) -> None:
    cast.caller(caller).hangs_up()


@when(sentence("{caller:Caller} is transferred to {agent:Agent}"))
def caller_is_transferred_to(cast: Cast, caller: str, agent: str) -> None:
    cast.agent(agent).sets_presence(Presence.AVAILABLE)
    cast.caller(caller).says(arrangements.ASKS_FOR_PERSON)
    arrangements.takes(cast, agent, cast.conversation(caller))


@then(sentence('{caller:Caller} has heard all of "{text:Text}"'))
def caller_has_heard_all_of(cast: Cast, caller: str, text: str) -> None:
    calls.was_heard_whole(cast.caller(caller), text)


@then(sentence("{caller:Caller} has heard the id of the conversation"))
def caller_has_heard_the_id_of_the_conversation(cast: Cast, caller: str) -> None:
    calls.was_heard_whole(cast.caller(caller), cast.conversation(caller))


@then(sentence('{caller:Caller} has cut "{text:Text}"'))
def caller_has_cut(cast: Cast, caller: str, text: str) -> None:
    calls.was_cut(cast.caller(caller), text)


@then(sentence("{caller:Caller}'s call is ended"))
def callers_call_is_ended(cast: Cast, caller: str) -> None:
    calls.is_ended(cast.caller(caller))


@then(sentence("{caller:Caller}'s call is with an agent"))
def callers_call_is_with_an_agent(cast: Cast, caller: str) -> None:
    calls.is_held_by_agent(cast.caller(caller))


@then(sentence("{caller:Caller}'s call rings at {agent:Agent}"))
def callers_call_rings_at(cast: Cast, caller: str, agent: str) -> None:
    agents.is_notified_of(cast.agent(agent), cast.conversation(caller))
