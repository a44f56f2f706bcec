"""The people of a scenario: a name in a sentence is a role, played as the target allows.

Nobody is created before a step names them, the organisation neither. A role that the target cannot
have played makes the scenario not applicable, with that reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

from harness import tidying
from harness.errors import Inconclusive, NotApplicable
from harness.ledger.book import Book
from harness.ledger.listening import NotedAgent, NotedCustomer, NotedSupervisor
from harness.protocol.conversations import Generation, Presence
from harness.protocol.organisations import Account, Organisation
from harness.protocol.portal import Connector
from harness.timepiece import Timepiece

if TYPE_CHECKING:
    from harness.actors.operator import Operator
    from harness.evidence.sources import Evidence
    from harness.expect.customers import Witness
    from harness.pages.browser import Browser, Window
    from harness.protocol.roles import (
        Administrator,
        Agent,
        Caller,
        Customer,
        Editor,
        Maker,
        OutsideBot,
        Reader,
        Supervisor,
        Widget,
    )
    from harness.target import Target

CUSTOMERS = ("Ada", "Cleo", "Dan", "Eve")
AGENTS = ("Ben", "Bea")
SUPERVISORS = ("Sam",)
MAKERS = ("Mia", "Noah")
ADMINISTRATORS = ("Olga",)
CALLERS = ("Finn", "Gina")
OUTSIDE_BOTS = ("Rex",)


@dataclass(frozen=True, slots=True)
class Part:
    """How a role with an account is played: on which surface, by which actor or page."""

    surface: str
    actor: str
    page: str


PARTS = {
    "agent": Part("workspace", "harness.actors.desk:Agent", "harness.pages.workspace:AgentPage"),
    "supervisor": Part(
        "workspace", "harness.actors.desk:Supervisor", "harness.pages.workspace:SupervisorPage"
    ),
    "maker": Part("portal", "harness.actors.maker:Maker", "harness.pages.portal:MakerPage"),
    "administrator": Part(
        "admin", "harness.actors.maker:Administrator", "harness.pages.portal:AdministratorPage"
    ),
}


NOTED = {"agent": NotedAgent, "supervisor": NotedSupervisor}
"""Whose words and looks are noted, beside the customers'."""

PAGED = ("maker", "administrator", "platform")
"""Who works in pages where a scenario is run so; agents and supervisors as the target says."""


class Cast:
    """Who takes part in one scenario, and the organisation that is theirs.

    `driver` plays the customers: `widget` or `api`. `browser` gives the worker's browser.
    """

    def __init__(
        self,
        target: Target,
        generation: Generation,
        driver: str = "api",
        faults: Sequence[str] = (),
        browser: Callable[[], Browser] | None = None,
        evidence: Evidence | None = None,
    ) -> None:
        self.target = target
        self.generation = generation
        self.driver = driver or "api"
        self.faults = tuple(faults)
        self._browser = browser or _no_browser
        self._windows: list[Window] = []
        self._evidence = evidence
        self._people: dict[str, Any] = {}
        self._visiting: set[str] = set()
        self.outside: dict[str, OutsideBot] = {}
        """Bots that run elsewhere and take part, by name."""
        self._restore: list[Callable[[], None]] = []
        self.book = Book()
        self._time = Timepiece(
            self._windows, pace=target.pace or 1, budget=target.waits.real_time_budget
        )

    @cached_property
    def organisation(self) -> Organisation:
        """The scenario's organisation: made now where the target has a control surface."""
        made = (
            self.operator.makes_organisation(self.generation, self.faults)
            if self.operator
            else self.target.organisation()
        )
        if self._evidence:
            for account in made.accounts:
                self._evidence.secret(account.token)
        return made

    @cached_property
    def operator(self) -> Operator | None:
        """Whoever holds the control surface; None where the target has none."""
        from harness.actors.operator import Operator  # noqa: PLC0415  (start-up, as all below)

        control = self.target.address().get("control")
        return Operator(self.target.client, control) if control else None

    def customer(self, name: str) -> Customer:
        customer: Customer = self._person(name, "customer", CUSTOMERS, self._makes_customer)
        return customer

    def visits(self, name: str) -> None:
        """Let the customer meet the bot on its own website, outside the desk, from now on."""
        from harness.actors.website import Visitor  # noqa: PLC0415

        made = self.organisation
        if not made.url:
            raise NotApplicable(f"target {self.target.name} has no website of the bot's own")
        place = f"{made.url}/website/{made.id}/powervirtualagents/botsbyschema/{made.bot}"
        endpoint = f"{place}/directline/token?api-version=2022-03-01-preview"
        self._visiting.add(name)
        self._people[name] = Visitor(self.target.client, endpoint, made.url, name)

    def widget(self, name: str) -> Widget:
        """The customer, looked at through the page; not applicable without a browser."""
        if self.driver != "widget":
            raise NotApplicable("only a customer in the widget sees the page")
        page: Any = self.customer(name)
        widget: Widget = page
        return widget

    def agent(self, name: str) -> Agent:
        agent: Agent = self._person(name, "agent", AGENTS, self._signs_in)
        return agent

    def others(self, name: str) -> Sequence[Agent]:
        """Every agent but this one."""
        return [self.agent(other) for other in AGENTS if other != name]

    def supervisor(self, name: str) -> Supervisor:
        supervisor: Supervisor = self._person(name, "supervisor", SUPERVISORS, self._signs_in)
        return supervisor

    def maker(self, name: str) -> Maker:
        maker: Maker = self._person(name, "maker", MAKERS, self._signs_in)
        return maker

    def editor(self, name: str) -> Editor:
        """The maker before the pages of the topic editor; not applicable without a browser."""
        if "browser" not in self.target.drivers("maker"):
            raise NotApplicable("only a maker played in a browser sees the topic editor")
        maker: Any = self.maker(name)
        key = name if self._works_in_pages("maker") else f"{name}'s editor"
        if key not in self._people:
            self._people[key] = self._in_window(name, "maker", maker.works_on)
        editor: Editor = self._people[key]
        return editor

    def administrator(self, name: str) -> Administrator:
        administrator: Administrator = self._person(
            name, "administrator", ADMINISTRATORS, self._signs_in
        )
        return administrator

    def joins(self, name: str, connector: Connector) -> None:
        """A bot that runs elsewhere takes part from now on."""
        from harness.actors.outside import OutsideBot  # noqa: PLC0415

        self.outside[name] = OutsideBot(self.target.client, connector, name)

    def caller(self, name: str) -> Caller:
        caller: Caller = self._person(name, "caller", CALLERS, self._makes_caller)
        return caller

    @property
    def desk(self) -> Reader:
        """Whoever at the desk can look at any conversation."""
        if self.target.drivers("supervisor") != ("none",):
            return self.supervisor(SUPERVISORS[0])
        return self.agent(AGENTS[0])

    @property
    def on_the_phone(self) -> Sequence[str]:
        """The callers that take part."""
        return [name for name in CALLERS if name in self._people]

    def readers(self, conversation: str) -> Iterator[Callable[[], Reader]]:
        """Who can be asked to look at a conversation: the agent who last did, anybody else."""
        if name := self.book.desk(conversation).reader:
            yield lambda: self.agent(name)
        yield lambda: self.desk

    def conversation(self, name: str) -> str:
        """The desk's id of what a customer or caller has begun."""
        if name in CALLERS:
            return self.caller(name).call().conversation
        return self.customer(name).conversation_id()

    def nobody_is_available(self) -> None:
        """Let every agent of the cast go offline."""
        for name in AGENTS:
            self.agent(name).sets_presence(Presence.OFFLINE)

    def witness(self, name: str) -> Witness:
        """A way to have something happen in a customer's chat: whoever holds it says something.

        Who that is, is asked when it is needed: a chat that was wrongly closed has nobody.
        """
        return lambda: self._witness(name)()

    def _witness(self, name: str) -> Witness:
        from harness.expect import conversations  # noqa: PLC0415

        customer = self.customer(name)
        if name in self._visiting:
            return lambda: conversations.answers(customer, "opening hours")
        conversation = self.conversation(name)
        assignee = self.desk.reads(conversation).assignee
        if assignee is None:
            raise Inconclusive(f"nobody holds {name}'s conversation who could bear witness")
        if assignee.name in AGENTS:
            agent = self.agent(assignee.name)
            return lambda: conversations.arrives(customer, agent, conversation)
        if assignee.name in self.outside:
            bot = self.outside[assignee.name]
            return lambda: conversations.arrives(customer, bot, conversation)
        return lambda: conversations.answers(customer, "opening hours")

    def time_passes(self, length: timedelta) -> None:
        """Move the organisation's clock and that of every page; wait where no clock can be moved.

        Real waiting ends where the target's budget for a scenario does: not applicable then.
        """
        if self.operator and not self.target.pace:
            operator, id = self.operator, self.organisation.id
            self._time.moves(length, lambda leap: operator.advances(id, leap))
        else:
            self._time.waits(length)

    def reached(self) -> frozenset[str]:
        """The faults of the scenario's organisation or process whose deviating code has run."""
        if self.operator is None or "organisation" not in self.__dict__:
            return frozenset()
        return frozenset(self.operator.reached(self.organisation.id))

    def leaves(self) -> None:
        """End what the scenario has begun, and remove its organisation; nothing here is judged."""
        if self.operator is None:
            self._tidies_up()
        for person in self._people.values():
            if hasattr(person, "leaves"):
                tidying.quietly(person.leaves)
        for window in self._windows:
            window.close()
        if self.operator and "organisation" in self.__dict__:
            self.operator.removes(self.organisation.id)

    def _tidies_up(self) -> None:
        """In an organisation that stays: leave no chat, no agent on duty, no changed bot."""
        chatting = [who for name, who in self._people.items() if name in CUSTOMERS]
        working = [who for name, who in self._people.items() if name in AGENTS]
        tidying.ends_chats(chatting, working)
        for restore in reversed(self._restore):
            tidying.quietly(restore)

    def _keeps(self, maker: Maker) -> None:
        """Remember how a bot that others use is set up, to put back what the maker changes."""
        administrator = ADMINISTRATORS[0]
        self._restore.append(
            tidying.restores(maker, lambda bot: self.administrator(administrator).assigns_bot(bot))
        )

    def _arranged(self, administrator: Administrator) -> None:
        """Remember how the desk is set, to put it back."""
        connects = self.maker(MAKERS[0]).connects
        self._restore.append(tidying.rearranges(administrator, connects))

    def _person(
        self, name: str, role: str, names: Sequence[str], make: Callable[[str, str], Any]
    ) -> Any:
        if name in self._people:
            return self._people[name]
        drivers = self.target.drivers(role)
        if drivers == ("none",):
            raise NotApplicable(f"target {self.target.name} has nobody to play the {role}")
        if drivers == ("ask",):
            raise NotApplicable(f"a {role} played by a person who is asked is not supported yet")
        if name not in names:
            raise Inconclusive(f"{name} is no {role}; there are {', '.join(names)}")
        person = self._people[name] = make(name, role)
        return person

    def _signs_in(self, name: str, role: str) -> Any:
        """Somebody with an account: over the wire, or in a window of their own."""
        works_on = (self.organisation.bot,) if role == "maker" else ()
        if self._works_in_pages(role):
            person = self._in_window(name, role, *works_on)
        else:
            from harness.actors.session import Session  # noqa: PLC0415

            session = Session(self.target.client, self._place(role), self._account(name))
            person = _class(PARTS[role].actor)(session, *works_on)
        if role in NOTED:
            person = NOTED[role](person, self.book)
        if role == "maker" and self.operator is None:
            self._keeps(person)
        if role == "administrator" and self.operator is None:
            tidying.quietly(self._arranged, person)
        if self._evidence and hasattr(person, "last_seen"):
            self._evidence.transcript_source(f"{name} ({role})", person.last_seen)
        return person

    def _works_in_pages(self, role: str) -> bool:
        drivers = self.target.drivers(role)
        wanted = self.driver == "portal" and role in PAGED
        return drivers[0] == "browser" or (wanted and "browser" in drivers)

    def _in_window(self, name: str, role: str, *works_on: str) -> Any:
        """Somebody with an account, in a window of their own."""
        account = self._account(name)
        return _class(PARTS[role].page)(
            self._opens_window(name), self._place(role), account, *works_on
        )

    def _place(self, role: str) -> str:
        return f"{self.organisation.url}/{PARTS[role].surface}/{self.organisation.id}"

    def _account(self, name: str) -> Account:
        account = self.organisation.account(name)
        if account is None:
            variable = self.target.secrets.get(name)
            how = f"set {variable}" if variable else f"name a variable for {name} in [secrets]"
            raise Inconclusive(f"target {self.target.name} has no token for {name}: {how}")
        return account

    def _makes_customer(self, name: str, role: str) -> Customer:
        snippet = self.organisation.snippet
        if self.driver == "widget":
            from harness.pages.widget import WidgetPage  # noqa: PLC0415

            page = WidgetPage(self._opens_window(name), name, snippet.page)
            if self._evidence:
                self._evidence.transcript_source(f"{name} ({role})", page.transcript)
            return NotedCustomer(page, self.book)
        from harness.actors.customer import Customer  # noqa: PLC0415

        customer = Customer(self.target.client, snippet, name)
        if self._evidence:
            self._evidence.transcript_source(f"{name} ({role})", customer.last_seen)
        return NotedCustomer(customer, self.book)

    def _opens_window(self, name: str) -> Window:
        now = self.organisation.now
        window = self._browser().open(now and now + self._time.passed)
        self._windows.append(window)
        if self._evidence:
            self._evidence.picture_source(name, window.picture)
            self._evidence.trace_source(name, window.saves_trace)
        return window

    def _makes_caller(self, name: str, role: str) -> Caller:
        from harness.actors.caller import Caller  # noqa: PLC0415

        numbers = dict(zip(CALLERS, self.organisation.callers, strict=False))
        if not self.organisation.number or name not in numbers:
            raise NotApplicable(
                f"target {self.target.name} has no number to call, or none for {name}, in the "
                f"generation {self.generation}; a scenario of calls is tagged @classic"
            )
        return Caller(self.target.client, self.organisation, name, numbers[name])


def _no_browser() -> Browser:
    raise Inconclusive("no browser for somebody who is played in one")


def _class(path: str) -> Any:
    """The class that `module:Class` names, imported now."""
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)
