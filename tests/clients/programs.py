"""A published client at work in a process of its own: JSON lines in, JSON lines out.

A client's driver script stands beside its list of packages: `node/NAME/NAME.mjs` for an npm client,
`NAME_worker.py` for a Python one. It runs in `.cache/clients/NAME`, where the packages are, takes
addresses on its command line and orders from its standard input, and says what it saw. It judges
nothing; the test does.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue
from tempfile import TemporaryFile
from threading import Thread
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
WITHIN = 30.0
"""Seconds until a silent client counts as stuck: clients reconnect after up to 15."""

Said = dict[str, Any]


def packages(client: str) -> Path:
    """The folder that a client is installed in."""
    folder = ROOT / ".cache" / "clients" / client
    assert (folder / ".installed").is_file(), (
        f"The {client} client is not here. Run: .ci/install clients"
    )
    return folder


class Program:
    """A process with a published client in it.

    `client` is its name, `ca` the certificate authority that it shall trust, and `words` go on the
    driver's command line.
    """

    def __init__(self, client: str, ca: str, *words: str) -> None:
        self._client = client
        self._said: list[Said] = []
        self._heard: SimpleQueue[str] = SimpleQueue()
        # A file, because a pipe that nobody reads would fill and stop it.
        self._errors = TemporaryFile()  # noqa: SIM115
        self._process = subprocess.Popen(
            [*_driver(client), *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            cwd=packages(client),
            env={**os.environ, **_environment(client, ca)},
            text=True,
        )
        Thread(target=self._listen, daemon=True).start()

    def does(self, **order: object) -> None:
        """Gives the driver an order, one JSON object."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()

    def says(self) -> Said:
        """The next line that it says."""
        try:
            line = self._heard.get(timeout=WITHIN)
        except Empty:
            line = ""
        assert line, self._silence()
        self._said.append(json.loads(line))
        return self._said[-1]

    def until(self, wanted: Callable[[Said], object]) -> list[Said]:
        """The next lines, up to and with the wanted one."""
        seen = [self.says()]
        while not wanted(seen[-1]):
            seen.append(self.says())
        return seen

    def ends(self) -> None:
        """Closes its input, at which a driver ends by itself, and waits for that."""
        assert self._process.stdin
        self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._errors.close()

    def _listen(self) -> None:
        assert self._process.stdout
        with self._process.stdout as lines:
            for line in lines:
                self._heard.put(line)
        self._heard.put("")

    def _silence(self) -> str:
        self._errors.seek(0)
        errors = self._errors.read().decode("utf-8", "replace")[-3000:]
        ended = self._process.poll()
        state = "is silent" if ended is None else f"has ended with {ended}"
        return f"The {self._client} client {state}. It said {self._said[-5:]}, and: {errors}"


def _driver(client: str) -> list[str]:
    script = HERE / "node" / client / f"{client}.mjs"
    if script.is_file():
        return ["node", str(script)]
    return [sys.executable, str(HERE / f"{client}_worker.py")]


def _environment(client: str, ca: str) -> dict[str, str]:
    return {
        "PYTHONPATH": str(packages(client)),
        "REQUESTS_CA_BUNDLE": ca,
        "SSL_CERT_FILE": ca,
        "NODE_EXTRA_CA_CERTS": ca,
    }
