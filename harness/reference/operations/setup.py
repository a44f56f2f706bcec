"""A fresh organisation: who works there, its bot, and how conversations come in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from harness.protocol.conversations import Generation
from harness.reference.bot import content
from harness.reference.clock import START, RealClock
from harness.reference.domain import connections
from harness.reference.domain.bots import Bot, Topics, draft_of, live_of
from harness.reference.domain.desk import Queue, SecurityRole, Tenant, User, Workstream
from harness.reference.domain.errors import Malformed, UnknownFault
from harness.reference.faults import CATALOGUE
from harness.reference.operations import firing, imports
from harness.reference.operations.organisations import Organisation, World, set_faults
from harness.reference.operations.tokens import issue
from harness.reference.operations.views import Shown, instant

CAST: dict[str, tuple[SecurityRole, ...]] = {
    "Mia": (
        SecurityRole.OC_ADMIN,
        SecurityRole.BOT_AUTHOR,
        SecurityRole.SYSTEM_ADMINISTRATOR,
        SecurityRole.OMNICHANNEL_ADMINISTRATOR,
    ),
    "Noah": (SecurityRole.BOT_AUTHOR,),
    "Ben": (SecurityRole.AGENT,),
    "Bea": (SecurityRole.AGENT,),
    "Sam": (SecurityRole.SUPERVISOR,),
    "Olga": (SecurityRole.OMNICHANNEL_ADMINISTRATOR,),
}
"""Everybody who works at a fresh organisation; all of them are made up."""

BOT_NAME = "Alpine Helper"
YEARS = range(2000, 2100)
"""Years that a clock may start in: every alarm from there on has an instant."""

PHONE = "+15550100099"
CALLERS = ("+15550100001", "+15550100002")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a fresh organisation is to be."""

    generation: Generation = Generation.WEB_APP
    id: str | None = None
    now: datetime | None = None
    faults: tuple[str, ...] = ()
    connected: bool = True
    published: bool = True


def create(world: World, plan: Plan) -> Organisation:
    """Sets an organisation up; raises Malformed for a plan that cannot be, and UnknownFault."""
    _refuse_impossible(world, plan)
    refuse_unknown(plan.faults)
    with world.store.transaction():
        organisation = world.add(_tenant(world, plan))
        users = {name: User(str(uuid4()), name, roles) for name, roles in CAST.items()}
        for user in users.values():
            world.store.put(organisation.id, user)
        bot, *_ = _bots(world, organisation, plan)
        _channels(organisation, bot, (users["Ben"].id, users["Bea"].id))
    return organisation


def _refuse_impossible(world: World, plan: Plan) -> None:
    if plan.now and plan.now.year not in YEARS:
        raise Malformed(f"now is in a year from {YEARS[0]} to {YEARS[-1]}.")
    if plan.id is None:
        return
    try:
        id = str(UUID(plan.id))
    except ValueError:
        raise Malformed(f"id is a GUID, not {plan.id[:50]!r}.") from None
    if id != plan.id or any(organisation.id == id for organisation in world):
        raise Malformed(f"id is a new GUID in lower case, not {plan.id!r}.")


def refuse_unknown(faults: tuple[str, ...]) -> None:
    """Raises UnknownFault, which names the first fault that the catalogue does not have."""
    for name in faults:
        if name not in CATALOGUE:
            raise UnknownFault(f"There is no fault {name[:50]!r}. GET /control/faults lists them.")


def switch(world: World, organisation: Organisation, faults: tuple[str, ...]) -> None:
    """Makes these the organisation's faults; raises UnknownFault."""
    refuse_unknown(faults)
    with organisation.command():
        set_faults(world, organisation, frozenset(faults))
        firing.arm_all(organisation)


def _tenant(world: World, plan: Plan) -> Tenant:
    classic = plan.generation is Generation.CLASSIC
    now = plan.now or (START if world.virtual else RealClock().now())
    return Tenant(
        id=plan.id or str(uuid4()),
        generation=plan.generation,
        environment=f"env-{uuid4().hex[:8]}",
        widget=str(uuid4()),
        started=now,
        now=now,
        phone=PHONE if classic else "",
        callers=CALLERS if classic else (),
        faults=plan.faults,
    )


def _bots(world: World, organisation: Organisation, plan: Plan) -> list[Bot]:
    """The bots, the first for every channel: those that the process was given, or the shipped."""
    if world.bots:
        return [
            _bot(organisation, plan, package.name, imports.topics_of(package))
            for package in world.bots
        ]
    topics = Topics(texts=dict(content.bundled(organisation.generation)))
    return [_bot(organisation, plan, BOT_NAME, topics)]


def _bot(organisation: Organisation, plan: Plan, name: str, topics: Topics) -> Bot:
    store, tenant = organisation.store, organisation.tenant
    bot = Bot(
        str(uuid4()),
        name,
        tenant.generation,
        tenant.environment,
        "d365",
        voice_enabled=tenant.generation is Generation.CLASSIC,
        version=int(plan.published),
    )
    store.put(tenant.id, replace(topics, id=draft_of(bot.id)))
    if plan.published:
        store.put(tenant.id, replace(topics, id=live_of(bot.id)))
    if plan.connected:
        bot = connections.connected(bot, lambda _fault: False)
    store.put(tenant.id, bot)
    return bot


def _channels(organisation: Organisation, bot: Bot, agents: tuple[str, ...]) -> None:
    store, tenant = organisation.store, organisation.tenant
    support = Queue(str(uuid4()), "Support", agents)
    store.put(tenant.id, support)
    chat = Workstream(str(uuid4()), "Live chat", "Messaging", bot.id, support.id)
    store.put(tenant.id, chat)
    if tenant.phone:
        voice = Workstream(str(uuid4()), "Voice", "Voice", bot.id, support.id)
        store.put(tenant.id, voice)


def describe(world: World, organisation: Organisation) -> Shown:
    """An organisation for whoever sets up: ids, addresses and a token for everybody."""
    tenant, store = organisation.tenant, world.store
    bot = store.all(tenant.id, Bot)[0]
    return {
        "id": tenant.id,
        "generation": tenant.generation,
        "now": instant(organisation.clock.now()),
        "url": world.url,
        "widget": {
            "app_id": tenant.widget,
            "org_id": tenant.id,
            "org_url": world.url,
            "page": f"{world.url}/shop/{tenant.id}",
        },
        "bot": {"id": bot.id, "name": bot.name},
        "environment": tenant.environment,
        "users": [
            {
                "name": user.name,
                "roles": list(user.roles),
                "token": issue(world, organisation, user.id, user.roles),
            }
            for user in store.all(tenant.id, User)
        ],
        "phone": {"organisation": tenant.phone, "callers": list(tenant.callers)}
        if tenant.phone
        else None,
    }
