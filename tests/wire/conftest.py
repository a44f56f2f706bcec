"""One reference for the folder, an organisation for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import httpx
import pytest

from harness.launch import Launch
from harness.pages.browser import Browser
from tests.wire.chat import Desk


@pytest.fixture(scope="session")
def client() -> Iterator[httpx.Client]:
    launch = Launch()
    try:
        with httpx.Client(verify=False, base_url=launch.ready()["url"]) as client:
            yield client
    finally:
        launch.stop()


@pytest.fixture
def found(client: httpx.Client) -> Callable[..., Desk]:
    """Founds an organisation: `found(faults=[…], connected=False)`."""

    def founded(**wishes: object) -> Desk:
        plan = {"generation": "web-app"} | wishes
        answer = client.post("/control/organisations", json=plan)
        assert answer.status_code == 201, answer.text
        return Desk(client, answer.json())

    return founded


@pytest.fixture
def desk(found: Callable[..., Desk]) -> Desk:
    return found()


@pytest.fixture(scope="module")
def browser(client: httpx.Client) -> Iterator[Browser]:
    # No longer than that: while Playwright runs, no other test can run an event loop.
    browser = Browser(trace=False, stands_in=client.base_url.netloc.decode())
    yield browser
    browser.close()
