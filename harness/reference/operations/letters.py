"""Transcripts by e-mail: asked for at any time, sent when the chat is over (EMB-35)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

from harness.protocol.conversations import Role, State
from harness.reference.domain import letters
from harness.reference.domain.conversations import Conversation
from harness.reference.domain.desk import User
from harness.reference.domain.errors import IllegalState, NotOffered
from harness.reference.domain.letters import Delivery, Letter, Told
from harness.reference.operations import attachments, spoken, widgets
from harness.reference.operations.organisations import Organisation
from harness.reference.operations.users import ADMINISTRATORS, require

Shown = dict[str, Any]

OVER = (State.WRAP_UP, State.CLOSED)


def request(
    organisation: Organisation, conversation: Conversation, to: str, mention: str = ""
) -> Letter:
    """The customer wants the transcript at an address.

    Asking again for it changes nothing, unless it could not be delivered: it is sent again then.
    Raises NotOffered, MalformedBody for what is no address, IllegalState for too many of them.
    """
    if not widgets.of(organisation).transcript_email:
        raise NotOffered("This chat sends no transcripts. Its administrator can allow it.")
    address = letters.address(to)
    with organisation.command():
        letter = _wanted(organisation, conversation, address, mention)
        hasty = organisation.faults.deviates("transcript_mailed_during_chat")
        is_due = conversation.state in OVER or hasty
        if is_due and letter.delivery in (Delivery.WAITING, Delivery.FAILED):
            return _send(organisation, conversation, letter)
        return letter


def _wanted(
    organisation: Organisation, conversation: Conversation, address: str, mention: str
) -> Letter:
    """The one letter of the conversation to this address; raises IllegalState."""
    known = _of(organisation, conversation)
    for letter in known:
        if letter.to == address:
            return letter
    if len(known) >= letters.MOST:
        raise IllegalState(f"This chat is sent to {letters.MOST} addresses already.")
    now = organisation.clock.now()
    letter = Letter(str(uuid4()), conversation.id, address, now, mention=mention)
    organisation.store.put(organisation.id, letter)
    return letter


def send_waiting(organisation: Organisation, conversation: Conversation) -> None:
    """The chat is over: whatever waited for that is sent."""
    for letter in _of(organisation, conversation):
        if letter.delivery is Delivery.WAITING:
            if organisation.faults.deviates("transcript_never_mailed"):
                return
            _send(organisation, conversation, letter)


def delivered(organisation: Organisation, id: str, problem: str = "") -> None:
    """A mail server has taken a letter, or will not; news of a letter that is gone is no news."""
    with organisation.command():
        letter = organisation.store.get(organisation.id, Letter, id)
        if letter is not None:
            outcome = Delivery.FAILED if problem else Delivery.SENT
            now = organisation.clock.now()
            told = replace(letter, delivery=outcome, problem=problem, sent=None if problem else now)
            organisation.store.put(organisation.id, told)


def resume(organisation: Organisation) -> None:
    """After a start: what was on its way to a mail server goes there again."""
    for letter in organisation.store.all(organisation.id, Letter):
        if letter.delivery is not Delivery.SENDING:
            continue
        if organisation.postman.delivers:
            organisation.postman.take(organisation.id, letter)
        else:
            delivered(organisation, letter.id, "The mail server was taken away (--smtp).")


def kept(organisation: Organisation, who: User) -> list[Shown]:
    """Every letter, in the order in which they were asked for, for administrators."""
    require(who, *ADMINISTRATORS)
    return [
        {
            "id": letter.id,
            "conversation": letter.conversation,
            "to": letter.to,
            "subject": letter.subject,
            "status": letter.delivery,
            "requested": letter.requested,
            "sent": letter.sent,
            "problem": letter.problem or None,
            "text": letter.plain,
            "html": letter.html,
        }
        for letter in organisation.store.all(organisation.id, Letter)
    ]


def _of(organisation: Organisation, conversation: Conversation) -> list[Letter]:
    return organisation.store.find(organisation.id, Letter, "conversation", conversation.id)


def _send(organisation: Organisation, conversation: Conversation, letter: Letter) -> Letter:
    said = list(_told(organisation, conversation, letter.mention))
    template, now = widgets.of(organisation).transcript_template, organisation.clock.now()
    sent = replace(
        letter,
        delivery=Delivery.SENDING if organisation.postman.delivers else Delivery.SENT,
        plain=letters.plain(template, said),
        html=letters.html(template, said),
        sent=None if organisation.postman.delivers else now,
        problem="",
    )
    organisation.store.put(organisation.id, sent)
    organisation.send(sent)
    return sent


def _told(organisation: Organisation, conversation: Conversation, mention: str) -> Iterator[Told]:
    """What was said, without what the service says and what is for the desk alone."""
    for message in organisation.store.messages(organisation.id, conversation.thread):
        if message.hidden or message.role is Role.SYSTEM:
            continue
        files = attachments.shown(organisation, message.thread, message.metadata)
        named = [f"{mention} {file.name}".strip() for file in files]
        words = "\n".join(filter(None, (spoken.words(message), *spoken.cards(message), *named)))
        yield Told(message.sender_name or "Bot", message.created, words)
