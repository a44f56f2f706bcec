"""Solution packages: a solution leaves an environment, and comes into another one.

What is wrong with a package is found before anything is changed, and what it changes is one
transaction: a refused package leaves nothing behind.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import uuid4

from harness.protocol.portal import ConnectionState
from harness.reference import archives
from harness.reference.bot.exports import manifests, writing
from harness.reference.bot.exports.manifests import Manifest, Need, Parcel, Standing
from harness.reference.bot.exports.packages import Package
from harness.reference.domain import connections
from harness.reference.domain import solutions as rules
from harness.reference.domain.bots import Bot, Managed, Topics, draft_of, live_of, managed_of
from harness.reference.domain.desk import User
from harness.reference.domain.environments import Environment
from harness.reference.domain.errors import (
    DependencyMissing,
    SolutionManaged,
    SolutionUnmanaged,
)
from harness.reference.domain.solutions import Kept, Publisher, Solution
from harness.reference.operations import environments, imports, makers, registrations, solutions
from harness.reference.operations.organisations import Organisation
from harness.reference.operations.users import require
from harness.reference.operations.views import Shown

LIMITS = archives.Limits(file=16 * 1024 * 1024)
"""A solution holds more than bots: apps of some megabytes."""

PLATFORM = ("System", "PowerVirtualAgents")
"""How the solutions begin that every environment has in which bots are made."""

TOLD = 5
"""Missing dependencies that one refusal names."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A package and what its file is called."""

    name: str
    content: bytes


# Out


def exported(
    organisation: Organisation, who: User, environment: str, id: str, *, managed: bool
) -> Exported:
    """The solution as a package; the same solution gives the same bytes.

    Raises InsufficientRole, NotFound, and SolutionManaged for one that is managed here.
    """
    require(who, *solutions.MOVERS)
    solution = solutions.found(organisation, environment, id)
    if solution.managed:
        raise SolutionManaged(
            f"{solution.title!r} is managed here. Export it where it is developed."
        )
    bots = solutions.bots_of(organisation, solution)
    manifest = Manifest(
        solution.name,
        solution.title,
        rules.version_of(solution, bots),
        managed,
        solution.publisher.name,
        solution.publisher.prefix,
    )
    kept = organisation.store.get(organisation.id, Kept, solution.id)
    files = writing.written(
        manifest, [_written(organisation, bot) for bot in bots], kept.files if kept else {}
    )
    kind = "_managed" if managed else ""
    name = f"{solution.name}_{manifest.version.replace('.', '_')}{kind}.zip"
    return Exported(name, archives.packed(files))


def _written(organisation: Organisation, bot: Bot) -> writing.Written:
    store = organisation.store
    draft = store.get(organisation.id, Topics, draft_of(bot.id)) or Topics()
    kept = store.get(organisation.id, Kept, bot.id)
    files = kept.files if kept else {}
    return writing.Written(
        bot.schema,
        bot.name,
        Standing(bot.revision, bot.version > 0, _channels(bot, files)),
        draft.texts,
        draft.dialogs,
        draft.off,
        draft.entities,
        draft.variables,
        draft.signs_in,
        files,
    )


def _channels(bot: Bot, files: dict[str, bytes]) -> frozenset[str]:
    """The channels that are on; those that the reference does not know stay as they came."""
    own = {
        manifests.OMNICHANNEL: _is_enabled(bot, files),
        manifests.TEAMS: bot.teams_channel,
        manifests.TELEPHONY: bot.voice_enabled,
    }
    brought = writing.channels_in(files, bot.schema) - own.keys()
    return brought | {channel for channel, is_on in own.items() if is_on}


def _is_enabled(bot: Bot, files: dict[str, bytes]) -> bool:
    """Whether Omnichannel is enabled: connected, or brought so to where there is none."""
    if bot.connection.state is ConnectionState.NOT_CONFIGURED:
        return manifests.OMNICHANNEL in writing.channels_in(files, bot.schema)
    return bot.connection.state is ConnectionState.CONNECTED


# In


def read(content: bytes) -> Parcel:
    """The package in a zip archive; raises ArchiveRefused, BotUnreadable with every problem."""
    files = archives.unpacked(content, lambda _path: True, LIMITS, name="the package")
    parcel, problems = manifests.read(files)
    if parcel is None:
        raise imports.unreadable(problems, "The package cannot be read.")
    return parcel


def bring(organisation: Organisation, who: User, environment: str, parcel: Parcel) -> Shown:
    """Imports a package: creates, updates or upgrades its solution and its bots.

    Raises InsufficientRole, NotFound, NotMovable, BotNameTooLong; then nothing has changed.
    """
    require(who, *solutions.MOVERS)
    target = environments.environment(organisation, environment)
    with organisation.command():
        before = _before(organisation, target, parcel.manifest)
        refuse_missing(organisation, target, parcel)
        namesakes = [
            _there(organisation, target, parcel, package, before) for package in _bots(parcel)
        ]
        solution = before or _new(target, parcel.manifest)
        bots = [
            _arrived(organisation, target, parcel, package, solution, there)
            for package, there in zip(_bots(parcel), namesakes, strict=True)
        ]
        solution = _kept(organisation, solution, parcel, bots)
    return solutions.shown(organisation, solution)


def _bots(parcel: Parcel) -> tuple[Package, ...]:
    return parcel.export.packages


def _before(organisation: Organisation, target: Environment, manifest: Manifest) -> Solution | None:
    """The solution that the package updates; raises when it may not."""
    for solution in solutions.every(organisation, target.id):
        if solution.name.casefold() == manifest.name.casefold():
            _refuse_mixed(solution, manifest)
            rules.refuse_foreign(Publisher(manifest.publisher, manifest.prefix), solution.publisher)
            bots = solutions.bots_of(organisation, solution)
            rules.refuse_older(manifest.version, rules.version_of(solution, bots))
            return solution
    return None


def _refuse_mixed(solution: Solution, manifest: Manifest) -> None:
    if solution.managed and not manifest.managed:
        raise SolutionManaged(
            f"solution.xml: {manifest.name!r} is managed in this environment, and the package is"
            " not. Import the managed export."
        )
    if manifest.managed and not solution.managed:
        raise SolutionUnmanaged(
            f"solution.xml: {manifest.name!r} is under development in this environment; a managed"
            " package goes into another one."
        )


def refuse_missing(organisation: Organisation, target: Environment, parcel: Parcel) -> None:
    """Raises DependencyMissing, which names what the package needs and nobody has here."""
    installed = {solution.name for solution in solutions.every(organisation, target.id)}
    brought = {package.schema for package in _bots(parcel)}

    def is_there(need: Need) -> bool:
        if (
            need.solution.startswith(PLATFORM)
            or need.solution in installed
            or need.schema in brought
        ):
            return True
        bots = organisation.store.find(organisation.id, Bot, "schema", need.schema)
        return any(bot.environment == target.id for bot in bots)

    missing = [need for need in parcel.manifest.needs if not is_there(need)]
    if missing:
        told = "; ".join(
            f"{need.what} of {need.solution or 'no solution'}" for need in missing[:TOLD]
        )
        raise DependencyMissing(
            f"solution.xml: {target.name!r} lacks {len(missing)} that the package depends on:"
            f" {told}. Install that first."
        )


def _there(
    organisation: Organisation,
    target: Environment,
    parcel: Parcel,
    package: Package,
    before: Solution | None,
) -> Bot | None:
    """The bot of that schema name in the environment; raises when the package may not change it."""
    makers.named(package.name)
    namesakes = organisation.store.find(organisation.id, Bot, "schema", package.schema)
    there = next((bot for bot in namesakes if bot.environment == target.id), None)
    if there is None:
        return None
    if parcel.manifest.managed and there.managed is None:
        raise SolutionUnmanaged(
            f"{package.file}: {package.schema!r} is under development in {target.name!r}; a"
            " managed package goes into another environment."
        )
    if there.managed and (before is None or there.managed.solution != before.id):
        raise SolutionManaged(
            f"{package.file}: {package.schema!r} came into {target.name!r} with another, managed"
            " solution, and only that one updates it."
        )
    return there


def _new(target: Environment, manifest: Manifest) -> Solution:
    publisher = Publisher(manifest.publisher, manifest.prefix)
    return Solution(
        str(uuid4()), target.id, manifest.name, manifest.title, publisher, managed=manifest.managed
    )


def _arrived(
    organisation: Organisation,
    target: Environment,
    parcel: Parcel,
    package: Package,
    solution: Solution,
    there: Bot | None,
) -> Bot:
    """A bot of the package as it is from now on, its content kept."""
    standing = parcel.standings[package.schema]
    voice = manifests.TELEPHONY in standing.channels
    bot = there or Bot(
        str(uuid4()), package.name, organisation.generation, target.id, schema=package.schema
    )
    topics = imports.topics_of(package)
    if parcel.manifest.managed:
        enabled = manifests.OMNICHANNEL in standing.channels
        brought = Managed(solution.id, standing.revision, enabled, package.name, voice)
        bot = _layered(organisation, bot, brought, topics, published=standing.published)
    else:
        bot = replace(bot, name=package.name, voice_enabled=voice)
        bot = replace(bot, revision=max(standing.revision, bot.revision if there else 0))
        _overwrite(organisation, bot, topics)
        files = Kept(bot.id, dict(parcel.files[package.schema]))
        organisation.store.put(organisation.id, files)
    bot = replace(bot, teams_channel=bot.teams_channel or manifests.TEAMS in standing.channels)
    bot = _connected(organisation, target, bot, standing)
    organisation.store.put(organisation.id, bot)
    return bot


def _overwrite(organisation: Organisation, bot: Bot, topics: Topics) -> None:
    there = organisation.store.get(organisation.id, Topics, draft_of(bot.id))
    now = rules.overwritten(there, topics) if there else replace(topics, id=draft_of(bot.id))
    organisation.store.put(organisation.id, now)


def _layered(
    organisation: Organisation, bot: Bot, brought: Managed, topics: Topics, *, published: bool
) -> Bot:
    """The bot with new managed content, below the unmanaged layer that it may have."""
    store = organisation.store
    before = store.get(organisation.id, Topics, managed_of(bot.id)) or Topics()

    def changed(place: str) -> bool:
        edited = store.get(organisation.id, Topics, place)
        now = rules.rebased(before, edited, topics) if edited and bot.layered else topics
        store.put(organisation.id, replace(now, id=place))
        return edited != replace(now, id=place)

    changed(draft_of(bot.id))
    is_new = (published or bot.version > 0) and changed(live_of(bot.id))
    store.put(organisation.id, replace(topics, id=managed_of(bot.id)))
    return rules.upgraded(replace(bot, version=bot.version + is_new), brought)


def _connected(
    organisation: Organisation, target: Environment, bot: Bot, standing: Standing
) -> Bot:
    """Connected with a user of its own, if the export was and Omnichannel is here (ALM-02)."""
    deviates = organisation.faults.deviates
    asked = manifests.OMNICHANNEL in standing.channels and target.omnichannel
    new = bot.connection.state is ConnectionState.NOT_CONFIGURED
    if not asked or not new:
        return bot
    application = ""
    if connections.needs_application(bot.generation):
        application = registrations.register(organisation, bot.name).application_id
    return connections.connected(bot, target, application, organisation.clock.now(), deviates)


def _kept(
    organisation: Organisation, solution: Solution, parcel: Parcel, bots: list[Bot]
) -> Solution:
    """The solution at the version of the package; an upgrade drops what it no longer holds."""
    manifest = parcel.manifest
    ids = tuple(bot.id for bot in bots)
    if manifest.managed:
        solutions.drop(organisation, solution, keep=ids)
    else:
        ids = (*solution.bots, *(id for id in ids if id not in solution.bots))
        organisation.store.put(organisation.id, Kept(solution.id, dict(parcel.rest)))
    solution = replace(solution, title=manifest.title, version=manifest.version, bots=ids)
    counted = sum(bot.revision for bot in solutions.bots_of(organisation, solution))
    solution = replace(solution, counted=counted)
    organisation.store.put(organisation.id, solution)
    return solution
