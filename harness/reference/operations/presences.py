"""Whether a customer's page is there: how long the desk waits for one that is gone (EMB-28)."""

from __future__ import annotations

from dataclasses import replace

from harness.protocol.conversations import Closure, State
from harness.reference.domain import returns
from harness.reference.domain.conversations import Conversation, moved
from harness.reference.operations import routing, widgets
from harness.reference.operations.keeping import closed, keep
from harness.reference.operations.organisations import Organisation


def left(organisation: Organisation, thread: str) -> None:
    """The last page of a thread is gone; of a chat that has ended nobody needs to know."""
    conversation = organisation.store.by_thread(organisation.id, thread)
    if conversation is None or conversation.state in returns.ENDED:
        return
    patience = returns.patience(widgets.of(organisation))
    if organisation.faults.deviates("absence_ends_early"):
        patience /= 2
    with organisation.command():
        until = organisation.clock.now() + patience
        keep(organisation, replace(conversation, awaited_until=until))
        organisation.missing.add(thread)


def arrived(organisation: Organisation, thread: str) -> None:
    """A page of a thread is there, again perhaps."""
    organisation.missing.discard(thread)
    conversation = organisation.store.by_thread(organisation.id, thread)
    if conversation is None or conversation.awaited_until is None:
        return
    with organisation.command():
        keep(organisation, replace(conversation, awaited_until=None))


def seen(organisation: Organisation, thread: str) -> None:
    """A sign of life without a socket: whoever is missed is awaited anew from now on.

    A client whose socket was lost may go on by asking for messages.
    """
    if thread in organisation.missing:
        left(organisation, thread)


def given_up(organisation: Organisation, conversation: Conversation) -> None:
    """The page did not come back in time: Open becomes Closed, Active becomes Wrap-up."""
    deviates = organisation.faults.deviates
    given_up = replace(conversation, awaited_until=None)
    if conversation.state is State.OPEN and not deviates("absent_customer_waits_on"):
        closed(organisation, given_up, Closure.CUSTOMER_DISCONNECT)
    elif conversation.state is State.ACTIVE and not deviates("absent_customer_keeps_agent"):
        wrapped = moved(given_up, State.WRAP_UP, organisation.clock.now())
        keep(organisation, replace(wrapped, held_by=None, closure=Closure.CUSTOMER_DISCONNECT))
    else:
        keep(organisation, given_up)
    routing.assign_waiting(organisation)
