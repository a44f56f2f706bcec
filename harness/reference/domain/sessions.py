"""A bot's sessions as its analytics count them (specification 6.3, 6.4).

They are not the desk's conversations: one conversation may have several, and none has any of the
time that a person helps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, TypeAlias

SILENCE = timedelta(minutes=30)
LONGEST = timedelta(hours=1)
MOST_TURNS = 100
"""What ends a session: silence of the customer, its length, or its number of turns."""

ABANDONED = timedelta(hours=1)
"""An engaged session without an outcome counts as abandoned so long after it started."""

SYSTEM_TOPICS = frozenset(
    {
        *("conversation start", "conversational boosting", "end of conversation", "escalate"),
        *("confirmed success", "confirmed failure", "fallback", "multiple topics matched"),
        *("on error", "reset conversation", "sign in", "greeting", "goodbye", "thank you"),
        *("start over", "session timeout", "session timeout reminder"),
    }
)
"""Topics that come with a bot: a customer who triggers nothing else is not engaged."""


class Outcome(StrEnum):
    """How a session ended."""

    ESCALATED = "Escalated"
    RESOLVED = "Resolved"
    ABANDON = "Abandon"


SURVEYED: Mapping[str, Outcome] = {
    "ResolvedImplied": Outcome.RESOLVED,
    "ResolvedConfirmed": Outcome.RESOLVED,
    "Escalated": Outcome.ESCALATED,
}
"""What the `conversationOutcome` of a node means."""

Event: TypeAlias = tuple[str, Mapping[str, Any]]
"""Something that the bot did: a value type of the product's transcript, and its value."""


@dataclass(frozen=True, slots=True)
class Session:
    """One session; `heard` is the customer's last message in it, or its start."""

    bot: str
    started: datetime
    heard: datetime
    turns: int = 0
    engaged: bool = False
    outcome: Outcome | None = None
    ended: datetime | None = None


Sessions: TypeAlias = tuple[Session, ...]
"""Those of one conversation, oldest first; only the last one may be under way."""


def begun(sessions: Sessions, bot: str, now: datetime) -> Sessions:
    """A bot takes the conversation."""
    return (*ended(sessions, now), Session(bot, now, now))


def heard(sessions: Sessions, bot: str, now: datetime) -> Sessions:
    """The customer says something to the bot: one more turn, in a new session if need be."""
    last = sessions[-1] if sessions else None
    if last is None or last.bot != bot or _end(last, now) or last.turns >= MOST_TURNS:
        sessions = begun(sessions, bot, now)
    last = sessions[-1]
    return (*sessions[:-1], replace(last, heard=now, turns=last.turns + 1))


def learnt(sessions: Sessions, events: Iterable[Event]) -> Sessions:
    """What the bot did in a turn, for the session under way."""
    if not sessions:
        return sessions
    last = sessions[-1]
    for kind, value in events:
        last = _learnt(last, kind, value)
    return (*sessions[:-1], last)


def ended(sessions: Sessions, now: datetime, outcome: Outcome | None = None) -> Sessions:
    """The bot lets go; one that ended before, or has an outcome that stands, keeps it."""
    if not sessions or sessions[-1].ended:
        return sessions
    last = sessions[-1]
    last = replace(last, ended=_end(last, now) or now, outcome=outcome or last.outcome)
    return (*sessions[:-1], last)


def counted(session: Session, now: datetime) -> Session:
    """The session as analytics count it at an instant: ended by itself, perhaps abandoned."""
    engaged = session.engaged or session.outcome is Outcome.ESCALATED
    session = replace(session, ended=_end(session, now), engaged=engaged)
    abandoned = session.engaged and session.outcome is None and now >= session.started + ABANDONED
    return replace(session, outcome=Outcome.ABANDON) if abandoned else session


def _end(session: Session, now: datetime) -> datetime | None:
    """When the session ended, if it had by `now`: told so, or by silence or length."""
    if session.ended:
        return session.ended
    limit = min(session.heard + SILENCE, session.started + LONGEST)
    return limit if limit <= now else None


def _learnt(session: Session, kind: str, value: Mapping[str, Any]) -> Session:
    match kind:
        case "IntentRecognition":
            custom = str(value.get("intent", "")).casefold() not in SYSTEM_TOPICS
            return replace(session, engaged=session.engaged or custom)
        case "ConversationOutcome":
            outcome = SURVEYED.get(str(value.get("outcome", "")), session.outcome)
            return replace(session, outcome=outcome)
        case "CSATSurveyRequest":
            return replace(session, outcome=Outcome.RESOLVED)
        case "PRRSurveyResponse":
            yes = value.get("response") == "Yes"
            return replace(session, outcome=Outcome.RESOLVED if yes else None)
    return session
