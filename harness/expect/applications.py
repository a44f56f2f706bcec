"""A bot's application: the id that it is added by, and the user that it has in Omnichannel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from harness.errors import Refused
from harness.expect.checks import check, compare
from harness.expect.eventually import eventually
from harness.expect.matching import Mismatch
from harness.protocol.dataverse import SystemUser
from harness.protocol.portal import ApplicationUser
from harness.protocol.roles import Administrator

DUPLICATE = ("1004", "DuplicateBotAppId")
"""Code and name: the only ones of their family that are documented (specification 2.4 F5)."""

AGENT_ROLE = "Omnichannel agent"


class Dataverse(Protocol):
    """Whoever can look into the Dataverse of an environment (by its id)."""

    def application_users(self, environment: str) -> Sequence[SystemUser]: ...


@check
def is_refused_as_duplicate(refused: Refused | None) -> Mismatch | None:
    """The application id is another bot's: code 1004 and the name DuplicateBotAppId (CON-06)."""

    def match(refusal: Refused | None) -> Mismatch | None:
        expected = f"a refusal with code {DUPLICATE[0]}, {DUPLICATE[1]}"
        if refusal is None:
            return Mismatch(expected, "that it was accepted", final=True)
        if (str(refusal.code), refusal.name) != DUPLICATE:
            return Mismatch(expected, f"code {refusal.code}, {refusal}", final=True)
        return None

    return compare(match, refused)


@check
def is_refused_before_asking(refused: Refused | None, reason: str) -> Mismatch | None:
    """The page itself says what is wrong: nothing was asked of the service (CON-30)."""

    def match(refusal: Refused | None) -> Mismatch | None:
        expected = f"a refusal of the page's own for {reason}"
        if refusal is None:
            return Mismatch(expected, "that it was accepted", final=True)
        if refusal.name != reason or refusal.status:
            return Mismatch(expected, f"the answer of the service: {refusal}", final=True)
        return None

    return compare(match, refused)


@check
def is_represented(administrator: Administrator, bot: str) -> Mismatch | None:
    """Omnichannel has one user for the bot: enabled, with the role Omnichannel agent (CON-23)."""

    def match(users: Sequence[ApplicationUser]) -> Mismatch | None:
        expected = f"one enabled application user with the role {AGENT_ROLE}"
        own = _of(bot, users)
        if len(own) == 1 and not own[0].disabled and AGENT_ROLE in own[0].security_roles:
            return None
        return Mismatch(expected, ", ".join(map(_described, own)) or "none")

    return eventually(administrator.application_users, match)


@check
def has_application(administrator: Administrator, bot: str, application: str) -> Mismatch | None:
    """The bot's user in Omnichannel has this application id, whatever its case (CON-33)."""

    def match(users: Sequence[ApplicationUser]) -> Mismatch | None:
        found = [user.application_id for user in users]
        if [id.lower() for id in found] == [application.lower()]:
            return None
        return Mismatch(f"a user with the application id {application}", f"{found or 'none'}")

    return eventually(lambda: _of(bot, administrator.application_users()), match)


@check
def agrees_with_dataverse(
    administrator: Administrator, dataverse: Dataverse, environment: str, bot: str
) -> Mismatch | None:
    """Dataverse has the bot's user just as the admin centre shows it (CON-40, DIS-01, DIS-02)."""

    def match(both: tuple[Sequence[ApplicationUser], Sequence[SystemUser]]) -> Mismatch | None:
        shown, rows = both
        expected = [_facts(user, user.security_roles) for user in _of(bot, shown)]
        ids = {user.id for user in _of(bot, shown)}
        found = [_facts(row, row.roles) for row in rows if row.id in ids]
        if len(expected) == 1 and found == expected:
            return None
        return Mismatch(f"one user, as the admin centre has it: {expected}", f"{found}")

    def look() -> tuple[Sequence[ApplicationUser], Sequence[SystemUser]]:
        return administrator.application_users(), dataverse.application_users(environment)

    return eventually(look, match)


def _facts(user: ApplicationUser | SystemUser, roles: Sequence[str]) -> tuple[object, ...]:
    return user.id, user.name, user.disabled, user.application_id.lower(), sorted(roles)


def _described(user: ApplicationUser) -> str:
    roles = " and ".join(user.security_roles) or "no role"
    return f"{user.name}, {'disabled' if user.disabled else 'enabled'}, {roles}"


def _of(bot: str, users: Sequence[ApplicationUser]) -> Sequence[ApplicationUser]:
    return [user for user in users if user.bot == bot]
