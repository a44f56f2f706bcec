"""Who somebody is, and what they may."""

from __future__ import annotations

from dataclasses import replace

from harness.reference.domain import connections
from harness.reference.domain.desk import SecurityRole, User
from harness.reference.domain.errors import InsufficientRole, NotSignedIn
from harness.reference.operations.organisations import Organisation

ADMINISTRATORS = (
    SecurityRole.OMNICHANNEL_ADMINISTRATOR,
    SecurityRole.OC_ADMIN,
    SecurityRole.SYSTEM_ADMINISTRATOR,
)
"""Who may change what concerns the whole desk."""


def known(organisation: Organisation, id: str) -> User:
    """The user of an id; raises NotSignedIn for a token whose user is gone."""
    user = organisation.store.get(organisation.id, User, id)
    if user is None:
        raise NotSignedIn("The token names nobody who works here. Sign in as somebody else.")
    ignores, *_ = connections.ROLE_FAULTS[organisation.generation]
    if not is_connector(organisation, user) and organisation.faults.deviates(ignores):
        return replace(user, roles=(*user.roles, *connections.SETTERS_UP))
    return user


def is_connector(organisation: Organisation, user: User) -> bool:
    """Whether somebody has every role that connecting a bot needs here (CON-15 to CON-17)."""
    return connections.CONNECTORS[organisation.generation].issubset(user.roles)


def require(who: User, *roles: SecurityRole) -> None:
    """Raises InsufficientRole for a user who has none of these roles."""
    if not set(roles).intersection(who.roles):
        raise InsufficientRole(f"{who.name} needs the role {' or '.join(roles)}.")
