"""Letting the bot talk: run a turn, then do in order what it decided."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from harness.protocol.conversations import Closure, Generation, Role
from harness.reference.bot import dialogue
from harness.reference.bot.expressions import Value
from harness.reference.bot.outputs import End, Failed, HangUp, Output, Say, Transfer
from harness.reference.domain import calls, connections, escalation
from harness.reference.domain.bots import Bot
from harness.reference.domain.calls import Utterance
from harness.reference.domain.conversations import Channel, Conversation, Outcome
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
    return _perform(organisation, conversation, bot, _first(organisation, conversation, bot, extra))


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
    turn = dialogue.hear(
        brains.brain(organisation, bot),
        state,
        text,
        organisation.clock.now(),
        deviates=organisation.faults.deviates,
    )
    return _perform(organisation, replace(conversation, turns=conversation.turns + 1), bot, turn)


def fire(organisation: Organisation, conversation: Conversation, topic: str) -> Conversation:
    """The silence that a topic waits for has passed."""
    bot = brains.bot_of(organisation, conversation)
    state = brains.recall(organisation, conversation)
    if state is None or connections.trouble(bot, organisation.faults.deviates) is not None:
        return conversation
    turn = dialogue.fire(
        brains.brain(organisation, bot),
        state,
        topic,
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
    resolved = replace(conversation, outcome=conversation.outcome or Outcome.RESOLVED)
    if conversation.channel is Channel.LIVE_CHAT:
        return closed(organisation, resolved, Closure.BOT_END)
    keep(organisation, resolved)
    speech.say(organisation, resolved, Utterance(None))
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
    if transfer.message and deviates("private_message_leaks"):
        _say(organisation, conversation, bot, Say(transfer.message))
    if not on_the_phone and _only_closes(bot, transfer):
        return closed(organisation, conversation, Closure.VIRTUAL_AGENT_CLOSED)
    if on_the_phone:
        call = speech.call_of(organisation, conversation)
        speech.keep_call(organisation, calls.handed_over(call, organisation.clock.now()))
    return routing.enqueue(organisation, conversation)


def _only_closes(bot: Bot, transfer: Transfer) -> bool:
    """The work-around of the older generations: transfer, but end instead of route (INA-17)."""
    return (
        bot.generation is not Generation.WEB_APP
        and transfer.variables.get("CloseOmnichannelConversation") is True
    )


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
        outcome=Outcome.ESCALATED,
        escalated_at=organisation.last_message,
    )
