"""A fresh organisation: who works there, its bot, and how conversations come in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from msgspec.structs import replace as replaced

from harness.protocol.conversations import Generation
from harness.reference.bot import content
from harness.reference.domain import connections
from harness.reference.domain.bots import Bot, Topics, draft_of, live_of
from harness.reference.domain.desk import Queue, SecurityRole, Tenant, User, Workstream
from harness.reference.domain.errors import Malformed
from harness.reference.operations import (
    authoring,
    custom,
    environments,
    firing,
    imports,
    plans,
    registrations,
    widget_settings,
    widgets,
)
from harness.reference.operations.organisations import Organisation, World, set_faults
from harness.reference.operations.plans import Plan, PlannedBot
from harness.reference.operations.tokens import issue
from harness.reference.operations.views import Shown, instant

__all__ = ["CAST", "Plan", "create", "describe", "switch"]

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
    "Pia": (SecurityRole.SYSTEM_ADMINISTRATOR,),
}
"""Everybody who works at a fresh organisation; all of them are made up."""

BOT_NAME = "Alpine Helper"
PHONE = "+15550100099"
CALLERS = ("+15550100001", "+15550100002")


def create(world: World, plan: Plan) -> Organisation:
    """Sets an organisation up; raises Malformed for a plan that cannot be, and UnknownFault."""
    now = plans.start(plan, virtual=world.virtual)
    plans.refuse_impossible(plan, now)
    if plan.id and any(organisation.id == plan.id for organisation in world):
        raise Malformed(f"id is a new GUID; there is an organisation {plan.id} already.")
    with world.store.transaction():
        places = plans.environments_of(plan)
        organisation = world.add(_tenant(plan, now.astimezone(UTC), places[0].id))
        for place in places:
            world.store.put(organisation.id, place)
        users = _people(organisation, plan)
        bot, *_ = _bots(world, organisation, plan)
        for planned in plan.bots:
            _beside(organisation, planned, {place.name: place.id for place in places})
        for name in plan.applications:
            registrations.register(organisation, name)
        _channels(organisation, plan, bot, (users["Ben"].id, users["Bea"].id))
        chat = widgets.planned(organisation.tenant.widget, plan.widget)
        widget_settings.keep(organisation, chat)
    return organisation


def switch(world: World, organisation: Organisation, faults: tuple[str, ...]) -> None:
    """Makes these the organisation's faults; raises UnknownFault."""
    plans.refuse_unknown(faults)
    with organisation.command():
        set_faults(world, organisation, frozenset(faults))
        firing.arm_all(organisation)


def _tenant(plan: Plan, now: datetime, home: str) -> Tenant:
    classic = plan.generation is Generation.CLASSIC
    return Tenant(
        id=plan.id or str(uuid4()),
        generation=plan.generation,
        environment=home,
        widget=plan.app_id or str(uuid4()),
        started=now,
        now=now,
        phone=PHONE if classic else "",
        callers=CALLERS if classic else (),
        faults=plan.faults,
        messages_a_minute=plan.messages_a_minute,
    )


def _people(organisation: Organisation, plan: Plan) -> dict[str, User]:
    """The cast, some of them with other roles, and whoever is planned beside them."""
    roles = CAST | {user.name: plans.roles_of(user.roles) for user in plans.users_of(plan)}
    people = {name: User(str(uuid4()), name, theirs) for name, theirs in roles.items()}
    for user in people.values():
        organisation.store.put(organisation.id, user)
    return people


def _bots(world: World, organisation: Organisation, plan: Plan) -> list[Bot]:
    """The bots, the first for every channel: those that the process was given, or the shipped."""
    if world.bots:
        given = [(each.name, each.schema, imports.topics_of(each)) for each in world.bots]
    else:
        topics = Topics(texts=dict(content.bundled(organisation.generation)))
        given = [(BOT_NAME, "", topics)]
    first = PlannedBot("", published=plan.published, connected=plan.connected)
    made: list[Bot] = []
    for name, schema, topics in given:
        bot = Bot(
            str(uuid4()),
            name,
            organisation.generation,
            organisation.tenant.environment,
            "d365",
            voice_enabled=organisation.generation is Generation.CLASSIC,
            schema=imports.schema_in(organisation, organisation.tenant.environment, schema),
        )
        on = None if made else plan.connected_on
        made.append(_kept(organisation, bot, topics, replaced(first, connected_on=on)))
    return made


def _beside(organisation: Organisation, planned: PlannedBot, places: dict[str, str]) -> Bot:
    """A bot beside the first one; it has the topics that its origin brings."""
    place = places[planned.environment] if planned.environment else organisation.tenant.environment
    bot = Bot(str(uuid4()), planned.name, organisation.generation, place, planned.origin)
    topics = Topics(texts=authoring.shipped(organisation, planned.origin))
    return _kept(organisation, bot, topics, planned)


def _kept(organisation: Organisation, bot: Bot, topics: Topics, planned: PlannedBot) -> Bot:
    """Keeps a bot with its topics, published and connected as planned."""
    store = organisation.store
    store.put(organisation.id, replace(topics, id=draft_of(bot.id)))
    if planned.published:
        store.put(organisation.id, replace(topics, id=live_of(bot.id)))
        bot = replace(bot, version=1)
    if planned.is_connected:
        bot = _connected(organisation, bot, planned.connected_on)
    if planned.teams_channel is not None:
        bot = replace(bot, teams_channel=planned.teams_channel)
    store.put(organisation.id, bot)
    return bot


def _connected(organisation: Organisation, bot: Bot, on: datetime | None) -> Bot:
    """The bot as a maker has connected it, in preview and classic with an application."""
    application = ""
    if connections.needs_application(bot.generation):
        application = registrations.register(organisation, bot.name).application_id
    made = (on or organisation.clock.now()).astimezone(UTC)
    home = environments.home(organisation)
    return connections.connected(bot, home, application, made, lambda _fault: False)


def _channels(organisation: Organisation, plan: Plan, bot: Bot, agents: tuple[str, ...]) -> None:
    store, tenant = organisation.store, organisation.tenant
    support = Queue(str(uuid4()), "Support", agents)
    store.put(tenant.id, support)
    chat = Workstream(str(uuid4()), "Live chat", "Messaging", bot.id, support.id, mode=plan.mode)
    store.put(tenant.id, chat)
    if tenant.phone:
        voice = Workstream(str(uuid4()), "Voice", "Voice", bot.id, support.id)
        store.put(tenant.id, voice)


def describe(world: World, organisation: Organisation) -> Shown:
    """An organisation for whoever sets up: ids, addresses and a token for everybody."""
    tenant, store = organisation.tenant, world.store
    bot = store.page(tenant.id, Bot, limit=1)[0]
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
        "channel": {
            "secret": custom.secret(world, organisation),
            "direct_line": f"{world.url}/v3/directline",
        },
        "environment": tenant.environment,
        # Without hyphens: clients take the first GUID of a row's address for the row's id.
        "dataverse": f"{world.url}/dataverse/{tenant.id.replace('-', '')}/{tenant.environment}",
        "environments": [
            environments.shown(organisation, each) for each in environments.every(organisation)
        ],
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
