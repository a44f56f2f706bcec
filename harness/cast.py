"""The people of a scenario: a name in a sentence is a role, played as the target allows.

Nobody is created before a step names them, the organisation neither. A role that the target cannot
have played makes the scenario not applicable, with that reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from harness import tidying
from harness.errors import Inconclusive, NotApplicable
from harness.players import (
    ADMINISTRATORS,
    AGENTS,
    CALLERS,
    CUSTOMERS,
    MAKERS,
    OUTSIDE_BOTS,
    PLATFORM,
    SUPERVISORS,
    Players,
)
from harness.protocol.conversations import Generation, Presence
from harness.protocol.organisations import Organisation
from harness.protocol.portal import Connector

if TYPE_CHECKING:
    from harness.actors.dataverse import Dataverse
    from harness.actors.operator import Operator
    from harness.evidence.sources import Evidence
    from harness.expect.customers import Witness
    from harness.pages.browser import Browser
    from harness.protocol.pages import Portal
    from harness.protocol.roles import (
        Administrator,
        Agent,
        Caller,
        Canvas,
        Customer,
        Editor,
        Lifecycle,
        Maker,
        OutsideBot,
        Platform,
        Reader,
        Supervisor,
        Visitor,
        Widget,
    )
    from harness.target import Target
    from harness.transport.exchanges import Exchange

__all__ = [
    "ADMINISTRATORS",
    "AGENTS",
    "CALLERS",
    "CUSTOMERS",
    "MAKERS",
    "OUTSIDE_BOTS",
    "PLATFORM",
    "SUPERVISORS",
    "Cast",
]

DESCRIBED = ("users", "bots", "environments", "applications")
"""Keys of a plan whose lists grow with each sentence about them."""


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
        self._evidence = evidence
        self._people: dict[tuple[str, str], Any] = {}
        self._visiting: set[str] = set()
        self.outside: dict[str, OutsideBot] = {}
        """Bots that run elsewhere and take part, by name."""
        self._restore: list[Callable[[], None]] = []
        self._plan: dict[str, Any] = {}
        self._players = Players(target, self.driver, lambda: self.organisation, browser, evidence)
        self.book = self._players.book

    @cached_property
    def organisation(self) -> Organisation:
        """The scenario's organisation: made now where the target has a control surface."""
        made = (
            self.operator.makes_organisation(self.generation, self.faults, **self._plan)
            if self.operator
            else self.target.organisation()
        )
        if self._evidence:
            for account in made.accounts:
                self._evidence.secret(account.token)
        return made

    @property
    def _has_organisation(self) -> bool:
        return "organisation" in self.__dict__

    def plans(self, **keys: Any) -> None:
        """What the organisation is to be: keys of its creation (docs/reference-api.md, Control).

        Raises NotApplicable where nobody can make one, Inconclusive when there is one already.
        """
        if self.operator is None:
            raise NotApplicable(f"target {self.target.name} has an organisation that nobody plans")
        if self._has_organisation:
            raise Inconclusive(
                f"the organisation is there already, so nobody can say of it: {', '.join(keys)};"
                " this sentence has to come before any that needs people or a bot"
            )
        for key, value in keys.items():
            grown = [*self._plan.get(key, ()), *value] if key in DESCRIBED else value
            self._plan[key] = grown

    @cached_property
    def operator(self) -> Operator | None:
        """Whoever holds the control surface; None where the target has none."""
        from harness.actors.operator import Operator  # noqa: PLC0415  (start-up, as all below)

        control = self.target.address().get("control")
        return Operator(self.target.client, control) if control else None

    def customer(self, name: str) -> Customer:
        customer: Customer = self._person(name, "customer", CUSTOMERS, self._players.customer)
        return customer

    def exchanges(self, name: str) -> Sequence[Exchange]:
        """What somebody, or their page, has sent and got over the wire so far."""
        return self._evidence.exchanges(name) if self._evidence else ()

    def handles_files(self) -> None:
        """Let customers' pages be such as can send files; a fixed target's page is its own."""
        self._players.handles_files = self.operator is not None

    def visits(self, name: str) -> None:
        """Let the customer meet the bot on its own website, outside the desk, from now on."""
        if not self.organisation.url:
            raise NotApplicable(f"target {self.target.name} has no website of the bot's own")
        self._visiting.add(name)
        self._people["customer", name] = self._players.visitor(name)

    def visitor(self, name: str) -> Visitor:
        """The customer on the bot's own website; raises Inconclusive for anybody elsewhere."""
        if name not in self._visiting:
            raise Inconclusive(f"{name} is not on the bot's own website")
        visitor: Visitor = self._people["customer", name]
        return visitor

    def canvas(self, name: str) -> Canvas:
        """The same, looked at through the page; not applicable without a browser."""
        if self.driver != "widget":
            raise NotApplicable("only a customer in a browser sees the bot's own chat")
        page: Any = self.visitor(name)
        canvas: Canvas = page
        return canvas

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

    def portal(self, name: str) -> Portal:
        """The maker before the portal's pages; not applicable without a browser."""
        page: Any = self.editor(name)
        portal: Portal = page
        return portal

    def editor(self, name: str) -> Editor:
        """The maker before the pages of the topic editor; not applicable without a browser."""
        if "browser" not in self.target.drivers("maker"):
            raise NotApplicable("only a maker played in a browser sees the portal's pages")
        maker: Any = self.maker(name)
        key = ("maker" if self._players.works_in_pages("maker") else "editor", name)
        if key not in self._people:
            self._people[key] = self._players.in_window(name, "maker", maker.works_on)
        editor: Editor = self._people[key]
        return editor

    def administrator(self, name: str) -> Administrator:
        administrator: Administrator = self._person(
            name, "administrator", ADMINISTRATORS, self._signs_in
        )
        return administrator

    def platform(self, name: str) -> Platform:
        platform: Platform = self._person(name, "platform", PLATFORM, self._signs_in)
        return platform

    def lifecycle(self, name: str) -> Lifecycle:
        """The maker before the solutions of Power Apps."""
        lifecycle: Lifecycle = self._person(name, "lifecycle", MAKERS, self._signs_in)
        return lifecycle

    def dataverse(self, name: str) -> Dataverse:
        """Somebody of the platform, or a maker, who looks into Dataverse."""
        names = (*PLATFORM, *MAKERS, *ADMINISTRATORS)
        dataverse: Dataverse = self._person(name, "dataverse", names, self._signs_in)
        return dataverse

    def environment(self, name: str) -> str:
        """The id of the environment of that name; raises Inconclusive when there is none."""
        known = {each.name: each.id for each in self.organisation.environments}
        if name not in known:
            found = self.platform(PLATFORM[0]).environments()
            known = {each.name: each.id for each in found}
        if name not in known:
            raise Inconclusive(f"there is no environment {name}; there are {', '.join(known)}")
        return known[name]

    def joins(self, name: str, connector: Connector) -> None:
        """A bot that runs elsewhere takes part from now on."""
        from harness.actors.outside import OutsideBot  # noqa: PLC0415

        self.outside[name] = OutsideBot(self.target.client, connector, name)

    def caller(self, name: str) -> Caller:
        caller: Caller = self._person(name, "caller", CALLERS, self._players.caller)
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
        return [name for name in CALLERS if ("caller", name) in self._people]

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
            self._players.time.moves(length, lambda leap: operator.advances(id, leap))
        else:
            self._players.time.waits(length)

    def now(self) -> datetime:
        """The organisation's time: on a clock that stands still exactly, else the machine's."""
        began = self.organisation.now
        return began + self._players.time.passed if began else datetime.now(UTC)

    def reached(self) -> frozenset[str]:
        """The faults of the scenario's organisation or process whose deviating code has run."""
        if self.operator is None or not self._has_organisation:
            return frozenset()
        return frozenset(self.operator.reached(self.organisation.id))

    def leaves(self) -> None:
        """End what the scenario has begun, and remove its organisation; nothing here is judged."""
        if self.operator is None:
            self._tidies_up()
        for person in self._people.values():
            if hasattr(person, "leaves"):
                tidying.quietly(person.leaves)
        for window in self._players.windows:
            window.close()
        if self.operator and self._has_organisation:
            self.operator.removes(self.organisation.id)

    def _tidies_up(self) -> None:
        """In an organisation that stays: leave no chat, no agent on duty, no changed bot."""
        chatting = [who for (role, _), who in self._people.items() if role == "customer"]
        working = [who for (role, _), who in self._people.items() if role == "agent"]
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
        if (role, name) in self._people:
            return self._people[role, name]
        self._players.refuse_unplayable(role)
        if name not in names:
            raise Inconclusive(f"{name} is no {role}; there are {', '.join(names)}")
        person = self._people[role, name] = make(name, role)
        return person

    def _signs_in(self, name: str, role: str) -> Any:
        person = self._players.signs_in(name, role)
        if role == "maker" and self.operator is None:
            self._keeps(person)
        if role == "administrator" and self.operator is None:
            tidying.quietly(self._arranged, person)
        return person
