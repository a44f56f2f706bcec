"""Bots that somebody exported: read, kept as they were written, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from uuid import uuid4

from harness.reference import archives
from harness.reference.bot import reading, stubs
from harness.reference.bot.exports import layouts
from harness.reference.bot.exports.packages import Component, Export, Package, Problem
from harness.reference.domain.bots import Bot, Topics, draft_of, live_of
from harness.reference.domain.desk import User
from harness.reference.domain.errors import BotUnreadable, TopicInvalid
from harness.reference.operations import makers, views
from harness.reference.operations.organisations import Organisation
from harness.reference.operations.users import require
from harness.reference.operations.views import Shown

SCHEMA = re.compile(r"[A-Za-z][A-Za-z0-9]*_[A-Za-z0-9_.-]{1,90}")
"""A publisher's prefix and a name: what a folder that is no solution is called is none."""

MOST_TOLD = 20
"""Problems that one refusal names."""


def read(content: bytes, name: str = "the archive") -> tuple[Package, ...]:
    """The bots in a zip archive; raises ArchiveRefused, BotUnreadable with every problem."""
    return _whole(layouts.read(archives.unpacked(content, layouts.is_wanted), name))


def opened(path: str) -> tuple[Package, ...]:
    """The bots at a path, `PATH` or `PATH::NAME`, which puts that bot first; raises as `read`."""
    place, _, wanted = path.partition("::")
    packages = _whole(survey(Path(place)))
    if not wanted:
        return packages
    chosen = [package for package in packages if wanted in (package.name, package.schema)]
    if not chosen:
        known = ", ".join(package.name for package in packages)
        raise BotUnreadable(f"{place} has no bot {wanted!r}; it has {known}.")
    return (*chosen, *(package for package in packages if package not in chosen))


def survey(path: Path) -> Export:
    """All that an export holds, whole or not; raises ArchiveRefused."""
    name = path.resolve().name.removesuffix(".zip")
    return layouts.read(archives.opened(path, layouts.is_wanted), name)


def _whole(export: Export) -> tuple[Package, ...]:
    if export.is_whole:
        return export.packages
    raise unreadable(export.problems, "The bot cannot be read.")


def unreadable(problems: Sequence[Problem], what: str) -> BotUnreadable:
    """The refusal of what has problems, which names each file, line and reason."""
    fatal = [problem for problem in problems if problem.fatal]
    told = [f"{p.file}, line {p.line}: {p.what}" for p in fatal[:MOST_TOLD]]
    if len(fatal) > MOST_TOLD:
        told.append(f"and {len(fatal) - MOST_TOLD:,} more")
    return BotUnreadable(f"{what} {'; '.join(told)}.")


def keep(organisation: Organisation, who: User, packages: Sequence[Package]) -> Shown:
    """Adds the bots of an export, neither connected nor published; the first is `bot`.

    Raises InsufficientRole, BotNameTooLong.
    """
    require(who, *makers.AUTHORS)
    with organisation.command():
        bots = [_kept(organisation, package) for package in packages]
    shown = [views.bot(organisation, bot) for bot in bots]
    found = [asdict(finding) for package in packages for finding in package.findings]
    return {"bot": shown[0], "bots": shown, "findings": found}


def declare(organisation: Organisation, who: User, id: str, text: str) -> Shown:
    """Declares what others answer to a bot, published or not; raises TopicInvalid with the line."""
    require(who, *makers.AUTHORS)
    bot = makers.bot(organisation, who, id)
    try:
        stubs.read(text)
    except reading.TopicInvalid as invalid:
        raise TopicInvalid(f"Line {invalid.line} of the stubs: {invalid.reason}") from None
    with organisation.command():
        for key in (draft_of(bot["id"]), live_of(bot["id"])):
            if topics := organisation.store.get(organisation.id, Topics, key):
                organisation.store.put(organisation.id, replace(topics, stubs=text))
        organisation.brains.clear()
    return {"content": text}


def _kept(organisation: Organisation, package: Package) -> Bot:
    name = makers.named(package.name)
    environment = organisation.tenant.environment
    schema = schema_in(organisation, environment, package.schema)
    bot = Bot(str(uuid4()), name, organisation.generation, environment, schema=schema)
    organisation.store.put(organisation.id, bot)
    topics = replace(topics_of(package), id=draft_of(bot.id))
    organisation.store.put(organisation.id, topics)
    return bot


def schema_in(organisation: Organisation, environment: str, schema: str) -> str:
    """The schema name if it is one and no bot of the environment has it, else none."""
    if not SCHEMA.fullmatch(schema):
        return ""
    namesakes = organisation.store.find(organisation.id, Bot, "schema", schema)
    return "" if any(bot.environment == environment for bot in namesakes) else schema


def topics_of(package: Package) -> Topics:
    """What is kept of a package: everything that a conversation can need."""
    return Topics(
        texts={topic.name: topic.text for topic in package.topics},
        sources={topic.name: topic.file for topic in package.topics},
        dialogs={topic.schema: topic.name for topic in package.topics},
        off=tuple(topic.name for topic in package.topics if not topic.active),
        entities=_texts(package.entities),
        variables=_texts(package.variables),
        stubs=package.stubs,
        signs_in=package.signs_in,
    )


def _texts(components: Sequence[Component]) -> dict[str, str]:
    return {component.schema: component.text for component in components}
