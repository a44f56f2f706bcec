"""What a customer gets from a bot: its messages, and the apology of one that cannot go on."""

from __future__ import annotations

import json

from harness.protocol.conversations import Role
from harness.reference.bot.outputs import Say
from harness.reference.domain import connections, escalation
from harness.reference.domain.bots import Bot
from harness.reference.domain.calls import Utterance
from harness.reference.domain.conversations import Channel, Conversation
from harness.reference.operations import speech
from harness.reference.operations.keeping import announce, post
from harness.reference.operations.organisations import Organisation


def say(organisation: Organisation, conversation: Conversation, bot: Bot, said: Say) -> None:
    """A message of a bot; choices and cards go along as metadata, as JSON."""
    offered = {"suggestions": said.suggestions, "cards": said.cards}
    post(
        organisation,
        conversation,
        Role.BOT,
        said.text,
        sender=(bot.id, bot.name),
        metadata={kind: json.dumps(offers) for kind, offers in offered.items() if offers},
    )
    if conversation.channel is Channel.VOICE:
        spoken = said.text if said.speak is None else said.speak
        speech.say(organisation, conversation, Utterance(spoken, said.interruptible))


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
