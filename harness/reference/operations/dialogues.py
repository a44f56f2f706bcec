"""Letting the bot talk: run a turn, then do in order what it decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from harness.protocol.conversations import Closure, ContextVariable, Role, State
from harness.reference.bot import dialogue
from harness.reference.bot.expressions import Value
from harness.reference.bot.outputs import End, Failed, HangUp, Output, PhoneTransfer, Say, Transfer
from harness.reference.domain import disconnecting, sessions
from harness.reference.domain.bots import Bot
from harness.reference.domain.calls import Utterance
from harness.reference.domain.conversations import Channel, Conversation, moved
from harness.reference.domain.environments import Extension
from harness.reference.operations import (
    brains,
    escalations,
    health,
    quotas,
    records,
    replies,
    routing,
    speech,
    transcripts,
)
from harness.reference.operations.keeping import closed, found, keep
from harness.reference.operations.organisations import Organisation

CHANNELS = {
    Channel.LIVE_CHAT: "Omnichannel",
    Channel.CUSTOM: "Omnichannel",
    Channel.VOICE: "telephony",
}

EXTENSION_VARIABLES = frozenset(
    {
        "msdyn_CustomerType",
        "msdyn_CustomerName",
        "msdyn_CustomerId",
        "msdyn_CaseId",
        "msdyn_CaseTitle",
    }
)
"""What bots read by the Omnichannel extension alone (specification 5.4)."""

Context: TypeAlias = tuple[ContextVariable, ...]


def begin(
    organisation: Organisation, conversation: Conversation, extra: Mapping[str, Value] | None = None
) -> Conversation:
    """The bot greets, when it can; `extra` are variables beside the conversation's context."""
    deviates = organisation.faults.deviates
    bot = brains.bot_of(organisation, conversation)
    if health.trouble(organisation, bot) is not None or _stays_silent(organisation, bot):
        return keep(organisation, conversation)
    now = organisation.clock.now()
    begun = replace(conversation, sessions=sessions.begun(conversation.sessions, bot.id, now))
    readable = _readable(organisation, begun) | dict(extra or {})
    transcripts.open_session(organisation, begun, bot)
    if _is_second(begun) and deviates("second_bot_greets_first"):
        begun = _greet(organisation, begun, bot, readable)
        transcripts.introduce(organisation, begun, bot, readable)
        return begun
    transcripts.introduce(organisation, begun, bot, readable)
    if bot.runs_elsewhere:
        organisation.call(begun.id)
    return _greet(organisation, begun, bot, readable)


def place(
    organisation: Organisation, conversation: Conversation, known: Context | None = None
) -> Conversation:
    """Puts a conversation into the queue that the rules name for its context, and has it taken.

    `known` are the values that it had before a bot passed on others.
    """
    return settle(organisation, routing.enqueue(organisation, conversation, known))


def settle(organisation: Organisation, conversation: Conversation) -> Conversation:
    """A waiting conversation is taken by its queue's bot, or rings at an agent."""
    bot = routing.bot_for(organisation, conversation)
    if bot is None:
        return routing.assign(organisation, conversation)
    now = organisation.clock.now()
    taken = replace(moved(conversation, State.ACTIVE, now), held_by=Role.BOT, bot=bot.id)
    # Whoever gave it to the bot may get it back from there.
    taken = replace(taken, declined=())
    return begin(organisation, replace(taken, agent_accepted=None, private_message=None))


def hear(
    organisation: Organisation, conversation: Conversation, text: str, value: Value = None
) -> Conversation:
    """The bot answers the customer; one that cannot apologises with a code (F9, F10).

    Raises TooManyCalls.
    """
    bot = brains.bot_of(organisation, conversation)
    quotas.count(organisation, bot)
    code = health.trouble(organisation, bot)
    if code is not None and not disconnecting.goes_on(bot, organisation.faults.deviates):
        replies.apologise(organisation, conversation, code)
        return keep(organisation, conversation)
    if _stays_silent(organisation, bot):
        return keep(organisation, conversation)
    if not any(session.bot == bot.id for session in conversation.sessions):
        # It could not greet when the conversation started.
        conversation = begin(organisation, conversation)
        if conversation.held_by is not Role.BOT:
            return conversation
    now = organisation.clock.now()
    heard = replace(conversation, sessions=sessions.heard(conversation.sessions, bot.id, now))
    state = brains.recall(organisation, conversation)
    if bot.runs_elsewhere:
        organisation.call(heard.id)
        return keep(organisation, heard)
    if state is None:
        return keep(organisation, heard)
    turn = dialogue.hear(
        brains.brain(organisation, bot),
        state,
        text,
        now,
        value=value,
        deviates=organisation.faults.deviates,
    )
    return _perform(organisation, heard, bot, turn)


def sign_in(organisation: Organisation, conversation: Conversation, token: str) -> Conversation:
    """The customer's page has signed them in: the bot goes on if it waits for that."""
    bot = brains.bot_of(organisation, conversation)
    state = brains.recall(organisation, conversation)
    if state is None or bot.runs_elsewhere or health.trouble(organisation, bot) is not None:
        return conversation
    turn = dialogue.sign_in(
        brains.brain(organisation, bot),
        state,
        token,
        organisation.clock.now(),
        deviates=organisation.faults.deviates,
    )
    return _perform(organisation, conversation, bot, turn)


def fire(organisation: Organisation, conversation: Conversation) -> Conversation:
    """The silence that the bot waits for has passed."""
    bot = brains.bot_of(organisation, conversation)
    state = brains.recall(organisation, conversation)
    if state is None or health.trouble(organisation, bot) is not None:
        return conversation
    turn = dialogue.fire(
        brains.brain(organisation, bot),
        state,
        organisation.clock.now(),
        deviates=organisation.faults.deviates,
    )
    return _perform(organisation, conversation, bot, turn)


def _stays_silent(organisation: Organisation, bot: Bot) -> bool:
    return bot.connection.connects > 1 and organisation.faults.deviates(
        "reconnected_bot_stays_silent"
    )


def _is_second(conversation: Conversation) -> bool:
    return len({session.bot for session in conversation.sessions}) > 1


def _readable(organisation: Organisation, conversation: Conversation) -> dict[str, Value]:
    """What the bot may read: the context as it is now, and what the desk supplies (ESC-34)."""
    deviates = organisation.faults.deviates
    if _is_second(conversation) and deviates("second_bot_knows_nothing"):
        return {}
    on_the_phone = conversation.channel is Channel.VOICE
    lost = "supplied_context_unheard" if on_the_phone else "supplied_context_unreadable"
    if deviates(lost):
        return {}
    context = {variable.name: variable.value for variable in conversation.context}
    readable: dict[str, Any] = context | records.supplied(organisation, conversation)
    if not _has_extension(organisation, conversation):
        readable = {name: readable[name] for name in readable.keys() - EXTENSION_VARIABLES}
    return readable


def _has_extension(organisation: Organisation, conversation: Conversation) -> bool:
    """Whether the Omnichannel extension gives its variables to the bot (CON-43)."""
    deviates = organisation.faults.deviates
    own = health.surroundings(organisation, brains.bot_of(organisation, conversation)).own
    if Extension.OMNICHANNEL in own.extensions:
        return not deviates("extension_gives_no_variables")
    return deviates("variables_come_without_extension")


def _greet(
    organisation: Organisation,
    conversation: Conversation,
    bot: Bot,
    readable: Mapping[str, Value],
) -> Conversation:
    silent = _is_second(conversation) and organisation.faults.deviates("second_bot_does_not_greet")
    if bot.runs_elsewhere or silent:
        return keep(organisation, conversation)
    turn = dialogue.begin(
        brains.brain(organisation, bot),
        organisation.clock.now(),
        channel=CHANNELS[conversation.channel],
        conversation=conversation.id,
        language=conversation.locale,
        variables=readable,
        system={
            "Bot.Id": bot.id,
            "Activity.From.Id": conversation.visitor,
            "Activity.From.Name": conversation.customer,
        },
        deviates=organisation.faults.deviates,
    )
    return _perform(organisation, conversation, bot, turn)


def _perform(
    organisation: Organisation, conversation: Conversation, bot: Bot, turn: dialogue.Turn
) -> Conversation:
    """Does the outputs in order until the bot lets go; after that only its words would count."""
    brains.remember(organisation, conversation, turn.dialogue)
    transcripts.note_turn(organisation, conversation, bot, turn.trace)
    events = [(traced.kind, traced.value) for traced in turn.trace]
    conversation = replace(conversation, sessions=sessions.learnt(conversation.sessions, events))
    for output in turn.outputs:
        if isinstance(output, Say):
            replies.say(organisation, conversation, bot, output)
            if bot.teams_channel and organisation.faults.deviates("teams_channel_is_doubled"):
                replies.say(organisation, conversation, bot, output)
        elif conversation.held_by is Role.BOT:
            conversation = _act(organisation, conversation, bot, turn.dialogue, output)
            if conversation.held_by is not Role.BOT or conversation.bot != bot.id:
                return conversation
    return keep(organisation, conversation)


def _act(
    organisation: Organisation,
    conversation: Conversation,
    bot: Bot,
    state: dialogue.Dialogue,
    output: Output,
) -> Conversation:
    match output:
        case Transfer():
            released = escalations.hand_over(organisation, conversation, bot, state, output)
            if released.held_by is Role.BOT or released.state is State.CLOSED:
                return released
            return place(organisation, released, known=conversation.context)
        case End() | HangUp():
            return _end(organisation, conversation, output)
        case PhoneTransfer():
            # The call goes on at a line that is not ours: the desk has no more of it.
            now = organisation.clock.now()
            ended = sessions.ended(conversation.sessions, now, sessions.Outcome.ESCALATED)
            return _end(organisation, replace(conversation, sessions=ended), HangUp())
        case Failed(code=code, detail=detail, apologise=apologise):
            transcripts.note_failure(organisation, conversation, bot, code, detail)
            if apologise:
                replies.apologise(organisation, conversation, code)
    return conversation


def _end(
    organisation: Organisation, conversation: Conversation, output: End | HangUp
) -> Conversation:
    fault = "bot_end_leaves_active" if isinstance(output, End) else "hang_up_keeps_call"
    if organisation.faults.deviates(fault):
        return conversation
    if conversation.channel is not Channel.VOICE:
        wrong = organisation.faults.deviates("bot_end_has_another_reason")
        return closed(organisation, conversation, Closure.AUTO_CLOSE if wrong else Closure.BOT_END)
    keep(organisation, conversation)
    speech.say(organisation, conversation, Utterance(None))
    return found(organisation, conversation.id)
