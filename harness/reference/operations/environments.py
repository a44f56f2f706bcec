"""The environments of an organisation: what people of the platform see of them and set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from harness.reference.domain import environments as rules
from harness.reference.domain.desk import SecurityRole, User
from harness.reference.domain.environments import Environment, Extension, Licence
from harness.reference.domain.errors import MalformedBody, NameTaken, NotFound
from harness.reference.operations.organisations import Organisation
from harness.reference.operations.users import require
from harness.reference.operations.views import Shown
from harness.reference.operations.words import chosen, named

REGION = "Europe"
"""Where an environment is that nobody says a region of."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What is changed of an environment; None leaves it as it is."""

    name: str | None = None
    region: str | None = None
    omnichannel: bool | None = None
    licences: tuple[str, ...] | None = None


def environment(organisation: Organisation, id: str) -> Environment:
    """The environment of that id; raises NotFound."""
    found = organisation.store.get(organisation.id, Environment, id)
    if found is None:
        raise NotFound(f"There is no environment {id[:50]!r} in this organisation.")
    return found


def home(organisation: Organisation) -> Environment:
    """The environment whose Omnichannel has the desk, the widget and the number."""
    return environment(organisation, organisation.tenant.environment)


def every(organisation: Organisation) -> list[Environment]:
    """All of them, the home environment first."""
    return organisation.store.all(organisation.id, Environment)


def shown(organisation: Organisation, environment: Environment) -> Shown:
    """An environment as the JSON and the pages show it."""
    return {
        "id": environment.id,
        "name": environment.name,
        "region": environment.region,
        "omnichannel": environment.omnichannel,
        "licences": list(environment.licences),
        "extensions": list(environment.extensions),
        "home": environment.id == organisation.tenant.environment,
    }


def listed(organisation: Organisation, who: User) -> list[Shown]:
    """All environments; raises InsufficientRole."""
    require(who, SecurityRole.SYSTEM_ADMINISTRATOR)
    return [shown(organisation, each) for each in every(organisation)]


def seen(organisation: Organisation, who: User, id: str) -> Shown:
    """One environment; raises InsufficientRole, NotFound."""
    require(who, SecurityRole.SYSTEM_ADMINISTRATOR)
    return shown(organisation, environment(organisation, id))


def create(
    organisation: Organisation, who: User, name: str, region: str, omnichannel: bool
) -> Shown:
    """A new environment, with Omnichannel or without; raises MalformedBody, NameTaken."""
    require(who, SecurityRole.SYSTEM_ADMINISTRATOR)
    with organisation.command():
        plain = fresh(name, region, False)
        deviates = organisation.faults.deviates
        made = _kept(organisation, rules.provisioned(plain, deviates) if omnichannel else plain)
    return shown(organisation, made)


def fresh(name: str, region: str, omnichannel: bool) -> Environment:
    """An environment as a new one is; raises MalformedBody for a name or region that is none."""
    plain = Environment(
        f"env-{uuid4().hex[:8]}", named(name, "An environment"), named(region, "A region")
    )
    return rules.provisioned(plain) if omnichannel else plain


def change(organisation: Organisation, who: User, id: str, changes: Changes) -> Shown:
    """Changes an environment; raises MalformedBody, NameTaken, NotFound.

    Provisioning Omnichannel brings its licences and extensions; taking it away leaves them.
    """
    require(who, SecurityRole.SYSTEM_ADMINISTRATOR)
    with organisation.command():
        now = environment(organisation, id)
        if changes.omnichannel is not None and changes.omnichannel != now.omnichannel:
            now = rules.provisioned(now) if changes.omnichannel else replace(now, omnichannel=False)
        if changes.licences is not None:
            now = replace(now, licences=licensed(changes.licences))
        if changes.name is not None:
            now = replace(now, name=named(changes.name, "An environment"))
        if changes.region is not None:
            now = replace(now, region=named(changes.region, "A region"))
        _kept(organisation, now)
    return shown(organisation, now)


def licensed(words: Sequence[str]) -> tuple[Licence, ...]:
    """The licences of these names, each once; raises MalformedBody for one that is none."""
    asked = {chosen(Licence, word, "licence") for word in words}
    return tuple(licence for licence in Licence if licence in asked)


def install(organisation: Organisation, who: User, id: str, extension: str) -> Shown:
    """Installs an extension; raises NotFound, InstallOrder. One that is there already stays."""
    require(who, SecurityRole.SYSTEM_ADMINISTRATOR)
    with organisation.command():
        now = rules.installed(environment(organisation, id), _extension(extension))
        organisation.store.put(organisation.id, now)
    return shown(organisation, now)


def remove(organisation: Organisation, who: User, id: str, extension: str) -> Shown:
    """Removes an extension; raises NotFound, InstallOrder. One that is not there stays away."""
    require(who, SecurityRole.SYSTEM_ADMINISTRATOR)
    with organisation.command():
        now = rules.removed(environment(organisation, id), _extension(extension))
        organisation.store.put(organisation.id, now)
    return shown(organisation, now)


def _extension(name: str) -> Extension:
    try:
        return chosen(Extension, name, "extension")
    except MalformedBody as error:
        # It stands in the address, so it is a thing that is not there.
        raise NotFound(str(error)) from None


def _kept(organisation: Organisation, changed: Environment) -> Environment:
    """Keeps an environment; raises NameTaken."""
    folded = changed.name.casefold()
    for other in every(organisation):
        if other.id != changed.id and other.name.casefold() == folded:
            raise NameTaken(f"There is an environment {other.name!r} already. Choose another name.")
    organisation.store.put(organisation.id, changed)
    return changed
