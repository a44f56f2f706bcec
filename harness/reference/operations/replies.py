"""What a customer gets from a bot: its messages, and the apology of one that cannot go on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from secrets import token_urlsafe
from typing import Any

from harness.protocol.conversations import Role
from harness.reference.bot.outputs import SIGN_IN, Say
from harness.reference.domain import connections, escalation, signing
from harness.reference.domain.bots import Bot
from harness.reference.domain.calls import Utterance
from harness.reference.domain.conversations import Channel, Conversation
from harness.reference.domain.signing import SignInRequest
from harness.reference.operations import speech
from harness.reference.operations.keeping import announce, post
from harness.reference.operations.organisations import Organisation

HERO = "application/vnd.microsoft.card.hero"
"""The type of a card with text and buttons."""


def say(organisation: Organisation, conversation: Conversation, bot: Bot, said: Say) -> None:
    """A message of a bot; choices and cards go along as metadata, as JSON."""
    cards = [_shown(organisation, conversation, card) for card in said.cards]
    offered = {"suggestions": said.suggestions, "cards": cards}
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


def _shown(
    organisation: Organisation, conversation: Conversation, card: Mapping[str, Any]
) -> Mapping[str, Any]:
    """A card as customers get it: one that asks to sign in says where."""
    if card.get("contentType") != SIGN_IN:
        return card
    id = f"{organisation.id}.{token_urlsafe(24)}"
    organisation.store.put(organisation.id, SignInRequest(id, conversation.id))
    content = signing.content(card["content"], organisation.url, id)
    recognised = not organisation.faults.deviates("sign_in_card_not_recognised")
    return {"contentType": SIGN_IN if recognised else HERO, "content": content}


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
