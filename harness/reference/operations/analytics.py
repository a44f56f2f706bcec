"""The bot's analytics: its sessions, how they ended, and the rates (specification 6.4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from harness.reference.domain import connections
from harness.reference.domain.bots import Bot
from harness.reference.domain.conversations import Conversation
from harness.reference.domain.desk import SecurityRole, User
from harness.reference.domain.errors import AnalyticsUnavailable, NotFound
from harness.reference.domain.sessions import Outcome, Session, counted
from harness.reference.operations.organisations import Organisation
from harness.reference.operations.users import ADMINISTRATORS, require
from harness.reference.operations.views import Shown, instant

READERS = (SecurityRole.BOT_AUTHOR, SecurityRole.SYSTEM_ADMINISTRATOR)


def sessions(organisation: Organisation, who: User, id: str) -> list[Shown]:
    """The sessions of a bot, oldest conversation first; raises NotFound."""
    require(who, *READERS)
    return [
        {"conversation": conversation.id, **shown(session)}
        for conversation, session in _sessions(organisation, _bot(organisation, id))
    ]


def summary(organisation: Organisation, who: User, id: str) -> Shown:
    """How many sessions there were, and which part of those engaged ended how; raises NotFound."""
    require(who, *READERS)
    return _summary(organisation, _bot(organisation, id))


def in_omnichannel(organisation: Organisation, who: User, id: str) -> Shown:
    """The same figures as Omnichannel has them; raises NotFound, AnalyticsUnavailable (CON-13)."""
    require(who, *ADMINISTRATORS)
    bot = _bot(organisation, id)
    deviates = organisation.faults.deviates
    if not connections.has_analytics(bot, deviates) and not deviates("analytics_come_from_afar"):
        raise AnalyticsUnavailable(
            f"{bot.name!r} and Omnichannel are in different environments: Omnichannel has no"
            " analytics of it. Read those of the portal."
        )
    return _summary(organisation, bot)


def _summary(organisation: Organisation, bot: Bot) -> Shown:
    found = [session for _, session in _sessions(organisation, bot)]
    engaged = [session for session in found if session.engaged]
    outcomes = Counter(session.outcome for session in engaged)
    if outcomes[Outcome.ESCALATED] and organisation.faults.deviates("sums_miss_escalations"):
        outcomes[Outcome.ESCALATED] = 0
    return {
        "total": len(found),
        "engaged": len(engaged),
        "escalated": outcomes[Outcome.ESCALATED],
        "resolved": outcomes[Outcome.RESOLVED],
        "abandoned": outcomes[Outcome.ABANDON],
        "engagement_rate": _rate(len(engaged), len(found)),
        "escalation_rate": _rate(outcomes[Outcome.ESCALATED], len(engaged)),
        "resolution_rate": _rate(outcomes[Outcome.RESOLVED], len(engaged)),
        "abandon_rate": _rate(outcomes[Outcome.ABANDON], len(engaged)),
    }


def of_conversation(organisation: Organisation, conversation: Conversation) -> list[Session]:
    """The sessions of one conversation as they count now, oldest first."""
    now = organisation.clock.now()
    found = [counted(session, now) for session in conversation.sessions]
    if organisation.faults.deviates("every_session_counts_as_escalated"):
        return [replace(session, outcome=Outcome.ESCALATED) for session in found]
    escalated = any(session.outcome is Outcome.ESCALATED for session in found)
    if escalated and organisation.faults.deviates("escalation_not_counted"):
        return [replace(session, outcome=None) for session in found]
    return found


def shown(session: Session) -> Shown:
    """A session's figures."""
    return {
        "outcome": session.outcome,
        "engaged": session.engaged,
        "turns": session.turns,
        "started": instant(session.started),
        "ended": instant(session.ended) if session.ended else None,
    }


def _sessions(organisation: Organisation, bot: Bot) -> Iterator[tuple[Conversation, Session]]:
    for conversation in organisation.store.conversations(organisation.id):
        for session in of_conversation(organisation, conversation):
            if session.bot == bot.id:
                yield conversation, session


def _rate(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _bot(organisation: Organisation, id: str) -> Bot:
    bot = organisation.store.get(organisation.id, Bot, id)
    if bot is None:
        raise NotFound(f"There is no bot {id[:50]!r} here.")
    return bot
