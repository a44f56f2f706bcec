"""Who can be in a scenario, and how each role is played: over the wire or in a window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

from harness.errors import Inconclusive, NotApplicable
from harness.ledger.book import Book
from harness.ledger.listening import NotedAgent, NotedCustomer, NotedSupervisor
from harness.protocol.organisations import Account, Organisation
from harness.timepiece import Timepiece

if TYPE_CHECKING:
    from harness.evidence.sources import Evidence
    from harness.pages.browser import Browser, Window
    from harness.protocol.roles import Caller, Customer, Visitor
    from harness.target import Target

CUSTOMERS = ("Ada", "Cleo", "Dan", "Eve")
AGENTS = ("Ben", "Bea")
SUPERVISORS = ("Sam",)
MAKERS = ("Mia", "Noah")
ADMINISTRATORS = ("Olga",)
PLATFORM = ("Pia",)
CALLERS = ("Finn", "Gina")
OUTSIDE_BOTS = ("Rex",)


@dataclass(frozen=True, slots=True)
class Part:
    """How a role with an account is played: on which surface, by which actor or page."""

    surface: str
    actor: str
    page: str
    played_as: str = ""
    """The role that a target's file names, where it is another one."""


PARTS = {
    "agent": Part("workspace", "harness.actors.desk:Agent", "harness.pages.workspace:AgentPage"),
    "supervisor": Part(
        "workspace", "harness.actors.desk:Supervisor", "harness.pages.workspace:SupervisorPage"
    ),
    "maker": Part("portal", "harness.actors.maker:Maker", "harness.pages.portal:MakerPage"),
    "administrator": Part(
        "admin", "harness.actors.maker:Administrator", "harness.pages.admin:AdministratorPage"
    ),
    "platform": Part(
        "platform", "harness.actors.platform:Platform", "harness.pages.platform:PlatformPage"
    ),
    "lifecycle": Part(
        "power-apps",
        "harness.actors.lifecycle:Lifecycle",
        "harness.pages.power_apps:LifecyclePage",
        played_as="maker",
    ),
    "dataverse": Part("dataverse", "harness.actors.dataverse:Dataverse", "", played_as="platform"),
}

NOTED = {"agent": NotedAgent, "supervisor": NotedSupervisor}
"""Whose words and looks are noted, beside the customers'."""

PAGED = ("maker", "administrator", "platform", "lifecycle")
"""Who works in pages where a scenario is run so; agents and supervisors as the target says."""


class Players:
    """Makes the people of one scenario, each when a step first names them.

    `driver` plays the customers: `widget` or `api`; `found` gives the scenario's organisation.
    """

    def __init__(
        self,
        target: Target,
        driver: str,
        found: Callable[[], Organisation],
        browser: Callable[[], Browser] | None,
        evidence: Evidence | None,
    ) -> None:
        self._target = target
        self._driver = driver
        self._found = found
        self._browser = browser or _no_browser
        self._evidence = evidence
        self.windows: list[Window] = []
        self.handles_files = False
        """Whether the customers' pages are of a host whose client can send files."""
        self.book = Book()
        self.time = Timepiece(
            self.windows, pace=target.pace or 1, budget=target.waits.real_time_budget
        )

    @cached_property
    def _organisation(self) -> Organisation:
        return self._found()

    def refuse_unplayable(self, role: str) -> None:
        """Raises NotApplicable for a role that the target has nobody for."""
        drivers = self._drivers(role)
        if drivers == ("none",):
            raise NotApplicable(f"target {self._target.name} has nobody to play the {role}")
        if drivers == ("ask",):
            raise NotApplicable(f"a {role} played by a person who is asked is not supported yet")

    def _drivers(self, role: str) -> tuple[str, ...]:
        named = PARTS[role].played_as if role in PARTS else ""
        return self._target.drivers(named or role)

    def works_in_pages(self, role: str) -> bool:
        """Whether the role is played in a window, in a scenario that is run so."""
        drivers = self._drivers(role)
        wanted = self._driver == "portal" and role in PAGED
        return drivers[0] == "browser" or (wanted and "browser" in drivers)

    def signs_in(self, name: str, role: str) -> Any:
        """Somebody with an account: over the wire, or in a window of their own."""
        works_on = (self._organisation.bot,) if role == "maker" else ()
        if self.works_in_pages(role):
            person = self.in_window(name, role, *works_on)
        else:
            from harness.actors.session import Session  # noqa: PLC0415  (start-up, as all below)

            session = Session(self._target.client, self._place(role), self._account(name))
            person = _class(PARTS[role].actor)(session, *works_on)
        if role in NOTED:
            person = NOTED[role](person, self.book)
        if self._evidence and hasattr(person, "last_seen"):
            self._evidence.transcript_source(f"{name} ({role})", person.last_seen)
        return person

    def in_window(self, name: str, role: str, *works_on: str) -> Any:
        """Somebody with an account, in a window of their own."""
        account = self._account(name)
        page = _class(PARTS[role].page)
        return page(self._opens_window(name), self._place(role), account, *works_on)

    def customer(self, name: str, role: str) -> Customer:
        """A customer in the widget, or over the wire."""
        snippet = self._organisation.snippet
        if self._driver == "widget":
            from harness.pages.afterwards import FILES_HOST, under  # noqa: PLC0415
            from harness.pages.widget import WidgetPage  # noqa: PLC0415

            url = under(FILES_HOST, snippet.page) if self.handles_files else snippet.page
            page = WidgetPage(self._overhears(name), name, url, snippet)
            if self._evidence:
                self._evidence.transcript_source(f"{name} ({role})", page.transcript)
            return NotedCustomer(page, self.book)
        from harness.actors.customer import Customer  # noqa: PLC0415

        customer = Customer(self._target.client, snippet, name)
        if self._evidence:
            self._evidence.transcript_source(f"{name} ({role})", customer.last_seen)
        return NotedCustomer(customer, self.book)

    def visitor(self, name: str) -> Visitor:
        """A customer on the bot's own website: before a page with its embed code, or polling."""
        made = self._organisation
        if self._driver == "widget":
            from harness.pages.canvas import CanvasPage  # noqa: PLC0415

            return CanvasPage(self._overhears(name), name, f"{made.snippet.page}?embed=bot")
        from harness.actors.website import Visitor  # noqa: PLC0415

        place = f"{made.url}/website/{made.id}/powervirtualagents/botsbyschema/{made.bot}"
        endpoint = f"{place}/directline/token?api-version=2022-03-01-preview"
        return Visitor(self._target.client, endpoint, made.url, name)

    def caller(self, name: str, role: str) -> Caller:
        """A caller with a number of their own; raises NotApplicable where nobody can be called."""
        from harness.actors.caller import Caller  # noqa: PLC0415

        made = self._organisation
        numbers = dict(zip(CALLERS, made.callers, strict=False))
        if not made.number or name not in numbers:
            raise NotApplicable(
                f"target {self._target.name} has no number to call, or none for {name}, in the "
                f"generation {made.generation}; a scenario of calls is tagged @classic"
            )
        return Caller(self._target.client, made, name, numbers[name])

    def _place(self, role: str) -> str:
        return f"{self._organisation.url}/{PARTS[role].surface}/{self._organisation.id}"

    def _account(self, name: str) -> Account:
        account = self._organisation.account(name)
        if account is None:
            variable = self._target.secrets.get(name)
            how = f"set {variable}" if variable else f"name a variable for {name} in [secrets]"
            raise Inconclusive(f"target {self._target.name} has no token for {name}: {how}")
        return account

    def _overhears(self, name: str) -> Window:
        """A window for somebody who chats; what is said there is held against schemas."""
        window = self._opens_window(name)
        if self._evidence:
            from harness.pages.overheard import overhear  # noqa: PLC0415

            overhear(window.page, name, self._evidence)
        return window

    def _opens_window(self, name: str) -> Window:
        now = self._organisation.now
        window = self._browser().open(now and now + self.time.passed)
        self.windows.append(window)
        if self._evidence:
            self._evidence.picture_source(name, window.picture)
            self._evidence.trace_source(name, window.saves_trace)
        return window


def _no_browser() -> Browser:
    raise Inconclusive("no browser for somebody who is played in one")


def _class(path: str) -> Any:
    """The class that `module:Class` names, imported now."""
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)
