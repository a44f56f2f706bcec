"""`BulkDelete`: the job that removes the rows of a list of ids, here done when it is answered."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import msgspec

from harness.reference.domain.dataverse.catalogue import TABLES
from harness.reference.domain.dataverse.refusals import Reason, Refused, refused
from harness.reference.operations.dataverse import writing
from harness.reference.operations.dataverse.reading import Dataverse
from harness.reference.web.dataverse import addresses, values


class Condition(msgspec.Struct, frozen=True):
    """A condition of a query expression."""

    AttributeName: str
    Operator: str
    Values: tuple[dict[str, Any], ...] = ()


class Criteria(msgspec.Struct, frozen=True):
    """The conditions of a query expression."""

    Conditions: tuple[Condition, ...] = ()


class Expression(msgspec.Struct, frozen=True):
    """A query expression."""

    EntityName: str
    Criteria: Criteria = Criteria()


class Job(msgspec.Struct, frozen=True):
    """The body; what it says of mail and recurrence concerns nobody here."""

    QuerySet: tuple[Expression, ...]


def delete(dataverse: Dataverse, body: dict[str, Any]) -> dict[str, object]:
    """Deletes the rows of these ids, all or none; one that is gone already is passed over."""
    try:
        job = msgspec.convert(body, Job)
    except msgspec.ValidationError as error:
        raise _wrong(f"{error}.") from None
    with dataverse.organisation.command():
        for expression in job.QuerySet:
            _delete(dataverse, expression)
    return {"JobId": str(uuid4())}


def _delete(dataverse: Dataverse, expression: Expression) -> None:
    table = TABLES.get(expression.EntityName)
    if table is None:
        raise refused(
            Reason.TABLE_UNKNOWN, f"There is no entity '{expression.EntityName[:60]}' here."
        )
    writing.authorise(dataverse, "Delete", table)
    ids = [
        values.guid(str(value.get("Value")))
        for condition in expression.Criteria.Conditions
        if condition.Operator == "In" and condition.AttributeName == table.key_name
        for value in condition.Values
    ]
    if not ids or None in ids or len(expression.Criteria.Conditions) != 1:
        raise _wrong(f"QuerySet is one condition here: {table.key_name} In a list of ids.")
    for id in ids:
        row = dataverse.found(table, {table.key_name: id})
        if row is not None:
            writing.delete(dataverse, row)


def _wrong(why: str) -> Refused:
    return refused(
        Reason.ARGUMENT_INVALID, f"The body is no {addresses.NAMESPACE}BulkDelete: {why}"
    )
