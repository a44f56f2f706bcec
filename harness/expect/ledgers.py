"""What must hold of every conversation, whatever its scenario is about: both sides saw the same.

No step calls these. The engine does, once a scenario's own steps have passed; what they compare
does not count for the scenario, which must prove something by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta

from harness.expect.checks import check, compare
from harness.expect.eventually import eventually
from harness.expect.matching import Matcher, Mismatch
from harness.ledger import Kind, Reconciled

OVERTAKEN = timedelta(seconds=1)
"""How long a message may still come after one that was sent later."""


@check
def nothing_lost(ledger: Reconciled) -> Mismatch | None:
    """Every message that was accepted has been shown to the other side."""
    return compare(_has_none(Kind.LOST, "every accepted message to be shown"), ledger)


@check
def nothing_duplicated(ledger: Reconciled) -> Mismatch | None:
    """No message is shown more often than it was sent."""
    return compare(_has_none(Kind.DUPLICATED, "every message to be shown once"), ledger)


@check
def nothing_altered(ledger: Reconciled) -> Mismatch | None:
    """Every message is shown as it was sent."""
    return compare(_has_none(Kind.ALTERED, "every message to be shown as it was sent"), ledger)


@check
def in_order(ledger: Reconciled) -> Mismatch | None:
    """Both sides show the messages in the order in which they were sent."""
    return compare(_has_none(Kind.REORDERED, "the order in which they were sent"), ledger)


@check
def nothing_leaked(ledger: Reconciled) -> Mismatch | None:
    """The customer was shown nothing that is for agents only."""
    return compare(_has_none(Kind.LEAKED, "agents alone to see what is for them"), ledger)


@check
def bot_stays_silent(ledger: Reconciled) -> Mismatch | None:
    """The bot has said nothing to the customer while a person had the conversation."""
    return compare(_has_none(Kind.BOT_TALKS, "a bot that is silent after the transfer"), ledger)


CHECKS: tuple[Callable[[Reconciled], None], ...] = (
    nothing_lost,
    nothing_duplicated,
    nothing_altered,
    in_order,
    nothing_leaked,
    bot_stays_silent,
)


def settled(look: Callable[[], Reconciled]) -> Reconciled:
    """Look until nothing is missing, as long as a delivery may take; what was seen last.

    Who sees a later message has been sent the earlier ones: those are waited for only briefly.
    """
    seen: list[Reconciled] = []

    def see() -> Reconciled:
        seen.append(look())
        return seen[-1]

    if eventually(see, _has_all_of_the_end) is None and _in_place(seen[-1]) is not None:
        eventually(see, _in_place, OVERTAKEN)
    return seen[-1]


def hold(ledgers: Iterable[Reconciled]) -> None:
    """Let every check judge every conversation; the first that finds something is raised."""
    for ledger in ledgers:
        for judge in CHECKS:
            judge(ledger)


def _has_none(kind: Kind, expected: str) -> Matcher[Reconciled]:
    def match(ledger: Reconciled) -> Mismatch | None:
        found = ledger.of(kind)
        return Mismatch(expected, "; ".join(map(str, found)), final=True) if found else None

    return match


def _has_all_of_the_end(ledger: Reconciled) -> Mismatch | None:
    missing = [finding for finding in ledger.of(Kind.LOST) if ledger.is_last(finding)]
    return Mismatch("the last messages, too", "; ".join(map(str, missing))) if missing else None


def _in_place(ledger: Reconciled) -> Mismatch | None:
    missing = [*ledger.of(Kind.LOST), *ledger.of(Kind.REORDERED)]
    return Mismatch("every message in its place", "; ".join(map(str, missing))) if missing else None
