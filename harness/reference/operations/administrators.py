"""What administrators of Omnichannel see and set."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from harness.reference.domain.bots import Bot
from harness.reference.domain.desk import Queue, Rule, SecurityRole, User, Workstream
from harness.reference.domain.errors import MalformedBody, NotFound
from harness.reference.operations import routing, views
from harness.reference.operations.organisations import Organisation
from harness.reference.operations.users import require
from harness.reference.operations.views import Shown

ADMINISTRATORS = (
    SecurityRole.OMNICHANNEL_ADMINISTRATOR,
    SecurityRole.OC_ADMIN,
    SecurityRole.SYSTEM_ADMINISTRATOR,
)


def application_users(organisation: Organisation, who: User) -> list[Shown]:
    """The users that stand for bots, each with the id of its bot."""
    require(who, *ADMINISTRATORS)
    return [
        {**views.application_user(bot.connection.user), "bot": bot.id}
        for bot in organisation.store.all(organisation.id, Bot)
        if bot.connection.user
    ]


def bot(organisation: Organisation, who: User, id: str) -> Shown:
    """A bot's entry; raises NotFound."""
    require(who, *ADMINISTRATORS)
    return views.bot(organisation, _bot(organisation, id))


def workstreams(organisation: Organisation, who: User) -> list[Shown]:
    """All workstreams."""
    require(who, *ADMINISTRATORS)
    return [views.workstream(w) for w in organisation.store.all(organisation.id, Workstream)]


def set_workstream(
    organisation: Organisation,
    who: User,
    id: str,
    bot: str | None,
    rules: tuple[Rule, ...] | None,
) -> Shown:
    """Gives a workstream another bot or other rules; None leaves them. Raises NotFound."""
    require(who, *ADMINISTRATORS)
    with organisation.command():
        workstream = organisation.store.get(organisation.id, Workstream, id)
        if workstream is None:
            raise NotFound(f"There is no workstream {id[:50]!r} here.")
        if bot is not None:
            workstream = replace(workstream, bot=_bot(organisation, bot).id)
        if rules is not None:
            for rule in rules:
                _queue(organisation, rule.queue)
            workstream = replace(workstream, rules=rules)
        organisation.store.put(organisation.id, workstream)
    return views.workstream(workstream)


def queues(organisation: Organisation, who: User) -> list[Shown]:
    """All queues."""
    require(who, *ADMINISTRATORS)
    return [views.queue(organisation, q) for q in organisation.store.all(organisation.id, Queue)]


def create_queue(
    organisation: Organisation, who: User, name: str, members: tuple[str, ...]
) -> Shown:
    """A new queue of agents, given by name; raises MalformedBody for one who is none."""
    require(who, *ADMINISTRATORS)
    agents = {
        user.name: user.id
        for user in organisation.store.all(organisation.id, User)
        if SecurityRole.AGENT in user.roles
    }
    unknown = sorted(set(members) - set(agents))
    if unknown:
        raise MalformedBody(f"Not an agent here: {', '.join(unknown)[:100]}.")
    if not name.strip():
        raise MalformedBody("A queue needs a name.")
    queue = Queue(str(uuid4()), name, tuple(agents[member] for member in members))
    with organisation.command():
        organisation.store.put(organisation.id, queue)
        routing.assign_waiting(organisation)
    return views.queue(organisation, queue)


def _bot(organisation: Organisation, id: str) -> Bot:
    bot = organisation.store.get(organisation.id, Bot, id)
    if bot is None:
        raise NotFound(f"There is no bot {id[:50]!r} here.")
    return bot


def _queue(organisation: Organisation, id: str) -> Queue:
    queue = organisation.store.get(organisation.id, Queue, id)
    if queue is None:
        raise NotFound(f"There is no queue {id[:50]!r} here.")
    return queue
