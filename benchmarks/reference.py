"""A server of one's own to measure, and a bare client to ask it with."""

from __future__ import annotations

import json
import ssl
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.client import HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

REFERENCE = ("harness.reference", "--port", "0", "--clock", "virtual", "--control")
BARE_SERVER = ("benchmarks.bare",)


@contextmanager
def started(command: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Start a server that says in one line of JSON where it is, and end it afterwards.

    Its `pid` is added to what it says.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", *command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        assert process.stdout
        yield {**json.loads(process.stdout.readline()), "pid": process.pid}
    finally:
        process.terminate()
        process.wait()


class Bare:
    """The least that can ask: one connection that stays open, no pool, no model of anything."""

    def __init__(self, ready: Mapping[str, Any]) -> None:
        address = urlsplit(ready["url"])
        assert address.hostname
        self.trust = ssl.create_default_context(cafile=ready["ca"])
        self._connection = HTTPSConnection(address.hostname, address.port, context=self.trust)

    def ask(self, method: str, path: str, body: object, headers: Mapping[str, str]) -> str:
        """The answer's text; an answer of 400 and above raises (`benchmarks.handing_over.Ask`)."""
        payload = None if body is None else json.dumps(body)
        headers = {"content-type": "application/json", **headers}
        self._connection.request(method, path, payload, headers)
        answer = self._connection.getresponse()
        text = answer.read().decode()
        if answer.status >= 400:
            raise ValueError(f"{method} {path}: {answer.status} {text[:300]}")
        return text

    def json(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        """The answer's JSON, None when it is empty; `request_id` becomes `request-id`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        text = self.ask(method, path, body, named)
        return json.loads(text) if text else None
