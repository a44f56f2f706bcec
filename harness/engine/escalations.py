"""The variables of an escalation, asked of the bot's maker and of the desk."""

from __future__ import annotations

from collections.abc import Iterator

from harness.cast import MAKERS, Cast
from harness.errors import HarnessError, NotReachable
from harness.ledger.book import Desk
from harness.ledger.fidelity import Escalation, compared
from harness.protocol.portal import Session
from harness.protocol.roles import Maker

Asked = tuple[Session | None, str]
"""A bot's session, or why there is none to be had."""


def of(cast: Cast) -> Iterator[Escalation]:
    """The table of each conversation for each bot that has handed it over, chats first."""
    known = {talk.conversation: talk.customer for talk in cast.book.talks if talk.conversation}
    for conversation, customer in known.items():
        desk = cast.book.desk(conversation)
        if not _may_have_left_bot(desk):
            continue
        agent = desk.view.seen_by or "the agent"
        maker = cast.maker(MAKERS[0])
        for session, unseen in sessions(maker, cast.organisation.bot, conversation):
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


def sessions(maker: Maker, first: str, conversation: str) -> list[Asked]:
    """The session of the organisation's bot and of the one that its maker made later.

    Of a bot that never had the conversation there is none; when there is none at all, why.
    """
    asked = [_session(maker, conversation, bot) for bot in dict.fromkeys((first, maker.works_on))]
    return [one for one in asked if one[0]] or asked[-1:]


def _session(maker: Maker, conversation: str, bot: str) -> Asked:
    try:
        return maker.session(conversation, bot), ""
    except NotReachable:
        raise
    except HarnessError as problem:
        return None, f"what the bot set and sent is not available: {problem}"
