"""Writing solutions; their packages are exported and imported on the Power Apps pages."""

from __future__ import annotations

import re
from dataclasses import replace

from harness.reference.domain.dataverse.making import DEFAULT_SOLUTION
from harness.reference.domain.dataverse.refusals import Reason, refused
from harness.reference.domain.dataverse.tables import Row, Value
from harness.reference.domain.solutions import Solution, is_version
from harness.reference.operations import solutions
from harness.reference.operations.dataverse.reading import Dataverse

UNIQUE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,64}", re.ASCII)


def create(dataverse: Dataverse, values: dict[str, Value]) -> str:
    """A new unmanaged solution; its unique name is made of the friendly one if it has none."""
    title = values.get("friendlyname") or values.get("uniquename")
    if not isinstance(title, str):
        raise refused(Reason.VALUE_MISSING, "'friendlyname' of solution must have a value.")
    organisation, environment = dataverse.organisation, dataverse.environment.id
    made = solutions.create(organisation, dataverse.who, environment, title)
    solution = solutions.found(organisation, environment, made["id"])
    _keep(dataverse, _changed(dataverse, solution, values))
    return solution.id


def change(dataverse: Dataverse, row: Row, changes: dict[str, Value]) -> None:
    """Changes what people call an unmanaged solution, and its version."""
    solution = _found(dataverse, row)
    if solution.managed:
        raise refused(Reason.RULE_BROKEN, f"{solution.title!r} is managed: it cannot be changed.")
    _keep(dataverse, _changed(dataverse, solution, changes))


def delete(dataverse: Dataverse, row: Row) -> None:
    """Deletes a solution, a managed one with its bots."""
    solution = _found(dataverse, row)
    organisation, environment = dataverse.organisation, dataverse.environment.id
    solutions.delete(organisation, dataverse.who, environment, solution.id)


def _found(dataverse: Dataverse, row: Row) -> Solution:
    if row.id == DEFAULT_SOLUTION:
        raise refused(Reason.RULE_BROKEN, "The Default Solution cannot be changed or deleted.")
    return solutions.found(dataverse.organisation, dataverse.environment.id, row.id)


def _changed(dataverse: Dataverse, solution: Solution, given: dict[str, Value]) -> Solution:
    unique, title, version = (given.get(n) for n in ("uniquename", "friendlyname", "version"))
    if isinstance(unique, str):
        _refuse_unique(dataverse, solution, unique)
        solution = replace(solution, name=unique)
    if isinstance(title, str) and title.strip():
        solution = replace(solution, title=title)
    if isinstance(version, str):
        if not is_version(version):
            raise refused(Reason.ARGUMENT_INVALID, f"{version[:40]!r} is no version like 1.0.0.0.")
        bots = solutions.bots_of(dataverse.organisation, solution)
        counted = sum(bot.revision for bot in bots)
        solution = replace(solution, version=version, counted=counted)
    return solution


def _refuse_unique(dataverse: Dataverse, solution: Solution, unique: str) -> None:
    if not UNIQUE.fullmatch(unique):
        raise refused(
            Reason.ARGUMENT_INVALID,
            f"{unique[:70]!r} is no unique name: letters, digits and _, not a digit first.",
        )
    for other in solutions.every(dataverse.organisation, dataverse.environment.id):
        if other.id != solution.id and other.name.casefold() == unique.casefold():
            raise refused(Reason.RECORD_EXISTS, f"There is a solution {unique!r} here already.")


def _keep(dataverse: Dataverse, solution: Solution) -> None:
    dataverse.organisation.store.put(dataverse.organisation.id, solution)
