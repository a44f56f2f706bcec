"""The bot of a conversation as the dialogue engine needs it, and where its dialogue stands."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache

import msgspec

from harness.protocol.conversations import Generation, Role
from harness.reference.bot import dialogue
from harness.reference.bot.exports import compiling
from harness.reference.bot.silences import next_silence
from harness.reference.domain.bots import Bot, Topics, draft_of, live_of
from harness.reference.domain.conversations import Conversation
from harness.reference.domain.errors import NotFound
from harness.reference.operations.organisations import Organisation

encode = msgspec.json.Encoder().encode
decode = msgspec.json.Decoder(dialogue.Dialogue).decode


def bot_of(organisation: Organisation, conversation: Conversation) -> Bot:
    """The bot of a conversation; raises NotFound for one that has none."""
    bot = organisation.store.get(organisation.id, Bot, conversation.bot or "")
    if bot is None:
        raise NotFound(f"Conversation {conversation.id} has no bot.")
    return bot


def brain(organisation: Organisation, bot: Bot, *, draft: bool = False) -> dialogue.Bot:
    """What was published of a bot; of one that never was, and where it is tried, its draft."""
    draft = draft or not bot.version or organisation.faults.deviates("draft_runs")
    key = (bot.id, bot.name, bot.version, bot.manual_authentication)
    if not draft and key in organisation.brains:
        return organisation.brains[key]
    source = draft_of(bot.id) if draft else live_of(bot.id)
    topics = organisation.store.get(organisation.id, Topics, source) or Topics(source)
    made = _made(bot.name, bot.generation, _sources(topics, bot))
    if not draft:
        organisation.brains[key] = made
    return made


def _sources(topics: Topics, bot: Bot) -> compiling.Sources:
    return compiling.Sources(
        tuple(
            (name, text, topics.sources.get(name, ""))
            for name, text in topics.texts.items()
            if name not in topics.off
        ),
        tuple(topics.dialogs.items()),
        tuple(topics.entities.items()),
        tuple(topics.variables.items()),
        topics.stubs,
        topics.signs_in,
        bot.manual_authentication,
    )


@lru_cache(maxsize=64)
def _made(name: str, generation: Generation, sources: compiling.Sources) -> dialogue.Bot:
    return compiling.compiled(name, generation, sources)


def recall(organisation: Organisation, conversation: Conversation) -> dialogue.Dialogue | None:
    """Where the dialogue stands; None before the bot's first turn."""
    state = organisation.store.dialogue(organisation.id, conversation.id)
    return decode(state) if state else None


def remember(
    organisation: Organisation, conversation: Conversation, state: dialogue.Dialogue
) -> None:
    """Keeps where the dialogue stands."""
    organisation.store.put_dialogue(organisation.id, conversation.id, encode(state))


def silence(organisation: Organisation, conversation: Conversation) -> datetime | None:
    """When the next inactivity topic may speak, while the bot's clock runs; one at a time."""
    deviates = organisation.faults.deviates
    if conversation.held_by is not Role.BOT and not (
        conversation.held_by is Role.AGENT and deviates("silence_measured_after_transfer")
    ):
        return None
    if conversation.bot is None or (state := recall(organisation, conversation)) is None:
        return None
    bot = brain(organisation, bot_of(organisation, conversation))
    coming = next_silence(bot, state, deviates=deviates)
    return state.quiet_since + timedelta(seconds=coming.seconds) if coming else None
