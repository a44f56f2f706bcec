"""A call without audio: what would be heard, when, and what cuts it (specification 7)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from harness.protocol.conversations import CallEvent, Role
from harness.reference.domain.errors import IllegalState

PACE = timedelta(milliseconds=60)
"""How long one character takes to be spoken."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something the bot has yet to say, or the hang-up that follows it (`text` None)."""

    text: str | None
    interruptible: bool = True


@dataclass(frozen=True, slots=True)
class Call:
    """A call; `pending` is what will be spoken, its first one now, `until` that one is heard."""

    id: str
    conversation: str
    origin: str
    destination: str
    state: str = "connected"
    held_by: Role | None = None
    ended_by: Role | None = None
    events: tuple[CallEvent, ...] = ()
    pending: tuple[Utterance, ...] = ()
    until: datetime | None = None


def refuse_ended(call: Call) -> None:
    """Raises IllegalState for a call that is over."""
    if call.state == "ended":
        raise IllegalState(f"The call {call.id} is ended. Call again.")


def happened(call: Call, kind: str, now: datetime, said: Utterance | None = None) -> Call:
    """The call with one more event."""
    event = CallEvent(kind, now)
    if said is not None:
        event = CallEvent(kind, now, said.text or "", said.interruptible)
    return replace(call, events=(*call.events, event))


def said(call: Call, utterance: Utterance, now: datetime) -> Call:
    """The call with one more thing to say: at once when it is silent, else when its turn comes."""
    call = replace(call, pending=(*call.pending, utterance))
    return call if call.until else _begun(call, now)


def elapsed(call: Call, now: datetime) -> Call:
    """The current message was heard to its end; the next one starts."""
    if call.state == "ended" or call.until is None or now < call.until:
        return call
    call = happened(call, "heard", now, call.pending[0])
    return _begun(replace(call, pending=call.pending[1:], until=None), now)


def can_be_cut(call: Call) -> bool:
    """Whether something is being said that the caller may interrupt."""
    return call.until is not None and call.pending[0].interruptible


def interrupted(call: Call, now: datetime, *, any_speech: bool = False) -> Call:
    """The caller speaks or presses a key: cuts what may be cut, and what was to follow it."""
    if not can_be_cut(call) and not (call.until is not None and any_speech):
        return call
    call = happened(call, "cut", now, call.pending[0])
    rest = call.pending[1:]
    while rest and rest[0].text is not None and rest[0].interruptible:
        rest = rest[1:]
    return _begun(replace(call, pending=rest, until=None), now)


def handed_over(call: Call, now: datetime) -> Call:
    """The bot let go of the call; what it still has to say is heard while the caller waits."""
    return replace(happened(call, "transferred", now), held_by=None)


def taken(call: Call, now: datetime) -> Call:
    """An agent has the call; the bot falls silent."""
    if call.until is not None:
        call = happened(call, "cut", now, call.pending[0])
    return replace(call, held_by=Role.AGENT, pending=(), until=None)


def ended(call: Call, by: Role, now: datetime) -> Call:
    """The call is over; raises IllegalState when it was before."""
    refuse_ended(call)
    call = replace(call, state="ended", ended_by=by, held_by=None, pending=(), until=None)
    return happened(call, "ended", now)


def _begun(call: Call, now: datetime) -> Call:
    """Starts what is pending first; a hang-up ends the call."""
    if not call.pending:
        return call
    first = call.pending[0]
    if first.text is None:
        return ended(call, Role.BOT, now)
    return replace(happened(call, "spoken", now, first), until=now + PACE * len(first.text))
