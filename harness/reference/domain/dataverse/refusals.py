"""What Dataverse refuses, with the status and the code of the product's error reference."""

from __future__ import annotations

from enum import Enum

from harness.reference.domain.errors import Malformed


class Reason(Enum):
    """Why: HTTP status, and the hexadecimal code of the web service error reference."""

    RECORD_MISSING = (404, "0x80040217")
    KEY_MISSING = (404, "0x80060891")
    SEGMENT_UNKNOWN = (404, "0x80060888")
    QUERY_INVALID = (400, "0x80060888")
    PAYLOAD_INVALID = (400, "0x80048d19")
    ARGUMENT_INVALID = (400, "0x80040203")
    VALUE_MISSING = (400, "0x80040200")
    CHOICE_UNKNOWN = (400, "0x8004431a")
    TEXT_TOO_LONG = (400, "0x80044331")
    NOT_SUPPORTED = (400, "0x80040800")
    RULE_BROKEN = (400, "0x80040265")
    IN_USE = (400, "0x80040227")
    FETCH_INVALID = (400, "0x80041129")
    COLUMN_UNKNOWN = (400, "0x80041103")
    TABLE_UNKNOWN = (400, "0x80041102")
    SQL_INVALID = (400, "0x80048d0b")
    PRIVILEGE_MISSING = (403, "0x80040220")
    NOT_A_MEMBER = (403, "0x80072560")
    VERSION_PASSED = (412, "0x80060882")
    RECORD_EXISTS = (412, "0x80040237")

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.value[0]

    @property
    def code(self) -> str:
        """The product's code."""
        return self.value[1]


class Refused(Malformed):
    """A refusal of Dataverse's own; the text says what, where and what to do next."""

    def __init__(self, message: str, reason: Reason = Reason.RULE_BROKEN) -> None:
        super().__init__(message)
        self.reason = reason


def refused(reason: Reason, message: str) -> Refused:
    """A refusal for that reason."""
    return Refused(message, reason)


def unknown_property(name: str, table: str) -> Refused:
    """For a property that the table has not."""
    return refused(
        Reason.QUERY_INVALID,
        f"Could not find a property named '{name[:100]}' on type 'Microsoft.Dynamics.CRM.{table}'.",
    )


def missing(table: str, id: str) -> Refused:
    """For a row that is not there."""
    return refused(Reason.RECORD_MISSING, f"{table} With Id = {id} Does Not Exist")


def bad_payload(set: str, why: str) -> Refused:
    """For a body that cannot be taken."""
    return refused(
        Reason.PAYLOAD_INVALID,
        f"Error identified in Payload provided by the user for Entity :'{set}': {why}",
    )
