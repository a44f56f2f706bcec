"""Lists that may be long, those of bots above all: a page at a time, searched by name.

An organisation may have ten thousand bots: no request reads more of them than it shows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from harness.reference.domain.bots import Bot
from harness.reference.domain.desk import Queue, Workstream
from harness.reference.operations import views
from harness.reference.operations.organisations import Organisation
from harness.reference.operations.views import Shown
from harness.reference.store.port import Question, R

LONGEST = 1000
"""Entries of one page at most."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page of a list: what follows the entry `after` (id), of those whose name has `named`."""

    after: str | None = None
    limit: int = 200
    named: str = ""


FIRST = Wanted()


def bots(organisation: Organisation, wanted: Wanted) -> Shown:
    """`{value: [bot], next: id | None, total}`: oldest first, or by name when searched."""
    return page(organisation, Bot, wanted, lambda bot: views.bot(organisation, bot))


def tiles(organisation: Organisation, wanted: Wanted) -> Shown:
    """The same for a page: what its list shows of each bot."""
    return page(organisation, Bot, wanted, views.tile)


def application_users(organisation: Organisation, wanted: Wanted) -> Shown:
    """`{value: [application user + {bot}], next: id of a bot | None, total}`, by name."""

    def shown(bot: Bot) -> Shown:
        assert bot.connection.user is not None, "only bots that have a user are asked for"
        user = views.application_user(bot.connection.user, organisation.faults.deviates)
        return {**user, "bot": bot.id}

    return page(organisation, Bot, wanted, shown, by="connection.user.name")


def at_work(organisation: Organisation) -> list[Bot]:
    """The bots that workstreams and queues have."""
    store = organisation.store
    ids = [stream.bot for stream in store.all(organisation.id, Workstream)]
    ids += [queue.bot for queue in store.all(organisation.id, Queue)]
    found = (store.get(organisation.id, Bot, id) for id in dict.fromkeys(filter(None, ids)))
    return [bot for bot in found if bot]


def page(
    organisation: Organisation,
    kind: type[R],
    wanted: Wanted,
    shown: Callable[[R], Shown],
    by: str = "",
) -> Shown:
    """A page of the records of a kind, each as `shown` has it; `by` is the name that orders."""
    store, question = organisation.store, Question(wanted.named, by)
    # One more than is shown says whether there are more.
    found = store.page(organisation.id, kind, wanted.after, wanted.limit + 1, question)
    more = len(found) > wanted.limit
    is_whole = wanted.after is None and not more
    return {
        "value": [shown(record) for record in found[: wanted.limit]],
        "next": found[wanted.limit - 1].id if more else None,
        "total": len(found) if is_whole else store.count(organisation.id, kind, question),
    }
