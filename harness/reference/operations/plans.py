"""What a fresh organisation is to be, and what of that cannot be: nothing is made of a wrong plan.

Both the control surface and `--organisation FILE` read these types; every key has a default.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec

from harness.protocol.conversations import Generation
from harness.reference.clock import START, RealClock
from harness.reference.domain.desk import Mode, SecurityRole
from harness.reference.domain.environments import Environment, Extension, ordered
from harness.reference.domain.errors import DomainError, Malformed, MalformedBody, UnknownFault
from harness.reference.faults import CATALOGUE
from harness.reference.operations import environments, widgets
from harness.reference.operations.words import chosen, named

YEARS = range(2000, 2100)
"""Years that a clock may start in: every alarm from there on has an instant."""

ORIGINS = ("d365", "portal")


class PlannedEnvironment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An environment; None of a key: what provisioning Omnichannel brings, or leaves out."""

    name: str
    region: str = environments.REGION
    omnichannel: bool | None = None
    licences: tuple[str, ...] | None = None
    extensions: tuple[str, ...] | None = None


class PlannedUser(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A person beside the cast, or one of the cast with other roles."""

    name: str
    roles: tuple[str, ...]


class PlannedBot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A bot beside the first one; `environment` is a name, None the home one."""

    name: str
    origin: str = "d365"
    published: bool = True
    connected: bool | None = None
    connected_on: datetime | None = None
    environment: str | None = None
    teams_channel: bool | None = None

    @property
    def is_connected(self) -> bool:
        """Whether it is connected: said so, or by saying since when."""
        return self.connected_on is not None if self.connected is None else self.connected


USUAL = (PlannedEnvironment("Production"), PlannedEnvironment("Development"))
"""The environments of an organisation of which nobody says any."""


class Plan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fresh organisation. `connected`, `published` and `connected_on` are of its first bot.

    `mode` is of the workstream that takes chats; `widget` are settings (`domain.widgets`), `app_id`
    is the id that a page's tag has for it. `messages_a_minute` is what bots take of customers.
    """

    generation: Generation = Generation.WEB_APP
    id: str | None = None
    now: datetime | None = None
    faults: tuple[str, ...] = ()
    connected: bool = True
    published: bool = True
    connected_on: datetime | None = None
    environments: tuple[PlannedEnvironment, ...] = ()
    users: tuple[PlannedUser, ...] = ()
    bots: tuple[PlannedBot, ...] = ()
    applications: tuple[str, ...] = ()
    mode: Mode = Mode.PUSH
    widget: dict[str, Any] = {}
    app_id: str | None = None
    messages_a_minute: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)] = 800


def start(plan: Plan, *, virtual: bool) -> datetime:
    """The instant at which the organisation's clock will stand."""
    return plan.now or (START if virtual else RealClock().now())


def refuse_impossible(plan: Plan, now: datetime) -> None:
    """Raises Malformed, with the place in the plan, for one that cannot be; UnknownFault.

    `now` is the plan's `start`.
    """
    if now.tzinfo is None:
        raise MalformedBody("now needs an offset, for example 2026-03-02T09:00:00Z.")
    if now.year not in YEARS:
        raise Malformed(f"now is in a year from {YEARS[0]} to {YEARS[-1]}.")
    for key, id in (("id", plan.id), ("app_id", plan.app_id)):
        if id is not None:
            _refuse_id(key, id)
    refuse_unknown(plan.faults)
    _refuse_moment("connected_on", plan.connected_on, now, plan.connected)
    known = [each.name for each in environments_of(plan)]
    _refuse_repeated("environments", known)
    _refuse_repeated("users", [each.name for each in users_of(plan)])
    for number, bot in enumerate(plan.bots):
        _refuse_bot(f"bots[{number}]", bot, known, now)
    for number, name in enumerate(plan.applications):
        with _at(f"applications[{number}]"):
            named(name, "An application")
    with _at("widget"):
        widgets.planned("", plan.widget)


def refuse_unknown(faults: tuple[str, ...]) -> None:
    """Raises UnknownFault, which names the first fault that the catalogue does not have."""
    for name in faults:
        if name not in CATALOGUE:
            raise UnknownFault(f"There is no fault {name[:50]!r}. GET /control/faults lists them.")


def environments_of(plan: Plan) -> list[Environment]:
    """The environments, the home one first; raises DomainError, with the place."""
    made = []
    for number, planned in enumerate(plan.environments or USUAL):
        with _at(f"environments[{number}]"):
            made.append(_environment(planned, is_home=number == 0))
    return made


def _environment(planned: PlannedEnvironment, *, is_home: bool) -> Environment:
    has_desk = is_home if planned.omnichannel is None else planned.omnichannel
    made = environments.fresh(planned.name, planned.region, has_desk)
    if planned.licences is not None:
        made = replace(made, licences=environments.licensed(planned.licences))
    if planned.extensions is not None:
        asked = [chosen(Extension, word, "extension") for word in planned.extensions]
        made = replace(made, extensions=ordered(asked))
    return made


def users_of(plan: Plan) -> list[PlannedUser]:
    """The planned people, names without outer blanks; raises MalformedBody, with the place."""
    made = []
    for number, user in enumerate(plan.users):
        with _at(f"users[{number}]"):
            made.append(PlannedUser(named(user.name, "A person"), roles_of(user.roles)))
    return made


def roles_of(words: Sequence[str]) -> tuple[SecurityRole, ...]:
    """The roles of these names, each once; raises MalformedBody for one that is none."""
    asked = {chosen(SecurityRole, word, "role") for word in words}
    return tuple(role for role in SecurityRole if role in asked)


def _refuse_id(key: str, written: str) -> None:
    try:
        id = str(UUID(written))
    except ValueError:
        raise Malformed(f"{key} is a GUID, not {written[:50]!r}.") from None
    if id != written:
        raise Malformed(f"{key} is a GUID in lower case, not {written!r}.")


def _refuse_bot(place: str, bot: PlannedBot, environments: Sequence[str], now: datetime) -> None:
    with _at(place):
        named(bot.name, "A bot")
        if bot.origin not in ORIGINS:
            raise MalformedBody(f"origin is one of {', '.join(ORIGINS)}, not {bot.origin[:20]!r}.")
        if bot.environment is not None and bot.environment not in environments:
            raise MalformedBody(
                f"There is no environment {bot.environment[:50]!r}; there are"
                f" {', '.join(environments)}."
            )
    _refuse_moment(f"{place}.connected_on", bot.connected_on, now, bot.connected is not False)


def _refuse_moment(place: str, when: datetime | None, now: datetime, connected: bool) -> None:
    """Raises MalformedBody for an instant at which nobody can have connected a bot."""
    if when is None:
        return
    if when.tzinfo is None:
        raise MalformedBody(f"{place} needs an offset, for example 2021-10-04T09:00:00Z.")
    if when > now:
        raise MalformedBody(f"{place} lies after the beginning, {now.isoformat()}.")
    if not connected:
        raise MalformedBody(f"{place} is for a connected bot: leave out connected: false.")


def _refuse_repeated(place: str, names: Sequence[str]) -> None:
    folded = [name.casefold() for name in names]
    for number, name in enumerate(names):
        if folded[number] in folded[:number]:
            raise MalformedBody(f"{place}[{number}]: there is {name[:50]!r} twice.")


@contextmanager
def _at(place: str) -> Iterator[None]:
    """Says of a refusal where in the plan its cause is."""
    try:
        yield
    except DomainError as error:
        raise type(error)(f"{place}: {error}") from None
