"""What a supervisor counts: conversations by state, by who holds them, and how they closed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from harness.protocol.conversations import Closure, Role, State
from harness.reference.domain import routing
from harness.reference.domain.bots import Bot
from harness.reference.domain.conversations import Conversation
from harness.reference.domain.desk import SecurityRole, User
from harness.reference.domain.floors import COST, Floor
from harness.reference.operations import lists
from harness.reference.operations.organisations import Organisation
from harness.reference.operations.users import require
from harness.reference.operations.views import Shown


def metrics(organisation: Organisation, who: User) -> Shown:
    """The figures of the whole desk, for a supervisor; raises InsufficientRole (INA-12)."""
    require(who, SecurityRole.SUPERVISOR)
    known = organisation.store.conversations(organisation.id)
    states = Counter(conversation.state for conversation in known)
    if states[State.CLOSED] and organisation.faults.deviates("metrics_miss_closed"):
        states[State.CLOSED] = 0
    closures = Counter(each.closure for each in known if each.state is State.CLOSED)
    return {
        "states": {state: states[state] for state in State},
        "closures": {closure: closures[closure] for closure in sorted(filter(None, closures))},
        "load": [*_bots(organisation, known), *_agents(organisation, known)],
    }


def _bots(organisation: Organisation, known: Iterable[Conversation]) -> list[Shown]:
    """A bot's capacity is never used up, so it has conversations and no units (OCA-03)."""
    held = Counter(each.bot for each in known if each.held_by is Role.BOT)
    over = Counter(each.bot for each in known if each.closure is Closure.BOT_END)
    if over and organisation.faults.deviates("closed_still_loads_bot"):
        held += over
    holding = (organisation.store.get(organisation.id, Bot, id) for id in held if id)
    working = {bot.id: bot for bot in (*lists.at_work(organisation), *filter(None, holding))}
    return [
        {"kind": Role.BOT, "name": bot.name, "conversations": held[bot.id]}
        | {"units": 0, "capacity": None}
        for bot in working.values()
    ]


def _agents(organisation: Organisation, known: Sequence[Conversation]) -> list[Shown]:
    """What an agent holds, wraps up or is rung for, and the units that takes (OCA-11)."""
    over = Counter(each.agent for each in known if each.state is State.CLOSED and each.agent)
    if over and not organisation.faults.deviates("closed_still_loads_agent"):
        over.clear()
    load: list[Shown] = []
    floor = Floor(known)
    for user in organisation.store.all(organisation.id, User):
        if SecurityRole.AGENT in user.roles:
            units = floor.load(user.id) + COST * over[user.id]
            load.append({"kind": Role.AGENT, "name": user.name, "units": units})
            load[-1] |= {"conversations": units // COST, "capacity": routing.CAPACITY}
    return load
