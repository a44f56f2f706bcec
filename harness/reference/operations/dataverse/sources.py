"""Where the rows of each table come from: records of the organisation, found by what is known.

A source gets the values that some columns must have (`Pins`) and gives every record that can be
meant, perhaps more: the condition itself is asked of each row afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from harness.reference.domain.bots import Bot
from harness.reference.domain.dataverse.conditions import Pins
from harness.reference.domain.dataverse.making import (
    DEFAULT_SOLUTION,
    Package,
)
from harness.reference.domain.dataverse.people import Membership, Role, Single, SystemUser
from harness.reference.domain.dataverse.tables import Place
from harness.reference.domain.desk import SecurityRole, User
from harness.reference.domain.solutions import publisher_of, version_of
from harness.reference.operations import solutions as made
from harness.reference.operations.dataverse.components import components
from harness.reference.operations.dataverse.walking import known, texts, walked
from harness.reference.operations.organisations import Organisation
from harness.reference.store.port import Question

Source = Callable[[Organisation, Place, Pins], Iterator[Any]]

AGENT = (SecurityRole.AGENT,)
"""The role that Omnichannel gives to the application user of a bot (CON-40)."""


def bots(organisation: Organisation, place: Place, given: Pins) -> Iterator[Bot]:
    """The bots of the environment."""
    store, here = organisation.store, ("environment", place.environment)
    for name, field in (("botid", ""), ("schemaname", "schema"), ("name", "name")):
        if name in given:
            found = known(store, organisation.id, field, texts(given[name]), here)
            yield from (bot for bot in found if bot.environment == place.environment)
            return
    yield from walked(store, organisation.id, Question(having=here))


ANOTHER_STATE = ("dataverse_shows_another_state", "dataverse_knows_of_no_disconnect")
"""Deviations of CON-40 and DIS-01."""


def users(organisation: Organisation, place: Place, given: Pins) -> Iterator[SystemUser]:
    """The people of the organisation, then the application users of the bots connected here."""
    for user in _people(organisation, given):
        yield SystemUser(user.id, user.name, roles=user.roles)
    for bot in _connected(organisation, place, given):
        user_of = bot.connection.user
        if user_of is not None:
            turned = any(map(organisation.faults.deviates, ANOTHER_STATE))
            yield SystemUser(
                user_of.id,
                user_of.name,
                user_of.disabled is not turned,
                user_of.application,
                bot.id,
                AGENT,
                bot.connection.made,
            )


def _people(organisation: Organisation, given: Pins) -> list[User]:
    store = organisation.store
    if "systemuserid" in given:
        ids = texts(given["systemuserid"])
        return [user for id in ids if (user := store.get(organisation.id, User, id))]
    if {"applicationid", "msdyn_botapplicationid"} & given.keys():
        # A person has none; who asks for those without one asks for people.
        asked = (*given.get("applicationid", ()), *given.get("msdyn_botapplicationid", ()))
        return store.all(organisation.id, User) if None in asked else []
    return store.all(organisation.id, User)


USER_FIELDS = {
    "systemuserid": "connection.user.id",
    "applicationid": "connection.user.application",
    "msdyn_botapplicationid": "connection.user.application",
}


def _connected(organisation: Organisation, place: Place, given: Pins) -> Iterator[Bot]:
    """The bots connected here whose application users may be meant."""
    store, here = organisation.store, ("connection.environment", place.environment)
    by = next((n for n in USER_FIELDS if n in given and None not in given[n]), "")
    if by:
        found = known(store, organisation.id, USER_FIELDS[by], texts(given[by]), here)
    elif "fullname" in given and None not in given["fullname"]:
        names = texts(given["fullname"])
        asked = (Question(name, "connection.user.name", here) for name in names)
        found = (bot for one in asked for bot in walked(store, organisation.id, one))
    elif given.get("isdisabled") == (True,):
        disabled = Question(having=("connection.user.disabled", True))
        found = walked(store, organisation.id, disabled)
    else:
        found = walked(store, organisation.id, Question(having=here))
    return (bot for bot in found if bot.connection.environment == place.environment)


def roles(organisation: Organisation, place: Place, given: Pins) -> Iterator[Role]:
    """The security roles that the documents name, each with an id of this environment's."""
    return (Role(_role_id(place, role), role.value) for role in SecurityRole)


def _role_id(place: Place, role: str) -> str:
    return place.own(f"role/{role}")


def _memberships(organisation: Organisation, place: Place, given: Pins) -> Iterator[Membership]:
    for user in users(organisation, place, {}):
        for role in user.roles:
            yield Membership(place.own(f"{user.id}/{role}"), user.id, _role_id(place, role))


def solutions(organisation: Organisation, place: Place, given: Pins) -> Iterator[Package]:
    """The Default solution, and those that makers made or imported."""
    yield Package(DEFAULT_SOLUTION, "Default", "Default Solution")
    for solution in made.every(organisation, place.environment):
        version = version_of(solution, made.bots_of(organisation, solution))
        yield Package(solution.id, solution.name, solution.title, version, solution.managed)


def _publishers(organisation: Organisation, place: Place, given: Pins) -> Iterator[Single]:
    name = publisher_of(place.environment).name
    yield Single(place.own("publisher"), name, name)


def _units(organisation: Organisation, place: Place, given: Pins) -> Iterator[Single]:
    yield Single(place.own("businessunit"), place.name)


def _organisations(organisation: Organisation, place: Place, given: Pins) -> Iterator[Single]:
    yield Single(place.own("organization"), place.name)


SOURCES: dict[str, Source] = {
    "systemuser": users,
    "role": roles,
    "systemuserroles": _memberships,
    "bot": bots,
    "botcomponent": components,
    "solution": solutions,
    "publisher": _publishers,
    "businessunit": _units,
    "organization": _organisations,
}
"""Each table's source, by logical name."""
