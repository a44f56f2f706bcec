"""Letting the bot talk: run a turn, then do in order what it decided."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from harness.protocol.conversations import Closure, Generation, Role
from harness.reference.bot import dialogue
from harness.reference.bot.expressions import Value
from harness.reference.bot.outputs import End, Failed, HangUp, Output, Say, Transfer
from harness.reference.domain import calls, connections, escalation, sessions
from harness.reference.domain.bots import Bot
from harness.reference.domain.calls import Utterance
from harness.reference.domain.conversations import Channel, Conversation
from harness.reference.operations import brains, routing, speech
from harness.reference.operations.keeping import announce, closed, found, keep, post
from harness.reference.operations.organisations import Organisation

CHANNELS = {Channel.LIVE_CHAT: "Omnichannel", Channel.VOICE: "telephony"}
UNEXPECTED = 3000
SCALARS = (str, int, float, bool)


def begin(
    organisation: Organisation, conversation: Conversation, extra: Mapping[str, Value] | None = None
) -> Conversation:
    """The bot greets, when it can; `extra` are variables beside the conversation's context."""
    bot = brains.bot_of(organisation, conversation)
    trouble = connections.trouble(bot, organisation.faults.deviates)
    if trouble is not None or _stays_silent(organisation, bot):
        return keep(organisation, conversation)
    now = organisation.clock.now()
    begun = replace(conversation, sessions=sessions.begun(conversation.sessions, bot.id, now))
    return _perform(organisation, begun, bot, _first(organisation, begun, bot, extra))


def hear(organisation: Organisation, conversation: Conversation, text: str) -> Conversation:
    """The bot answers the customer; one that cannot apologises with a code (F9, F10)."""
    bot = brains.bot_of(organisation, conversation)
    code = connections.trouble(bot, organisation.faults.deviates)
    if code is not None:
        apologise(organisation, conversation, code)
        return keep(organisation, conversation)
    if _stays_silent(organisation, bot):
        return keep(organisation, conversation)
    state = brains.recall(organisation, conversation)
    if state is None:
        turn = _first(organisation, conversation, bot, None)
        conversation = _perform(organisation, conversation, bot, turn)
        state = turn.dialogue
    now = organisation.clock.now()
    heard = replace(conversation, sessions=sessions.heard(conversation.sessions, bot.id, now))
    turn = dialogue.hear(
        brains.brain(organisation, bot),
        state,
        text,
        organisation.clock.now(),
        deviates=organisation.faults.deviates,
    )
    return _perform(organisation, heard, bot, turn)


def fire(organisation: Organisation, conversation: Conversation) -> Conversation:
    """The silence that the bot waits for has passed."""
    bot = brains.bot_of(organisation, conversation)
    state = brains.recall(organisation, conversation)
    if state is None or connections.trouble(bot, organisation.faults.deviates) is not None:
        return conversation
    turn = dialogue.fire(
        brains.brain(organisation, bot),
        state,
        organisation.clock.now(),
        deviates=organisation.faults.deviates,
    )
    return _perform(organisation, conversation, bot, turn)


def apologise(organisation: Organisation, conversation: Conversation, code: int) -> None:
    """Tells the customer that the bot cannot go on, with the product's error code."""
    deviates = organisation.faults.deviates
    told: int | None = code
    if code == connections.NOT_FOUND and deviates("disabled_user_gives_no_code"):
        told = None
    if code == connections.NOT_PUBLISHED and deviates("unpublished_bot_gives_no_code"):
        told = None
    now = organisation.clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")
    text = escalation.apology(told, conversation.id, now)
    announce(organisation, conversation, text)
    if conversation.channel is Channel.VOICE:
        speech.say(organisation, conversation, Utterance(text))


def _stays_silent(organisation: Organisation, bot: Bot) -> bool:
    return bot.connection.connects > 1 and organisation.faults.deviates(
        "reconnected_bot_stays_silent"
    )


def _first(
    organisation: Organisation,
    conversation: Conversation,
    bot: Bot,
    extra: Mapping[str, Value] | None,
) -> dialogue.Turn:
    variables: dict[str, Value] = {
        variable.name: variable.value
        for variable in conversation.context
        if isinstance(variable.value, SCALARS)
    }
    return dialogue.begin(
        brains.brain(organisation, bot),
        organisation.clock.now(),
        channel=CHANNELS[conversation.channel],
        conversation=conversation.id,
        language=conversation.locale,
        variables=variables | dict(extra or {}),
        deviates=organisation.faults.deviates,
    )


def _perform(
    organisation: Organisation, conversation: Conversation, bot: Bot, turn: dialogue.Turn
) -> Conversation:
    """Does the outputs in order until the bot lets go; after that only its words would count."""
    brains.remember(organisation, conversation, turn.dialogue)
    events = [(traced.kind, traced.value) for traced in turn.trace]
    conversation = replace(conversation, sessions=sessions.learnt(conversation.sessions, events))
    for output in turn.outputs:
        if isinstance(output, Say):
            _say(organisation, conversation, bot, output)
        elif conversation.held_by is Role.BOT:
            conversation = _act(organisation, conversation, bot, turn.dialogue, output)
            if conversation.held_by is not Role.BOT:
                return conversation
    return keep(organisation, conversation)


def _say(organisation: Organisation, conversation: Conversation, bot: Bot, said: Say) -> None:
    metadata = {"suggestions": json.dumps(said.suggestions)} if said.suggestions else {}
    post(
        organisation,
        conversation,
        Role.BOT,
        said.text,
        sender=(bot.id, bot.name),
        metadata=metadata,
    )
    if conversation.channel is Channel.VOICE:
        speech.say(organisation, conversation, Utterance(said.text, said.interruptible))


def _act(
    organisation: Organisation,
    conversation: Conversation,
    bot: Bot,
    state: dialogue.Dialogue,
    output: Output,
) -> Conversation:
    match output:
        case Transfer():
            return _transfer(organisation, conversation, bot, state, output)
        case End() | HangUp():
            return _end(organisation, conversation, output)
        case Failed(code=code):
            apologise(organisation, conversation, code)
    return conversation


def _end(
    organisation: Organisation, conversation: Conversation, output: End | HangUp
) -> Conversation:
    fault = "bot_end_leaves_active" if isinstance(output, End) else "hang_up_keeps_call"
    if organisation.faults.deviates(fault):
        return conversation
    if conversation.channel is Channel.LIVE_CHAT:
        return closed(organisation, conversation, Closure.BOT_END)
    keep(organisation, conversation)
    speech.say(organisation, conversation, Utterance(None))
    return found(organisation, conversation.id)


def _transfer(
    organisation: Organisation,
    conversation: Conversation,
    bot: Bot,
    state: dialogue.Dialogue,
    transfer: Transfer,
) -> Conversation:
    deviates = organisation.faults.deviates
    on_the_phone = conversation.channel is Channel.VOICE
    stays_with_bot = "call_stays_with_bot" if on_the_phone else "chat_stays_with_bot"
    if deviates(stays_with_bot):
        return conversation
    if escalation.overlong(transfer.variables, bot.generation):
        apologise(organisation, conversation, UNEXPECTED)
        return conversation
    conversation = _with_context(organisation, conversation, bot, state, transfer)
    only_closes = not on_the_phone and _only_closes(organisation, bot, transfer)
    conversation = _counted(organisation, conversation, only_closes=only_closes)
    if transfer.message and deviates("private_message_leaks"):
        _say(organisation, conversation, bot, Say(transfer.message))
    if only_closes:
        return closed(organisation, conversation, Closure.VIRTUAL_AGENT_CLOSED)
    if on_the_phone:
        call = speech.call_of(organisation, conversation)
        speech.keep_call(organisation, calls.handed_over(call, organisation.clock.now()))
    return routing.enqueue(organisation, conversation)


def _only_closes(organisation: Organisation, bot: Bot, transfer: Transfer) -> bool:
    """The work-around of the older generations: transfer, but end instead of route (INA-17)."""
    asked = transfer.variables.get("CloseOmnichannelConversation") is True
    return (
        asked
        and bot.generation is not Generation.WEB_APP
        and not organisation.faults.deviates("closing_variable_ignored")
    )


def _counted(
    organisation: Organisation, conversation: Conversation, *, only_closes: bool
) -> Conversation:
    """The bot's session ends as escalated, even if nobody is to take it (ESC-14, INA-17)."""
    fault = "closing_transfer_not_counted" if only_closes else "escalation_not_counted"
    outcome = None if organisation.faults.deviates(fault) else sessions.Outcome.ESCALATED
    now = organisation.clock.now()
    return replace(conversation, sessions=sessions.ended(conversation.sessions, now, outcome))


def _with_context(
    organisation: Organisation,
    conversation: Conversation,
    bot: Bot,
    state: dialogue.Dialogue,
    transfer: Transfer,
) -> Conversation:
    deviates = organisation.faults.deviates
    hand_off = escalation.HandOff(
        bot=bot.id,
        bot_name=bot.name,
        conversation=conversation.id,
        language=conversation.locale,
        message=transfer.message,
        last_topic=state.last_topic,
        topics=state.topics,
        phrases=state.phrases,
        variables=transfer.variables,
    )
    lost = transfer.message is not None and deviates("private_message_lost")
    return replace(
        conversation,
        context=escalation.merged(conversation.context, escalation.values(hand_off, deviates)),
        private_message=None if lost else transfer.message,
        escalated_at=organisation.last_message,
    )
