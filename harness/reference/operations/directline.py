"""What a Direct Line client does, in a talk with the bot alone or in one of the desk."""

from __future__ import annotations

from harness.reference.domain import talks as numbers
from harness.reference.domain.errors import ConversationClosed
from harness.reference.domain.talks import Channel, Talk
from harness.reference.operations import custom, feeds, talks
from harness.reference.operations.custom import Words
from harness.reference.operations.feeds import END, Followed
from harness.reference.operations.organisations import Organisation


def begin(organisation: Organisation, id: str, bot: str, user: str, words: Words) -> None:
    """The bot greets: on its own website, or without a `bot` for the desk's own channel."""
    if bot:
        talks.begin(organisation, bot, Channel.DIRECT_LINE, draft=False, user=user, id=id)
    else:
        custom.begin(organisation, id, words.text, str(words.carried.get("locale") or "en-us"))


def refuse_over(followed: Followed) -> None:
    """Raises ConversationClosed for one that nobody answers in any more."""
    if feeds.is_over(followed):
        raise ConversationClosed(
            f"The conversation {feeds.id_of(followed)} has ended. Start a new one."
        )


def take(organisation: Organisation, followed: Followed, kind: str, name: str, said: Words) -> str:
    """The user's activity of a kind; answers its id.

    Raises ConversationClosed, MessageTooLarge.
    """
    refuse_over(followed)
    if isinstance(followed, Talk):
        return _told_bot(organisation, followed, kind, name, said)
    return _told_desk(organisation, followed.request, kind, said)


def _told_bot(organisation: Organisation, talk: Talk, kind: str, name: str, said: Words) -> str:
    number = numbers.next_line(talk)
    match kind:
        case "message":
            talks.hear(organisation, talk.id, said.text, said.value, said.carried)
        case "event":
            talks.tell(organisation, talk.id, name, said.value, said.carried)
        case _:
            # Typing, and whatever else no bot of ours need answer.
            return f"{talk.id}|passing"
    return f"{talk.id}|{number:07}"


def _told_desk(organisation: Organisation, id: str, kind: str, said: Words) -> str:
    match kind:
        case "message":
            return f"{id}|{custom.hear(organisation, id, said).id}"
        case "typing":
            custom.types(organisation, id)
        case _ if kind == END:
            custom.leaves(organisation, id)
    return f"{id}|passing"
