"""What happens by itself: alarms as they come due, and time passing on a virtual clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from harness.protocol.conversations import Closure, Role, State
from harness.reference.clock import VirtualClock
from harness.reference.domain import calls
from harness.reference.domain.bots import Bot
from harness.reference.domain.closings import Alarm, Kind
from harness.reference.domain.conversations import Conversation, moved
from harness.reference.domain.disconnecting import stays_open
from harness.reference.domain.errors import Malformed
from harness.reference.domain.talks import Talk
from harness.reference.operations import brains, dialogues, presences, routing, speech, talks
from harness.reference.operations.keeping import arm, closed, found, keep
from harness.reference.operations.organisations import Organisation

LAST_YEAR = 9000
"""Python's calendar ends with 9999; alarms are set ahead of now."""

NEVER = {State.OPEN: "open_chat_never_closes", State.WRAP_UP: "wrap_up_never_closes"}
"""The fault of each state whose lifetime can be ignored."""


def advance(organisation: Organisation, duration: timedelta) -> int:
    """Lets time pass; each alarm fires at its own instant. Gives how many fired.

    Raises Malformed on a real clock, TimeRunsForward for a negative duration.
    """
    clock = organisation.clock
    if not isinstance(clock, VirtualClock):
        raise Malformed("This reference runs on a real clock: nobody can advance it.")
    target = clock.now() + duration
    if target.year > LAST_YEAR:
        raise Malformed(f"Time ends with the year {LAST_YEAR} here.")
    fired = 0
    while (due := organisation.timers.due()) is not None and due <= target:
        clock.move(max(due, clock.now()))
        fired += fire_due(organisation, due)
    clock.move(target)
    organisation.tenant = replace(organisation.tenant, now=target)
    organisation.store.put(organisation.id, organisation.tenant)
    return fired


def fire_due(organisation: Organisation, now: datetime) -> int:
    """Fires what is due; gives how many."""
    fired = 0
    while (taken := organisation.timers.take(now)) is not None:
        with organisation.command():
            _fire(organisation, *taken)
        fired += 1
    return fired


def arm_all(organisation: Organisation) -> None:
    """Sets every alarm anew: after a start, and when faults change what is due."""
    for conversation in organisation.store.ongoing(organisation.id):
        arm(organisation, conversation)
        if conversation.awaited_until:
            organisation.missing.add(conversation.thread)
    for call in organisation.store.all(organisation.id, calls.Call):
        if call.until is not None:
            organisation.timers.set(call.id, [Alarm(call.until, Kind.SPEECH)])
    for talk in organisation.store.all(organisation.id, Talk):
        talks.arm(organisation, talk)


def close_with_agents(organisation: Organisation, bot: Bot) -> None:
    """The deviation of a disconnect that also ends the chats that people hold."""
    for conversation in organisation.store.ongoing(organisation.id):
        concerned = conversation.bot == bot.id and conversation.held_by is Role.AGENT
        if concerned and organisation.faults.deviates("disconnect_closes_chats_with_agents"):
            closed(organisation, conversation, Closure.FORCE_CLOSE)


def _fire(organisation: Organisation, owner: str, alarm: Alarm) -> None:
    if alarm.kind is Kind.SPEECH:
        call = speech.call(organisation, owner)
        speech.keep_call(organisation, calls.elapsed(call, organisation.clock.now()))
        return
    if alarm.kind is Kind.TALK:
        talks.fire(organisation, owner)
        return
    conversation = found(organisation, owner)
    match alarm.kind:
        case Kind.SILENCE:
            dialogues.fire(organisation, conversation)
        case Kind.OFFER:
            routing.decline(organisation, conversation)
        case Kind.BOT_SILENT:
            _fall_silent(organisation, conversation)
        case Kind.BOT_CALL:
            speech.cut_off(organisation, conversation, Role.BOT)
        case Kind.ABSENCE:
            presences.given_up(organisation, conversation)
        case Kind.PLACE:
            routing.tell_place(organisation, conversation)
        case Kind.LIFETIME:
            _expire(organisation, conversation)


def _fall_silent(organisation: Organisation, conversation: Conversation) -> None:
    bot = brains.bot_of(organisation, conversation)
    if stays_open(bot, organisation.faults.deviates):
        return
    if organisation.faults.deviates("inactive_chat_never_closes"):
        return
    closed(organisation, conversation, Closure.AUTO_CLOSE)


def _expire(organisation: Organisation, conversation: Conversation) -> None:
    fault = NEVER.get(conversation.state)
    if fault and organisation.faults.deviates(fault):
        return
    if conversation.state is State.ACTIVE:
        wrapped = moved(conversation, State.WRAP_UP, organisation.clock.now())
        keep(organisation, replace(wrapped, held_by=None, closure=Closure.AUTO_CLOSE))
        speech.cut_off(organisation, wrapped, Role.AGENT)
        return
    closed(organisation, conversation, Closure.AUTO_CLOSE)
    routing.assign_waiting(organisation)
