"""Writing users: the application users of bots, and the roles of people."""

from __future__ import annotations

from harness.reference.domain.dataverse.people import SystemUser
from harness.reference.domain.dataverse.refusals import Reason, refused
from harness.reference.domain.dataverse.tables import Row, Value
from harness.reference.operations import administrators, people
from harness.reference.operations.dataverse.reading import Dataverse


def create(dataverse: Dataverse, values: dict[str, Value]) -> str:
    """Refused: the application user of a bot comes with its connection (CON-40)."""
    raise refused(
        Reason.NOT_SUPPORTED,
        "The 'Create' method does not support entities of type 'systemuser': connect a bot in the"
        " portal for an application user, and add people on the platform's pages.",
    )


def change(dataverse: Dataverse, row: Row, changes: dict[str, Value]) -> None:
    """Disables or enables the user that stands for a bot: disabled, the bot stops (F10)."""
    disabled = changes.get("isdisabled")
    if not isinstance(disabled, bool):
        return
    user = _of_bot(row)
    administrators.disable_application_user(
        dataverse.organisation, dataverse.who, user.id, disabled
    )


def delete(dataverse: Dataverse, row: Row) -> None:
    """Removes the user that stands for a bot."""
    user = _of_bot(row)
    administrators.delete_application_user(dataverse.organisation, dataverse.who, user.id)


def give(dataverse: Dataverse, user: Row, role: Row, together: bool) -> None:
    """Gives somebody a role, or takes it; the user of a bot has its one role for good."""
    record: SystemUser = user.record
    name = role.record.name
    if (name in record.roles) is together:
        return
    if record.bot:
        raise refused(
            Reason.RULE_BROKEN,
            f"The roles of {record.name!r} are those of a bot application user: they come with"
            " its connection.",
        )
    roles = tuple(r for r in record.roles if r != name) + ((name,) if together else ())
    people.change(dataverse.organisation, dataverse.who, record.name, roles)


def _of_bot(row: Row) -> SystemUser:
    user: SystemUser = row.record
    if not user.bot:
        raise refused(
            Reason.RULE_BROKEN,
            f"{user.name!r} is a person: people are disabled and removed in the directory, and"
            " Dataverse follows. Only the application users of bots are changed here.",
        )
    return user
