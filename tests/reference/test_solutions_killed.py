"""A process that dies during an import: the world is the one before it, or the one after it."""

from __future__ import annotations

import os
import signal
from itertools import count
from pathlib import Path
from typing import Any, get_args

from harness.reference.bot.exports.manifests import Parcel
from harness.reference.domain.desk import User
from harness.reference.operations import environments, makers, packages, setup, solutions
from harness.reference.operations.notifications import Silence
from harness.reference.operations.organisations import Organisation, World
from harness.reference.store.port import Record
from harness.reference.store.sqlite import SqliteStore
from tests.reference.mover import about_tents


def opened(path: Path) -> World:
    return World(SqliteStore(path), Silence(), "https://127.0.0.1:1")


def mia_of(organisation: Organisation) -> User:
    users = organisation.store.all(organisation.id, User)
    return next(user for user in users if user.name == "Mia")


def kept(path: Path) -> dict[str, Any]:
    """Everything that is in the store, as it is read after a restart."""
    world = opened(path)
    [organisation] = world
    found = {kind: world.store.all(organisation.id, kind) for kind in get_args(Record)}
    world.store.close()
    return found


def prepared(path: Path) -> Parcel:
    """A moved bot with a layer of its own, and the upgrade that is to come in."""
    world = opened(path)
    organisation = setup.create(world, setup.Plan())
    mia = mia_of(organisation)
    home, development = (each.id for each in environments.every(organisation))
    bots = [
        makers.create(organisation, mia, name, "d365", development)["id"]
        for name in ("Alpine Guide", "Alpine Cook")
    ]
    solution = solutions.create(organisation, mia, development, "Guides")["id"]
    for bot in bots:
        makers.publish(organisation, mia, bot)
        solutions.add(organisation, mia, development, solution, bot)

    def package() -> Parcel:
        made = packages.exported(organisation, mia, development, solution, managed=True)
        return packages.read(made.content)

    moved = packages.bring(organisation, mia, home, package())["components"]
    makers.write_topic(organisation, mia, moved[0]["id"], "Tents", about_tents("Mine"))
    for bot in bots:
        makers.write_topic(organisation, mia, bot, "Stoves", about_tents("Newer"))
    upgrade = package()
    world.store.close()
    return upgrade


def dies_at(path: Path, statement: int, upgrade: Parcel) -> bool:
    """Imports in a process that dies at that statement of the store; whether it did."""
    child = os.fork()
    if child:
        return os.WIFSIGNALED(os.waitpid(child, 0)[1])
    world = opened(path)
    numbers = count()

    def traced(_statement: str) -> None:
        if next(numbers) == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    world.store._database.set_trace_callback(traced)  # type: ignore[attr-defined]
    imports(world, upgrade)
    os._exit(0)


def imports(world: World, upgrade: Parcel) -> None:
    [organisation] = world
    home = environments.home(organisation).id
    packages.bring(organisation, mia_of(organisation), home, upgrade)


def test_an_import_is_there_or_is_not_at_whichever_statement_it_dies(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.db"
    upgrade = prepared(fresh)
    before = kept(fresh)
    whole = tmp_path / "whole.db"
    whole.write_bytes(fresh.read_bytes())
    world = opened(whole)
    imports(world, upgrade)
    world.store.close()
    after = kept(whole)
    assert before != after
    seen = []
    for statement in count():
        path = tmp_path / f"{statement}.db"
        path.write_bytes(fresh.read_bytes())
        died = dies_at(path, statement, upgrade)
        now = kept(path)
        assert now in (before, after), f"half an import, at statement {statement}"
        seen.append(now == after)
        again = opened(path)
        imports(again, upgrade)
        again.store.close()
        assert kept(path) == after, "it is imported again without cleaning up"
        if not died:
            break
    assert statement > 20
    assert seen == sorted(seen), "until it is kept, it is not; from then on, it is"
