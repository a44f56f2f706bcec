"""The components of bots: what their drafts hold, under names and ids as the product has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import NAMESPACE_OID, uuid5
from weakref import WeakKeyDictionary

from harness.reference.domain.bots import Bot, Topics, draft_of
from harness.reference.domain.dataverse.conditions import Pins
from harness.reference.domain.dataverse.making import Component, ComponentType
from harness.reference.domain.dataverse.tables import Place
from harness.reference.operations.dataverse.walking import texts, walked
from harness.reference.operations.organisations import Organisation

_owners: WeakKeyDictionary[Organisation, dict[str, str]] = WeakKeyDictionary()
"""Whose component an id is, for those that were listed: an id by itself does not say."""

_NO_WORD = re.compile(r"[^A-Za-z0-9_-]")


def components(organisation: Organisation, place: Place, given: Pins) -> Iterator[Component]:
    """The components of the bots of the environment."""
    store, here = organisation.store, ("environment", place.environment)
    owners = texts(given["parentbotid"]) if "parentbotid" in given else _known(organisation, given)
    if owners is None:
        for bot in walked(store, organisation.id, here):
            yield from of(organisation, bot)
        return
    for id in owners:
        found = store.get(organisation.id, Bot, id)
        if found and found.environment == place.environment:
            yield from of(organisation, found)


def _known(organisation: Organisation, given: Pins) -> tuple[str, ...] | None:
    """The bots whose components have these ids; None when one of them was never listed."""
    if "botcomponentid" not in given:
        return None
    owners = _owners.get(organisation, {})
    ids = texts(given["botcomponentid"])
    return tuple({owners[id] for id in ids}) if all(id in owners for id in ids) else None


def of(organisation: Organisation, bot: Bot) -> list[Component]:
    """The components of one bot."""
    draft = organisation.store.get(organisation.id, Topics, draft_of(bot.id))
    if draft is None:
        return []
    listed = list(_components(bot, draft))
    owners = _owners.setdefault(organisation, {})
    owners |= {component.id: bot.id for component in listed}
    return listed


def _components(bot: Bot, draft: Topics) -> Iterator[Component]:
    names = {name: schema for schema, name in draft.dialogs.items()}
    managed = bot.managed is not None
    taken = {*names.values(), *draft.entities, *draft.variables}
    for name, text in draft.texts.items():
        schema = names.get(name) or topic_schema(bot, name, taken)
        taken.add(schema)
        active = name not in draft.off
        topic = ComponentType.TOPIC
        yield Component(_id(bot, schema), bot.id, schema, name, topic, text, active, managed)
    for type, texts_of in (
        (ComponentType.ENTITY, draft.entities),
        (ComponentType.VARIABLE, draft.variables),
    ):
        for schema, text in texts_of.items():
            name = schema.rpartition(".")[2]
            yield Component(_id(bot, schema), bot.id, schema, name, type, text, True, managed)


def topic_schema(bot: Bot, name: str, taken: set[str]) -> str:
    """The schema name of a topic that was given none, as an export writes it."""
    plain = f"{bot.schema}.topic.{_NO_WORD.sub('', name)}"
    number, free = 1, plain.rstrip(".")
    while free.casefold() in {other.casefold() for other in taken} or free.endswith(".topic"):
        number += 1
        free = f"{plain}{number}"
    return free


def _id(bot: Bot, schema: str) -> str:
    return str(uuid5(NAMESPACE_OID, f"{bot.id}/{schema}"))
