"""Pages of the portal, and what testing, disabling and disconnecting leave of a connection."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from harness.errors import Refused
from harness.expect import connections, conversations, portals
from harness.protocol.conversations import Line, Role
from harness.protocol.pages import Entry, Said
from harness.protocol.portal import ApplicationUser, Connection, ConnectionState, Verification
from tests.drivers.people import Chatter, line

USER = ApplicationUser("u", "Alpine Helper", disabled=False, application_id="a")
MADE = Connection(
    ConnectionState.CONNECTED,
    USER,
    environment="e",
    environment_name="Contact centre",
    application_id="a",
)
ENTRY = Entry("b", "connected", USER, "a", "Contact centre", ("Application user", "Workstreams"))


@dataclass
class Page:
    """A page of the portal that shows what a test tells it to show."""

    labels: Sequence[str] = ("Save",)
    fields: Sequence[str] = ()
    told: Sequence[Said] = ()
    named: Sequence[str] = ()
    opened: Entry | None = None
    made: Connection = MADE
    works_on: str = "b"
    pressed: list[str] = field(default_factory=list)

    def offers(self) -> Sequence[str]:
        return self.labels

    def asks_for(self) -> Sequence[str]:
        return self.fields

    def says(self) -> Sequence[Said]:
        return self.told

    def tiles(self) -> Sequence[str]:
        return self.named

    def presses(self, label: str) -> None:
        self.pressed.append(label)

    def entry(self) -> Entry:
        if self.opened is None:
            raise Refused(0, None, "NotShown", "the portal")
        return self.opened

    def connection(self) -> Connection:
        return self.made


def page(*labels: str, **seen: Any) -> Any:
    return Page(labels, **seen) if labels else Page(**seen)


def entry(**changes: Any) -> Any:
    return Page(opened=replace(ENTRY, **changes))


def connected(**changes: Any) -> Any:
    return Page(made=replace(MADE, **changes))


def tested(text: str, *, succeeded: bool) -> Any:
    return connected(verification=Verification(succeeded, text))


def chat(*lines: Line) -> Any:
    return Chatter(list(lines))


def warned(text: str = "No access to variables and actions.", **how: Any) -> Any:
    return Page(told=[Said("missingExtensions", text, **({"severity": "warning"} | how))])


BOT = line(Role.BOT, "Hello")
ADA = line(Role.CUSTOMER, "hello")
SORRY = line(Role.BOT, "Sorry. Error code: 2013.")
TILE = "Customer Engagement"

Case = tuple[str, Callable[[], None], Callable[[], None]]
OFFERS: tuple[Case, ...] = (
    (
        "portals.offers",
        lambda: portals.offers(page("Edit", "Enable"), "Enable"),
        lambda: portals.offers(page("Edit"), "Enable"),
    ),
    (
        "portals.withholds",
        lambda: portals.withholds(page("Disconnect"), "Refresh"),
        lambda: portals.withholds(page("Disconnect", "Refresh"), "Refresh"),
    ),
    (
        "portals.withholds",
        lambda: portals.withholds(page("Disconnect"), "Refresh"),
        lambda: portals.withholds(page(labels=()), "Refresh"),
    ),
    (
        "portals.shows_tile",
        lambda: portals.shows_tile(page(named=["Omnichannel"]), "Omnichannel"),
        lambda: portals.shows_tile(page(named=["Others"]), "Omnichannel"),
    ),
    (
        "portals.keeps_under",
        lambda: portals.keeps_under(page("Disconnect", named=[TILE]), "Disconnect", TILE),
        lambda: portals.keeps_under(page("Save", named=[TILE]), "Disconnect", TILE),
    ),
    (
        "portals.keeps_under",
        lambda: portals.keeps_under(page("Disconnect", named=[TILE]), "Disconnect", TILE),
        lambda: portals.keeps_under(page("Disconnect"), "Disconnect", TILE),
    ),
    (
        "portals.follows_a_reading_of_disable",
        lambda: portals.follows_a_reading_of_disable(page("Disable"), "Disable"),
        lambda: portals.follows_a_reading_of_disable(page(labels=()), "Disable"),
    ),
)
FIELDS: tuple[Case, ...] = (
    (
        "portals.asks_for",
        lambda: portals.asks_for(page(fields=["Application ID"]), "Application ID"),
        lambda: portals.asks_for(page(fields=["Application"]), "Application ID"),
    ),
    (
        "portals.asks_for_application",
        lambda: portals.asks_for_application(page(fields=["Application (client) ID"])),
        lambda: portals.asks_for_application(page(fields=["Name"])),
    ),
    (
        "portals.asks_for_no_application",
        lambda: portals.asks_for_no_application(page("Next", fields=["Name"])),
        lambda: portals.asks_for_no_application(page("Next", fields=["Application"])),
    ),
    (
        "portals.asks_for_no_application",
        lambda: portals.asks_for_no_application(page("Next")),
        lambda: portals.asks_for_no_application(page(labels=())),
    ),
    (
        "portals.asks_for_environment",
        lambda: portals.asks_for_environment(
            page("Development (Europe)", fields=["Environment"]), "Development"
        ),
        lambda: portals.asks_for_environment(
            page("Somewhere", fields=["Environment"]), "Development"
        ),
    ),
    (
        "portals.asks_for_environment",
        lambda: portals.asks_for_environment(
            page("Development", fields=["Environment"]), "Development"
        ),
        lambda: portals.asks_for_environment(page("Development"), "Development"),
    ),
)
TOLD: tuple[Case, ...] = (
    (
        "portals.cautions",
        lambda: portals.cautions(page(told=[Said("", "Keep to the data sovereignty laws.")])),
        lambda: portals.cautions(page(told=[Said("", "Welcome.")])),
    ),
    (
        "portals.begins_with_warning",
        lambda: portals.begins_with_warning(warned(first=True), ("variables", "actions")),
        lambda: portals.begins_with_warning(warned(), ("variables", "actions")),
    ),
    (
        "portals.begins_with_warning",
        lambda: portals.begins_with_warning(warned(first=True), ("variables", "actions")),
        lambda: portals.begins_with_warning(
            warned("Something is missing.", first=True), ("variables", "actions")
        ),
    ),
    (
        "portals.begins_with_warning",
        lambda: portals.begins_with_warning(warned(first=True), ("variables",)),
        lambda: portals.begins_with_warning(
            warned(first=True, severity="information"), ("variables",)
        ),
    ),
    (
        "portals.tells",
        lambda: portals.tells(
            page(told=[Said("cannotDetermine", "It is unknown.")]), "cannotDetermine"
        ),
        lambda: portals.tells(page(), "cannotDetermine"),
    ),
)
ENTRIES: tuple[Case, ...] = (
    (
        "portals.is_at_entry",
        lambda: portals.is_at_entry(entry()),
        lambda: portals.is_at_entry(entry(bot="other")),
    ),
    (
        "portals.is_at_entry",
        lambda: portals.is_at_entry(entry()),
        lambda: portals.is_at_entry(page()),
    ),
    (
        "portals.can_go_on",
        lambda: portals.can_go_on(entry()),
        lambda: portals.can_go_on(entry(sections=())),
    ),
    (
        "portals.shows_details",
        lambda: portals.shows_details(entry()),
        lambda: portals.shows_details(entry(environment="")),
    ),
    (
        "portals.shows_details",
        lambda: portals.shows_details(entry()),
        lambda: portals.shows_details(entry(application_user=None)),
    ),
)
CONNECTIONS: tuple[Case, ...] = (
    (
        "connections.is_disabled",
        lambda: connections.is_disabled(connected(state=ConnectionState.DISABLED)),
        lambda: connections.is_disabled(connected()),
    ),
    (
        "connections.keeps_configuration",
        lambda: connections.keeps_configuration(connected(state=ConnectionState.DISABLED), MADE),
        lambda: connections.keeps_configuration(connected(application_id=""), MADE),
    ),
    (
        "connections.is_unchanged",
        lambda: connections.is_unchanged(tested("It works.", succeeded=True), MADE),
        lambda: connections.is_unchanged(connected(state=ConnectionState.DISABLED), MADE),
    ),
    (
        "connections.is_confirmed",
        lambda: connections.is_confirmed(tested("", succeeded=True)),
        lambda: connections.is_confirmed(tested("The user is gone.", succeeded=False)),
    ),
    (
        "connections.is_confirmed",
        lambda: connections.is_confirmed(tested("", succeeded=True)),
        lambda: connections.is_confirmed(connected()),
    ),
    (
        "connections.is_found_broken",
        lambda: connections.is_found_broken(tested("The user is gone.", succeeded=False)),
        lambda: connections.is_found_broken(tested("", succeeded=False)),
    ),
    (
        "conversations.bot_has_stopped",
        lambda: conversations.bot_has_stopped(chat(BOT, ADA, SORRY)),
        lambda: conversations.bot_has_stopped(chat(BOT, ADA, BOT)),
    ),
)
CASES = OFFERS + FIELDS + TOLD + ENTRIES + CONNECTIONS
