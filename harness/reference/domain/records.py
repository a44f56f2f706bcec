"""Whose conversation it is: records of customers and cases, and when one is linked (ESC-25)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class RecordType(StrEnum):
    """What a record is of."""

    CONTACT = "contact"
    ACCOUNT = "account"
    INCIDENT = "incident"


@dataclass(frozen=True, slots=True)
class CustomerRecord:
    """A customer, or a case (`incident`) of one; only an active record is ever linked."""

    id: str
    type: RecordType
    name: str
    email: str = ""
    phone: str = ""
    case_number: str = ""
    active: bool = True


PERSON = {"Name": "name", "Email": "email", "Phone": "phone"}
KEYS: dict[RecordType, Mapping[str, str]] = {
    RecordType.CONTACT: PERSON,
    RecordType.ACCOUNT: PERSON,
    RecordType.INCIDENT: {"CaseNumber": "case_number"},
}
"""By which variables a record is found, and what of it they are compared with (docs C15)."""

RELATIONS = {
    RecordType.CONTACT: "msdyn_contact_msdyn_ocliveworkitem_Customer",
    RecordType.ACCOUNT: "msdyn_account_msdyn_ocliveworkitem_Customer",
    RecordType.INCIDENT: "msdyn_incident_msdyn_ocliveworkitem",
}
"""The variables in which a bot finds the linked records (docs C2)."""


def linked(
    values: Mapping[str, object],
    records: Iterable[CustomerRecord],
    deviates: Callable[[str], bool],
) -> dict[str, str]:
    """The record (id) of each type that these variables name: exactly one active match, or none."""
    records = tuple(records)
    found: dict[str, str] = {}
    for kind, keys in KEYS.items():
        asked = {field: _folded(values.get(name)) for name, field in keys.items()}
        asked = {field: text for field, text in asked.items() if text}
        matches = [record for record in records if record.type is kind and _is_meant(record, asked)]
        active = [record for record in matches if record.active]
        if len(active) < len(matches) and deviates("inactive_record_linked"):
            active = matches
        is_one = len(active) == 1 or (active and deviates("first_of_many_is_linked"))
        if is_one and not deviates("nothing_is_linked"):
            found[kind.value] = active[0].id
    return found


def _is_meant(record: CustomerRecord, asked: Mapping[str, str]) -> bool:
    return bool(asked) and all(
        _folded(getattr(record, field)) == text for field, text in asked.items()
    )


def _folded(value: object) -> str:
    """Case and outer blanks do not tell two records apart; what is no text or number names none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip().casefold()


def readable(linked: Iterable[CustomerRecord]) -> dict[str, object]:
    """What a bot may read of the linked records (ESC-34); a contact goes before an account."""
    values: dict[str, object] = {}
    for record in sorted(linked, key=lambda record: record.type is RecordType.ACCOUNT):
        row = {"RecordId": record.id, "PrimaryDisplayValue": record.name}
        values[RELATIONS[record.type]] = [row]
        if record.type is RecordType.INCIDENT:
            values |= {"msdyn_CaseId": record.id, "msdyn_CaseTitle": record.name}
        elif "msdyn_CustomerId" not in values:
            values["msdyn_CustomerType"] = record.type.value
            values["msdyn_CustomerName"] = record.name
            values["msdyn_CustomerId"] = record.id
    return values
