"""What the pages and the JSON of the desk show: plain data, keys as docs/reference-api.md has."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from harness.protocol.conversations import Generation, Role
from harness.protocol.portal import ConnectionState
from harness.reference.domain import connections, rich, transitions
from harness.reference.domain.bots import Bot, BotUser, Verification
from harness.reference.domain.calls import Call
from harness.reference.domain.conversations import Conversation
from harness.reference.domain.desk import Queue, User, Workstream
from harness.reference.domain.environments import Environment
from harness.reference.domain.escalation import slipped
from harness.reference.domain.messages import Message
from harness.reference.domain.records import CustomerRecord
from harness.reference.operations import attachments, feedback, health, notices, returning, spoken
from harness.reference.operations.organisations import Organisation

Shown = dict[str, Any]

MISSING_EXTENSIONS = (
    "Your bot doesn't have access to all the required variables and actions."
    " Install the extensions that are missing, or have your administrator do so."
    " A bot that handles text alone works without them."
)


def instant(at: datetime) -> str:
    """ISO 8601 with Z; milliseconds only where there are some."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z").replace(".000Z", "Z")


def summary(organisation: Organisation, conversation: Conversation) -> Shown:
    """A conversation in a list."""
    store = organisation.store
    queue = store.get(organisation.id, Queue, conversation.queue or "")
    return {
        "id": conversation.id,
        "state": conversation.state,
        "channel": conversation.channel,
        "customer": conversation.customer,
        "queue": queue.name if queue else None,
        "assignee": _assignee(organisation, conversation),
        "started": instant(conversation.started),
        "closure_reason": conversation.closure,
    }


def _assignee(organisation: Organisation, conversation: Conversation) -> Shown | None:
    if conversation.agent:
        user = organisation.store.get(organisation.id, User, conversation.agent)
        return {"kind": Role.AGENT, "name": user.name if user else ""}
    if conversation.held_by is Role.BOT:
        bot = organisation.store.get(organisation.id, Bot, conversation.bot or "")
        return {"kind": Role.BOT, "name": bot.name if bot else ""}
    return None


def whole(organisation: Organisation, conversation: Conversation) -> Shown:
    """A conversation as its agent sees it."""
    context = {variable.name: variable for variable in conversation.context}
    values = {name: variable.value for name, variable in context.items()}
    typing = organisation.typing.get((conversation.id, Role.CUSTOMER))
    return {
        **summary(organisation, conversation),
        "context": {
            name: {"value": value, "displayable": name not in context or context[name].displayable}
            for name, value in slipped(values, "at_the_desk", organisation.faults.deviates).items()
        },
        "private_message": conversation.private_message,
        "transcript": [
            _line(organisation, message) for message in _transcript(organisation, conversation)
        ],
        "customer_typing": typing is not None and organisation.clock.now() < typing,
        "linked": _linked(organisation, conversation),
        "authenticated": bool(conversation.signed_in),
        "customer_present": conversation.awaited_until is None,
        "reconnect_link": returning.link(organisation, conversation),
        "surveys": feedback.of_conversation(organisation, conversation),
    }


def _linked(organisation: Organisation, conversation: Conversation) -> Shown:
    """The records of the customer and the case, by type."""
    store = organisation.store
    return {
        kind: {"id": record.id, "name": record.name}
        for kind, id in conversation.linked.items()
        if (record := store.get(organisation.id, CustomerRecord, id))
    }


def _transcript(organisation: Organisation, conversation: Conversation) -> list[Message]:
    messages = organisation.store.messages(organisation.id, conversation.thread)
    before = [message for message in messages if message.id <= conversation.escalated_at]
    if len(before) > 1 and organisation.faults.deviates("history_truncated"):
        return messages[len(before) - 1 :]
    to_agent = {m.id for m in messages[len(before) :] if m.role is Role.CUSTOMER}
    if to_agent and organisation.faults.deviates("customer_message_lost"):
        return [message for message in messages if message.id not in to_agent]
    if before and organisation.faults.deviates("asking_words_lost"):
        asked = max((m.id for m in before if m.role is Role.CUSTOMER), default=0)
        return [message for message in messages if message.id != asked]
    if before and organisation.faults.deviates("messages_change_places"):
        return _with_last_two_swapped(messages)
    return messages


def _with_last_two_swapped(messages: list[Message]) -> list[Message]:
    places = [i for i, message in enumerate(messages) if message.role is not Role.SYSTEM]
    swapped = list(messages)
    for here, there in zip(places[-2:], places[-2:][::-1], strict=True):
        swapped[here] = messages[there]
    return swapped


def _line(organisation: Organisation, message: Message) -> Shown:
    cards = spoken.cards(message)
    return {
        "id": str(message.id),
        "at": instant(message.created),
        "role": message.role,
        "name": message.sender_name,
        "text": spoken.words(message),
        **({"cards": cards} if cards else {}),
        **({"private": True} if message.hidden else {}),
        **({"sign_in": True} if rich.asks_to_sign_in(message.metadata) else {}),
        **_files(organisation, message),
    }


def _files(organisation: Organisation, message: Message) -> Shown:
    files = attachments.shown(organisation, message.thread, message.metadata)
    told = [{"id": file.id, "name": file.name, "size": file.size} for file in files]
    return {"files": told} if told else {}


def bot(organisation: Organisation, bot: Bot) -> Shown:
    """A bot and its connection."""
    return {
        "id": bot.id,
        "name": bot.name,
        "origin": bot.origin,
        "generation": bot.generation,
        "published": bot.version > 0,
        "voice_enabled": bot.voice_enabled,
        "environment": bot.environment,
        "teams_channel": bot.teams_channel,
        "manual_authentication": bot.manual_authentication,
        "schema": bot.schema,
        "connection": connection(organisation, bot),
        **({"endpoint": bot.endpoint} if bot.runs_elsewhere else {}),
    }


def tile(bot: Bot) -> Shown:
    """A bot in a list for people: what is known of it without looking anything up."""
    return {
        "id": bot.id,
        "name": bot.name,
        "origin": bot.origin,
        "published": bot.version > 0,
        "environment": bot.environment,
        "connection": {
            "state": bot.connection.state,
            "legacy_display": connections.displays_as_new(bot),
            "next": _following(bot),
        },
    }


def connection(organisation: Organisation, bot: Bot) -> Shown:
    """A bot's connection as its pane shows it."""
    made = bot.connection
    chosen = organisation.store.get(organisation.id, Environment, made.environment)
    return {
        "state": _state(organisation, bot),
        "environment": made.environment or None,
        "environment_name": chosen.name if chosen else None,
        "application_id": made.application or None,
        "application_user": application_user(made.user) if made.user else None,
        "view_url": f"{organisation.url}/admin/{organisation.id}/bots/{bot.id}",
        "teams_channel": bot.teams_channel,
        "warnings": _warnings(organisation, bot),
        "notice": _notice(organisation, bot),
        "verification": made.verification and _verification(made.verification),
        "legacy_display": connections.displays_as_new(bot),
        "analytics_available": connections.has_analytics(bot, organisation.faults.deviates),
        "next": _following(bot),
    }


def _state(organisation: Organisation, bot: Bot) -> ConnectionState:
    lost = connections.displays_as_new(bot) and organisation.faults.deviates(
        "display_of_2021_is_lost"
    )
    return ConnectionState.DISCONNECTED if lost else bot.connection.state


def _notice(organisation: Organisation, bot: Bot) -> Shown | None:
    """The preview has none (specification 1.2)."""
    if bot.generation is Generation.PREVIEW or not notices.shows_notice(organisation, bot):
        return None
    return {"id": "cannotDetermine", "text": notices.CANNOT_DETERMINE}


def _warnings(organisation: Organisation, bot: Bot) -> list[Shown]:
    own = health.surroundings(organisation, bot).own
    if not connections.lacks_recommended(bot, own, organisation.faults.deviates):
        return []
    return [{"id": "missingExtensions", "severity": "warning", "text": MISSING_EXTENSIONS}]


def _following(bot: Bot) -> list[str]:
    """What leads on; an old connection that looks unconfigured is looked at anew by `Enable`."""
    state, enable = bot.connection.state, transitions.Verb.ENABLE
    verbs = transitions.following(bot.generation, state)
    looks_new = connections.displays_as_new(bot) and state is ConnectionState.CONNECTED
    return [enable, *verbs] if looks_new else [*verbs]


def _verification(verification: Verification) -> Shown:
    return {
        "at": instant(verification.at),
        "succeeded": verification.succeeded,
        "text": verification.text,
    }


def application_user(user: BotUser, deviates: connections.Deviates = connections.faithful) -> Shown:
    """The user that stands for a bot."""
    roles = [] if deviates("application_user_has_no_role") else ["Omnichannel agent"]
    return {
        "id": user.id,
        "name": user.name,
        "disabled": user.disabled,
        "application_id": user.application,
        "user_type": "Bot application user",
        "security_roles": roles,
    }


def workstream(workstream: Workstream) -> Shown:
    """A workstream; bot and queues by id."""
    return {
        "id": workstream.id,
        "name": workstream.name,
        "type": workstream.type,
        "mode": workstream.mode,
        "bot": workstream.bot,
        "queue": workstream.queue,
        "rules": [
            {"variable": rule.variable, "equals": rule.equals, "queue": rule.queue}
            for rule in workstream.rules
        ],
        "context_variables": [
            {"name": declared.name, "type": declared.type}
            for declared in workstream.context_variables
        ],
    }


def queue(organisation: Organisation, queue: Queue) -> Shown:
    """A queue; members by name, its bot by id."""
    users = (organisation.store.get(organisation.id, User, id) for id in queue.members)
    members = [user.name for user in users if user]
    return {"id": queue.id, "name": queue.name, "members": members, "bot": queue.bot}


def call(call: Call) -> Shown:
    """A call and what was heard in it so far."""
    return {
        "id": call.id,
        "conversation": call.conversation,
        "state": call.state,
        "held_by": call.held_by,
        "ended_by": "caller" if call.ended_by is Role.CUSTOMER else call.ended_by,
        "events": [
            {"at": instant(event.at), "kind": event.kind}
            | ({"text": event.text} if event.text else {})
            | ({"interruptible": event.interruptible} if event.text else {})
            for event in call.events
        ],
    }
