"""The organisations of this process, each with a clock, faults and timers of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from harness.reference.clock import Clock, RealClock, VirtualClock
from harness.reference.domain.desk import Tenant
from harness.reference.domain.errors import NotFound
from harness.reference.faults import Faults
from harness.reference.operations.notifications import Event, Hub
from harness.reference.store.port import Store
from harness.reference.timers import Timers


class Organisation:
    """One organisation at run time: everything an operation needs, and nothing of another one."""

    def __init__(self, tenant: Tenant, store: Store, hub: Hub, clock: Clock) -> None:
        self.tenant = tenant
        self.id = tenant.id
        self.generation = tenant.generation
        self.store = store
        self.hub = hub
        self.clock = clock
        self.faults = Faults(frozenset(tenant.faults))
        self.timers = Timers()
        self.typing: dict[tuple[str, str], datetime] = {}
        self._last_message = store.last_message(tenant.id)
        self._told: list[tuple[str, Event]] = []
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
        finally:
            self._open = False
            self._told.clear()

    def tell(self, thread: str, event: Event) -> None:
        """Publishes an event when the operation under way has been kept."""
        self._told.append((thread, event))

    def next_message(self, now: datetime) -> int:
        """An id for a message: milliseconds since 1970, never one that was given before."""
        self._last_message = max(int(now.timestamp() * 1000), self._last_message + 1)
        return self._last_message


class World:
    """Every organisation of the process; `url` is where customers reach it."""

    def __init__(self, store: Store, hub: Hub, url: str, *, virtual: bool, secret: str) -> None:
        self.store = store
        self.hub = hub
        self.url = url
        self.virtual = virtual
        self.secret = store.setting("secret", secret)
        self.faults = Faults()
        self._organisations = {tenant.id: self._opened(tenant) for tenant in store.tenants()}

    def __iter__(self) -> Iterator[Organisation]:
        return iter(tuple(self._organisations.values()))

    def find(self, id: str) -> Organisation:
        """The organisation of an id; raises NotFound."""
        try:
            return self._organisations[id]
        except KeyError:
            raise NotFound(f"There is no organisation {id!r} here.") from None

    def add(self, tenant: Tenant) -> Organisation:
        """Keeps and opens an organisation."""
        self.store.put(tenant.id, tenant)
        organisation = self._organisations[tenant.id] = self._opened(tenant)
        return organisation

    def remove(self, id: str) -> None:
        """Forgets an organisation and everything in it; raises NotFound."""
        self.find(id)
        del self._organisations[id]
        self.store.forget(id)
        self.hub.forget(id)

    def _opened(self, tenant: Tenant) -> Organisation:
        clock: Clock = VirtualClock(tenant.now) if self.virtual else RealClock()
        return Organisation(tenant, self.store, self.hub, clock)


def set_faults(world: World, organisation: Organisation, names: frozenset[str]) -> None:
    """Switches these faults on and all others of the organisation off."""
    organisation.faults = Faults(names | world.faults.active)
    organisation.tenant = replace(organisation.tenant, faults=tuple(sorted(names)))
    organisation.store.put(organisation.id, organisation.tenant)
