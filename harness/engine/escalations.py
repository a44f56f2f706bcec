"""The variables of an escalation, asked of the bot's maker and of the desk."""

from __future__ import annotations

from collections.abc import Iterator

from harness.cast import MAKERS, Cast
from harness.errors import HarnessError, NotReachable
from harness.ledger.book import Desk
from harness.ledger.fidelity import Escalation, compared
from harness.protocol.portal import Session


def of(cast: Cast) -> Iterator[Escalation]:
    """The table of each conversation that its bot has handed over, chats first, then calls."""
    known = {talk.conversation: talk.customer for talk in cast.book.talks if talk.conversation}
    for conversation, customer in known.items():
        desk = cast.book.desk(conversation)
        if not _may_have_left_bot(desk):
            continue
        session, unseen = _session(cast, conversation)
        agent = desk.view.seen_by or "the agent"
        if escalation := compared(customer, agent, session, desk.seen, unseen):
            yield escalation


def _may_have_left_bot(desk: Desk) -> bool:
    """Whether it is worth asking: a conversation that the bot holds has not been handed over."""
    seen = desk.seen
    return (
        seen is None
        or desk.held_by_person
        or any(variable.name.startswith("va_") for variable in seen.context)
    )


def _session(cast: Cast, conversation: str) -> tuple[Session | None, str]:
    """The bot's session, or why there is none to be had."""
    try:
        return cast.maker(MAKERS[0]).session(conversation), ""
    except NotReachable:
        raise
    except HarnessError as problem:
        return None, f"what the bot set and sent is not available: {problem}"
