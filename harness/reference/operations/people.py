"""Who works in an organisation, and which security roles they have."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from harness.reference.domain.desk import SecurityRole, User
from harness.reference.domain.errors import LastAdministrator, NameTaken, NotFound
from harness.reference.operations.organisations import Organisation, World
from harness.reference.operations.plans import roles_of
from harness.reference.operations.tokens import issue
from harness.reference.operations.users import require
from harness.reference.operations.views import Shown
from harness.reference.operations.words import named


def listed(organisation: Organisation, who: User) -> list[Shown]:
    """Everybody, those of the cast first; raises InsufficientRole."""
    require(who, SecurityRole.SYSTEM_ADMINISTRATOR)
    return [_shown(user) for user in organisation.store.all(organisation.id, User)]


def seen(organisation: Organisation, who: User, name: str) -> Shown:
    """One person; raises InsufficientRole, NotFound."""
    require(who, SecurityRole.SYSTEM_ADMINISTRATOR)
    return _shown(_found(organisation, name))


def create(
    world: World, organisation: Organisation, who: User, name: str, roles: tuple[str, ...]
) -> Shown:
    """A new person and their token; raises InsufficientRole, MalformedBody, NameTaken."""
    require(who, SecurityRole.SYSTEM_ADMINISTRATOR)
    made = User(str(uuid4()), named(name, "A person"), roles_of(roles))
    with organisation.command():
        if organisation.store.find(organisation.id, User, "name", made.name):
            raise NameTaken(f"{made.name!r} works here already. Change their roles instead.")
        organisation.store.put(organisation.id, made)
    return {**_shown(made), "token": issue(world, organisation, made.id, made.roles)}


def change(organisation: Organisation, who: User, name: str, roles: tuple[str, ...]) -> Shown:
    """Gives somebody these roles and no others, from their next request on.

    Raises InsufficientRole, MalformedBody, NotFound, and LastAdministrator.
    """
    require(who, SecurityRole.SYSTEM_ADMINISTRATOR)
    with organisation.command():
        changed = replace(_found(organisation, name), roles=roles_of(roles))
        _refuse_nobody_left(organisation, changed)
        organisation.store.put(organisation.id, changed)
    return _shown(changed)


def _found(organisation: Organisation, name: str) -> User:
    found = organisation.store.find(organisation.id, User, "name", name)
    if not found:
        raise NotFound(f"Nobody called {name[:50]!r} works here.")
    return found[0]


def _refuse_nobody_left(organisation: Organisation, changed: User) -> None:
    """Raises LastAdministrator where nobody else could give the role back."""
    role = SecurityRole.SYSTEM_ADMINISTRATOR
    users = organisation.store.all(organisation.id, User)
    if role not in changed.roles and not any(
        role in user.roles for user in users if user.id != changed.id
    ):
        raise LastAdministrator(
            f"{changed.name} is the last {role}. Give the role to somebody else first."
        )


def _shown(user: User) -> Shown:
    return {"name": user.name, "roles": list(user.roles)}
