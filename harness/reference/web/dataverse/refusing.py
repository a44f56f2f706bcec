"""Refusals as the product's error bodies: one table from condition to status and code."""

from __future__ import annotations

import logging

from harness.reference.domain import errors
from harness.reference.domain.dataverse.refusals import Reason, Refused
from harness.reference.web.dataverse.exchanges import Answer
from harness.reference.web.problems import status_of

CODES: dict[type[errors.DomainError], Reason] = {
    errors.NotFound: Reason.RECORD_MISSING,
    errors.InsufficientRole: Reason.PRIVILEGE_MISSING,
    errors.BotNameTooLong: Reason.TEXT_TOO_LONG,
    errors.NameTaken: Reason.RECORD_EXISTS,
    errors.StillInUse: Reason.IN_USE,
    errors.MalformedBody: Reason.ARGUMENT_INVALID,
    errors.TopicInvalid: Reason.ARGUMENT_INVALID,
}
"""What the portal's refusals are in Dataverse; any other breaks a rule of the business."""

SIGN_IN = {"WWW-Authenticate": "Bearer"}


def answer(error: Exception) -> Answer:
    """The answer to a request that is refused; a defect of ours is logged and 500."""
    if isinstance(error, Refused):
        return _said(error.reason.status, error.reason.code, str(error))
    if isinstance(error, errors.NotSignedIn):
        return _said(401, "0x80072560", str(error), SIGN_IN)
    if isinstance(error, errors.TooLarge | errors.TooSlow):
        return _said(status_of(error), Reason.PAYLOAD_INVALID.code, str(error))
    if isinstance(error, errors.DomainError):
        reason = next(
            (CODES[kind] for kind in type(error).__mro__ if kind in CODES), Reason.RULE_BROKEN
        )
        return _said(reason.status, reason.code, f"{type(error).__name__}: {error}")
    logging.getLogger(__name__).error("Dataverse", exc_info=error)
    return _said(500, "0x80040216", "An unexpected error occurred: a defect of the reference.")


def _said(status: int, code: str, message: str, headers: dict[str, str] | None = None) -> Answer:
    return Answer(status, {"error": {"code": code, "message": message}}, headers or {})
