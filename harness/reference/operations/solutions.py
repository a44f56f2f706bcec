"""The solutions of an environment: what makers see of them, their layers, and their end.

How a solution leaves an environment and comes into another one is in `packages`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

from harness.reference.domain import solutions as rules
from harness.reference.domain.bots import Bot, Topics, draft_of, live_of, managed_of
from harness.reference.domain.desk import Queue, SecurityRole, User, Workstream
from harness.reference.domain.errors import (
    NameTaken,
    NotExportable,
    NotFound,
    NoUnmanagedLayer,
    SolutionManaged,
    StillInUse,
)
from harness.reference.domain.solutions import Kept, Solution
from harness.reference.operations import environments, health, notices
from harness.reference.operations.organisations import Organisation
from harness.reference.operations.users import require
from harness.reference.operations.views import Shown
from harness.reference.operations.words import named
from harness.reference.store.port import Question

READERS = (SecurityRole.SYSTEM_ADMINISTRATOR, SecurityRole.BOT_AUTHOR)
MOVERS = (SecurityRole.SYSTEM_ADMINISTRATOR,)
"""Who exports, imports and removes: it changes what customers meet."""


def found(organisation: Organisation, environment: str, id: str) -> Solution:
    """The solution of that id in the environment; raises NotFound."""
    environments.environment(organisation, environment)
    solution = organisation.store.get(organisation.id, Solution, id)
    if solution is None or solution.environment != environment:
        raise NotFound(f"There is no solution {id[:50]!r} in this environment.")
    return solution


def every(organisation: Organisation, environment: str) -> list[Solution]:
    """All solutions of an environment, in the order in which they came."""
    return organisation.store.find(organisation.id, Solution, "environment", environment)


def bots_of(organisation: Organisation, solution: Solution) -> list[Bot]:
    """The bots of a solution that are still in its environment."""
    bots = (organisation.store.get(organisation.id, Bot, id) for id in solution.bots)
    return [bot for bot in bots if bot and bot.environment == solution.environment]


def shown(organisation: Organisation, solution: Solution) -> Shown:
    """A solution with its components."""
    bots = bots_of(organisation, solution)
    return {
        "id": solution.id,
        "name": solution.name,
        "title": solution.title,
        "version": rules.version_of(solution, bots),
        "managed": solution.managed,
        "publisher": solution.publisher.name,
        "environment": solution.environment,
        "components": [_component(organisation, bot) for bot in bots],
    }


def _component(organisation: Organisation, bot: Bot) -> Shown:
    deviates = organisation.faults.deviates
    return {
        "id": bot.id,
        "name": bot.name,
        "schema": bot.schema,
        "type": "Chatbot",
        "managed": bot.managed is not None,
        "layered": bot.layered,
        "commands": [] if deviates("layers_not_offered") else [rules.SEE_LAYERS],
    }


def listed(organisation: Organisation, who: User, environment: str) -> list[Shown]:
    """The solutions of an environment; raises InsufficientRole, NotFound."""
    require(who, *READERS)
    environments.environment(organisation, environment)
    deviates = organisation.faults.deviates
    found = every(organisation, environment)
    return [
        shown(organisation, solution)
        for solution in found
        if not (solution.managed and deviates("managed_solution_is_not_listed"))
    ]


def seen(organisation: Organisation, who: User, environment: str, id: str) -> Shown:
    """One solution; raises InsufficientRole, NotFound."""
    require(who, *READERS)
    return shown(organisation, found(organisation, environment, id))


def create(organisation: Organisation, who: User, environment: str, title: str) -> Shown:
    """A new unmanaged solution; raises InsufficientRole, NotFound, MalformedBody, NameTaken."""
    require(who, *READERS)
    environments.environment(organisation, environment)
    title = named(title, "A solution")
    others = every(organisation, environment)
    if any(each.title.casefold() == title.casefold() for each in others):
        raise NameTaken(f"There is a solution {title!r} in this environment. Choose another name.")
    name = rules.name_for(title, {each.name.casefold() for each in others})
    publisher = rules.publisher_of(environment)
    made = Solution(str(uuid4()), environment, name, title, publisher)
    with organisation.command():
        organisation.store.put(organisation.id, made)
    return shown(organisation, made)


def addable(organisation: Organisation, environment: str, named: str, most: int) -> list[Shown]:
    """The bots of an environment, called so, that a solution may take; at most so many."""
    question = Question(named=named, having=("environment", environment))
    bots = organisation.store.page(organisation.id, Bot, limit=most, question=question)
    return [
        {"id": bot.id, "name": bot.name}
        for bot in bots
        if bot.managed is None and not bot.runs_elsewhere
    ]


def add(organisation: Organisation, who: User, environment: str, id: str, bot: str) -> Shown:
    """Puts a bot into a solution, once; raises NotFound, SolutionManaged, NotExportable."""
    require(who, *READERS)
    solution = found(organisation, environment, id)
    component = organisation.store.get(organisation.id, Bot, bot)
    if component is None or component.environment != environment:
        raise NotFound(f"There is no bot {bot[:50]!r} in this environment.")
    if solution.managed or component.managed:
        raise SolutionManaged(f"{_whose(solution, component)} is managed: it is changed elsewhere.")
    if component.runs_elsewhere:
        raise NotExportable(f"{component.name!r} runs elsewhere: there is nothing to export.")
    if bot not in solution.bots:
        solution = replace(solution, bots=(*solution.bots, bot))
        with organisation.command():
            organisation.store.put(organisation.id, solution)
    return shown(organisation, solution)


def _whose(solution: Solution, bot: Bot) -> str:
    return f"The solution {solution.title!r}" if solution.managed else f"The bot {bot.name!r}"


# Layers


def layers(
    organisation: Organisation, who: User, environment: str, id: str, bot: str
) -> list[Shown]:
    """The layers of a component, the topmost first; raises InsufficientRole, NotFound."""
    require(who, *READERS)
    component = component_of(organisation, found(organisation, environment, id), bot)
    brought = component.managed and component.managed.solution
    below = organisation.store.get(organisation.id, Solution, brought) if brought else None
    deviates = organisation.faults.deviates
    return [
        {
            "name": layer.name,
            "managed": layer.managed,
            "order": order,
            "version": layer.version,
            "publisher": layer.publisher,
            "offers": [] if deviates("layer_cannot_be_removed") else list(layer.offers),
        }
        for order, layer in enumerate(rules.layers(component, below), 1)
    ]


def component_of(organisation: Organisation, solution: Solution, bot: str) -> Bot:
    """The bot of that id in the solution; raises NotFound."""
    for component in bots_of(organisation, solution):
        if component.id == bot:
            return component
    raise NotFound(f"There is no bot {bot[:50]!r} in the solution {solution.title!r}.")


def remove_layer(
    organisation: Organisation, who: User, environment: str, id: str, bot: str
) -> None:
    """Takes the unmanaged layer away: draft and live are what the solution brought again.

    Raises InsufficientRole, NotFound, NoUnmanagedLayer.
    """
    require(who, *MOVERS)
    component = component_of(organisation, found(organisation, environment, id), bot)
    if not component.layered:
        raise NoUnmanagedLayer(f"{component.name!r} has no unmanaged layer that could be removed.")
    with organisation.command():
        store = organisation.store
        brought = store.get(organisation.id, Topics, managed_of(bot)) or Topics()
        store.put(organisation.id, replace(brought, id=draft_of(bot)))
        component = rules.reverted(component)
        if organisation.faults.deviates("removed_layer_still_counts"):
            component = replace(component, layered=True)
        if component.version:
            store.put(organisation.id, replace(brought, id=live_of(bot)))
            component = replace(component, version=component.version + 1)
        store.put(organisation.id, component)


# What became of a bot that was moved


def status(organisation: Organisation, who: User, bot: str) -> Shown:
    """The row of the decision table that a bot is in (10.15); raises InsufficientRole, NotFound."""
    require(who, *READERS, SecurityRole.OMNICHANNEL_ADMINISTRATOR)  # Who sees its connection.
    found = organisation.store.get(organisation.id, Bot, bot)
    if found is None:
        raise NotFound(f"There is no bot {bot[:50]!r} here.")
    shows = notices.shows_notice(organisation, found)
    return {
        "managed": found.managed is not None,
        "ocEnabledInExport": found.managed is not None and found.managed.omnichannel,
        "latestImported": found.managed is not None and notices.is_latest(organisation, found),
        "unmanagedLayer": found.layered,
        "notice": "cannotDetermine" if shows else None,
        "handoffWorks": health.trouble(organisation, found) is None,
    }


# The end of a solution


def delete(organisation: Organisation, who: User, environment: str, id: str) -> None:
    """Deletes a solution; a managed one takes its bots with it, an unmanaged one leaves them.

    Raises InsufficientRole, NotFound, and StillInUse while a bot of a managed one is at work.
    """
    require(who, *MOVERS)
    solution = found(organisation, environment, id)
    with organisation.command():
        if solution.managed:
            drop(organisation, solution)
        organisation.store.remove(organisation.id, Kept, solution.id)
        organisation.store.remove(organisation.id, Solution, solution.id)


def drop(organisation: Organisation, solution: Solution, keep: tuple[str, ...] = ()) -> None:
    """Removes the bots of a managed solution but for those to `keep`; raises StillInUse."""
    leaving = [bot for bot in bots_of(organisation, solution) if bot.id not in keep]
    found = [use for bot in leaving for use in uses(organisation, bot)]
    if found:
        raise StillInUse(
            f"A bot of {solution.title!r} that would go is in use by {', '.join(found[:5])}."
            " Give that another bot first."
        )
    for bot in leaving:
        forget(organisation, bot)


def uses(organisation: Organisation, bot: Bot) -> Iterator[str]:
    """What a bot does here that nothing else would do."""
    store = organisation.store
    for workstream in store.all(organisation.id, Workstream):
        if workstream.bot == bot.id:
            yield f"the workstream {workstream.name!r}"
    for queue in store.all(organisation.id, Queue):
        if queue.bot == bot.id:
            yield f"the queue {queue.name!r}"
    if any(talk.bot == bot.id for talk in store.ongoing(organisation.id)):
        yield "a conversation that is going on"


def forget(organisation: Organisation, bot: Bot) -> None:
    """Removes a bot and everything that it is made of."""
    for topics in (draft_of(bot.id), live_of(bot.id), managed_of(bot.id)):
        organisation.store.remove(organisation.id, Topics, topics)
    organisation.store.remove(organisation.id, Kept, bot.id)
    organisation.store.remove(organisation.id, Bot, bot.id)
