"""A day with many customers at once, some of them with a bad network, and what was noted of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from random import Random
from typing import Any

from benchmarks.crowd import PLAN, Agent, Customer, Line, Server
from tests.load.ledger import Book

PERSON = "I want to talk to a person"
ASKED = "opening hours"
ANSWER = "Our stores are open from Monday to Saturday, 9 to 18."


@dataclass(frozen=True, slots=True)
class Plan:
    """How many come, how many words each says, and how many of them ask for a person."""

    customers: int
    words: int = 4
    to_agents: int = 0
    faults: tuple[str, ...] = ()
    seed: int = 5


@dataclass(slots=True)
class Day:
    """What is left of it: a book of each conversation, and how long each message took (s)."""

    books: list[Book] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    seconds: float = 0.0
    messages: int = 0


class Crowd:
    """Everybody of one organisation, and the trouble that befalls them."""

    def __init__(self, ready: dict[str, Any], plan: Plan) -> None:
        self._plan = plan
        self._server = Server(ready)
        self._control = Line(self._server)
        self._chance = Random(plan.seed)
        self._agents: list[Agent] = []
        self._held: dict[str, Agent] = {}
        self._views: dict[str, list[int]] = {}
        self.customers: list[Customer] = []

    async def day(self) -> Day:
        """Everybody comes, speaks, is handed over, and goes; then all notes are collected."""
        organisation = await self._opens()
        named = [f"Customer {number}" for number in range(self._plan.customers)]
        self.customers = [Customer(self._server, organisation["widget"], name) for name in named]
        await asyncio.gather(*(customer.arrives() for customer in self.customers))
        trouble = asyncio.create_task(self._trouble(organisation["id"]))
        began = asyncio.get_running_loop().time()
        await asyncio.gather(*(self._talks(each) for each in self.customers))
        seconds = asyncio.get_running_loop().time() - began
        trouble.cancel()
        await asyncio.gather(trouble, return_exceptions=True)
        await self._with_people()
        return await self._noted(seconds)

    async def _opens(self) -> dict[str, Any]:
        """An organisation with as many agents as there are customers who will want one."""
        people = [f"Agent {number}" for number in range(-(-self._plan.to_agents // 3))]
        users = [{"name": name, "roles": ["Omnichannel agent"]} for name in people]
        plan = PLAN | {"users": users}
        path = "/control/organisations"
        made: dict[str, Any] = await self._control.ask("POST", path, plan)
        tokens = {user["name"]: user["token"] for user in made["users"]}
        place, olga = f"/admin/{made['id']}/api", {"authorization": f"Bearer {tokens['Olga']}"}
        if people:
            queue = {"name": "Many", "members": people}
            many = await self._control.ask("POST", f"{place}/queues", queue, **olga)
            streams = await self._control.ask("GET", f"{place}/workstreams", **olga)
            stream = f"{place}/workstreams/{streams['value'][0]['id']}"
            await self._control.ask("PATCH", stream, {"queue": many["id"]}, **olga)
        faults = f"{path}/{made['id']}/faults"
        await self._control.ask("PUT", faults, list(self._plan.faults))
        self._agents = [Agent(self._server, made["id"], tokens[name]) for name in people]
        return made

    async def _talks(self, customer: Customer) -> None:
        """A few words with the bot; one customer in seven sends each twice."""
        twice = self._chance.random() < 1 / 7
        for number in range(self._plan.words):
            await customer.says(f"{ASKED} {number}", twice=twice)

    async def _trouble(self, organisation: str) -> None:
        """Until everybody has spoken: sockets and calls break, readers stop, and time jumps."""
        clock = f"/control/organisations/{organisation}/clock"
        while True:
            for _ in range(10):
                unlucky = self._chance.choice(self.customers)
                self._chance.choice((unlucky.loses_its_socket, unlucky.loses_its_line))()
                await asyncio.sleep(0)
            sleepy = self._chance.choice(self.customers)
            sleepy.reads.clear()
            try:
                await self._control.ask("POST", clock, {"advance": "PT30S"})
            finally:
                sleepy.reads.set()

    async def _with_people(self) -> None:
        """Some ask for a person, whom they get and talk with; one agent has three of them."""
        asking = self.customers[: self._plan.to_agents]
        await asyncio.gather(*(customer.says(PERSON) for customer in asking))
        await asyncio.gather(*(agent.is_available() for agent in self._agents))
        known = {customer.conversation: customer for customer in asking}
        while len(self._held) < len(asking):
            await asyncio.gather(*(self._accepts(agent) for agent in self._agents))
        await asyncio.gather(*(self._converse(id, known[id]) for id in self._held))

    async def _accepts(self, agent: Agent) -> None:
        for conversation in await agent.accepts():
            self._held[conversation] = agent

    async def _converse(self, conversation: str, customer: Customer) -> None:
        agent = self._held[conversation]
        await agent.says(conversation, f"Hello {customer.name}")
        await asyncio.gather(
            customer.says("Thank you"), agent.says(conversation, "What can I do for you?")
        )
        customer.loses_its_socket()
        await agent.says(conversation, "Goodbye")
        self._views[conversation] = await agent.reads(conversation)
        await agent.ends(conversation)

    async def _noted(self, seconds: float) -> Day:
        """Everybody is told of the last thing in their thread, and all notes are collected."""
        day = Day(seconds=seconds, messages=self._plan.words * len(self.customers))
        day.books = list(await asyncio.gather(*(self._followed(each) for each in self.customers)))
        day.took = [took for customer in self.customers for took in customer.took]
        await asyncio.gather(*(customer.leaves() for customer in self.customers))
        for agent in self._agents:
            agent.goes()
        self._control.cut()
        return day

    async def _followed(self, customer: Customer) -> Book:
        thread = await customer.fetches()
        if not self._plan.faults:
            await customer.has_heard(int(thread[-1]["id"]))
        return self._book(customer, thread)

    def _book(self, customer: Customer, thread: list[dict[str, Any]]) -> Book:
        agent = self._held.get(customer.conversation)
        said = agent.said[customer.conversation] if agent else ()
        view = self._views.get(customer.conversation)
        if view is not None:
            # Read before the end, which is told after it.
            until = max(view)
            ids = [int(message["id"]) for message in thread]
            view = view + [id for id in ids if id > until]
        return Book(customer, thread, said, view)
