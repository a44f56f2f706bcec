"""Writing bots and their components, as makers do in the portal."""

from __future__ import annotations

import re
from dataclasses import replace

from harness.reference.domain import solutions as layers
from harness.reference.domain.bots import Bot, Topics, draft_of
from harness.reference.domain.dataverse.catalogue import TABLES
from harness.reference.domain.dataverse.making import Component, ComponentType
from harness.reference.domain.dataverse.refusals import Reason, Refused, missing, refused
from harness.reference.domain.dataverse.tables import Row, Value
from harness.reference.operations import makers, solutions
from harness.reference.operations.dataverse import components
from harness.reference.operations.dataverse.reading import Dataverse

SCHEMA = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,299}", re.ASCII)
PORTAL = "portal"


def create(dataverse: Dataverse, values: dict[str, Value]) -> str:
    """A new bot in this environment, as the portal makes one: neither published nor connected."""
    organisation, environment = dataverse.organisation, dataverse.environment.id
    name, id, schema = (values.get(name) for name in ("name", "botid", "schemaname"))
    if not name:
        raise refused(Reason.VALUE_MISSING, "'name' of bot must have a value.")
    if id is not None and organisation.store.get(organisation.id, Bot, str(id)):
        raise _exists("bot", str(id))
    made = makers.create(
        organisation, dataverse.who, str(name), PORTAL, environment, str(id) if id else None
    )
    if isinstance(schema, str):
        _refuse_schema(schema)
        if dataverse.found(TABLES["bot"], {"schemaname": schema}):
            raise _exists("bot", schema)
        bot = _bot(dataverse, made["id"])
        organisation.store.put(organisation.id, replace(bot, schema=schema))
    return str(made["id"])


def change(dataverse: Dataverse, row: Row, changes: dict[str, Value]) -> None:
    """Renames a bot."""
    name = changes.get("name")
    if "name" in changes:
        changed = makers.Changes(name=str(name or ""))
        makers.change(dataverse.organisation, dataverse.who, row.id, changed)


def delete(dataverse: Dataverse, row: Row) -> None:
    """Deletes a bot that nothing here uses; one of a managed solution goes with the solution."""
    bot = _bot(dataverse, row.id)
    if bot.managed is not None:
        raise refused(
            Reason.IN_USE,
            f"The bot {bot.name!r} came with a managed solution. Delete the solution instead.",
        )
    if uses := list(solutions.uses(dataverse.organisation, bot)):
        raise refused(
            Reason.IN_USE,
            f"The bot {bot.name!r} is in use by {', '.join(uses[:5])}, and cannot be deleted."
            " Give that another bot first.",
        )
    solutions.forget(dataverse.organisation, bot)


def publish(dataverse: Dataverse, row: Row) -> None:
    """Makes the draft what customers meet."""
    makers.publish(dataverse.organisation, dataverse.who, row.id)


def create_component(dataverse: Dataverse, values: dict[str, Value]) -> str:
    """A new topic in the draft of a bot; its YAML is read as the topic editor reads it."""
    for name in ("name", "data", "parentbotid", "componenttype"):
        if not values.get(name):
            raise refused(Reason.VALUE_MISSING, f"'{name}' of botcomponent must have a value.")
    if values["componenttype"] != ComponentType.TOPIC:
        raise _only_topics()
    bot = _bot(dataverse, str(values["parentbotid"]))
    name, schema = str(values["name"]), values.get("schemaname")
    if name in _draft(dataverse, bot).texts:
        raise _exists("topic", name)
    if isinstance(schema, str):
        _refuse_schema(schema)
        if any(part.schema == schema for part in components.of(dataverse.organisation, bot)):
            raise _exists("botcomponent", schema)
        draft = _draft(dataverse, bot)
        _keep(dataverse, replace(draft, dialogs={**draft.dialogs, schema: name}))
    makers.write_topic(dataverse.organisation, dataverse.who, bot.id, name, str(values["data"]))
    listed = components.of(dataverse.organisation, _bot(dataverse, bot.id))
    return next(part.id for part in listed if part.name == name)


def change_component(dataverse: Dataverse, row: Row, changes: dict[str, Value]) -> None:
    """Changes a topic of the draft: its YAML, its name, whether it is on."""
    topic = _topic(row)
    if "name" in changes:
        topic = _renamed(dataverse, topic, str(changes["name"] or ""))
    if "data" in changes:
        text = str(changes["data"] or "")
        makers.write_topic(dataverse.organisation, dataverse.who, topic.bot, topic.name, text)
    if "statecode" in changes or "statuscode" in changes:
        state = changes.get("statecode")
        _switch(dataverse, topic, state == 0 if state is not None else not topic.active)


def delete_component(dataverse: Dataverse, row: Row) -> None:
    """Removes a topic from the draft."""
    topic = _topic(row)
    makers.delete_topic(dataverse.organisation, dataverse.who, topic.bot, topic.name)


def _topic(row: Row) -> Component:
    component: Component = row.record
    if component.type is not ComponentType.TOPIC:
        raise _only_topics()
    return component


def _renamed(dataverse: Dataverse, topic: Component, name: str) -> Component:
    """The topic under another name, in its place; its schema name stays."""
    bot = _bot(dataverse, topic.bot)
    draft = _draft(dataverse, bot)
    if not name.strip() or len(name) > makers.LONGEST_NAME:
        raise refused(
            Reason.ARGUMENT_INVALID, f"A topic has a name of 1 to {makers.LONGEST_NAME} characters."
        )
    if name in draft.texts:
        raise _exists("topic", name)
    called = {topic.name: name}
    renamed = replace(
        draft,
        texts={called.get(old, old): text for old, text in draft.texts.items()},
        sources={called.get(old, old): file for old, file in draft.sources.items()},
        dialogs={**draft.dialogs, topic.schema: name},
        off=tuple(called.get(old, old) for old in draft.off),
    )
    _keep(dataverse, renamed, bot)
    return replace(topic, name=name)


def _switch(dataverse: Dataverse, topic: Component, on: bool) -> None:
    bot = _bot(dataverse, topic.bot)
    draft = _draft(dataverse, bot)
    off = tuple(name for name in draft.off if name != topic.name)
    _keep(dataverse, replace(draft, off=off if on else (*off, topic.name)), bot)


def _keep(dataverse: Dataverse, draft: Topics, edited: Bot | None = None) -> None:
    store, organisation = dataverse.organisation.store, dataverse.organisation.id
    store.put(organisation, draft)
    if edited is not None:
        store.put(organisation, layers.edited(edited))


def _bot(dataverse: Dataverse, id: str) -> Bot:
    bot = dataverse.organisation.store.get(dataverse.organisation.id, Bot, id)
    if bot is None or bot.environment != dataverse.environment.id:
        raise missing("bot", id)
    return bot


def _draft(dataverse: Dataverse, bot: Bot) -> Topics:
    key = draft_of(bot.id)
    return dataverse.organisation.store.get(dataverse.organisation.id, Topics, key) or Topics(key)


def _refuse_schema(schema: str) -> None:
    if not SCHEMA.fullmatch(schema):
        raise refused(
            Reason.ARGUMENT_INVALID,
            f"{schema[:60]!r} is no schema name: letters, digits, _ . - and a letter first.",
        )


def _exists(what: str, name: str) -> Refused:
    return refused(Reason.RECORD_EXISTS, f"There is a {what} {name[:100]!r} here already.")


def _only_topics() -> Refused:
    return refused(
        Reason.NOT_SUPPORTED,
        "Only topics (componenttype 9) are written here; entities and variables come with an"
        " import.",
    )
