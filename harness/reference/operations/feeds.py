"""A conversation as bot clients follow it: Bot Framework activities since a mark.

What is followed is a talk with the bot alone, or a conversation of the desk whose customer comes in
over Direct Line. People of the desk speak as role `bot` under their name: clients draw a `user` on
the customer's own side.
"""

from __future__ import annotations

from dataclasses import dataclass

from harness.protocol.conversations import Role, State
from harness.reference.domain import activities
from harness.reference.domain.activities import Activity
from harness.reference.domain.conversations import Conversation
from harness.reference.domain.messages import Message
from harness.reference.domain.rich import submitted
from harness.reference.domain.talks import Said, Talk
from harness.reference.operations import custom, files, talks
from harness.reference.operations.organisations import Organisation
from harness.reference.operations.views import instant

Followed = Talk | Conversation

CHANNEL = "directline"
END = "endOfConversation"
OVER = (State.WRAP_UP, State.CLOSED)


@dataclass(frozen=True, slots=True)
class Feed:
    """What is new, and the mark that whatever comes later follows."""

    activities: list[Activity]
    mark: int


def key_of(followed: Followed) -> str:
    """Under which news of it are published."""
    return followed.id if isinstance(followed, Talk) else followed.thread


def id_of(followed: Followed) -> str:
    """How its client knows it."""
    return followed.id if isinstance(followed, Talk) else followed.request


def find(organisation: Organisation, id: str) -> Followed:
    """What an id names, a talk or a conversation of the channel; raises NotFound."""
    talk = organisation.store.get(organisation.id, Talk, id)
    return custom.find(organisation, id) if talk is None else talk


def is_over(followed: Followed) -> bool:
    """Whether nobody answers there any more."""
    return followed.is_over if isinstance(followed, Talk) else followed.state in OVER


def since(organisation: Organisation, followed: Followed, mark: int) -> Feed:
    """The activities after a mark, oldest first; 0 is before all of them."""
    if isinstance(followed, Talk):
        return _of_talk(organisation, followed, mark)
    return _of_desk(organisation, followed, mark)


def typing(followed: Followed, name: str) -> Activity:
    """Somebody types to the customer: it has no id, for it is never told twice."""
    return {
        "type": "typing",
        "channelId": CHANNEL,
        "from": {"id": name, "name": name, "role": "bot"},
        "conversation": {"id": id_of(followed)},
    }


def _of_talk(organisation: Organisation, talk: Talk, mark: int) -> Feed:
    name = talks.bot_name(organisation, talk)
    new = [_said(talk, said, name) for said in talk.lines if said.id >= mark]
    return Feed(new, talk.lines[-1].id + 1 if talk.lines else 0)


def _said(talk: Talk, said: Said, bot: str) -> Activity:
    own = said.role is Role.CUSTOMER
    sender = {"id": talk.user, "name": ""} if own else {"id": talk.bot, "name": bot}
    activity: Activity = {
        "type": "message",
        "id": f"{talk.id}|{said.id:07}",
        "timestamp": instant(said.at),
        "channelId": talk.channel,
        "from": {**sender, "role": "user" if own else "bot"},
        "conversation": {"id": talk.id},
        **(said.carried or {}),
    }
    if said.event == END and not own:
        return activity | {"type": END}
    if said.event:
        return activity | {"type": "event", "name": said.event, "value": said.value}
    return activity | (_own(said.text, said.value) if own else _bots(said))


def _own(text: str, value: object) -> Activity:
    words: Activity = {"text": text} if text or value is None else {}
    return words if value is None else words | {"value": value}


def _bots(said: Said) -> Activity:
    buttons = [{"type": "imBack", "title": word, "value": word} for word in said.suggestions]
    offered: Activity = {"suggestedActions": {"actions": buttons}} if buttons else {}
    return {"text": said.text, "attachments": list(said.cards), **offered}


def _of_desk(organisation: Organisation, conversation: Conversation, mark: int) -> Feed:
    """The mark of a conversation: its last message's number twice, and one more after its end."""
    after, told = divmod(mark, 2)
    stored = organisation.store.messages(organisation.id, conversation.thread, after)
    new = [_message(organisation, conversation, each) for each in stored if not each.hidden]
    over = is_over(conversation)
    if over and not told:
        new.append(_end(conversation))
    last = stored[-1].id if stored else after
    return Feed(new, 2 * last + int(over))


def _message(organisation: Organisation, conversation: Conversation, message: Message) -> Activity:
    activity: Activity = {
        "type": "message",
        "id": f"{conversation.request}|{message.id}",
        "timestamp": instant(message.created),
        "channelId": CHANNEL,
        "from": _sender(conversation, message),
        "conversation": {"id": conversation.request},
        "channelData": {"tags": ",".join(message.tags)},
    }
    attached = files.of(organisation, conversation.thread, message.metadata)
    if message.role is Role.CUSTOMER:
        value = submitted(message.text, message.metadata)
        said = "" if value is not None else message.text
        activity |= _own(said, value) | custom.carried(message)
    else:
        offers = activities.offered(message.metadata) if message.role is Role.BOT else {}
        activity |= {"text": message.text, **offers}
    return activity | ({"attachments": attached} if attached else {})


def _sender(conversation: Conversation, message: Message) -> dict[str, str]:
    if message.role is Role.CUSTOMER:
        return {"id": conversation.visitor, "name": "", "role": "user"}
    name = message.sender_name
    return {"id": message.sender_id or "desk", "name": name, "role": "bot"}


def _end(conversation: Conversation) -> Activity:
    return {
        "type": END,
        "id": f"{conversation.request}|end",
        "timestamp": instant(conversation.changed),
        "channelId": CHANNEL,
        "from": {"id": "desk", "name": "", "role": "bot"},
        "conversation": {"id": conversation.request},
        "code": "completedSuccessfully",
    }
