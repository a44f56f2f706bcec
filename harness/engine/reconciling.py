"""The end of a scenario with conversations: one last look at both sides, then the ledger is held.

Loaded only by scenarios that have a cast. What a conversation's sides cannot be asked any more is
told in its ledger, never taken for agreement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from harness.cast import Cast
from harness.engine import escalations
from harness.errors import HarnessError, NotReachable
from harness.evidence import tables
from harness.evidence.recorder import Evidence
from harness.expect import fidelity, ledgers
from harness.ledger import Reconciled, Talk, reconciled
from harness.ledger.fidelity import Escalation


@dataclass(frozen=True, slots=True)
class Sides:
    """What both sides of a scenario's conversations saw: ledgers, and what escalations carried."""

    ledgers: list[Reconciled]
    escalations: list[Escalation]


def settled(cast: Cast) -> Sides:
    """The ledger of each conversation, once nothing is under way any more."""
    found = [ledgers.settled(partial(_looked, cast, talk)) for talk in cast.book.talks]
    return Sides(found, list(escalations.of(cast)))


def hold(sides: Sides) -> None:
    """Let the checks judge them; the first that finds something is raised."""
    ledgers.hold(sides.ledgers)
    for escalation in sides.escalations:
        fidelity.is_faithful(escalation)


def with_tables(pieces: Iterable[Evidence], cast: Cast, sides: Sides | None) -> Iterator[Evidence]:
    """The pieces of evidence with a table for each conversation and escalation.

    Sides that were not `settled`, because the scenario is red already, are looked at now, last of
    all: a look may move somebody's page, and whatever goes wrong with it changes no verdict.
    """
    if sides is not None:
        yield from _tables(sides, cast)
    yield from pieces
    if sides is None:
        try:
            found = [_looked(cast, talk) for talk in cast.book.talks]
            yield from _tables(Sides(found, list(escalations.of(cast))), cast)
        except Exception as problem:
            yield "Ledger", f"not available: {type(problem).__name__}: {problem}", "text/plain"


def _tables(sides: Sides, cast: Cast) -> Iterator[Evidence]:
    yield from map(tables.of_ledger, sides.ledgers)
    yield from map(tables.of_escalation, sides.escalations)
    yield from tables.of_calls(cast.on_the_phone)


def _looked(cast: Cast, talk: Talk) -> Reconciled:
    unseen = _looks_at_customer(cast, talk), _looks_at_desk(cast, talk)
    cast.book.desk(talk.conversation).settled = not unseen[1]
    return reconciled(cast.book.account(talk, *unseen))


def _looks_at_customer(cast: Cast, talk: Talk) -> str:
    """Let the customer look once more; why that is not possible, else nothing."""
    if talk is not cast.book.talk(talk.customer):
        return f"{talk.customer} had begun another chat"
    if talk.has_left:
        return f"{talk.customer} had left"
    customer = cast.customer(talk.customer)
    try:
        if not customer.transcript() and talk.view.last:
            return f"{talk.customer}'s chat shows nothing any more"
        talk.conversation = talk.conversation or customer.conversation_id()
    except NotReachable:
        raise
    except HarnessError as problem:
        return str(problem)
    return ""


def _looks_at_desk(cast: Cast, talk: Talk) -> str:
    """Let somebody at the desk look once more; why nobody can, else nothing."""
    if not talk.conversation:
        return f"nobody knows {talk.customer}'s conversation"
    unseen: Sequence[str] = ()
    for reader in cast.readers(talk.conversation):
        try:
            reader().reads(talk.conversation)
        except NotReachable:
            raise
        except HarnessError as problem:
            unseen = (*unseen, str(problem))
        else:
            return ""
    return "; ".join(dict.fromkeys(unseen))
