"""What makers do in the portal."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from uuid import uuid4

from harness.reference.domain import deliveries, solutions
from harness.reference.domain.bots import ELSEWHERE, Bot, Topics, draft_of, live_of
from harness.reference.domain.desk import SecurityRole, User
from harness.reference.domain.disconnecting import come_back
from harness.reference.domain.errors import (
    BotNameTooLong,
    MalformedBody,
    NotFound,
)
from harness.reference.operations import authoring, environments, lists, views
from harness.reference.operations.lists import FIRST, Wanted
from harness.reference.operations.organisations import Organisation
from harness.reference.operations.users import require
from harness.reference.operations.views import Shown

AUTHORS = (SecurityRole.BOT_AUTHOR, SecurityRole.SYSTEM_ADMINISTRATOR)
READERS = (*AUTHORS, SecurityRole.OMNICHANNEL_ADMINISTRATOR)
LONGEST_NAME = 200
CONTENT = {"name", "voice_enabled"}
"""What of a bot itself is content, that a solution carries and a layer can change."""
ORIGINS = ("d365", "portal", ELSEWHERE)


@dataclass(frozen=True, slots=True)
class Changes:
    """What a maker changes of a bot; None leaves it as it is."""

    name: str | None = None
    environment: str | None = None
    voice_enabled: bool | None = None
    teams_channel: bool | None = None
    endpoint: str | None = None
    manual_authentication: bool | None = None


def bot(organisation: Organisation, who: User, id: str) -> Shown:
    """One bot."""
    require(who, *READERS)
    return views.bot(organisation, _found(organisation, id))


def bots(organisation: Organisation, who: User, wanted: Wanted = FIRST) -> Shown:
    """A page of the bots (`lists.bots`)."""
    require(who, *READERS)
    return lists.bots(organisation, wanted)


def tiles(organisation: Organisation, who: User, wanted: Wanted) -> Shown:
    """A page of the bots as a page shows them (`lists.tiles`)."""
    require(who, *READERS)
    return lists.tiles(organisation, wanted)


def create(
    organisation: Organisation,
    who: User,
    name: str,
    origin: str,
    environment: str | None,
    id: str | None = None,
    endpoint: str = "",
) -> Shown:
    """A new bot, neither connected nor published; `id` is a GUID that nothing has, or its own.

    `endpoint` is where one that runs elsewhere takes activities, empty for one that asks for them.

    Raises MalformedBody, BotNameTooLong, NotFound for such an environment.
    """
    require(who, *AUTHORS)
    if origin not in ORIGINS:
        raise MalformedBody(f"The origin is one of {', '.join(ORIGINS)}, not {origin[:20]!r}.")
    place = environments.environment(organisation, environment or organisation.tenant.environment)
    bot = Bot(
        id or str(uuid4()),
        named(name),
        organisation.generation,
        place.id,
        origin,
        version=int(origin == ELSEWHERE),
    )
    bot = replace(bot, endpoint=_reachable(bot, endpoint))
    topics = {} if bot.runs_elsewhere else authoring.shipped(organisation, origin)
    with organisation.command():
        organisation.store.put(organisation.id, bot)
        organisation.store.put(organisation.id, Topics(draft_of(bot.id), topics))
    return views.bot(organisation, bot)


def change(organisation: Organisation, who: User, id: str, changes: Changes) -> Shown:
    """Changes what a maker may; a connection that was made before stays as it was.

    Raises MalformedBody, BotNameTooLong, NotFound for such an environment.
    """
    with organisation.command():
        bot = _bot(organisation, who, id)
        given = {part.name: getattr(changes, part.name) for part in fields(changes)}
        given = {name: value for name, value in given.items() if value is not None}
        if "name" in given:
            named(given["name"])
        if "environment" in given:
            environments.environment(organisation, given["environment"])
        if "endpoint" in given:
            given["endpoint"] = _reachable(bot, given["endpoint"])
        is_edited = CONTENT & {name for name in given if given[name] != getattr(bot, name)}
        bot = replace(bot, **given)
        organisation.store.put(organisation.id, solutions.edited(bot) if is_edited else bot)
    return views.bot(organisation, bot)


def _reachable(bot: Bot, endpoint: str) -> str:
    """The messaging endpoint of a bot; raises MalformedBody for a bot of the portal's."""
    if endpoint and not bot.runs_elsewhere:
        raise MalformedBody(f"{bot.name} runs here; only a bot of the origin {ELSEWHERE} has one.")
    return deliveries.checked(endpoint)


def named(name: str) -> str:
    """The name of a bot; raises MalformedBody for none, BotNameTooLong."""
    if not name.strip():
        raise MalformedBody("A bot needs a name.")
    if len(name) > LONGEST_NAME:
        raise BotNameTooLong(f"A bot's name has at most {LONGEST_NAME} characters.")
    return name


def topics(organisation: Organisation, who: User, id: str) -> list[Shown]:
    """The topics of the draft."""
    return authoring.topics(_draft(organisation, _bot(organisation, who, id)))


def write_topic(
    organisation: Organisation, who: User, id: str, name: str, text: str, base: str | None = None
) -> Shown:
    """Writes a topic of the draft; raises TopicInvalid, with the line, or MalformedBody.

    `base` is the version that the maker began with, empty for a new topic: raises TopicChanged
    when somebody else has saved another one since. None writes over whatever is there.
    """
    with organisation.command():
        bot = _bot(organisation, who, id)
        draft = _draft(organisation, bot)
        if not name.strip():
            raise MalformedBody("A topic needs a name.")
        if len(name) > LONGEST_NAME:
            raise MalformedBody(f"A topic's name has at most {LONGEST_NAME} characters.")
        if base is not None:
            authoring.refuse_changed(organisation, id, name, base)
        authoring.refuse_invalid(organisation, name, text)
        if draft.texts.get(name) != text:
            organisation.store.put(organisation.id, solutions.edited(bot))
        organisation.store.put(organisation.id, replace(draft, texts={**draft.texts, name: text}))
    return authoring.topic(name, text, answers=authoring.declared(organisation, id))


def delete_topic(organisation: Organisation, who: User, id: str, name: str) -> None:
    """Removes a topic from the draft; raises NotFound."""
    with organisation.command():
        bot = _bot(organisation, who, id)
        draft = _draft(organisation, bot)
        if name not in draft.texts:
            raise NotFound(f"The draft has no topic {name[:50]!r}.")
        texts, sources = dict(draft.texts), dict(draft.sources)
        del texts[name]
        sources.pop(name, None)
        off = tuple(other for other in draft.off if other != name)
        organisation.store.put(
            organisation.id, replace(draft, texts=texts, sources=sources, off=off)
        )
        organisation.store.put(organisation.id, solutions.edited(bot))


def publish(organisation: Organisation, who: User, id: str) -> Shown:
    """Makes the draft what customers meet."""
    with organisation.command():
        bot = _bot(organisation, who, id)
        draft = _draft(organisation, bot)
        if not organisation.faults.deviates("publishing_has_no_effect"):
            organisation.store.put(organisation.id, replace(draft, id=live_of(bot.id)))
        bot = replace(bot, version=bot.version + 1)
        organisation.store.put(organisation.id, come_back(bot, organisation.faults.deviates))
    return views.bot(organisation, bot)


def _bot(organisation: Organisation, who: User, id: str) -> Bot:
    require(who, *AUTHORS)
    return _found(organisation, id)


def _found(organisation: Organisation, id: str) -> Bot:
    bot = organisation.store.get(organisation.id, Bot, id)
    if bot is None:
        raise NotFound(f"There is no bot {id[:50]!r} here.")
    return bot


def _draft(organisation: Organisation, bot: Bot) -> Topics:
    key = draft_of(bot.id)
    return organisation.store.get(organisation.id, Topics, key) or Topics(key)
