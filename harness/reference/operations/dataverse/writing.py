"""What is written to a Dataverse, by the rules of the portal and the admin centre.

Whoever writes is a System Administrator. Each command is whole or nothing, and when it is done
the row is read again: what was given and is not there is refused, so nothing is lost in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from harness.reference.domain.dataverse.refusals import Reason, Refused, refused
from harness.reference.domain.dataverse.tables import Row, Table, Value
from harness.reference.domain.desk import SecurityRole
from harness.reference.operations.dataverse import bots, packages, users
from harness.reference.operations.dataverse.reading import Dataverse

Values = Mapping[str, Value]
"""Cells, by the logical names of their columns."""


def create(dataverse: Dataverse, table: Table, values: Values) -> str:
    """A new row, and its id; raises Refused, and what the portal raises."""
    authorise(dataverse, "Create", table)
    make = CREATORS.get(table.name)
    if make is None:
        raise _unsupported("Create", table)
    with dataverse.organisation.command():
        id = make(dataverse, dict(values))
        _verify(dataverse, table, id, values)
    return id


def update(dataverse: Dataverse, row: Row, values: Values) -> None:
    """Changes a row; what is as it is given already is left alone."""
    authorise(dataverse, "Write", row.table)
    changes = {name: value for name, value in values.items() if row.cell(name) != value}
    if not changes:
        return
    change = CHANGERS.get(row.table.name)
    if change is None:
        raise _unsupported("Update", row.table)
    with dataverse.organisation.command():
        change(dataverse, row, dict(changes))
        _verify(dataverse, row.table, row.id, changes)


def delete(dataverse: Dataverse, row: Row) -> None:
    """Removes a row."""
    authorise(dataverse, "Delete", row.table)
    remove = REMOVERS.get(row.table.name)
    if remove is None:
        raise _unsupported("Delete", row.table)
    with dataverse.organisation.command():
        remove(dataverse, row)


def publish(dataverse: Dataverse, row: Row) -> None:
    """Publishes a bot, as its maker does in the portal."""
    authorise(dataverse, "Write", row.table)
    bots.publish(dataverse, row)


def associate(dataverse: Dataverse, one: Row, other: Row, together: bool) -> None:
    """Gives a user a role, or takes it away; the rows may come in either order."""
    authorise(dataverse, "Append", one.table)
    user, role = (one, other) if one.table.name == "systemuser" else (other, one)
    with dataverse.organisation.command():
        users.give(dataverse, user, role, together)


def authorise(dataverse: Dataverse, verb: str, table: Table) -> None:
    """Raises Refused for a user who may not write."""
    who = dataverse.who
    if SecurityRole.SYSTEM_ADMINISTRATOR not in who.roles:
        raise refused(
            Reason.PRIVILEGE_MISSING,
            f"Principal user (Id={who.id}, type=8, roleCount={len(who.roles)}) is missing"
            f" prv{verb}{table.name} privilege for entity '{table.name}'. Only a System"
            " Administrator writes to Dataverse here.",
        )


def _verify(dataverse: Dataverse, table: Table, id: str, values: Values) -> None:
    row = dataverse.row(table, id)
    for name, value in values.items():
        if row.cell(name) != value:
            raise refused(
                Reason.ARGUMENT_INVALID,
                f"'{name}' of {table.name} cannot be set to {str(value)[:60]!r}:"
                f" it is {str(row.cell(name))[:60]!r}. Leave it out.",
            )


def _unsupported(verb: str, table: Table) -> Refused:
    return refused(
        Reason.NOT_SUPPORTED,
        f"The '{verb}' method does not support entities of type '{table.name}'.",
    )


CREATORS: dict[str, Callable[[Dataverse, dict[str, Value]], str]] = {
    "bot": bots.create,
    "botcomponent": bots.create_component,
    "solution": packages.create,
    "systemuser": users.create,
}
CHANGERS: dict[str, Callable[[Dataverse, Row, dict[str, Value]], None]] = {
    "bot": bots.change,
    "botcomponent": bots.change_component,
    "solution": packages.change,
    "systemuser": users.change,
}
REMOVERS: dict[str, Callable[[Dataverse, Row], None]] = {
    "bot": bots.delete,
    "botcomponent": bots.delete_component,
    "solution": packages.delete,
    "systemuser": users.delete,
}
