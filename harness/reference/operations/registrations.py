"""Applications registered in Azure: a bot needs one in preview and classic (CON-26, CON-27)."""

from __future__ import annotations

from uuid import uuid4

from harness.reference.domain.desk import SecurityRole, User
from harness.reference.domain.environments import AppRegistration
from harness.reference.domain.errors import NotFound
from harness.reference.operations import lists
from harness.reference.operations.lists import FIRST, Wanted
from harness.reference.operations.organisations import Organisation
from harness.reference.operations.users import require
from harness.reference.operations.views import Shown
from harness.reference.operations.words import named

REGISTRARS = (
    SecurityRole.OC_ADMIN,
    SecurityRole.BOT_AUTHOR,
    SecurityRole.SYSTEM_ADMINISTRATOR,
    SecurityRole.OMNICHANNEL_ADMINISTRATOR,
)
"""Who sets bots up in some generation; agents and supervisors do not."""


def registered(organisation: Organisation, application_id: str) -> AppRegistration | None:
    """The application of that `Application (client) ID`, letters of either case alike."""
    found = organisation.store.find(
        organisation.id, AppRegistration, "application_id", application_id.lower()
    )
    return found[0] if found else None


def newest(organisation: Organisation) -> AppRegistration | None:
    """The application that was registered last."""
    return organisation.store.last(organisation.id, AppRegistration)


def register(organisation: Organisation, name: str) -> AppRegistration:
    """A new application; two may have one name. Raises MalformedBody."""
    made = AppRegistration(str(uuid4()), str(uuid4()), named(name, "An application"))
    organisation.store.put(organisation.id, made)
    return made


def listed(organisation: Organisation, who: User, wanted: Wanted = FIRST) -> Shown:
    """A page of the applications, oldest first (`lists.page`); raises InsufficientRole."""
    require(who, *REGISTRARS)
    return lists.page(organisation, AppRegistration, wanted, shown)


def seen(organisation: Organisation, who: User, id: str) -> Shown:
    """One application; raises InsufficientRole, NotFound."""
    require(who, *REGISTRARS)
    found = organisation.store.get(organisation.id, AppRegistration, id)
    if found is None:
        raise NotFound(f"There is no application {id[:50]!r} in this organisation.")
    return shown(found)


def create(organisation: Organisation, who: User, name: str) -> Shown:
    """Registers an application; raises InsufficientRole, MalformedBody."""
    require(who, *REGISTRARS)
    with organisation.command():
        return shown(register(organisation, name))


def shown(registration: AppRegistration) -> Shown:
    """A registration as the JSON and the pages show it."""
    return {
        "id": registration.id,
        "application_id": registration.application_id,
        "name": registration.name,
    }
