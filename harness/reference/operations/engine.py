"""Talking direct to a bot's engine: a turn at a time, and what comes between the turns.

A client has each activity once, with the answer to a turn or from its subscription. What was on its
way when a connection broke is asked for by the id of the last one that arrived.
"""

from __future__ import annotations

from dataclasses import dataclass

from harness.reference.domain.activities import Activity
from harness.reference.domain.deliveries import Delivery
from harness.reference.domain.errors import MalformedBody, NotFound
from harness.reference.domain.talks import Talk
from harness.reference.operations import directline, feeds
from harness.reference.operations.custom import Words
from harness.reference.operations.feeds import Followed
from harness.reference.operations.organisations import Organisation


@dataclass(frozen=True, slots=True)
class Client:
    """Who speaks: a `user` (id) with the `bot` (id) alone, or neither: the desk's own channel."""

    organisation: Organisation
    user: str = ""
    bot: str = ""


def begin(client: Client, id: str, locale: str, *, greeted: bool) -> list[Activity]:
    """The conversation of an id begins; gives the bot's greeting unless that is not wanted.

    Raises NotFound for the id of somebody else's.
    """
    organisation = client.organisation
    with organisation.command():
        if not _begun(client, id):
            words = Words(carried={"locale": locale})
            directline.begin(organisation, id, client.bot, client.user, words)
        said = unseen(organisation, find(client, id))
    return said if greeted else []


def _begun(client: Client, id: str) -> bool:
    try:
        feeds.find(client.organisation, id)
    except NotFound:
        return False
    find(client, id)
    return True


def find(client: Client, id: str) -> Followed:
    """What an id names; raises NotFound for one that is not this client's, as if it were not."""
    followed = feeds.find(client.organisation, id)
    if isinstance(followed, Talk):
        own = (followed.user, followed.bot) == (client.user, client.bot)
    else:
        own = not client.bot
    if not own:
        raise NotFound(f"There is no conversation {id[:50]!r} here.")
    return followed


def turn(client: Client, id: str, kind: str, name: str, words: Words) -> list[Activity]:
    """What the client says, and everything that it has not had yet, the answer last.

    In a conversation that is over it gets what it has missed; raises ConversationClosed when that
    is nothing. Raises NotFound, MessageTooLarge.
    """
    organisation = client.organisation
    with organisation.command():
        followed = find(client, id)
        if feeds.is_over(followed) and (missed := unseen(organisation, followed)):
            return missed
        directline.take(organisation, followed, kind, name, words)
        return unseen(organisation, find(client, id))


def unseen(organisation: Organisation, followed: Followed) -> list[Activity]:
    """What its client has not had yet, which it has from now on."""
    kept = f"engine|{feeds.id_of(followed)}"
    known = organisation.store.get(organisation.id, Delivery, kept) or Delivery(kept)
    feed = feeds.since(organisation, followed, known.done)
    if feed.mark != known.done:
        organisation.store.put(organisation.id, Delivery(kept, feed.mark))
    return _of_others(feed.activities)


def again(organisation: Organisation, followed: Followed, last: str) -> list[Activity]:
    """What followed the activity of an id, had already or not; raises MalformedBody."""
    everything = feeds.since(organisation, followed, 0).activities
    ids = [activity["id"] for activity in everything]
    if last not in ids:
        raise MalformedBody(f"Last-Event-ID {last[:60]!r} is of no activity of this conversation.")
    unseen(organisation, followed)
    return _of_others(everything[ids.index(last) + 1 :])


def _of_others(activities: list[Activity]) -> list[Activity]:
    return [activity for activity in activities if activity["from"]["role"] != "user"]
