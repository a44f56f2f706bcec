"""A connection and what it depends on: refusals, warnings, the Teams channel, the bot's user."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from harness.errors import Refused
from harness.expect import applications, bots, connections, customers, environments
from harness.protocol.conversations import Role
from harness.protocol.dataverse import SystemUser
from harness.protocol.environments import Environment
from harness.protocol.portal import (
    ApplicationUser,
    Connection,
    ConnectionState,
    Notice,
    Session,
)
from tests.drivers.people import Chatter, line

CONNECTED, NEW = ConnectionState.CONNECTED, ConnectionState.NOT_CONFIGURED
CHOSEN = ConnectionState.ENVIRONMENT_SELECTED
ID = "77777777-8888-4999-8aaa-bbbbbbbbbbbb"


@dataclass
class World:
    """A maker, an administrator and somebody of the platform in one, who see what a test says."""

    connected: Connection | None = None
    users: Sequence[ApplicationUser] = ()
    places: Sequence[Environment] = ()
    kept: Session | None = None
    works_on: str = "b-1"
    counts: bool = True

    def connection(self) -> Connection:
        return self.connected or Connection(CONNECTED)

    def application_users(self) -> Sequence[ApplicationUser]:
        return self.users

    def has_analytics(self, bot: str) -> bool:
        return self.counts

    def environments(self) -> Sequence[Environment]:
        return self.places

    def session(self, conversation: str) -> Session | None:
        return self.kept


@dataclass
class Rows:
    """Dataverse with these users."""

    found: Sequence[SystemUser]

    def application_users(self, environment: str) -> Sequence[SystemUser]:
        return self.found


def row(*, disabled: bool = False, application: str = ID) -> SystemUser:
    return SystemUser("u-1", "Beta Helper", disabled, application, ("Omnichannel agent",))


def pane(state: ConnectionState = CONNECTED, **more: Any) -> Any:
    return World(Connection(state, **more))


def users(*found: ApplicationUser) -> Any:
    return World(users=found)


def user(
    *, disabled: bool = False, role: str = "Omnichannel agent", application: str = ID
) -> ApplicationUser:
    return ApplicationUser("u-1", "Beta Helper", disabled, (role,), "b", application)


def said(name: str, code: int | None = None, status: int = 409, text: str = "no") -> Refused:
    return Refused(status, code, name, text)


def place(*extensions: str) -> Any:
    return World(places=[Environment("e-1", "North", "Europe", True, (), extensions)])


def kept(role: str) -> Any:
    activity = {"type": "message", "text": "opening hours", "from": {"role": role}}
    return World(kept=Session("c-1", None, True, 1, activities=(activity,)))


def told(*texts: str) -> Any:
    return Chatter([line(Role.BOT, text) for text in texts])


def _sorry(conversation: str = "c-1", time: str = "2026-03-02T09:00:00Z", code: int = 2013) -> Any:
    return told(f"Sorry. Error code: {code}. Conversation ID: {conversation}. Time (UTC): {time}.")


WARNED = (Notice("missingExtensions", "", "warning"),)
INVITED = said("OmnichannelNotProvisioned", text="Begin a trial of Omnichannel there.")
MALFORMED = "ApplicationIdMalformed"


def pair(
    check: Callable[..., None], good: Sequence[Any], bad: Sequence[Any]
) -> tuple[str, Any, Any]:
    """A case: the check of what it must let pass, and of what it must notice."""
    name = f"{check.__module__.rpartition('.')[2]}.{check.__name__}"
    return name, lambda: check(*good), lambda: check(*bad)


APART = pane(analytics_available=False)
HERE: Any = World()
AFAR: Any = World(counts=False)

CASES: list[Any] = [
    pair(connections.is_not_connected, [pane(CHOSEN)], [pane()]),
    pair(connections.invites_to_trial, [INVITED], [None]),
    pair(connections.invites_to_trial, [INVITED], [said("OmnichannelNotProvisioned")]),
    pair(connections.invites_to_trial, [INVITED], [said("RegionMismatch", text="a trial")]),
    pair(
        connections.has_chosen,
        [pane(CHOSEN, environment_name="North"), "North"],
        [pane(CHOSEN, environment_name="South"), "North"],
    ),
    pair(
        connections.has_chosen,
        [pane(CHOSEN, environment_name="North"), "North"],
        [pane(environment_name="North"), "North"],
    ),
    pair(connections.follows_a_name_reading, [None, pane()], [None, pane(NEW)]),
    pair(
        connections.follows_a_name_reading,
        [said("BotNameTooLong"), pane(NEW)],
        [said("BotNameTooLong"), pane()],
    ),
    pair(
        connections.follows_a_name_reading,
        [said("BotNameTooLong"), pane(NEW)],
        [said("InsufficientRole"), pane(NEW)],
    ),
    pair(
        connections.follows_a_display_reading,
        [Connection(NEW)],
        [Connection(ConnectionState.DISCONNECTED)],
    ),
    pair(connections.shows_details, [pane()], [pane(legacy_display=True)]),
    pair(connections.shows_details, [pane()], [pane(NEW)]),
    pair(connections.warns_of_extensions, [pane(warnings=WARNED)], [pane()]),
    pair(
        connections.warns_of_extensions,
        [pane(warnings=WARNED)],
        [pane(warnings=(Notice("missingExtensions", "", "error"),))],
    ),
    pair(connections.warns_of_nothing, [pane()], [pane(warnings=WARNED)]),
    pair(connections.has_teams_channel, [pane(teams_channel=True)], [pane()]),
    pair(connections.lacks_teams_channel, [pane()], [pane(teams_channel=True)]),
    pair(connections.has_analytics, [pane(), HERE], [pane(analytics_available=False), HERE]),
    pair(connections.has_analytics, [pane(), HERE], [pane(), AFAR]),
    pair(connections.has_no_analytics, [APART, AFAR], [pane(), AFAR]),
    pair(connections.has_no_analytics, [APART, AFAR], [APART, HERE]),
    pair(
        applications.is_refused_as_duplicate,
        [said("DuplicateBotAppId", 1004)],
        [said("DuplicateBotAppId", 1005)],
    ),
    pair(
        applications.is_refused_as_duplicate,
        [said("DuplicateBotAppId", 1004)],
        [said("ApplicationIdInUse", 1004)],
    ),
    pair(applications.is_refused_as_duplicate, [said("DuplicateBotAppId", 1004)], [None]),
    pair(
        applications.is_refused_before_asking,
        [said(MALFORMED, status=0), MALFORMED],
        [said(MALFORMED, status=400), MALFORMED],
    ),
    pair(
        applications.is_refused_before_asking,
        [said(MALFORMED, status=0), MALFORMED],
        [None, MALFORMED],
    ),
    pair(applications.is_represented, [users(user()), "b"], [users(), "b"]),
    pair(applications.is_represented, [users(user()), "b"], [users(user(disabled=True)), "b"]),
    pair(applications.is_represented, [users(user()), "b"], [users(user(role="Reader")), "b"]),
    pair(applications.is_represented, [users(user()), "b"], [users(user(), user()), "b"]),
    pair(
        applications.has_application,
        [users(user()), "b", ID.upper()],
        [users(user(application="")), "b", ID],
    ),
    pair(applications.has_application, [users(user()), "b", ID], [users(), "b", ID]),
    pair(
        applications.agrees_with_dataverse,
        [users(user()), Rows([row()]), "e-1", "b"],
        [users(user()), Rows([row(disabled=True)]), "e-1", "b"],
    ),
    pair(
        applications.agrees_with_dataverse,
        [users(user()), Rows([row(application=ID.upper())]), "e-1", "b"],
        [users(user()), Rows([row(application="")]), "e-1", "b"],
    ),
    pair(
        applications.agrees_with_dataverse,
        [users(user()), Rows([row()]), "e-1", "b"],
        [users(), Rows([row()]), "e-1", "b"],
    ),
    pair(
        environments.has_extensions,
        [place("one", "two"), "North", ["two"]],
        [place("one"), "North", ["two"]],
    ),
    pair(
        environments.has_extensions,
        [place("one"), "North", ["one"]],
        [place("one"), "South", ["one"]],
    ),
    pair(
        bots.keeps_words,
        [kept("user"), "c-1", "opening hours"],
        [kept("bot"), "c-1", "opening hours"],
    ),
    pair(customers.is_told_of_failure, [_sorry(), 2013, "c-1"], [_sorry(code=2009), 2013, "c-1"]),
    pair(customers.is_told_of_failure, [_sorry(), 2013, "c-1"], [_sorry("c-2"), 2013, "c-1"]),
    pair(customers.is_told_of_failure, [_sorry(), 2013, "c-1"], [_sorry(time="soon"), 2013, "c-1"]),
    pair(
        customers.sees_once,
        [told("Nice to meet you"), "Nice", lambda: None],
        [told("Nice to meet you", "Nice to meet you"), "Nice", lambda: None],
    ),
    pair(customers.sees_once, [told("Nice"), "Nice", lambda: None], [told(), "Nice", lambda: None]),
]
