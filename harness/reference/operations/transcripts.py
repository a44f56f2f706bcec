"""What a bot and the desk exchanged in a conversation: kept as it happens, shown to makers."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from harness.protocol.conversations import Generation
from harness.reference.bot.outputs import Traced
from harness.reference.domain import activities
from harness.reference.domain.activities import Activity, Exchanged, Trace
from harness.reference.domain.bots import Bot
from harness.reference.domain.conversations import Conversation
from harness.reference.domain.desk import User
from harness.reference.domain.errors import NotFound
from harness.reference.domain.sessions import Session
from harness.reference.operations import analytics
from harness.reference.operations.keeping import found
from harness.reference.operations.organisations import Organisation
from harness.reference.operations.users import require
from harness.reference.operations.views import Shown, instant

ERROR = "ErrorCode"
"""The value type of a trace that says why the bot apologised."""


def note(
    organisation: Organisation,
    conversation: Conversation,
    bot: Bot,
    body: Activity,
    *,
    last: bool = False,
) -> None:
    """Keeps something that is no message; it follows everything said so far."""
    now = organisation.clock.now()
    trace = Trace(bot.id, organisation.last_message, now, body, last)
    organisation.store.append_trace(organisation.id, conversation.id, trace)


def open_session(organisation: Organisation, conversation: Conversation, bot: Bot) -> None:
    """A bot's share of a conversation begins."""
    value = {"isDesignMode": False, "locale": conversation.locale}
    sender = activities.bot_account(bot.id, bot.name)
    note(organisation, conversation, bot, activities.trace("ConversationInfo", value, sender))


def introduce(
    organisation: Organisation,
    conversation: Conversation,
    bot: Bot,
    readable: Mapping[str, object],
) -> None:
    """The desk adds a bot to a conversation, then tells it what it may read (ESC-28)."""
    note(organisation, conversation, bot, activities.bot_added(bot.id, bot.name))
    note(organisation, conversation, bot, activities.context_set(readable))


def note_turn(
    organisation: Organisation,
    conversation: Conversation,
    bot: Bot,
    traced: tuple[Traced, ...],
) -> None:
    """Keeps how the bot came to what it says next."""
    sender = activities.bot_account(bot.id, bot.name)
    for one in traced:
        body = activities.trace(one.kind, one.value, sender)
        note(organisation, conversation, bot, body)


def note_failure(
    organisation: Organisation, conversation: Conversation, bot: Bot, code: int, detail: str
) -> None:
    """Keeps why the bot apologises; the log has it, too, for whoever watches."""
    where = f"bot {bot.name!r}, conversation {conversation.id}"
    logging.getLogger(__name__).warning("%s: code %d: %s", where, code, detail)
    sender = activities.bot_account(bot.id, bot.name)
    body = activities.trace(ERROR, {"code": code, "detail": detail}, sender)
    note(organisation, conversation, bot, body)


def exchanged(organisation: Organisation, conversation: Conversation) -> list[Exchanged]:
    """Everything between desk, bots and customer so far, oldest first."""
    store = organisation.store
    return activities.exchanged(
        conversation,
        store.messages(organisation.id, conversation.thread),
        store.traces(organisation.id, conversation.id),
    )


def read(organisation: Organisation, who: User, bot: str, id: str) -> Shown:
    """A bot's share of a conversation: how it is counted, and all that was exchanged.

    Raises NotFound for a conversation that the bot never held.
    """
    require(who, *analytics.READERS)
    conversation = found(organisation, id)
    everything = exchanged(organisation, conversation)
    told = activities.of_bot(everything, bot)
    own = [s for s in analytics.of_conversation(organisation, conversation) if s.bot == bot]
    if not own:
        raise NotFound(f"The bot {bot[:50]!r} never held the conversation {id}.")
    in_preview = organisation.generation is Generation.PREVIEW
    if in_preview and organisation.faults.deviates("preview_keeps_nothing"):
        told = [activity for activity in told if activity["type"] != "message"]
    session = own[-1]
    if session.ended:
        told.append(_session_info(conversation, len(everything), session))
    return {
        "conversation": conversation.id,
        **analytics.shown(session),
        "errors": _errors(organisation, conversation, bot),
        "activities": told,
    }


def _errors(organisation: Organisation, conversation: Conversation, bot: str) -> list[Shown]:
    return [
        {**trace.body["value"], "at": instant(trace.at)}
        for trace in organisation.store.traces(organisation.id, conversation.id)
        if trace.bot == bot and trace.body.get("valueType") == ERROR
    ]


def _session_info(conversation: Conversation, number: int, session: Session) -> Activity:
    assert session.ended is not None, "told of sessions that have ended"
    return activities.about(
        "SessionInfo",
        conversation,
        number,
        session.ended,
        type="Engaged" if session.engaged else "Unengaged",
        outcome=session.outcome,
        turnCount=session.turns,
        startTimeUtc=instant(session.started),
        endTimeUtc=instant(session.ended),
    )
