"""Who somebody is, and what they may."""

from __future__ import annotations

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
    return user


def require(who: User, *roles: SecurityRole) -> None:
    """Raises InsufficientRole for a user who has none of these roles."""
    if not set(roles).intersection(who.roles):
        raise InsufficientRole(f"{who.name} needs the role {' or '.join(roles)}.")
