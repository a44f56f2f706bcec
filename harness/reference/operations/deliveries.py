"""What a bot with a messaging endpoint is to get next, and what became of it."""

from __future__ import annotations

from datetime import timedelta

from harness.protocol.conversations import Role
from harness.reference.domain import activities, escalation
from harness.reference.domain.bots import Bot
from harness.reference.domain.conversations import Conversation
from harness.reference.domain.deliveries import Delivery, Errand, delivery_of
from harness.reference.operations import health, replies, transcripts
from harness.reference.operations.organisations import Organisation, World
from harness.reference.operations.tokens import issue

LIFETIME = timedelta(days=60)
"""Of the address at which a bot answers: longer than any conversation lasts (3.6)."""


def next_errand(world: World, organisation: Organisation, id: str) -> Errand | None:
    """The first activity of a conversation that a bot of it has not had; None for none.

    A bot that is not connected any more gets nothing.
    """
    conversation = organisation.store.conversation(organisation.id, id)
    if conversation is None:
        return None
    for bot in _bots(organisation, conversation):
        known = delivery_of(id, bot.id)
        done = (organisation.store.get(organisation.id, Delivery, known) or Delivery(known)).done
        told = activities.for_bot(transcripts.exchanged(organisation, conversation), bot.id)
        if done < len(told):
            account = activities.bot_account(bot.id, bot.name)
            answers = service_url(world, organisation, conversation, bot)
            body = activities.addressed(told[done], account, answers)
            return Errand(id, bot.id, done, bot.endpoint, body)
    return None


def _bots(organisation: Organisation, conversation: Conversation) -> list[Bot]:
    """The bots of a conversation that are posted to, in the order in which they held it."""
    ids = dict.fromkeys(session.bot for session in conversation.sessions)
    bots = [organisation.store.get(organisation.id, Bot, id) for id in ids]
    return [
        bot for bot in bots if bot and bot.endpoint and health.trouble(organisation, bot) is None
    ]


def service_url(
    world: World, organisation: Organisation, conversation: Conversation, bot: Bot
) -> str:
    """Where a bot answers in one conversation.

    The address holds its right to do so: a bot without credentials has nothing else to show.
    """
    began = int(conversation.started.timestamp())
    # The same one every time: clients keep what they know of an address.
    times = {"iat": began, "exp": began + int(LIFETIME.total_seconds())}
    key = issue(world, organisation, bot.id, extra={"conversation": conversation.id, **times})
    return f"{organisation.url}/connector/{organisation.id}/by/{key}/"


def delivered(organisation: Organisation, errand: Errand) -> None:
    """The bot has taken it, or never will: the next one is due."""
    with organisation.command():
        id = delivery_of(errand.conversation, errand.bot)
        organisation.store.put(organisation.id, Delivery(id, errand.number + 1))


def refused(organisation: Organisation, errand: Errand, why: str) -> None:
    """The bot cannot read this activity: its maker learns of it, and the customer."""
    with organisation.command():
        delivered(organisation, errand)
        _failed(organisation, errand, why)


def given_up(organisation: Organisation, errand: Errand, why: str) -> None:
    """The bot does not answer. What it has not had waits until there is something new for it."""
    with organisation.command():
        _failed(organisation, errand, why)


def _failed(organisation: Organisation, errand: Errand, why: str) -> None:
    """Keeps why for the maker; a customer whom the bot still holds gets its apology."""
    conversation = organisation.store.conversation(organisation.id, errand.conversation)
    bot = organisation.store.get(organisation.id, Bot, errand.bot)
    if conversation is None or bot is None:
        return
    detail = f"{errand.endpoint} did not take the {errand.activity['type']}: {why}"
    code = escalation.UNEXPECTED
    transcripts.note_failure(organisation, conversation, bot, code, detail)
    if conversation.held_by is Role.BOT and conversation.bot == bot.id:
        replies.apologise(organisation, conversation, code)


def unfinished(organisation: Organisation) -> list[str]:
    """The conversations whose bots may be owed something: for a start after a stop."""
    return [
        conversation.id
        for conversation in organisation.store.ongoing(organisation.id)
        if _bots(organisation, conversation)
    ]
