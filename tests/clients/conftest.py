"""One reference for the folder, an organisation a test, clients in processes of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from textwrap import dedent
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from harness.launch import Launch
from harness.pages.browser import Browser
from tests.clients.pages import Site
from tests.clients.programs import Program
from tests.wire.chat import Desk


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


@pytest.fixture(scope="session")
def http(reference: dict[str, Any]) -> Iterator[httpx.Client]:
    """For everybody but the client under test."""
    with httpx.Client(verify=False, base_url=reference["url"]) as http:
        yield http


@pytest.fixture
def desk(http: httpx.Client, found: Callable[..., dict[str, Any]]) -> Desk:
    """A fresh organisation, with everybody's side of it but the customer's."""
    return Desk(http, found())


@pytest.fixture
def program(reference: dict[str, Any]) -> Iterator[Callable[..., Program]]:
    """Starts a published client in a process of its own: `program("directlinejs", url)`."""
    started: list[Program] = []

    def starts(client: str, *words: str) -> Program:
        started.append(Program(client, reference["ca"], *words))
        return started[-1]

    yield starts
    for one in started:
        one.ends()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # No longer than that: while Playwright runs, no other test can run an event loop.
    browser = Browser(trace=False)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def product(reference: dict[str, Any]) -> Iterator[Browser]:
    """A browser that finds the product's hosts at the reference."""
    browser = Browser(trace=False, stands_in=urlsplit(reference["url"]).netloc)
    yield browser
    browser.close()


@pytest.fixture
def site() -> Iterator[Site]:
    """The customer's own site, for a client that runs in a browser."""
    site = Site()
    yield site
    site.ends()


class Worker:
    """The Dataverse client, which runs code that it is given."""

    def __init__(self, ca: str) -> None:
        self._program = Program("dataverse", ca)

    def runs(self, code: str, **task: str) -> dict[str, Any]:
        """What became of some code."""
        self._program.does(code=dedent(code), **task)
        return self._program.says()

    def ends(self) -> None:
        self._program.ends()


@pytest.fixture(scope="session")
def worker(reference: dict[str, Any]) -> Iterator[Worker]:
    """Microsoft's Dataverse client."""
    worker = Worker(reference["ca"])
    yield worker
    worker.ends()
