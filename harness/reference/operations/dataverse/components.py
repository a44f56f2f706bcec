"""The components of bots: what their drafts hold, under names and ids as the product has them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from uuid import NAMESPACE_OID, uuid5

from harness.reference.domain.bots import Bot, Topics, draft_of
from harness.reference.domain.dataverse.conditions import Pins
from harness.reference.domain.dataverse.making import Component, ComponentType
from harness.reference.domain.dataverse.tables import Place
from harness.reference.operations.dataverse.walking import texts, walked
from harness.reference.operations.organisations import Organisation
from harness.reference.store.port import Question

_NO_WORD = re.compile(r"[^A-Za-z0-9_-]")
_OWN = 23
"""Characters that the id of a component shares with that of its bot: so it says whose it is."""


def components(organisation: Organisation, place: Place, given: Pins) -> Iterator[Component]:
    """The components of the bots of the environment."""
    store, here = organisation.store, Question(having=("environment", place.environment))
    if "parentbotid" in given:
        found: Iterable[Bot | None] = (
            store.get(organisation.id, Bot, id) for id in texts(given["parentbotid"])
        )
    elif "botcomponentid" in given:
        begins = {id[:_OWN] for id in texts(given["botcomponentid"])}
        found = (bot for begin in begins for bot in store.starting(organisation.id, Bot, begin))
    else:
        found = walked(store, organisation.id, here)
    for bot in found:
        if bot and bot.environment == place.environment:
            yield from of(organisation, bot)


def of(organisation: Organisation, bot: Bot) -> list[Component]:
    """The components of one bot."""
    draft = organisation.store.get(organisation.id, Topics, draft_of(bot.id))
    return list(_components(bot, draft)) if draft else []


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
    return bot.id[:_OWN] + str(uuid5(NAMESPACE_OID, f"{bot.id}/{schema}"))[_OWN:]
