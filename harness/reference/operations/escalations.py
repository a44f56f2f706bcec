"""A bot lets go of a conversation: what it passes on, and what keeps it from doing so."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from harness.protocol.conversations import Closure, Generation
from harness.reference.bot.memory import Dialogue
from harness.reference.bot.outputs import Say, Transfer
from harness.reference.domain import activities, calls, connections, escalation, sessions
from harness.reference.domain.bots import Bot
from harness.reference.domain.conversations import Channel, Conversation
from harness.reference.operations import health, notices, records, replies, speech, transcripts
from harness.reference.operations.keeping import closed
from harness.reference.operations.organisations import Organisation


def hand_over(
    organisation: Organisation,
    conversation: Conversation,
    bot: Bot,
    state: Dialogue,
    transfer: Transfer,
) -> Conversation:
    """The transfer node was reached.

    Gives the conversation as it was when a limit prevents the hand-off, Closed when the bot asked
    for no more than that, else held by nobody: to be placed in a queue.
    """
    deviates = organisation.faults.deviates
    on_the_phone = conversation.channel is Channel.VOICE
    if _is_kept_back(organisation, bot, on_the_phone=on_the_phone):
        return conversation
    in_preview = bot.generation is Generation.PREVIEW
    if transfer.variables and in_preview and deviates("preview_sends_nothing"):
        transfer = replace(transfer, variables={})
    transfer = replace(transfer, variables=escalation.kept(transfer.variables, deviates))
    prevented = escalation.prevented(transfer.variables, transfer.message, bot.generation, deviates)
    if prevented:
        reason = f"the hand-off was prevented: {prevented.reason}"
        transcripts.note_failure(organisation, conversation, bot, prevented.code, reason)
        replies.apologise(organisation, conversation, prevented.code)
        return conversation
    value = escalation.values(_hand_off(conversation, bot, state, transfer), deviates)
    _send(organisation, conversation, bot, value)
    only_closes = not on_the_phone and _only_closes(organisation, bot, transfer)
    released = carry(organisation, conversation, value, transfer.message)
    released = counted(organisation, released, only_closes=only_closes)
    if transfer.message and deviates("private_message_leaks"):
        replies.say(organisation, released, bot, Say(transfer.message))
    if only_closes:
        return closed(organisation, released, Closure.VIRTUAL_AGENT_CLOSED)
    if on_the_phone:
        call = speech.call_of(organisation, released)
        speech.keep_call(organisation, calls.handed_over(call, organisation.clock.now()))
    return replace(released, held_by=None)


def _is_kept_back(organisation: Organisation, bot: Bot, *, on_the_phone: bool) -> bool:
    """The deviations by which a bot hands nobody over."""
    deviates = organisation.faults.deviates
    if deviates("call_stays_with_bot" if on_the_phone else "chat_stays_with_bot"):
        return True
    if bot.connection.connects > 1 and deviates("reconnected_bot_hands_nobody_over"):
        return True
    if notices.shows_notice(organisation, bot) and deviates("notice_stops_the_hand_off"):
        return True
    return connections.keeps_back(bot, health.surroundings(organisation, bot), deviates)


def carry(
    organisation: Organisation,
    conversation: Conversation,
    value: Mapping[str, object],
    message: str | None,
    hidden: Collection[str] = (),
) -> Conversation:
    """The conversation with what a bot passes on; records are looked for once more (ESC-25)."""
    lost = message is not None and organisation.faults.deviates("private_message_lost")
    carried = replace(
        conversation,
        context=escalation.merged(conversation.context, value, hidden),
        private_message=None if lost else message or None,
        escalated_at=organisation.last_message,
    )
    return records.link(organisation, carried)


def counted(
    organisation: Organisation, conversation: Conversation, *, only_closes: bool = False
) -> Conversation:
    """The bot's session ends as escalated, even if nobody is to take it (ESC-14, INA-17)."""
    lost = only_closes and organisation.faults.deviates("closing_transfer_not_counted")
    outcome = None if lost else sessions.Outcome.ESCALATED
    now = organisation.clock.now()
    return replace(conversation, sessions=sessions.ended(conversation.sessions, now, outcome))


def _send(
    organisation: Organisation,
    conversation: Conversation,
    bot: Bot,
    value: Mapping[str, object],
) -> None:
    """The hand-off goes over the wire: kept as it was sent."""
    before = [entry.activity for entry in transcripts.exchanged(organisation, conversation)]
    event = activities.hand_off(
        conversation,
        activities.bot_account(bot.id, bot.name),
        value,
        before,
        organisation.clock.now(),
        organisation.faults.deviates,
    )
    transcripts.note(organisation, conversation, bot, event, last=True)


def _hand_off(
    conversation: Conversation, bot: Bot, state: Dialogue, transfer: Transfer
) -> escalation.HandOff:
    return escalation.HandOff(
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


def _only_closes(organisation: Organisation, bot: Bot, transfer: Transfer) -> bool:
    """The work-around of the older generations: transfer, but end instead of route (INA-17)."""
    asked = transfer.variables.get("CloseOmnichannelConversation") is True
    return (
        asked
        and bot.generation is not Generation.WEB_APP
        and not organisation.faults.deviates("closing_variable_ignored")
    )
