"""What administrators of Omnichannel see and set."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import uuid4

from harness.reference.domain.bots import Bot, BotUser
from harness.reference.domain.desk import (
    Declared,
    Mode,
    Queue,
    Rule,
    SecurityRole,
    User,
    Workstream,
)
from harness.reference.domain.disconnecting import come_back
from harness.reference.domain.errors import IllegalState, MalformedBody, NotFound
from harness.reference.domain.escalation import longest_name
from harness.reference.operations import lists, routing, views
from harness.reference.operations.lists import FIRST, Wanted
from harness.reference.operations.organisations import Organisation
from harness.reference.operations.users import ADMINISTRATORS, require
from harness.reference.operations.views import Shown


def application_users(organisation: Organisation, who: User, wanted: Wanted = FIRST) -> Shown:
    """A page of the users that stand for bots, each with the id of its bot."""
    require(who, *ADMINISTRATORS)
    return lists.application_users(organisation, wanted)


def bot(organisation: Organisation, who: User, id: str) -> Shown:
    """A bot's entry; raises NotFound."""
    require(who, *ADMINISTRATORS)
    return views.bot(organisation, _bot(organisation, id))


def workstreams(organisation: Organisation, who: User) -> list[Shown]:
    """All workstreams."""
    require(who, *ADMINISTRATORS)
    return [views.workstream(w) for w in organisation.store.all(organisation.id, Workstream)]


def bot_names(organisation: Organisation, who: User) -> dict[str, str]:
    """The names of the bots that workstreams and queues have, by their ids."""
    require(who, *ADMINISTRATORS)
    return {bot.id: bot.name for bot in lists.at_work(organisation)}


@dataclass(frozen=True, slots=True)
class Settings:
    """What an administrator changes of a workstream; None leaves it as it is.

    The mode cannot be changed: it is here so that whoever tries is told.
    """

    bot: str | None = None
    queue: str | None = None
    rules: tuple[Rule, ...] | None = None
    context_variables: tuple[Declared, ...] | None = None
    mode: Mode | None = None


def set_workstream(organisation: Organisation, who: User, id: str, settings: Settings) -> Shown:
    """Changes a workstream; raises NotFound for its parts, MalformedBody for variables."""
    require(who, *ADMINISTRATORS)
    with organisation.command():
        workstream = organisation.store.get(organisation.id, Workstream, id)
        if workstream is None:
            raise NotFound(f"There is no workstream {id[:50]!r} here.")
        if settings.mode not in (None, workstream.mode):
            raise IllegalState(
                f"{workstream.name!r} was made with mode {workstream.mode}, and keeps it."
                " Make another workstream."
            )
        if settings.bot is not None:
            taker = come_back(_bot(organisation, settings.bot), organisation.faults.deviates)
            organisation.store.put(organisation.id, taker)
            workstream = replace(workstream, bot=taker.id)
        if settings.queue is not None:
            workstream = replace(workstream, queue=_queue(organisation, settings.queue).id)
        if settings.rules is not None:
            for rule in settings.rules:
                _queue(organisation, rule.queue)
            workstream = replace(workstream, rules=settings.rules)
        if settings.context_variables is not None:
            _refuse_undeclarable(organisation, settings.context_variables)
            workstream = replace(workstream, context_variables=settings.context_variables)
        organisation.store.put(organisation.id, workstream)
    return views.workstream(workstream)


def _refuse_undeclarable(organisation: Organisation, declared: tuple[Declared, ...]) -> None:
    """Raises MalformedBody for context variables that cannot be (ESC-19)."""
    longest = longest_name(organisation.generation)
    names = [variable.name for variable in declared]
    for name in names:
        if not name.strip():
            raise MalformedBody("A context variable needs a name.")
        if len(name) > longest:
            raise MalformedBody(
                f"The name {name[:20]}… has {len(name)} characters; {longest} are allowed."
            )
        if names.count(name) > 1:
            raise MalformedBody(f"There are two context variables {name!r}; take one away.")


def disable_application_user(
    organisation: Organisation, who: User, id: str, disabled: bool
) -> Shown:
    """Disables or enables the user that stands for a bot; raises NotFound."""
    require(who, *ADMINISTRATORS)
    with organisation.command():
        bot, user = _application_user(organisation, id)
        user = replace(user, disabled=disabled)
        _put_user(organisation, bot, user)
    return {**views.application_user(user), "bot": bot.id}


def delete_application_user(organisation: Organisation, who: User, id: str) -> None:
    """Takes away the user that stands for a bot: it cannot answer any more. Raises NotFound."""
    require(who, *ADMINISTRATORS)
    with organisation.command():
        bot, _ = _application_user(organisation, id)
        _put_user(organisation, bot, None)


def _application_user(organisation: Organisation, id: str) -> tuple[Bot, BotUser]:
    for bot in organisation.store.find(organisation.id, Bot, "connection.user.id", id):
        if bot.connection.user:
            return bot, bot.connection.user
    raise NotFound(f"There is no application user {id[:50]!r} here.")


def _put_user(organisation: Organisation, bot: Bot, user: BotUser | None) -> None:
    connection = replace(bot.connection, user=user)
    organisation.store.put(organisation.id, replace(bot, connection=connection))


def queues(organisation: Organisation, who: User) -> list[Shown]:
    """All queues."""
    require(who, *ADMINISTRATORS)
    return [views.queue(organisation, q) for q in organisation.store.all(organisation.id, Queue)]


def create_queue(
    organisation: Organisation,
    who: User,
    name: str,
    members: tuple[str, ...],
    bot: str | None = None,
) -> Shown:
    """A new queue of agents, given by name, and perhaps a bot.

    Raises MalformedBody for an agent who is none, NotFound for such a bot.
    """
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
    taker = _bot(organisation, bot).id if bot else None
    queue = Queue(str(uuid4()), name, tuple(agents[member] for member in members), taker)
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
