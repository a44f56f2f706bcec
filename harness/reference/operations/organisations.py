"""The organisations of this process, each with a clock, faults and timers of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from secrets import token_hex

from harness.reference.bot.dialogue import Bot as CompiledBot
from harness.reference.bot.exports.packages import Package
from harness.reference.clock import Clock, RealClock, VirtualClock
from harness.reference.domain.desk import Tenant
from harness.reference.domain.errors import NotFound
from harness.reference.domain.letters import Letter
from harness.reference.domain.rates import Rate
from harness.reference.faults import Faults
from harness.reference.operations.notifications import Courier, Event, Hub, NoCourier
from harness.reference.operations.post import Nowhere, Postman
from harness.reference.store.port import Store
from harness.reference.timers import Timers


class Organisation:
    """One organisation at run time: everything an operation needs, and nothing of another one."""

    def __init__(
        self,
        tenant: Tenant,
        store: Store,
        hub: Hub,
        clock: Clock,
        url: str,
        courier: Courier | None = None,
    ) -> None:
        self.url = url
        self.tenant = tenant
        self.id = tenant.id
        self.generation = tenant.generation
        self.store = store
        self.hub = hub
        self.courier = courier or NoCourier()
        self.clock = clock
        self.faults = Faults()
        self.timers = Timers()
        self.postman: Postman = Nowhere()
        self.secret = ""
        self.typing: dict[tuple[str, str], datetime] = {}
        self.missing: set[str] = set()
        """Threads whose customer's page is gone, so that any sign of life is noticed at once."""
        self.brains: dict[tuple[str, str, int, bool], CompiledBot] = {}
        self._rates: dict[str, Rate] = {}
        self.last_message = store.last_message(tenant.id)
        self._told: list[tuple[str, Event]] = []
        self._sent: list[Letter] = []
        self._called: list[str] = []
        self._open = False

    @contextmanager
    def command(self) -> Iterator[None]:
        """One operation: all of it is kept and told, or nothing; joins one that is under way."""
        if self._open:
            yield
            return
        self._open = True
        try:
            with self.store.transaction():
                yield
            for thread, event in self._told:
                self.hub.publish(self.id, thread, event)
            for conversation in self._called:
                self.courier.call(self.id, conversation)
            for letter in self._sent:
                self.postman.take(self.id, letter)
        finally:
            self._open = False
            self._told.clear()
            self._sent.clear()
            self._called.clear()

    def tell(self, thread: str, event: Event) -> None:
        """Publishes an event when the operation under way has been kept."""
        self._told.append((thread, event))

    def call(self, conversation: str) -> None:
        """Sends for the courier when the operation under way has been kept."""
        self._called.append(conversation)

    def send(self, letter: Letter) -> None:
        """Gives a letter to the postman when the operation under way has been kept."""
        self._sent.append(letter)

    def rate(self, kind: str, most: int) -> Rate:
        """What counts calls of a kind."""
        return self._rates.setdefault(kind, Rate(most))

    def next_message(self, now: datetime) -> int:
        """An id for a message: milliseconds since 1970, never one that was given before."""
        self.last_message = max(int(now.timestamp() * 1000), self.last_message + 1)
        return self.last_message


class World:
    """Every organisation of the process; `url` is where customers reach it.

    `bots` are those that a fresh organisation has, the first in every channel; none: Alpine Helper.
    """

    def __init__(
        self,
        store: Store,
        hub: Hub,
        url: str,
        *,
        virtual: bool = True,
        pace: float = 1.0,
        secret: str = "",
        faults: frozenset[str] = frozenset(),
        bots: tuple[Package, ...] = (),
        courier: Courier | None = None,
        postman: Postman | None = None,
    ) -> None:
        self.bots = bots
        self.postman = postman or Nowhere()
        self.courier = courier or NoCourier()
        self.store = store
        self.hub = hub
        self.url = url
        self.virtual = virtual
        self.pace = pace
        self.secret = store.setting("secret", secret or token_hex(32))
        self.faults = Faults(faults)
        self._organisations = {tenant.id: self._opened(tenant) for tenant in store.tenants()}

    def __iter__(self) -> Iterator[Organisation]:
        return iter(tuple(self._organisations.values()))

    def find(self, id: str) -> Organisation:
        """The organisation of a GUID, or of its 32 digits, small or capital; raises NotFound."""
        organisation = self.known(id)
        if organisation is None:
            raise NotFound(f"There is no organisation {id[:50]!r} here.")
        return organisation

    def known(self, id: str) -> Organisation | None:
        """The same; None for one that is not here."""
        return self._organisations.get(id) or self._organisations.get(_dashed(id))

    def add(self, tenant: Tenant) -> Organisation:
        """Keeps and opens an organisation."""
        self.store.put(tenant.id, tenant)
        organisation = self._organisations[tenant.id] = self._opened(tenant)
        return organisation

    def remove(self, id: str) -> None:
        """Forgets an organisation and everything in it; raises NotFound."""
        organisation = self.find(id)
        del self._organisations[organisation.id]
        self.store.forget(organisation.id)
        self.hub.forget(organisation.id)
        self.courier.forget(organisation.id)

    def _opened(self, tenant: Tenant) -> Organisation:
        clock: Clock = VirtualClock(tenant.now) if self.virtual else RealClock(self.pace)
        organisation = Organisation(tenant, self.store, self.hub, clock, self.url, self.courier)
        organisation.faults = Faults(frozenset(tenant.faults) | self.faults.active)
        organisation.postman = self.postman
        organisation.secret = self.secret
        return organisation


def _dashed(id: str) -> str:
    digits = id.replace("-", "").lower()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def set_faults(world: World, organisation: Organisation, names: frozenset[str]) -> None:
    """Switches these faults on and all others of the organisation off."""
    organisation.faults = Faults(names | world.faults.active)
    organisation.tenant = replace(organisation.tenant, faults=tuple(sorted(names)))
    organisation.store.put(organisation.id, organisation.tenant)
