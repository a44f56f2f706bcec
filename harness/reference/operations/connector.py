"""What a bot that runs elsewhere does: the desk's side of the Bot Connector."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from harness.protocol.conversations import Closure, Role
from harness.reference.domain import activities, commands, escalation, rich
from harness.reference.domain.activities import Activity
from harness.reference.domain.bots import Bot
from harness.reference.domain.commands import Command, Escalate, Leave, Sent, ShowTyping, Speak
from harness.reference.domain.conversations import Conversation
from harness.reference.domain.errors import (
    IllegalState,
    InsufficientRole,
    MalformedBody,
    MessageTooLarge,
    NotSignedIn,
)
from harness.reference.domain.messages import refuse_oversized
from harness.reference.operations import dialogues, escalations, health, transcripts
from harness.reference.operations.keeping import closed, found, post
from harness.reference.operations.notifications import Typing
from harness.reference.operations.organisations import Organisation, World
from harness.reference.operations.tokens import issue
from harness.reference.operations.views import Shown

encode = msgspec.json.Encoder().encode


def access(world: World, organisation: Organisation, bot: str) -> Shown:
    """Where a bot that runs elsewhere speaks to the desk, and its token."""
    return {
        "service_url": f"{organisation.url}/connector/{organisation.id}/",
        "token": issue(world, organisation, bot),
    }


def known(organisation: Organisation, id: str) -> Bot:
    """The bot of a token; raises NotSignedIn for a token that is no such bot's."""
    bot = organisation.store.get(organisation.id, Bot, id)
    if bot is None or not bot.runs_elsewhere:
        raise NotSignedIn("The token is of no bot that runs elsewhere. Make one, origin azure.")
    return bot


def conversations(organisation: Organisation, bot: Bot) -> Shown:
    """The conversations that this bot holds."""
    return {
        "conversations": [
            {
                "id": conversation.id,
                "members": [{"id": conversation.visitor, "name": conversation.customer}],
            }
            for conversation in organisation.store.ongoing(organisation.id)
            if conversation.held_by is Role.BOT and conversation.bot == bot.id
        ]
    }


def members(organisation: Organisation, bot: Bot, id: str) -> list[Shown]:
    """Who is in a conversation: its customer and the bot. Raises NotFound, InsufficientRole."""
    conversation = _own(organisation, bot, id)
    customer = {"id": conversation.visitor, "name": conversation.customer, "role": "user"}
    return [customer, activities.bot_account(bot.id, bot.name)]


def heard(organisation: Organisation, bot: Bot, id: str, watermark: int) -> Shown:
    """What the desk has for a bot after a watermark: everything in its session but its own words.

    Raises NotFound, InsufficientRole.
    """
    conversation = _own(organisation, bot, id)
    for_bot = activities.for_bot(transcripts.exchanged(organisation, conversation), bot.id)
    return {"activities": for_bot[watermark:], "watermark": str(len(for_bot))}


def take(organisation: Organisation, bot: Bot, id: str, sent: Sent, body: Activity) -> str:
    """Does what an activity asks for and gives its id; `body` is the whole of it, as it came.

    Raises NotFound, InsufficientRole, IllegalState, MalformedBody, MessageTooLarge.
    """
    with organisation.command():
        conversation = _own(organisation, bot, id)
        if conversation.held_by is not Role.BOT or conversation.bot != bot.id:
            raise IllegalState(
                f"Conversation {id} is {conversation.state} and not with {bot.name} any more."
            )
        deviates = organisation.faults.deviates
        if health.trouble(organisation, bot) is not None:
            raise InsufficientRole(f"{bot.name} is not connected to Omnichannel. Connect it first.")
        # What a hand-off brings along is none of its size: a transcript is as long as it is.
        counted = body if sent.type == "message" else {**body, "attachments": None}
        refuse_oversized(encode(counted).decode(), {}, deviates)
        for command in commands.commands(sent, id, deviates):
            conversation = _do(organisation, conversation, bot, command, body)
        return f"{id}|{organisation.last_message}"


def _own(organisation: Organisation, bot: Bot, id: str) -> Conversation:
    conversation = found(organisation, id)
    if all(session.bot != bot.id for session in conversation.sessions):
        raise InsufficientRole(f"Conversation {id} is not with {bot.name}.")
    return conversation


def _do(
    organisation: Organisation,
    conversation: Conversation,
    bot: Bot,
    command: Command,
    body: Activity,
) -> Conversation:
    match command:
        case Speak():
            _speak(organisation, conversation, bot, command)
        case ShowTyping():
            organisation.tell(conversation.thread, Typing(Role.BOT, bot.name))
        case Leave():
            if not organisation.faults.deviates("end_command_ignored"):
                return closed(organisation, conversation, Closure.BOT_END)
        case Escalate():
            return _escalate(organisation, conversation, bot, command, body)
    return conversation


def _speak(organisation: Organisation, conversation: Conversation, bot: Bot, said: Speak) -> None:
    fault = "bridged_text_hidden" if said.bridged else "unbridged_text_shown"
    shown = said.bridged is not organisation.faults.deviates(fault)
    offered = {rich.CARDS: said.cards, rich.SUGGESTIONS: said.suggestions}
    post(
        organisation,
        conversation,
        Role.BOT,
        said.text,
        sender=(bot.id, bot.name),
        metadata={kind: encode(offers).decode() for kind, offers in offered.items() if offers},
        hidden=not shown,
    )


def _escalate(
    organisation: Organisation,
    conversation: Conversation,
    bot: Bot,
    asked: Escalate,
    body: Activity,
) -> Conversation:
    deviates = organisation.faults.deviates
    context = escalation.kept(asked.context, deviates)
    own = {name: value for name, value in context.items() if not name.startswith("va_")}
    prevented = escalation.prevented(own, asked.message, bot.generation, deviates)
    if prevented:
        kind = MessageTooLarge if prevented.code == escalation.TOO_LARGE else MalformedBody
        raise kind(f"The hand-off was prevented: {prevented.reason}. Shorten it.")
    if context and deviates("command_context_dropped"):
        context = {}
    _note(organisation, conversation, bot, body)
    released = escalations.carry(organisation, conversation, context, asked.message, asked.hidden)
    released = replace(escalations.counted(organisation, released), held_by=None)
    if body["type"] == "event":
        released = replace(released, answers_to=bot.id, answered="")
    return dialogues.place(organisation, released, known=conversation.context)


def _note(organisation: Organisation, conversation: Conversation, bot: Bot, body: Activity) -> None:
    """Keeps the hand-off as it came; a command is no message of the conversation, so it is told."""
    sender = activities.bot_account(bot.id, bot.name)
    if body["type"] == "event":
        ours = ("id", "timestamp", "channelId", "conversation")
        told = {key: part for key, part in body.items() if key not in ours} | {"from": sender}
    else:
        told = activities.trace("Escalate", {"channelData": body["channelData"]}, sender)
    transcripts.note(organisation, conversation, bot, told, last=True)
