"""Workstreams that administrators make, and which of them the widget's conversations come into."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import uuid4

from harness.reference.domain.conversations import Channel
from harness.reference.domain.desk import Mode, Queue, User, Workstream
from harness.reference.domain.errors import MalformedBody, NotFound
from harness.reference.operations import customers, views
from harness.reference.operations.organisations import Organisation
from harness.reference.operations.users import ADMINISTRATORS, require
from harness.reference.operations.views import Shown
from harness.reference.operations.words import chosen, named

VOICE = customers.TYPES[Channel.VOICE]
TYPES = tuple(sorted(set(customers.TYPES.values())))


@dataclass(frozen=True, slots=True)
class Planned:
    """A workstream that is wanted; `queue` (id) is its fallback queue, None the first one."""

    name: str
    type: str = customers.TYPES[Channel.LIVE_CHAT]
    mode: str = Mode.PUSH
    queue: str | None = None


@dataclass(frozen=True, slots=True)
class Feeding:
    """Which workstream (id) the widget's conversations come into."""

    workstream: str


def create(organisation: Organisation, who: User, planned: Planned) -> Shown:
    """A new workstream, without a bot; raises MalformedBody, NotFound for its queue."""
    require(who, *ADMINISTRATORS)
    mode = chosen(Mode, planned.mode, "work distribution mode")
    if planned.type not in TYPES:
        raise MalformedBody(f"The type is one of {', '.join(TYPES)}, not {planned.type[:20]!r}.")
    if planned.type == VOICE and mode is Mode.PICK:
        raise MalformedBody("Calls are pushed: a voice workstream has the mode Push.")
    made = Workstream(
        str(uuid4()),
        named(planned.name, "A workstream"),
        planned.type,
        None,
        _queue(organisation, planned.queue),
        mode=mode,
    )
    with organisation.command():
        organisation.store.put(organisation.id, made)
    return views.workstream(made)


def widget(organisation: Organisation, who: User) -> Shown:
    """The widget, and the workstream that its conversations come into."""
    require(who, *ADMINISTRATORS)
    fed = customers.workstream_of(organisation, Channel.LIVE_CHAT)
    return {"app_id": organisation.tenant.widget, "workstream": fed.id}


def feed(organisation: Organisation, who: User, feeding: Feeding) -> Shown:
    """Lets the widget's next conversations come into another workstream; raises NotFound."""
    require(who, *ADMINISTRATORS)
    wanted = organisation.store.get(organisation.id, Workstream, feeding.workstream)
    if wanted is None:
        raise NotFound(f"There is no workstream {feeding.workstream[:50]!r} here.")
    if wanted.type == VOICE:
        raise MalformedBody(f"{wanted.name!r} is for calls. The widget needs one for messages.")
    with organisation.command():
        organisation.tenant = replace(organisation.tenant, workstream=wanted.id)
        organisation.store.put(organisation.id, organisation.tenant)
    return widget(organisation, who)


def _queue(organisation: Organisation, wanted: str | None) -> str:
    known = [queue.id for queue in organisation.store.all(organisation.id, Queue)]
    if wanted is None and known:
        return known[0]
    if wanted in known:
        return wanted
    raise NotFound(f"There is no queue {(wanted or '')[:50]!r} here. Make one first.")
