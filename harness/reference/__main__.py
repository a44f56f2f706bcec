"""Starts the reference: one process, https, one line of JSON when it is ready."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import resource
import signal
import socket
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import trustme
import uvicorn
from starlette.applications import Starlette

from harness.protocol.conversations import Generation
from harness.reference.app import application, keep_time
from harness.reference.clock import RealClock
from harness.reference.operations import firing, letters, setup, upgrades
from harness.reference.operations.organisations import World
from harness.reference.postman import SmtpPostman
from harness.reference.settings import Settings, parsed
from harness.reference.store.sqlite import SqliteStore
from harness.reference.web import bodies
from harness.reference.web.courier import Courier
from harness.reference.web.switchboard import Switchboard

HOST = "127.0.0.1"

MOST_FILES = 16_384
"""Open files and sockets that are asked of the machine, if it gives them."""


class Server(uvicorn.Server):
    """Says when it listens, and leaves signals to us: uvicorn would die of them at the end."""

    def __init__(
        self, config: uvicorn.Config, world: World, ready: str, attached: bool = False
    ) -> None:
        super().__init__(config)
        self._world = world
        self._ready = ready
        self._attached = attached

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, self._stop)
        if self._attached:
            asyncio.get_running_loop().add_reader(sys.stdin.fileno(), self._reads)
        await super().startup(sockets)
        self._world.courier.serve(self._world)
        for organisation in self._world:
            letters.resume(organisation)
        if not self._world.virtual:
            self._time = asyncio.create_task(keep_time(self._world))
        print(self._ready, flush=True)

    def _reads(self) -> None:
        # Nothing is ever said there. It ends when whoever started us is gone, however it went.
        if not os.read(sys.stdin.fileno(), 1024):
            self._stop()

    def _stop(self) -> None:
        # Operations are synchronous, so none is under way here; idle connections are not awaited,
        # and a request or socket that the end cuts off is no error to report.
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        self.should_exit = self.force_exit = True

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def main(arguments: list[str]) -> None:
    """Runs until SIGTERM or SIGINT; attached, until standard input ends, too."""
    settings = parsed(arguments)
    _allow_sockets()
    listener = _listener(settings.port)
    url = f"https://{HOST}:{listener.getsockname()[1]}"
    with (
        TemporaryDirectory(prefix="handoff-") as folder,
        contextlib.closing(_store(settings.store)) as store,
    ):
        certificates = _certificates(Path(folder))
        world = _world(settings, store, url)
        app = application(world, with_control=settings.control, demo=settings.demo)
        config = _config(app, certificates)
        ready = _ready(world, settings, url, certificates / "ca.pem")
        Server(config, world, json.dumps(ready), settings.attached).run(sockets=[listener])


def _world(settings: Settings, store: SqliteStore, url: str) -> World:
    """Every organisation that the store has, and the ways out of the process."""
    postman = SmtpPostman(*settings.smtp) if settings.smtp else None
    world = World(
        store,
        Switchboard(),
        url,
        virtual=settings.virtual,
        pace=settings.pace,
        faults=settings.faults,
        bots=settings.bots,
        courier=Courier(),
        postman=postman,
    )
    if postman:
        postman.serves(world)
    return world


def _config(app: Starlette, certificates: Path) -> uvicorn.Config:
    """How the application is served: https, with sockets."""
    config = uvicorn.Config(
        app,
        ssl_certfile=certificates / "server.pem",
        ssl_keyfile=certificates / "server.key",
        http="httptools",
        ws="websockets-sansio",
        ws_max_size=bodies.LARGEST,
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
    )
    config.load()
    if config.ssl:
        # A ticket is sent after the handshake. A client that writes its first request on one
        # thread while another reads that ticket (websockets.sync on Python 3.11) can lose the
        # request, and waits for ever; nobody resumes sessions here.
        config.ssl.num_tickets = 0
    return config


def _allow_sockets() -> None:
    """A customer's page has two connections: 500 are more than most machines allow unasked."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(MOST_FILES, hard)
    if soft < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _listener(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port), backlog=512)
    except (OSError, OverflowError) as error:
        sys.exit(f"Port {port} cannot be used ({error}). Choose another one, or 0 for a free one.")


def _store(path: Path | None) -> SqliteStore:
    try:
        return SqliteStore(path)
    except sqlite3.Error as error:
        sys.exit(f"The store {path} cannot be opened ({error}). Choose another file.")


def _certificates(folder: Path) -> Path:
    """A certificate for this machine and the authority that signed it, as PEM files."""
    authority = trustme.CA()
    issued = authority.issue_cert(HOST, "localhost", "*.localhost")
    authority.cert_pem.write_to_path(folder / "ca.pem")
    issued.private_key_pem.write_to_path(folder / "server.key")
    for link in issued.cert_chain_pems:
        link.write_to_path(folder / "server.pem", append=True)
    return folder


def _ready(world: World, settings: Settings, url: str, ca: Path) -> dict[str, object]:
    """Sets up the organisations asked for, and what the readiness line says."""
    for organisation in world:
        upgrades.complete(organisation)
        firing.arm_all(organisation)
    known = {organisation.id for organisation in world}
    for plan in settings.organisations:
        if plan.id not in known:
            setup.create(world, plan)
    if settings.demo and not list(world):
        # The first is the one to click through; the second has a phone, the third is the oldest.
        # It begins today on a virtual clock, too: a browser of today refuses tokens of another day.
        now = RealClock().now()
        for generation in (Generation.WEB_APP, Generation.CLASSIC, Generation.PREVIEW):
            setup.create(world, setup.Plan(generation=generation, now=now))
    ready: dict[str, object] = {
        "ready": True,
        "url": url,
        "ca": str(ca),
        "control": f"{url}/control" if settings.control else None,
    }
    if settings.organisations or settings.demo:
        ready["organisations"] = [setup.describe(world, organisation) for organisation in world]
    if settings.demo:
        ready["demo"] = f"{url}/"
    return ready


if __name__ == "__main__":
    main(sys.argv[1:])
