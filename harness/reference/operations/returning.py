"""Customers who come back to a conversation: by a link, signed in, or to a persistent one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from harness.protocol.conversations import Role
from harness.reference.domain import returns
from harness.reference.domain.conversations import Channel, Conversation
from harness.reference.domain.errors import MalformedBody
from harness.reference.domain.messages import Message
from harness.reference.operations import widgets
from harness.reference.operations.keeping import keep
from harness.reference.operations.organisations import Organisation

PAGE, MOST = 20, 100
"""Messages in one page of history: when nobody says how many, and at most."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a customer's history: messages with their conversation (id), oldest first.

    `following` asks for the page before it; empty for the last one.
    """

    messages: tuple[tuple[str, Message], ...]
    following: str = ""


def known_by(organisation: Organisation, request: str) -> Conversation | None:
    """The conversation that a request began, or that its page came back to."""
    store = organisation.store
    begun = store.by_request(organisation.id, request)
    revisit = None if begun else store.get(organisation.id, returns.Revisit, request)
    return store.conversation(organisation.id, revisit.conversation) if revisit else begun


def led_to(organisation: Organisation, reconnect: str, subject: str) -> Conversation | None:
    """The conversation that a reconnect id leads this customer back to, if it still does."""
    conversation = organisation.store.by_request(organisation.id, reconnect)
    if conversation is None or conversation.channel is not Channel.LIVE_CHAT:
        return None
    if conversation.signed_in != subject:
        return None
    leads = _may_return(organisation, conversation)
    return None if not leads or organisation.faults.deviates("link_leads_nowhere") else conversation


def reconnectable(organisation: Organisation, subject: str) -> Conversation | None:
    """The newest conversation of a signed-in customer that can be come back to."""
    for conversation in reversed(organisation.store.ongoing(organisation.id)):
        if conversation.signed_in == subject and _may_return(organisation, conversation):
            return conversation
    return None


def come_back(
    organisation: Organisation, request: str, reconnect: str, subject: str
) -> Conversation | None:
    """A request goes on with the conversation of a reconnect id; None when it leads nowhere."""
    conversation = led_to(organisation, reconnect, subject) if reconnect else None
    if conversation is None:
        return None
    organisation.store.put(organisation.id, returns.Revisit(request, conversation.id))
    return keep(organisation, replace(conversation, awaited_until=None))


def _may_return(organisation: Organisation, conversation: Conversation) -> bool:
    widget, now = widgets.of(organisation), organisation.clock.now()
    return returns.may_return(conversation, widget, now, organisation.faults.deviates)


def link(organisation: Organisation, conversation: Conversation) -> str:
    """The link by which the customer of a conversation comes back to it; empty without one."""
    if conversation.channel is not Channel.LIVE_CHAT or not _may_return(organisation, conversation):
        return ""
    page = f"{organisation.url}/shop/{organisation.id}"
    return returns.link(conversation, widgets.of(organisation), page)


def history(organisation: Organisation, subject: str, size: str, before: str) -> Page:
    """What a signed-in customer and the desk have said so far, in pages, the newest page first.

    `size` and `before`, the `following` of the page after it, are as the client wrote them; raises
    MalformedBody.
    """
    number = _number(size, "pageSize", PAGE)
    end = _number(before, "PageToken", 0)
    said = [each for each in _said(organisation, subject) if not end or each[1].id < end]
    page = tuple(said[-max(1, min(number, MOST)) :])
    return Page(page, str(page[0][1].id) if len(said) > len(page) else "")


def _said(organisation: Organisation, subject: str) -> Iterator[tuple[str, Message]]:
    for conversation in organisation.store.conversations(organisation.id):
        if conversation.signed_in == subject and conversation.persistent:
            for message in organisation.store.messages(organisation.id, conversation.thread):
                if not message.hidden and message.role is not Role.SYSTEM:
                    yield conversation.id, message


def _number(written: str, name: str, default: int) -> int:
    if not written:
        return default
    if not written.isdecimal() or len(written) > 15:
        raise MalformedBody(f"{name} is a whole number, not {written[:20]!r}.")
    return int(written)
