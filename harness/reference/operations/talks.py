"""Talking with a bot outside the desk: nobody routes, lists or counts it, no person takes it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from harness.protocol.conversations import Role
from harness.reference.bot import dialogue
from harness.reference.bot.expressions import Value
from harness.reference.bot.outputs import End, Failed, Output, Say, Transfer
from harness.reference.bot.silences import next_silence
from harness.reference.domain import connections, escalation, talks
from harness.reference.domain.bots import Bot
from harness.reference.domain.closings import Alarm, Kind
from harness.reference.domain.errors import ConversationClosed, NotFound
from harness.reference.domain.messages import refuse_oversized
from harness.reference.domain.talks import Channel, Problem, Said, Talk
from harness.reference.operations import brains, custom, quotas
from harness.reference.operations.notifications import TalkContinued
from harness.reference.operations.organisations import Organisation

LANGUAGE = "en-us"
UNEXPECTED = 3000


def begin(
    organisation: Organisation, bot: str, channel: Channel, *, draft: bool, user: str, id: str = ""
) -> Talk:
    """The bot greets; raises NotFound. A `draft` talk is with what the maker has saved.

    One that has begun under the same `id` is found again.
    """
    now = organisation.clock.now()
    known = organisation.store.get(organisation.id, Talk, id) if id else None
    if known is not None:
        return known
    talk = Talk(id or str(uuid4()), _bot(organisation, bot).id, channel, user, now, draft)
    with organisation.command():
        if not draft and not _bot(organisation, bot).version:
            return _keep(organisation, _failed(talk, now, connections.NOT_PUBLISHED, "unpublished"))
        deviates = organisation.faults.deviates
        turn = dialogue.begin(
            _brain(organisation, talk),
            now,
            channel="Omnichannel" if deviates("every_channel_reads_omnichannel") else channel,
            conversation=talk.id,
            language=LANGUAGE,
            system={
                "Activity.From.Id": talk.user,
                "Bot.Id": talk.bot,
                "Conversation.InTestMode": talk.draft,
            },
            deviates=deviates,
        )
        return _perform(organisation, talk, turn)


def hear(
    organisation: Organisation,
    id: str,
    text: str,
    value: Value = None,
    carried: Mapping[str, Any] | None = None,
) -> Talk:
    """The user says something, or submits a card.

    Raises NotFound, ConversationClosed, MessageTooLarge, TooManyCalls.
    """
    refuse_oversized(text, {}, organisation.faults.deviates)
    with organisation.command():
        talk, now = _going_on(organisation, id), organisation.clock.now()
        words = Said(talks.next_line(talk), now, Role.CUSTOMER, text, value=value, carried=carried)
        heard = talks.said(talk, words)
        state = organisation.store.dialogue(organisation.id, talk.id)
        if state is None:
            failed = _failed(heard, now, connections.NOT_PUBLISHED, "unpublished")
            return _keep(organisation, failed)
        bot = _bot(organisation, talk.bot)
        quotas.count(organisation, bot)
        turn = dialogue.hear(
            brains.brain(organisation, bot, draft=talk.draft),
            brains.decode(state),
            text,
            now,
            value=value,
            deviates=organisation.faults.deviates,
        )
        return _perform(organisation, heard, turn)


def tell(
    organisation: Organisation,
    id: str,
    name: str,
    value: Value = None,
    carried: Mapping[str, Any] | None = None,
) -> Talk:
    """The website tells the bot of an event; raises NotFound, ConversationClosed.

    Without `carried` the event leaves no line.
    """
    with organisation.command():
        talk, now = _going_on(organisation, id), organisation.clock.now()
        if carried is not None:
            number = talks.next_line(talk)
            event = Said(number, now, Role.CUSTOMER, "", event=name, value=value, carried=carried)
            talk = talks.said(talk, event)
        state = organisation.store.dialogue(organisation.id, talk.id)
        if state is None:
            return _keep(organisation, talk)
        turn = dialogue.event(
            _brain(organisation, talk),
            brains.decode(state),
            name,
            value,
            now,
            deviates=organisation.faults.deviates,
        )
        return _perform(organisation, talk, turn)


def fire(organisation: Organisation, id: str) -> Talk:
    """The silence that the bot waits for has passed."""
    talk = find(organisation, id)
    state = organisation.store.dialogue(organisation.id, talk.id)
    if state is None:
        return talk
    turn = dialogue.fire(
        _brain(organisation, talk),
        brains.decode(state),
        organisation.clock.now(),
        deviates=organisation.faults.deviates,
    )
    return _perform(organisation, talk, turn)


def find(organisation: Organisation, id: str) -> Talk:
    """The talk of an id; raises NotFound."""
    talk = organisation.store.get(organisation.id, Talk, id)
    if talk is None:
        raise NotFound(f"There is no talk {id[:50]!r} here.")
    return talk


def _going_on(organisation: Organisation, id: str) -> Talk:
    talk = find(organisation, id)
    if talk.is_over:
        raise ConversationClosed(f"The bot has ended the talk {talk.id}. Start a new one.")
    return talk


def bot_name(organisation: Organisation, talk: Talk) -> str:
    """What the bot of a talk is called."""
    return _bot(organisation, talk.bot).name


def arm(organisation: Organisation, talk: Talk) -> None:
    """Sets the alarm of the next silence; a talk that is over has none."""
    state = organisation.store.dialogue(organisation.id, talk.id)
    if state is None or talk.is_over:
        organisation.timers.set(talk.id, [])
        return
    known, deviates = brains.decode(state), organisation.faults.deviates
    coming = next_silence(_brain(organisation, talk), known, deviates=deviates)
    due = known.quiet_since + timedelta(seconds=coming.seconds) if coming else None
    organisation.timers.set(talk.id, [Alarm(due, Kind.TALK)] if due else [])


def _perform(organisation: Organisation, talk: Talk, turn: dialogue.Turn) -> Talk:
    state = brains.encode(turn.dialogue)
    organisation.store.put_dialogue(organisation.id, talk.id, state)
    for output in turn.outputs:
        if not talk.is_over:
            talk = _done(organisation, talk, output)
    return _keep(organisation, talk)


def _done(organisation: Organisation, talk: Talk, output: Output) -> Talk:
    now, number = organisation.clock.now(), talks.next_line(talk)
    match output:
        case Say():
            words = (output.text, output.suggestions, output.cards)
            return talks.said(talk, Said(number, now, Role.BOT, *words))
        case Transfer():
            # A generic hub learns of it by the event; here nobody is behind it.
            custom.leak(organisation, talk.id)
            value = _handed_over(talk, output)
            event = Said(number, now, Role.BOT, "", event="handoff.initiate", value=value)
            return replace(talks.said(talk, event), is_over=True)
        case End():
            ended = Said(number, now, Role.BOT, "", event="endOfConversation")
            return replace(talks.said(talk, ended), is_over=True)
        case Failed(apologise=False):
            # Its own topic has told the user.
            return _noted(talk, now, output.code, output.detail)
        case Failed():
            return _failed(talk, now, output.code, output.detail)
    return _failed(talk, now, UNEXPECTED, f"{type(output).__name__} is for calls")


def _handed_over(talk: Talk, transfer: Transfer) -> Mapping[str, Any]:
    return {
        "va_Scope": "bot",
        "va_ConversationId": talk.id,
        "va_AgentMessage": transfer.message or "",
        **transfer.variables,
    }


def _failed(talk: Talk, now: datetime, code: int, detail: str) -> Talk:
    text = escalation.apology(code, talk.id, now.strftime("%Y-%m-%dT%H:%M:%SZ"))
    told = talks.said(talk, Said(talks.next_line(talk), now, Role.SYSTEM, text))
    return _noted(told, now, code, detail)


def _noted(talk: Talk, now: datetime, code: int, detail: str) -> Talk:
    """With what went wrong, which the log has, too: a website has no page for makers."""
    logging.getLogger(__name__).warning("talk %s: code %d: %s", talk.id, code, detail)
    return replace(talk, errors=(*talk.errors, Problem(now, code, detail)))


def _keep(organisation: Organisation, talk: Talk) -> Talk:
    organisation.store.put(organisation.id, talk)
    organisation.tell(talk.id, TalkContinued())
    arm(organisation, talk)
    return talk


def _brain(organisation: Organisation, talk: Talk) -> dialogue.Bot:
    return brains.brain(organisation, _bot(organisation, talk.bot), draft=talk.draft)


def named(organisation: Organisation, name: str) -> Bot:
    """The bot of an id or schema name; raises NotFound."""
    for bot in organisation.store.all(organisation.id, Bot):
        if name in (bot.id, bot.schema):
            return bot
    raise NotFound(f"There is no bot {name[:50]!r} here.")


def _bot(organisation: Organisation, id: str) -> Bot:
    bot = organisation.store.get(organisation.id, Bot, id)
    if bot is None:
        raise NotFound(f"There is no bot {id[:50]!r} here.")
    return bot
