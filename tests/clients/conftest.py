"""One reference for the folder, an organisation a test, clients in processes of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import httpx
import pytest

from harness.launch import Launch

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def reference() -> Iterator[dict[str, Any]]:
    """What the reference said when it was ready."""
    launch = Launch()
    try:
        yield launch.ready()
    finally:
        launch.stop()


@pytest.fixture
def found(reference: dict[str, Any]) -> Callable[..., dict[str, Any]]:
    """Founds an organisation: `found(generation="classic")`."""

    def founded(**wishes: object) -> dict[str, Any]:
        plan = {"generation": "web-app"} | wishes
        answer = httpx.post(f"{reference['control']}/organisations", json=plan, verify=False)
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    return founded


class Worker:
    """A process with a published client in it."""

    def __init__(self, client: str, ca: str) -> None:
        folder = ROOT / ".cache" / "clients" / client
        assert folder.is_dir(), f"The {client} client is not here: run .ci/install clients"
        trust = {"REQUESTS_CA_BUNDLE": ca, "SSL_CERT_FILE": ca}
        environment = {**os.environ, "PYTHONPATH": str(folder), **trust}
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).parent / f"{client}_worker.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
        )

    def runs(self, code: str, **task: str) -> dict[str, Any]:
        """What became of some code."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"code": dedent(code), **task}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the client's process has ended; what it said stands above"
        said: dict[str, Any] = json.loads(line)
        return said

    def ends(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(10)
        assert self._process.stdout
        self._process.stdout.close()


@pytest.fixture(scope="session")
def worker(reference: dict[str, Any]) -> Iterator[Worker]:
    """Microsoft's Dataverse client."""
    worker = Worker("dataverse", reference["ca"])
    yield worker
    worker.ends()
