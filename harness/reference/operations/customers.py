"""What a customer does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

from harness.protocol.conversations import Closure, ContextVariable, Role, State
from harness.reference.domain.conversations import (
    Channel,
    Conversation,
    moved,
    refuse_closed,
)
from harness.reference.domain.desk import Mode, Workstream
from harness.reference.domain.errors import (
    ConversationClosed,
    InsufficientRole,
    NotFound,
    VoiceUnavailable,
)
from harness.reference.domain.escalation import opening_context
from harness.reference.domain.messages import Message, refuse_oversized
from harness.reference.domain.rich import submitted
from harness.reference.operations import (
    attachments,
    dialogues,
    openings,
    privacy,
    records,
    returning,
    routing,
    widgets,
)
from harness.reference.operations.keeping import closed, keep, post
from harness.reference.operations.notifications import Typing
from harness.reference.operations.organisations import Organisation

TYPES = {Channel.LIVE_CHAT: "Messaging", Channel.CUSTOM: "Messaging", Channel.VOICE: "Voice"}

UNNAMED = "Visitor"
"""What a customer is called who gave no name."""

CLIENT_ID = "clientMessageId"
"""The metadata under which a client gives a message an id of its own."""

TYPING = timedelta(seconds=10)
"""How long somebody who typed is taken to be typing still."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a customer brings along: answers of the pre-chat survey, `{value, isDisplayable}`s.

    `extra` are variables that only the bot gets, such as the phone numbers of a call. Of a customer
    who is `signed_in` (their site's id) the page's own custom context does not count (EMB-11), only
    what the site has `vouched` for.
    """

    locale: str = "en-us"
    pre_chat: dict[str, Any] = field(default_factory=dict)
    custom_context: dict[str, Any] = field(default_factory=dict)
    channel: Channel = Channel.LIVE_CHAT
    reconnect: str = ""
    name: str = ""
    extra: dict[str, str] = field(default_factory=dict)
    signed_in: str = ""
    vouched: Mapping[str, object] = field(default_factory=dict)


def start(organisation: Organisation, request: str, opening: Opening) -> Conversation:
    """Starts a conversation, or goes on with the one that is this request's or is come back to.

    Raises InsufficientRole for a request of somebody else.
    """
    with organisation.command():
        known = find(organisation, request) or returning.come_back(
            organisation, request, opening.reconnect, opening.signed_in
        )
        if known is not None:
            theirs = (known.channel, known.signed_in)
            if theirs != (opening.channel, opening.signed_in):
                raise InsufficientRole("This request is of another customer's conversation.")
            return known
        if opening.channel is Channel.LIVE_CHAT:
            openings.refuse_out_of_hours(organisation)
        conversation = _opened(organisation, request, opening)
        if conversation.bot is None:
            return dialogues.place(organisation, conversation)
        conversation = replace(
            moved(conversation, State.ACTIVE, conversation.started), held_by=Role.BOT
        )
        organisation.store.save(conversation)
        return dialogues.begin(organisation, conversation, opening.extra)


def _opened(organisation: Organisation, request: str, opening: Opening) -> Conversation:
    now = organisation.clock.now()
    workstream = workstream_of(organisation, opening.channel)
    context = opening_context(
        openings.answers(organisation, opening.pre_chat),
        _custom(organisation, opening),
        workstream.context_variables,
        organisation.faults.deviates,
    )
    thread, visitor = names(organisation, request)
    conversation = Conversation(
        id=str(uuid4()),
        organisation=organisation.id,
        request=request,
        thread=thread,
        visitor=visitor,
        channel=opening.channel,
        customer=opening.name or _name(context) or UNNAMED,
        workstream=workstream.id,
        bot=workstream.bot if workstream.mode is Mode.PUSH else None,
        started=now,
        changed=now,
        locale=opening.locale,
        context=context,
        reconnect=opening.reconnect,
        signed_in=opening.signed_in,
        persistent=bool(opening.signed_in) and widgets.of(organisation).persistent,
    )
    return records.link(organisation, conversation)


def _custom(organisation: Organisation, opening: Opening) -> Mapping[str, object]:
    """The custom context that counts: of signed-in customers what their site vouches for."""
    if not opening.signed_in:
        return opening.custom_context
    deviates = organisation.faults.deviates
    vouched = {name: {"value": value} for name, value in opening.vouched.items()}
    if vouched and deviates("vouched_context_lost"):
        return {}
    if opening.custom_context and deviates("provider_context_reaches_signed_in"):
        return opening.custom_context | vouched
    return vouched


def names(organisation: Organisation, request: str) -> tuple[str, str]:
    """Thread and visitor of the conversation that a request starts, or is about to start.

    Older clients get their token for both before they start anything.
    """
    resource = organisation.id.replace("-", "")
    thread, visitor = (
        uuid5(UUID(organisation.id), f"{kind} {request}").hex for kind in ("thread", "visitor")
    )
    return f"19:{resource}-{thread}@thread.v2", f"8:acs:{resource}_{visitor}"


def workstream_of(organisation: Organisation, channel: Channel) -> Workstream:
    """The one that a channel feeds: the widget's own choice, or the first of its type."""
    chosen = organisation.tenant.workstream
    known = organisation.store.all(organisation.id, Workstream)
    fitting = [workstream for workstream in known if workstream.type == TYPES[channel]]
    for workstream in sorted(fitting, key=lambda each: each.id != chosen):
        return workstream
    raise VoiceUnavailable(f"No workstream takes {channel} here.")


def _name(context: tuple[ContextVariable, ...]) -> str:
    """The name that a customer gave, under the names that record identification knows."""
    given = {variable.name: variable.value for variable in context}
    return str(given.get("Name") or given.get("msdyn_CustomerName") or "")


def find(organisation: Organisation, request: str) -> Conversation | None:
    """The conversation that a request started, or came back to."""
    return returning.known_by(organisation, request)


def by_thread(organisation: Organisation, thread: str) -> Conversation:
    """The conversation of a thread; raises NotFound."""
    conversation = organisation.store.by_thread(organisation.id, thread)
    if conversation is None:
        raise NotFound(f"There is no thread {thread[:100]!r} here.")
    return conversation


def say(
    organisation: Organisation,
    thread: str,
    text: str,
    tags: tuple[str, ...] = (),
    metadata: dict[str, str] | None = None,
) -> Message:
    """Keeps what the customer says, and lets the bot answer when it holds the conversation.

    A client that does not know whether its message arrived sends it again: it is kept once.
    Raises NotFound, ConversationClosed, MessageTooLarge, FileRefused, TooManyCalls.
    """
    metadata = metadata or {}
    refuse_oversized(text, metadata, organisation.faults.deviates)
    with organisation.command():
        if (known := _said_before(organisation, thread, metadata)) is not None:
            return known
        conversation = writable(organisation, thread)
        text = privacy.of_customer(organisation, text, metadata)
        metadata = attachments.referred(organisation, thread, metadata, Role.CUSTOMER)
        message = post(
            organisation,
            conversation,
            Role.CUSTOMER,
            text,
            sender=(conversation.visitor, conversation.customer),
            tags=tags,
            metadata=metadata,
        )
        organisation.typing.pop((conversation.id, Role.CUSTOMER), None)
        if conversation.held_by is Role.BOT or (
            conversation.bot and organisation.faults.deviates("bot_speaks_after_transfer")
        ):
            conversation = replace(conversation, last_customer_message=message.created)
            value = submitted(text, metadata)
            words = text if value is None else ""
            dialogues.hear(organisation, conversation, words, value)
        return message


def _said_before(
    organisation: Organisation, thread: str, metadata: dict[str, str]
) -> Message | None:
    """The message that a client has sent under the same id of its own."""
    own = metadata.get(CLIENT_ID, "")
    return organisation.store.said(organisation.id, thread, CLIENT_ID, own) if own else None


def writable(organisation: Organisation, thread: str) -> Conversation:
    """The conversation if its customer may write; raises NotFound, ConversationClosed."""
    conversation, deviates = by_thread(organisation, thread), organisation.faults.deviates
    if conversation.state is State.CLOSED and conversation.bot and deviates("closed_reopens"):
        return replace(conversation, state=State.ACTIVE, held_by=Role.BOT, closure=None)
    refuse_closed(conversation)
    if conversation.state is State.WRAP_UP and not deviates("agent_end_not_told"):
        raise ConversationClosed(f"Conversation {conversation.id} is in Wrap-up: it has ended.")
    return conversation


def typing(organisation: Organisation, thread: str) -> None:
    """The customer types; raises NotFound."""
    with organisation.command():
        conversation = by_thread(organisation, thread)
        until = organisation.clock.now() + TYPING
        if not organisation.faults.deviates("customer_typing_lost"):
            organisation.typing[conversation.id, Role.CUSTOMER] = until
        organisation.tell(thread, Typing(Role.CUSTOMER, conversation.customer))


def end(organisation: Organisation, request: str) -> Conversation:
    """The customer leaves for good; raises NotFound. Ending twice is ending once.

    A persistent chat is not the customer's to end (specification 4.10): it goes on.
    """
    with organisation.command():
        conversation = find(organisation, request)
        if conversation is None:
            raise NotFound(f"No conversation was started by the request {request[:50]!r}.")
        if conversation.persistent or conversation.state in (State.CLOSED, State.WRAP_UP):
            return conversation
        deviates = organisation.faults.deviates
        if conversation.state is State.OPEN and deviates("left_chat_stays_open"):
            return conversation
        with_agent = conversation.held_by is Role.AGENT
        if not with_agent or deviates("ended_by_customer_closes"):
            conversation = closed(organisation, conversation, Closure.CUSTOMER_END)
            routing.assign_waiting(organisation)
            return conversation
        wrapped = moved(conversation, State.WRAP_UP, organisation.clock.now())
        return keep(organisation, replace(wrapped, held_by=None, closure=Closure.CUSTOMER_END))


def history(organisation: Organisation, thread: str, after: int = 0) -> list[Message]:
    """What the customer may see of a thread, oldest first."""
    return [m for m in organisation.store.messages(organisation.id, thread, after) if not m.hidden]
