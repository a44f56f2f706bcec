"""A process that dies while somebody connects: nothing is half connected when it is back."""

from __future__ import annotations

import json
import os
import random
import signal
import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest

from harness.protocol.conversations import Generation
from harness.protocol.portal import ConnectionState
from harness.reference.domain.bots import Bot
from harness.reference.domain.transitions import Verb
from harness.reference.operations.notifications import Silence
from harness.reference.operations.organisations import World
from harness.reference.store.sqlite import SqliteStore
from tests.reference.desk import Desk
from tests.reference.test_process import PATIENCE, Process
from tests.reference.workshop import WEB_APP, Workshop

SEED = 20261121
KILLS = 6
BOTS = 4
KEPT = (ConnectionState.CONNECTED, ConnectionState.DISABLED)


def refuse_half_connected(bots: list[Bot]) -> None:
    """What must hold of every bot, whenever the process died."""
    for bot in bots:
        made, user = bot.connection, bot.connection.user
        assert bool(made.made and made.environment) or made.state not in KEPT
        if made.state in KEPT:
            assert user, "a connected bot has its user"
            assert not user.disabled
            assert made.application in ("", user.application)
        else:
            assert user is None or user.disabled, "what is not connected has no enabled user"
        if bot.generation is not WEB_APP and made.state in KEPT:
            assert bot.teams_channel
            assert made.application
    used = [bot.connection.application for bot in bots if bot.connection.application]
    assert len(used) == len(set(used)), "no two bots have one application"


# at every statement of the store ------------------------------------------------------------------


def opened(path: Path) -> World:
    return World(SqliteStore(path), Silence(), "https://127.0.0.1:1")


def dies_at(path: Path, statement: int, generation: Generation, application: str) -> bool:
    """Goes through the procedure in a process that dies at that statement; whether it did.

    A fork, since a process that starts afresh takes a hundred times as long.
    """
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        return os.WIFSIGNALED(status)
    world = opened(path)
    numbers = count()

    def traced(_statement: str) -> None:
        if next(numbers) == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    world.store._database.set_trace_callback(traced)  # type: ignore[attr-defined]
    procedure(world, generation, application)
    os._exit(0)


def procedure(world: World, generation: Generation, application: str) -> None:
    """From wherever the bot is to connected, disconnected, and connected again."""
    shop = found(world)
    for verb in (Verb.CONNECT, Verb.DISCONNECT, Verb.CONNECT):
        if verb is Verb.CONNECT and generation is not WEB_APP:
            if shop.now_is() is ConnectionState.NOT_CONFIGURED:
                shop.do(Verb.ENABLE)
            if shop.now_is() is not ConnectionState.CONNECTED:
                shop.do(Verb.CHOOSE)
            shop.do(verb, application)
        else:
            shop.do(verb)


def found(world: World) -> Workshop:
    """The workshop over the organisation that is there already."""
    shop = Workshop.__new__(Workshop)
    Desk.__init__(shop, world, next(iter(world)))
    shop.id = shop.bot().id
    return shop


@pytest.mark.parametrize("generation", Generation)
def test_nothing_is_half_connected_at_whichever_statement_it_dies(
    generation: Generation, tmp_path: Path
) -> None:
    fresh = opened(tmp_path / "fresh.db")
    shop = Workshop(fresh, generation, connected=False)
    application = shop.register()
    fresh.store.close()
    seen = set()
    for statement in count():
        path = tmp_path / f"{statement}.db"
        path.write_bytes((tmp_path / "fresh.db").read_bytes())
        died = dies_at(path, statement, generation, application)
        world = opened(path)
        again = found(world)
        refuse_half_connected([again.kept()])
        seen.add(again.now_is())
        procedure(world, generation, application)
        assert again.now_is() is ConnectionState.CONNECTED, "it is retried without cleaning up"
        world.store.close()
        if not died:
            break
    assert statement > 10
    assert seen >= {ConnectionState.NOT_CONFIGURED, *KEPT[:1], ConnectionState.DISCONNECTED}


# the process itself, with two makers at work ------------------------------------------------------


class Makers:
    """Two people who press the buttons of the same bots as fast as they can, until it is over."""

    def __init__(
        self, process: Process, organisation: dict[str, Any], bots: list[str], wanted: int
    ) -> None:
        self._process = process
        self._id = organisation["id"]
        self._tokens = {user["name"]: user["token"] for user in organisation["users"]}
        self._bots = bots
        self.answered = 0
        self._enough, self._wanted = threading.Event(), wanted
        self.broken: list[int] = []
        self._threads = [
            threading.Thread(target=self._work, args=(who, seed))
            for seed, who in enumerate(("Mia", "Pia"))
        ]

    def __enter__(self) -> Makers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        for thread in self._threads:
            thread.join(PATIENCE)

    def wait(self) -> None:
        """Until they have had their answers; the next requests are under way then."""
        assert self._enough.wait(PATIENCE)

    def _work(self, who: str, seed: int) -> None:
        choice = random.Random(SEED + seed)
        headers = {"Authorization": f"Bearer {self._tokens[who]}"}
        with httpx.Client(
            base_url=self._process.ready["url"], verify=self._process.trust
        ) as client:
            try:
                self._registers(client, headers)
                while True:
                    bot = choice.choice(self._bots)
                    for method, path, body in self._steps(choice):
                        place = f"/portal/{self._id}/api/bots/{bot}/connection{path}"
                        answer = client.request(method, place, headers=headers, json=body)
                        self.answered += 1
                        if self.answered >= self._wanted:
                            self._enough.set()
                        if answer.status_code not in (200, 409):
                            self.broken.append(answer.status_code)
            except httpx.HTTPError:
                return  # it was killed

    def _registers(self, client: httpx.Client, headers: dict[str, str]) -> None:
        """All bots are given one of these few applications: they get into each other's way."""
        path = f"/azure/{self._id}/api/app-registrations"
        listed = client.get(path, headers=headers).json()["value"]
        while len(listed) < BOTS:
            client.post(path, headers=headers, json={"name": "Alpine"})
            listed = client.get(path, headers=headers).json()["value"]
        self._applications = [each["application_id"] for each in listed]
        places = client.get(f"/portal/{self._id}/api/environments", headers=headers).json()
        self._home = places["value"][0]["id"]

    def _steps(self, choice: random.Random) -> Iterator[tuple[str, str, dict[str, Any]]]:
        yield "POST", "/enable", {}
        yield "PUT", "/environment", {"environment": self._home}
        yield "PUT", "", {"application_id": choice.choice(self._applications)}
        yield choice.choice(
            (("POST", "/disable", {}), ("DELETE", "", {}), ("POST", "/refresh", {}))
        )


def test_a_killed_process_leaves_nothing_half_connected(tmp_path: Path) -> None:
    path = tmp_path / "reference.db"
    file = tmp_path / "organisation.json"
    id = "12121212-3434-4565-8787-909090909090"
    bots = [{"name": f"Bot {number}", "connected": False} for number in range(BOTS)]
    plan = {"generation": "classic", "id": id, "connected": False, "bots": bots}
    file.write_text(json.dumps(plan))
    moment = random.Random(SEED)
    answered = 0
    for _ in range(KILLS):
        process = Process("--organisation", str(file), "--store", f"sqlite:///{path}")
        [organisation] = process.ready["organisations"]
        with Makers(process, organisation, known(path), moment.randrange(1, 150)) as makers:
            makers.wait()
            process.process.kill()
        process.process.wait(PATIENCE)
        process.client.close()
        refuse_half_connected(kept(path))
        assert makers.broken == []
        answered += makers.answered
    assert answered >= KILLS
    world = opened(path)
    for bot in kept(path):
        shop = found(world)
        shop.id = bot.id
        if shop.now_is() is ConnectionState.CONNECTED:
            continue
        if shop.now_is() in (ConnectionState.NOT_CONFIGURED, ConnectionState.DISABLED):
            shop.do(Verb.ENABLE)
        if shop.now_is() is not ConnectionState.CONNECTED:
            shop.do(Verb.CHOOSE)
            shop.do(Verb.CONNECT, shop.register())
        assert shop.now_is() is ConnectionState.CONNECTED, "it is retried without cleaning up"
    refuse_half_connected(kept(path))
    world.store.close()


def kept(path: Path) -> list[Bot]:
    store = SqliteStore(path)
    bots = [bot for tenant in store.tenants() for bot in store.all(tenant.id, Bot)]
    store.close()
    return bots


def known(path: Path) -> list[str]:
    return [bot.id for bot in kept(path)]
